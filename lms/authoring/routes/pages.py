"""The pages of a draft, as learners will get them: for an upload, and for the preview server."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, Response, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from lms.authoring import drafts
from lms.authoring.drafts import Tried
from lms.curriculum.drafts.draft import Draft
from lms.curriculum.text import markdown
from lms.errors import NotFound
from lms.web.i18n import say

View = Callable[..., ResponseReturnValue]


@dataclass(frozen=True)
class Pages:
    """Lessons, questions, practicals and figures of a draft below `/<draft>/` of a blueprint.

    Attributes:
        at: the blueprint's name.
        load: finds a draft by the part of the address that names it. Raises NotFound.
    """

    at: str
    load: Callable[[str], Tried]

    def add_to(self, blueprint: Blueprint, allow: Callable[[View], View]) -> None:
        """Add the pages; `allow` declares who may open them."""
        for rule, view in (
            ("lessons/<code>/", self.lesson),
            ("questions/", self.questions),
            ("practicals/<code>/", self.practical),
            ("files/<path:path>", self.figure),
        ):
            blueprint.add_url_rule(f"/<draft>/{rule}", view.__name__, allow(_function(view)))

    def lesson(self, draft: str, code: str) -> ResponseReturnValue:
        """Show a lesson."""
        page = drafts.lesson_page(self._found(draft), code, self._figures(draft))
        html = Markup(markdown.label(page.html, say))
        return self._page("lesson", draft, page=page, html=html)

    def questions(self, draft: str) -> ResponseReturnValue:
        """Show every question with what is right, and why."""
        samples = drafts.samples(self._found(draft), self._figures(draft))
        return self._page("questions", draft, samples=samples, inline=markdown.inline)

    def practical(self, draft: str, code: str) -> ResponseReturnValue:
        """Show a practical with its steps."""
        found = self._found(draft)
        one = next((one for one in found.practicals if one["id"] == code), None)
        if one is None:
            raise NotFound()
        block = drafts.block_of(found, self._figures(draft))
        return self._page("practical", draft, practical=one, block=block, inline=markdown.inline)

    def figure(self, draft: str, path: str) -> ResponseReturnValue:
        """Give a figure."""
        found = self._found(draft)
        if path not in found.sizes:
            raise NotFound()
        return Response(found.folder.files[path], mimetype="image/svg+xml")

    def _found(self, draft: str) -> Draft:
        tried = self.load(draft)
        if tried.draft is None:
            raise NotFound()
        return tried.draft

    def _figures(self, draft: str) -> str:
        return url_for(f"{self.at}.figure", draft=draft, path="x").removesuffix("x")

    def _page(self, template: str, draft: str, **values: object) -> str:
        return render_template(
            f"authoring/{template}.html",
            draft=self._found(draft),
            place=draft,
            at=self.at,
            **values,
        )


def _function(view: View) -> View:
    """Return a plain function around a method: views carry who may open them."""

    def call(**values: str) -> ResponseReturnValue:
        return view(**values)

    call.__name__, call.__doc__ = view.__name__, view.__doc__
    return call
