"""Whether a programme is open, and what is missing where it is not. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from lms.curriculum.evidence import EXAM, LESSON, EvidenceKind
from lms.curriculum.needs import Ref, lesson_files, ref

# What stands in the way: a module or lesson that is not there, a module that is not effective, a
# kind of evidence that nothing here records or that is recorded in modules alone, the exam, a
# lesson taken alone.
Sort = Literal["missing", "not-effective", "kind", "beside", "exam", "lesson"]


@dataclass(frozen=True)
class Reason:
    """One thing that keeps a programme from being open.

    Attributes:
        what: the module, lesson or kind of evidence that it is about, by its code.
        more: of several modules, with commas between, so many more are needed; 0: all.
    """

    sort: Sort
    what: str = ""
    more: int = 0


@dataclass(frozen=True)
class Taught:
    """A module that is there: whether it certifies, and the names of its lessons."""

    effective: bool
    lessons: Sequence[str]


@dataclass(frozen=True)
class Openness:
    """What keeps a programme from being open, in the order of its rules; nothing: it is open."""

    reasons: tuple[Reason, ...] = ()

    @property
    def is_open(self) -> bool:
        """Tell whether the programme completes anybody."""
        return not self.reasons

    @property
    def practises(self) -> bool:
        """Tell whether it completes people for practice: all is there, if not yet effective."""
        return all(reason.sort == "not-effective" for reason in self.reasons)


def openness(
    content: Mapping[str, Any],
    modules: Mapping[str, Taught],
    kinds: Mapping[str, EvidenceKind],
) -> Openness:
    """Return whether a programme is open, by the rules of the curriculum map, section 4.

    Args:
        content: a programme as it is stored.
        modules: what is in service, by code.
        kinds: the kinds of evidence that can be recorded, by code.
    """
    return Openness((
        *_modules(content, modules),
        *_electives(content, modules),
        *_evidence(content, kinds),
    ))  # fmt: skip


def _modules(content: Mapping[str, Any], modules: Mapping[str, Taught]) -> Iterable[Reason]:
    for one in map(ref, content["modules"]):
        if not _is_there(one, modules):
            yield Reason("missing", one.code)
        elif not modules[one.module].effective:
            yield Reason("not-effective", one.code)


def _is_there(one: Ref, modules: Mapping[str, Taught]) -> bool:
    if one.module not in modules:
        return False
    return not one.lesson or bool(lesson_files(one.lesson, modules[one.module].lessons))


def _electives(content: Mapping[str, Any], modules: Mapping[str, Taught]) -> Iterable[Reason]:
    for elective in content.get("elective", ()):
        there = [modules[code] for code in elective["modules"] if code in modules]
        effective = sum(one.effective for one in there)
        names, choose = ", ".join(elective["modules"]), elective["choose"]
        if len(there) < choose:
            yield Reason("missing", names, choose - len(there))
        elif effective < choose:
            yield Reason("not-effective", names, choose - effective)


def _evidence(content: Mapping[str, Any], kinds: Mapping[str, EvidenceKind]) -> Iterable[Reason]:
    if LESSON not in kinds:
        alone = [one.code for one in map(ref, content["modules"]) if one.lesson]
        yield from (Reason("lesson", code) for code in alone)
    wanting = [one["kind"] for one in content.get("evidence", ()) if not _records(one, kinds)]
    for kind in dict.fromkeys(wanting):
        yield Reason("beside" if kind in kinds else "kind", kind)
    if content.get("exam") and EXAM not in kinds:
        yield Reason("exam")


def _records(clause: Mapping[str, Any], kinds: Mapping[str, EvidenceKind]) -> bool:
    """Tell whether what a clause asks for can be recorded.

    What is part of a module's own assessment is no record of what a programme asks for beside it.
    """
    kind = kinds.get(clause["kind"])
    return kind is not None and (kind.met is not None or bool(clause.get("modules")))
