"""A module's page, its lessons and its files: for everybody who is signed in."""

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from lms import clock
from lms.curriculum import queries, register
from lms.curriculum.queries import InService
from lms.curriculum.text import markdown
from lms.errors import NotFound
from lms.plugins import plugins
from lms.store import actions as store
from lms.web.access import current_actor, for_roles
from lms.web.i18n import say

blueprint = Blueprint("curriculum", __name__, template_folder="../templates", url_prefix="/modules")
_DIGEST = 16  # characters of a figure's digest in its address


def _wanted(code: str) -> InService:
    """Return the version that readers get, or the one of `?version=` that the desk may preview."""
    asked = request.args.get("version")
    if not asked:
        learnt = plugins().collect("versions_learnt", learner=current_actor(), code=code)
        return queries.in_service(code, clock.today(), learnt)
    stored = queries.version(code, asked)
    effective = queries.is_effective(stored.id, clock.today())
    # What was never in service is a draft: only those who judge drafts may open it.
    if not effective and not current_actor().has("reviewer", "owner"):
        in_service = queries.in_service(code, clock.today())
        if in_service.version.id != stored.id:
            raise NotFound()
    return InService(stored, not effective)


def _kept() -> dict[str, str]:
    """Return the arguments that links keep, so that a preview stays in its version."""
    asked = request.args.get("version")
    return {"version": asked} if asked else {}


@blueprint.get("/<code>/")
@for_roles()
def module(code: str) -> ResponseReturnValue:
    """Show what a module is about, its lessons, and what the person has to do in it."""
    shown = _wanted(code)
    panels = plugins().collect("module_panels", learner=current_actor(), module=shown.version)
    return render_template(
        "curriculum/module.html",
        version=shown.version,
        practice=shown.practice,
        manifest=shown.version.manifest,
        lessons=queries.lessons_of(shown.version.id),
        panels=sorted(panels, key=lambda card: card.order),
        kept=_kept(),
    )


@blueprint.get("/<code>/print/")
@for_roles()
def whole(code: str) -> ResponseReturnValue:
    """Show all lessons of a module on one page, to be printed, answers and sources included."""
    shown = _wanted(code)
    lessons = queries.lessons_of(shown.version.id, whole=True)
    return render_template(
        "curriculum/whole.html",
        version=shown.version,
        practice=shown.practice,
        manifest=shown.version.manifest,
        lessons=[(one, Markup(_on_paper(one.html, f"lesson-{one.position}"))) for one in lessons],
        limits=_limits_in("".join(one.html for one in lessons)),
        kept=_kept(),
        today=clock.today(),
    )


def _on_paper(html: str, place: str) -> str:
    """Return a lesson as a part of a page: † leading to the table at its end."""
    return markdown.sourced(markdown.part(markdown.label(html, say), place), "")


@blueprint.get("/<code>/lessons/<lesson>/")
@for_roles()
def lesson(code: str, lesson: str) -> ResponseReturnValue:
    """Show a lesson to read."""
    shown = _wanted(code)
    page = queries.page(shown.version.id, lesson)
    panels = plugins().collect(
        "lesson_panels", learner=current_actor(), module=shown.version, lesson=lesson
    )
    return render_template(
        "curriculum/lesson.html",
        version=shown.version,
        practice=shown.practice,
        page=page,
        html=Markup(_drawn(page.html)),
        panels=sorted(panels, key=lambda card: card.order),
        kept=_kept(),
        today=clock.today(),
    )


def _drawn(html: str) -> str:
    """Return a lesson as it is read: words in, figures to enlarge, † leading to its source."""
    sources = f"sources?{urlencode(_kept())}" if _kept() else "sources"
    return markdown.sourced(markdown.zoomable(markdown.label(html, say)), sources)


@blueprint.get("/<code>/lessons/<lesson>/sources")
@for_roles()
def sources(code: str, lesson: str) -> ResponseReturnValue:
    """Show where the values marked † in a lesson come from: few ask, so no lesson carries it."""
    shown = _wanted(code)
    page = queries.page(shown.version.id, lesson)
    return render_template(
        "curriculum/sources.html",
        version=shown.version,
        practice=shown.practice,
        page=page,
        limits=_limits_in(page.html),
        kept=_kept(),
    )


def _limits_in(html: str) -> dict[str, dict[str, Any]]:
    """Return the † limits that a lesson cites; asks the register only where it cites any."""
    cited = markdown.limits_in(html)
    known = register.limits() if cited else {}
    return {id: known[id] for id in cited if id in known}


@blueprint.get("/<code>/files/<path:path>")
@for_roles()
def file(code: str, path: str) -> ResponseReturnValue:
    """Give a figure. Its address carries its digest, so that a browser may keep it for ever.

    Who does not know the digest was not shown the figure: it may be a draft's.
    """
    digest = request.args.get("v", "")
    if len(digest) < _DIGEST:
        raise NotFound()
    found = queries.file(code, path, digest)
    response = Response(store.get(found.digest), mimetype=found.media_type)
    response.set_etag(found.digest)
    response.cache_control.private = True
    response.cache_control.max_age = 31_536_000
    response.cache_control.immutable = True
    return response.make_conditional(request)
