"""Read what the pages of programmes show, as plain values: modules, their state, hours, exam."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from lms.curriculum.models import Definition
from lms.curriculum.needs import ALONE, lesson_files, ref
from lms.curriculum.queries import InService, catalogue
from lms.curriculum.register import competencies, planned_titles
from lms.curriculum.register import roles as role_table
from lms.errors import NotFound
from lms.programme.exam import questions_by_module
from lms.programme.opening import all_with_openness, recorded, taught
from lms.programme.openness import Openness, openness
from lms.programme.queries import programme

KINDS = ("theory", "simulator", "practical", "workplace")


@dataclass(frozen=True)
class Part:
    """A module of a programme, or a lesson of one taken alone.

    Attributes:
        lesson: which lesson, from 1; 0 for the whole module.
        page: the lesson's code for its address, where it is there.
        state: effective, practice or missing.
        hours: None while the module is missing.
    """

    code: str
    module: str
    lesson: int
    page: str
    title: str
    language: str
    state: str
    hours: int | None


@dataclass(frozen=True)
class Listed:
    """A programme in the list: whom it is for, and whether it is open."""

    definition: Definition
    roles: tuple[str, ...]
    for_all: bool
    openness: Openness


@dataclass(frozen=True)
class Shown:
    """A programme as its page says it.

    Attributes:
        hours: hours by kind of the modules that are there, single lessons as theory.
        complete: whether all modules are there, so that the hours are those of the whole.
        exam: title, modules and number of questions of each domain; None: not known yet.
        titles, roles: of competencies and roles by id.
    """

    definition: Definition
    openness: Openness
    parts: tuple[Part, ...]
    electives: tuple[tuple[int, tuple[Part, ...]], ...]
    hours: Mapping[str, int]
    complete: bool
    exam: tuple[tuple[str, tuple[str, ...], int | None], ...]
    competencies: Mapping[str, Mapping[str, Any]]
    roles: Mapping[str, str]


def listed(on: date, roles: Mapping[str, str]) -> list[Listed]:
    """Return every programme, those that are open first: two queries.

    Args:
        roles: the titles of the framework's roles by id.
    """
    found = []
    for one, state in all_with_openness(on):
        codes = one.content.get("roles", ())
        names = tuple(roles[code] for code in codes if code in roles)
        found.append(Listed(one, names, "all" in codes, state))
    return sorted(found, key=lambda one: (not one.openness.is_open, one.definition.code))


def shown(code: str, on: date) -> Shown:
    """Return a programme with all that its page says: five queries.

    Raises:
        NotFound: there is no such programme.
    """
    definition = programme(code)
    if definition is None:
        raise NotFound()
    content = definition.content
    in_service = {one.version.code: one for one in catalogue(on)}
    planned = planned_titles()
    parts = tuple(_part(code, in_service, planned) for code in content["modules"])
    electives = tuple(
        (one["choose"], tuple(_part(code, in_service, planned) for code in one["modules"]))
        for one in content.get("elective", ())
    )
    return Shown(
        definition=definition,
        openness=openness(content, taught(list(in_service.values())), recorded()),
        parts=parts,
        electives=electives,
        hours=_hours(parts, in_service),
        complete=all(part.hours is not None for part in parts),
        exam=tuple(_exam(content, parts)),
        competencies=competencies(),
        roles={id: title for id, (title, _modules) in role_table().items()},
    )


def _part(code: str, modules: Mapping[str, InService], planned: Mapping[str, str]) -> Part:
    named, found = ref(code), modules.get(ref(code).module)
    if found is None:
        title = planned.get(named.module, "")
        return Part(code, named.module, named.lesson, "", title, "en", "missing", None)
    version, manifest = found.version, found.version.manifest
    files = lesson_files(named.lesson, manifest["lessons"])
    gone = bool(named.lesson and not files)
    return Part(
        code,
        named.module,
        named.lesson,
        files[0] if files else "",
        version.title,
        manifest["language"],
        "missing" if gone else "practice" if found.practice else "effective",
        ALONE if named.lesson else sum(manifest["hours"].values()),
    )


def _hours(parts: Sequence[Part], modules: Mapping[str, InService]) -> dict[str, int]:
    hours = dict.fromkeys(KINDS, 0)
    for part in parts:
        if part.lesson and part.hours:
            hours["theory"] += part.hours
        elif part.hours is not None:
            for kind, each in modules[part.module].version.manifest["hours"].items():
                hours[kind] += each
    return hours


def _exam(
    content: Mapping[str, Any], parts: Sequence[Part]
) -> list[tuple[str, tuple[str, ...], int | None]]:
    """Return the domains of the exam; the chosen modules bring their hours only once chosen."""
    exam = content.get("exam")
    if not exam:
        return []
    hours = {part.code: part.hours for part in parts if part.hours is not None}
    known = len(hours) == len(parts) and not content.get("elective")
    given = questions_by_module(exam["items"], hours) if known else {}
    return [
        (
            domain["title"],
            tuple(domain.get("modules", ())),
            sum(given[code] for code in domain["modules"]) if known else None,
        )
        for domain in exam["domain"]
    ]
