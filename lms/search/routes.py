"""The search page: over everything that this person may read."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms import clock
from lms.curriculum.models import ModuleVersion
from lms.curriculum.text.words import fold
from lms.errors import N_, Throttled
from lms.search import queries
from lms.search.models import Document
from lms.search.rules import LONGEST_QUERY, Asked, Result, gather, read_query
from lms.search.snippets import snippet
from lms.search.throttle import Buckets
from lms.web.access import current_actor, for_roles

blueprint = Blueprint("search", __name__, template_folder="templates", url_prefix="/search")
PER_PAGE = 20
_MOST_SPOTS = 400  # documents that are gathered into results
_buckets = Buckets()


@dataclass(frozen=True)
class Shown:
    """A result as the page shows it: where it leads, what it is called, the lines that answer."""

    document: Document
    url: str
    module: str
    lines: list[tuple[str, bool]]
    more: list[tuple[str, str]]


@blueprint.get("/")
@for_roles()
def page() -> ResponseReturnValue:
    """Show what answers to `q`, twenty at a time."""
    text = request.args.get("q", "").strip()[:LONGEST_QUERY]
    asked = read_query(text)
    drafts = request.args.get("drafts") == "1" and current_actor().has("reviewer", "owner")
    if not asked.words:
        return render_template("search/search.html", text=text, drafts=drafts, results=None)
    _throttle()
    versions = queries.served(current_actor(), clock.today(), drafts=drafts)
    found = queries.find(asked, versions)
    lessons = {one.code: one.manifest["lessons"] for one in versions.values()}
    results = gather(queries.spots(found.documents[:_MOST_SPOTS]), lessons)
    number = _page(len(results))
    shown = results[(number - 1) * PER_PAGE : number * PER_PAGE]
    return render_template(
        "search/search.html",
        text=text,
        drafts=drafts,
        results=_shown(shown, asked, versions, drafts),
        count=len(results),
        first=(number - 1) * PER_PAGE + 1,
        before=_address(text, number - 1, drafts) if number > 1 else None,
        after=_address(text, number + 1, drafts) if number * PER_PAGE < len(results) else None,
        meant=_meant(text, asked, found.unknown, versions),
    )


def _throttle() -> None:
    wait = _buckets.take(current_actor().id, time.monotonic())
    if wait:
        raise Throttled(
            N_("Many searches in a short time. Wait %(seconds)s seconds, then search again."),
            retry_after=wait,
            seconds=wait,
        )


def _page(count: int) -> int:
    asked = request.args.get("page", "1")
    last = max(1, -(-count // PER_PAGE))
    return min(max(int(asked), 1), last) if asked.isascii() and asked.isdigit() else 1


def _address(text: str, number: int, drafts: bool) -> str:
    values = {"q": text} | ({"page": str(number)} if number > 1 else {})
    return f"{url_for('search.page')}?{urlencode(values | ({'drafts': '1'} if drafts else {}))}"


def _meant(
    text: str, asked: Asked, unknown: list[int], versions: Mapping[str, ModuleVersion]
) -> str:
    """Return the search with its unknown words replaced by near ones; "" where there are none."""
    near = queries.guesses([asked.words[at] for at in unknown], versions.keys()) if unknown else {}
    if not near:
        return ""
    return " ".join(near.get(fold(word), word) for word in text.split())


def _shown(
    results: list[Result], asked: Asked, versions: Mapping[str, ModuleVersion], drafts: bool
) -> list[Shown]:
    ids = [id for one in results for id in (one.id, *one.more)]
    documents = dict(zip(ids, queries.documents(ids), strict=True))
    marked = {word for word in asked.words if len(word) > 1} or set(asked.words)
    titles = {one.code: one.title for one in versions.values()}
    beginning = asked.words[-1] if len(asked.words[-1]) > 1 else ""
    return [
        Shown(
            document=documents[one.id],
            url=_url(documents[one.id], versions, drafts),
            module=titles.get(documents[one.id].code, ""),
            lines=snippet(documents[one.id].text, marked, beginning),
            more=[
                (
                    documents[id].heading or documents[id].title,
                    _url(documents[id], versions, drafts),
                )
                for id in one.more
            ],
        )
        for one in results
    ]


def _url(document: Document, versions: Mapping[str, ModuleVersion], drafts: bool) -> str:
    version = versions.get(document.source_id)
    kept: dict[str, Any] = {"version": version.version} if drafts and version else {}
    if document.kind == "module":
        return url_for("curriculum.module", code=document.code, **kept)
    if document.kind == "lesson":
        return url_for(
            "curriculum.lesson",
            code=document.code,
            lesson=document.lesson,
            _anchor=document.anchor or None,
            **kept,
        )
    if document.kind == "term":
        return url_for("catalogue.glossary", module=document.code, _anchor=document.anchor)
    if document.kind == "competency":
        return url_for("catalogue.competency", code=document.code)
    return url_for("programmes.programme", code=document.code)
