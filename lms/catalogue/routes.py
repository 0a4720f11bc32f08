"""Finding one's way: the catalogue, the glossary, the competency map, the way to a role."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms import clock
from lms.catalogue import queries
from lms.catalogue.alphabet import letters_of, sorted_terms
from lms.catalogue.path import MOST_ROLES, Path, Person, way
from lms.catalogue.rules import (
    LONGEST_WORDS,
    Module,
    Plan,
    Role,
    Wanted,
    by_track,
    counted,
    fits,
)
from lms.curriculum.wording import needs_said
from lms.web.access import current_actor, for_roles
from lms.web.i18n import gettext as _
from lms.web.navigation import furthest_standings
from lms.web.sheet import csv_download

MOST_WORDS = 250  # of a glossary on one page; of more, one letter is shown
blueprint = Blueprint("catalogue", __name__, template_folder="templates")


# --- the catalogue ----------------------------------------------------------------------------


@blueprint.get("/modules/")
@for_roles()
def modules() -> ResponseReturnValue:
    """Show the modules by track, narrowed as the address asks."""
    every = list(queries.modules(clock.today()).values())
    plan, standings = queries.plan(), furthest_standings(current_actor())
    names = ("track", "level", "role", "product", "hours", "state")
    asked = {name: request.args.get(name, "")[:80] for name in names}
    wanted = Wanted(**asked, words=request.args.get("words", "").strip()[:LONGEST_WORDS])

    def state(code: str) -> str:
        return standings[code].state if code in standings else "none"

    shown = [one for one in every if fits(one, wanted, plan, state(one.code))]
    return render_template(
        "catalogue/modules.html",
        groups=by_track(shown, plan),
        all=len(every),
        count=len(shown),
        hours=sum(one.hours for one in shown),
        counts=counted(every, wanted, plan, state),
        plan=plan,
        wanted=wanted,
        standings=standings,
        needs_said=needs_said,
    )


# --- the glossary -----------------------------------------------------------------------------


@blueprint.get("/glossary/")
@for_roles()
def glossary() -> ResponseReturnValue:
    """Show the words of the lessons from A to Z; of one module or lesson alone if asked."""
    served = queries.modules(clock.today())
    every = queries.glossary(served)
    code, lesson = request.args.get("module", ""), request.args.get("lesson", "")
    chosen = [
        one
        for one in every
        if not code or any(code == m and lesson in ("", le) for m, le in one.explained)
    ]
    letters = dict(letters_of(chosen))
    letter = request.args.get("letter", "")
    if letter not in letters:
        letter = next(iter(letters), "") if len(chosen) > MOST_WORDS else ""
    return render_template(
        "catalogue/glossary.html",
        letters=letters,
        letter=letter,
        shown={letter: letters[letter]} if letter else letters,
        count=len(chosen),
        served=served,
        code=code,
        lesson=lesson if code else "",
        having=sorted({m for one in every for m, _lesson in one.explained}),
    )


@blueprint.get("/glossary/glossary.csv")
@for_roles()
def glossary_file() -> ResponseReturnValue:
    """Give all words with their meanings as a file."""
    every = sorted_terms(queries.glossary(queries.modules(clock.today())))
    header = (_("Word"), _("Abbreviation"), _("Meaning"), _("Module"), _("Lesson"))
    rows = [(t.term, t.abbreviation, t.meaning, *t.explained[0]) for t in every]
    return csv_download("glossary", header, rows)


# --- the competency map -----------------------------------------------------------------------


@blueprint.get("/competencies/")
@for_roles()
def competencies() -> ResponseReturnValue:
    """Show which modules lead to which level of each competency, and the person's own level."""
    return render_template("catalogue/competencies.html", **_map())


@blueprint.get("/competencies/competencies.csv")
@for_roles()
def competencies_file() -> ResponseReturnValue:
    """Give the competency map as a file."""
    found = _map()
    header = (_("Competency"), _("Title"), *(_("Level %(number)s", number=n) for n in (1, 2, 3)))
    rows = [
        (id, one["title"], *(" ".join(found["giving"][id].get(n, ())) for n in (1, 2, 3)))
        for id, one in found["framework"].competencies.items()
    ]
    return csv_download("competencies", header, rows)


def _map() -> dict[str, Any]:
    served, framework = queries.modules(clock.today()), queries.framework()
    return {
        "framework": framework,
        "served": served,
        "giving": {id: _giving(id, served) for id in framework.competencies},
        "held": queries.levels_held(current_actor(), clock.today()),
    }


def _giving(competency: str, served: Mapping[str, Module]) -> dict[int, list[str]]:
    """Return the modules that lead to a competency, by the highest level that each leads to."""
    found: dict[int, list[str]] = {}
    for code, module in served.items():
        if level := module.leads_to(competency):
            found.setdefault(level, []).append(code)
    return found


@blueprint.get("/competencies/<code>/")
@for_roles()
def competency(code: str) -> ResponseReturnValue:
    """Show what a competency asks for, which modules give it, and which roles need it."""
    framework = queries.framework()
    one = framework.competency(code)
    served, plan = queries.modules(clock.today()), queries.plan()
    needing = sorted(
        (role for role in plan.roles.values() if role.levels.get(code)),
        key=lambda role: (-role.levels[code], role.title),
    )
    return render_template(
        "catalogue/competency.html",
        one=one,
        framework=framework,
        giving=[module for module in served.values() if module.leads_to(code)],
        needing=needing,
        held=queries.levels_held(current_actor(), clock.today()).get(code),
    )


# --- the way to a role ------------------------------------------------------------------------


@blueprint.get("/path/")
@for_roles()
def path() -> ResponseReturnValue:
    """Show what is held and what is missing for the roles that the address names."""
    plan = queries.plan()
    chosen = _roles(plan)
    return render_template(
        "catalogue/path.html",
        plan=plan,
        chosen=chosen,
        most=MOST_ROLES,
        framework=queries.framework(),
        standings=furthest_standings(current_actor()) if chosen else {},
        file=url_for("catalogue.path_file", role=[role.id for role in chosen]),
        path=_path(chosen, plan) if chosen else None,
        needs_said=needs_said,
    )


@blueprint.get("/path/path.csv")
@for_roles()
def path_file() -> ResponseReturnValue:
    """Give the modules of the path as a file."""
    plan = queries.plan()
    steps = _path(_roles(plan), plan).steps
    header = (_("Module"), _("Title"), _("State"), _("Hours"), _("Needs first"))
    words = {
        "held": _("Nothing left to do"),
        "begun": _("Begun"),
        "next": _("Next"),
        "later": _("Later"),
        "unwritten": _("Not written yet"),
    }
    rows = [
        (
            f"{one.code}-L{one.lesson}" if one.lesson else one.code,
            one.title,
            words[one.state],
            one.module.hours if one.module and not one.lesson else "",
            needs_said(one.after),
        )
        for one in steps
    ]
    return csv_download("path", header, rows)


def _roles(plan: Plan) -> list[Role]:
    asked = dict.fromkeys(request.args.getlist("role"))
    return [plan.roles[id] for id in asked if id in plan.roles][:MOST_ROLES]


def _path(chosen: Sequence[Role], plan: Plan) -> Path:
    today = clock.today()
    person = Person(
        levels=queries.levels_held(current_actor(), today),
        standings={code: one.state for code, one in furthest_standings(current_actor()).items()},
    )
    return way(chosen, queries.modules(today), plan, person)
