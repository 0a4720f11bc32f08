"""Findings about † limits: stated without their source, typed by hand, or never cited at all."""

import re
from collections.abc import Iterator, Mapping, Set
from pathlib import PurePosixPath

from lms.curriculum.checking.problem import Problem
from lms.curriculum.drafts.schema import Limit
from lms.curriculum.reviewing.finding import Finding
from lms.curriculum.reviewing.matter import Curriculum, Lesson, Matter, Place
from lms.curriculum.reviewing.prose import CAPTION, EQUATION, HEADING, SYMBOL, Block, blocks
from lms.curriculum.reviewing.words import beginning, sentences

_CITED = re.compile(r"\]\(ref:([^)\s]+)\)")
_DAGGER = "†"
# Who or what sets limits. A sentence that names one beside a number states a rule.
_SOURCE = re.compile(
    r"\b(Annex \d+|GMP|WHO|FDA|EMA|ICH|ISO|USP|EP|Ph\. Eur\.|CFR|PIC/S|[Pp]harmacopoeias?"
    r"|regulations?|regulators?|guidelines?|guidance|rules? (?:asks?|demands?|requires?|says?)"
    r"|directive|legislation|European law)\b"
)
# A number with a unit, or after words of a limit; years, clauses and names of documents are none.
_MEASURE = re.compile(
    r"(?<![\w.])\d[\d  .,]*\s?(?:%|°C|[kmµn]?g\b|[kmµ]?L\b|[kcmµn]?m\b|m³|m/s|Pa\b|bar\b|IU\b|CFU\b"
    r"|EU\b|ppm\b|hours?\b|h\b|min(?:utes?)?\b|days?\b|months?\b|years?\b|particles?\b)"
)
_NUMBER = re.compile(r"\d+(?:[  ]\d{3})*(?:\.\d+)?")
_DEMANDS = re.compile(
    r"\b(must|shall|at most|at least|not more than|no more than|not less than|below|above|within"
    r"|limits?|requires?|demands?|asks?|allows?|exceeds?|minimum|maximum)\b|[≤≥<>]"
)


def uncited(matter: Matter, curriculum: Curriculum) -> Iterator[Finding]:
    """Find rules with a number and without a †, and † signs that lead to no entry."""
    limits = _limits(curriculum)
    for lesson in matter.lessons:
        cited = frozenset().union(*(block.cites for block in lesson.blocks))
        told = {limits[name].value for name in cited if name in limits}
        for block in lesson.blocks:
            place = Place(lesson.file, f"line {block.line}")
            yield from _typed(matter, place, block)
            if block.kind not in (HEADING, CAPTION, EQUATION) and not block.cites:
                yield from _rules(matter, place, block, told)
        yield from _values(matter, lesson, limits)
    for place, text in matter.authored:
        for block in blocks(text):
            yield from _typed(matter, place, block)


def _typed(matter: Matter, place: Place, block: Block) -> Iterator[Finding]:
    if _DAGGER in block.text:
        what = "a † typed by hand leads nowhere"
        mend = "write [the value](ref:LIMIT): the sign comes by itself"
        about = beginning(block.text)
        yield matter.finding("unreferenced-limit", place, what, mend, about=about)


def _rules(matter: Matter, place: Place, block: Block, told: Set[str]) -> Iterator[Finding]:
    """Find rules with a number; a value that the lesson cites elsewhere may be said again."""
    for sentence in sentences(block.text):
        if told & set(_NUMBER.findall(sentence)):
            continue
        if _SOURCE.search(sentence) and _DEMANDS.search(sentence) and _MEASURE.search(sentence):
            start = beginning(sentence)
            what = "a rule with a number and no source: “%(start)s …”"
            mend = "cite its entry of the register: [the value](ref:LIMIT)"
            yield matter.finding(
                "unreferenced-limit", place, what, mend, {"start": start}, about=start
            )


def _values(matter: Matter, lesson: Lesson, limits: Mapping[str, Limit]) -> Iterator[Finding]:
    """Find values of the module's own limits that a lesson states and nowhere cites."""
    cited = frozenset().union(*(block.cites for block in lesson.blocks))
    mine = {name for other in matter.lessons for block in other.blocks for name in block.cites}
    for name in sorted(mine - cited):
        limit = limits.get(name)
        if limit is None or not _is_telling(limit):
            continue
        value = re.escape(limit.value).replace(r"\ ", r"\s?")
        told = re.compile(rf"(?<![\w.,]){value}\s?{re.escape(limit.unit)}(?!\w)")
        for block in lesson.blocks:
            if SYMBOL not in limit.unit and told.search(block.text):
                place = Place(lesson.file, f"line {block.line}")
                what = "%(value)s %(unit)s is the limit %(name)s, which this lesson does not cite"
                mend = "cite it here: [%(value)s %(unit)s](ref:%(name)s)"
                params = {"value": limit.value, "unit": limit.unit, "name": name}
                yield matter.finding("unreferenced-limit", place, what, mend, params, about=name)
                break


def _is_telling(limit: Limit) -> bool:
    """Tell whether value and unit together are hardly anything else in a text."""
    return bool(limit.unit and re.search(r"\d", limit.value) and len(limit.value) > 1)


def lessons(matter: Matter, curriculum: Curriculum) -> Iterator[Finding]:
    """Find lessons that state rules and cite nothing, though the register has this module's."""
    documents = set(matter.manifest.get("references") or ())
    held = [one for one in _limits(curriculum).values() if one.reference in documents]
    for lesson in matter.lessons:
        if any(block.cites for block in lesson.blocks) or not held:
            continue
        text = " ".join(block.text for block in lesson.blocks if block.kind != HEADING)
        if any(_SOURCE.search(one) and _DEMANDS.search(one) for one in sentences(text)):
            what = "the lesson speaks of rules and cites none of the register"
            mend = "cite those that it rests on, such as %(few)s"
            few = ", ".join(one.id for one in held[:3])
            yield matter.finding(
                "lesson-without-limit", Place(lesson.file), what, mend, {"few": few}
            )


def never_cited(curriculum: Curriculum) -> Iterator[Finding]:
    """Find limits of the register that no text of any module cites.

    A file of the register that is named after a planned module is ahead of it until that is
    written: one note says how many limits wait.
    """
    cited = {name for matter in curriculum.modules for name in _cited(matter)}
    waiting = {code.lower() for code in curriculum.unwritten()}
    for file, table in curriculum.shared.references.items():
        path, left = PurePosixPath(file), [at for at in table.limit if at.id not in cited]
        if left and path.parent.name == "references" and path.stem in waiting:
            what = "%(count)s limits wait for the module that will cite them"
            mend = "nothing to do until it is written"
            problem = Problem(file, "limit", what, mend, {"count": len(left)}, note=True)
            yield Finding("uncited-limit", problem)
            continue
        for limit in left:
            what = "no module cites the limit %(name)s"
            mend = "cite it where it is stated, or take it out"
            key = f"limit[{table.limit.index(limit)}]"
            yield Finding(
                "uncited-limit", Problem(file, key, what, mend, {"name": limit.id}), limit.id
            )


def _cited(matter: Matter) -> Iterator[str]:
    for lesson in matter.lessons:
        yield from _CITED.findall(lesson.text)
    for _, text in matter.authored:
        yield from _CITED.findall(text)


def _limits(curriculum: Curriculum) -> dict[str, Limit]:
    return {
        limit.id: limit for table in curriculum.shared.references.values() for limit in table.limit
    }
