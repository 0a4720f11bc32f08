"""What a programme's exam is made of, how long it takes, when a sitting lets people begin. Pure.

Source of the shares: the curriculum map, section 4; each domain's items go by its modules' hours.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from lms.errors import N_, RuleBroken
from lms.programme.exam import questions_by_module

DOCUMENTS = {
    "passport": N_("Passport"),
    "identity-card": N_("National identity card"),
    "driving-licence": N_("Driving licence"),
    "staff-card": N_("Staff card with a photo"),
    "other": N_("Another official paper with a photo"),
}
MINUTES_EACH = 2  # for a question; papers of modules give about as much
ATTEMPTS, WAIT_HOURS = 2, 24  # as for module papers (curriculum map, section 0)
OPEN_FOR = timedelta(hours=12)  # a room code is good for a day's sitting, not longer
ALPHABET = "ABCDEFGHJKMNPQRTUVWXY346789"  # no letter or digit that is taken for another
CODE_LENGTH = 6


@dataclass(frozen=True)
class Source:
    """A stored version whose questions an exam may draw, or a lesson of it taken alone.

    Attributes:
        code: as the programme names it: FND103, or ANA202-L1 for a lesson alone.
        hours: 1 for a lesson alone.
        questions: how many there are of each outcome that a machine marks outside cases.
        named: of a lesson alone its questions by code, else empty.
    """

    code: str
    version: str
    number: str
    title: str
    hours: int
    questions: Mapping[str, int]
    named: Sequence[str] = ()


def domains(exam: Mapping[str, Any], chosen: Sequence[str]) -> dict[str, str]:
    """Return by module the number of the domain it stands in, from "1"; chosen modules stand in
    that of the electives."""
    found: dict[str, str] = {}
    for number, domain in enumerate(exam["domain"], 1):
        codes = [*domain.get("modules", ()), *(chosen if domain.get("elective") else ())]
        found |= dict.fromkeys(codes, str(number))
    return found


def manifest(
    programme: Mapping[str, Any], sources: Sequence[Source], chosen: Sequence[str]
) -> dict[str, Any]:
    """Return the exam of a programme as a version that the attempts' machinery takes.

    Args:
        programme: as it is stored; it has an exam.
        sources: every module and lesson of it, in its order, chosen ones too.
        chosen: which of them stand for electives.

    Raises:
        RuleBroken: a module has too few questions that a machine marks.
    """
    exam = programme["exam"]
    given = questions_by_module(exam["items"], {one.code: one.hours for one in sources})
    return {
        "id": programme["id"],
        "title": programme["title"],
        "language": "en",
        "lessons": [],
        "hours": {},
        "needs": [],
        "competency": [],
        "outcome": [
            {"id": str(number), "text": domain["title"]}
            for number, domain in enumerate(exam["domain"], 1)
        ],
        "exam": {"programme": programme["id"], "programme_version": programme["version"]},
        "paper": {
            "minutes": MINUTES_EACH * exam["items"],
            "parts": _parts(sources, given, domains(exam, chosen)),
        },
        "pass": {
            "knowledge": exam["overall"],
            "each_outcome": exam["each_domain"],
            "critical": exam["critical_all_right"],
            "attempts": ATTEMPTS,
            "wait_hours": WAIT_HOURS,
        },
    }


def _parts(
    sources: Sequence[Source], given: Mapping[str, int], place: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Return a part for each version; two lessons of one version stand in one part."""
    parts: dict[str, dict[str, Any]] = {}
    for one in sources:
        new = {
            "version": one.version,
            "code": one.code,
            "number": one.number,
            "title": one.title,
            "domain": place[one.code],
            "draw": [],
        }
        parts.setdefault(one.version, new)["draw"] += _lines(one, given[one.code])
    return list(parts.values())


def _lines(source: Source, count: int) -> list[dict[str, Any]]:
    """Return the lines that draw from one module: over its outcomes, by how much each has."""
    if count > sum(source.questions.values()):
        message = N_("%(module)s has too few questions for this exam. Tell the hub.")
        raise RuleBroken(message, module=source.code)
    if source.named:
        return [{"count": count, "questions": list(source.named)}]
    if count < len(source.questions):
        return [{"count": count}]
    given = questions_by_module(count, source.questions)
    if any(given[name] > there for name, there in source.questions.items()):
        return [{"count": count}]
    return [{"count": each, "outcomes": [name]} for name, each in given.items()]


def takes_in(opened_at: datetime, *, signed: bool, now: datetime) -> bool:
    """Tell whether candidates may begin in a sitting."""
    return not signed and now - opened_at <= OPEN_FOR


def same_code(typed: str, code: str) -> bool:
    """Tell whether a room code was typed rightly; small letters, spaces, dashes are no matter."""
    return "".join(one for one in typed.upper() if one.isalnum()) == code


@dataclass(frozen=True)
class Passed:
    """An exam that was passed in a sitting that its invigilator signed."""

    practice: bool


def counts(passed: Sequence[Passed], *, is_open: bool) -> bool:
    """Tell whether a programme's exam is shown.

    What was passed for practice, while some module was not effective, counts while the programme
    completes people for practice alone.
    """
    return any(not (one.practice and is_open) for one in passed)
