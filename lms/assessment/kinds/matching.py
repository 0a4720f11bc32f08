"""Matching: each stem gets a target of one list; a target may serve several stems, or none."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from random import Random
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from lms.assessment.kinds.options import OptionId, partial_problems, tables, twice
from lms.curriculum.checking.problem import Problem, unknown
from lms.curriculum.drafts.schema import Strict, Text
from lms.curriculum.kind import (
    BLANK,
    ParsedQuestion,
    Plain,
    Question,
    QuestionKind,
    Render,
    Said,
    Score,
    parsed,
    problem,
    validated,
)
from lms.errors import N_

FIELD = "stem-"
# A closed list on a phone shows some 30 characters, an open one wraps what is longer.
LONGEST = 120

TargetText = Annotated[
    str, StringConstraints(min_length=1, max_length=LONGEST, strip_whitespace=True)
]


class Target(Strict):
    """One `[[question.target]]` to choose from; its text stands in a native list."""

    id: OptionId
    text: TargetText


class Stem(Strict):
    """One `[[question.stem]]`: what a target is chosen for, and why that one."""

    id: OptionId
    text: Text
    target: OptionId
    why: Text


class MatchingQuestion(Question):
    """`scoring` is "exact" for whatever is critical: half a safety rule is none."""

    scoring: Literal["pairs", "exact"] = "pairs"
    target: Annotated[list[Target], Field(min_length=2, max_length=12)]
    stem: Annotated[list[Stem], Field(min_length=2, max_length=10)]


class Matching(QuestionKind):
    """Payload: `{"pairs": {stem id: target id}}`, at least one; unanswered stems are left out."""

    name = "matching"
    template = "assessment/kinds/matching.html"

    def parse(self, table: Mapping[str, Any]) -> ParsedQuestion:
        question = validated(MatchingQuestion, table, _problems(table))
        shown = {
            "stems": [{"id": stem.id, "text": stem.text} for stem in question.stem],
            "targets": [target.model_dump() for target in question.target],
        }
        key = {
            "pairs": {stem.id: stem.target for stem in question.stem},
            "whys": {stem.id: stem.why for stem in question.stem},
            "scoring": question.scoring,
        }
        return parsed(question, shown, key)

    def draw(self, shown: Plain, key: Plain, rng: Random) -> Plain:
        stems = [stem["id"] for stem in shown["stems"]]
        targets = [target["id"] for target in shown["targets"]]
        rng.shuffle(stems)
        rng.shuffle(targets)
        return {"stems": stems, "targets": targets}

    def present(
        self,
        shown: Plain,
        variant: Plain,
        *,
        locale: str = "en",
        block: Render = str,
        inline: Render = str,
    ) -> Plain:
        stems, targets = _texts(shown["stems"], inline), _texts(shown["targets"], inline)
        return {
            "prompt": block(shown["prompt"]),
            "stems": [{"id": stem, "text": stems[stem]} for stem in variant["stems"]],
            "targets": [{"id": one, "text": targets[one]} for one in variant["targets"]],
        }

    def read(self, form: Mapping[str, list[str]]) -> Plain | None:
        pairs = {
            name.removeprefix(FIELD): values[-1]
            for name, values in form.items()
            if name.startswith(FIELD) and values and values[-1]
        }
        return {"pairs": pairs} if pairs else None

    def score(
        self, shown: Plain, key: Plain, variant: Plain, payload: Plain | None, locale: str
    ) -> Score:
        if payload is None:
            return BLANK
        given, pairs = payload["pairs"], key["pairs"]
        right = [stem for stem, target in pairs.items() if given.get(stem) == target]
        said: Said = (
            N_("Right pairs: %(right)s of %(of)s."),
            {"right": str(len(right)), "of": str(len(pairs))},
        )
        if key["scoring"] == "exact":
            fraction = Fraction(len(right) == len(pairs))
            return Score(fraction, (("all", fraction),), (said, (N_("All were needed."), {})))
        share = Fraction(1, len(pairs))
        parts = tuple((stem, share) for stem in sorted(right))
        return Score(share * len(right), parts, (said,))

    def explain(
        self,
        shown: Plain,
        key: Plain,
        variant: Plain,
        payload: Plain | None,
        *,
        locale: str = "en",
        block: Render = str,
        inline: Render = str,
    ) -> Plain:
        stems, targets = _texts(shown["stems"], inline), _texts(shown["targets"], inline)
        given = payload["pairs"] if payload else {}
        rows = [
            {
                "id": stem,
                "text": stems[stem],
                "given": targets.get(given.get(stem, ""), ""),
                "right": targets[key["pairs"][stem]],
                "correct": given.get(stem) == key["pairs"][stem],
                "why": inline(key["whys"][stem]),
            }
            for stem in variant["stems"]
        ]
        return {"why": block(key["why"]), "pairs": rows}


def _texts(listed: list[Plain], inline: Render) -> dict[str, str]:
    return {one["id"]: inline(one["text"]) for one in listed}


def _problems(table: Mapping[str, Any]) -> Iterator[Problem]:
    for key, name, message in (
        ("stem", "id", N_("two stems have the id “%(value)s”")),
        ("stem", "text", N_("two stems read “%(value)s”")),
        ("target", "id", N_("two targets have the id “%(value)s”")),
        ("target", "text", N_("two targets read “%(value)s”")),
    ):
        for value in twice(one.get(name) for one in tables(table, key)):
            yield problem(key, message, N_("change one of them"), value=value)
    targets = [str(one.get("id")) for one in tables(table, "target")]
    for place, stem in enumerate(tables(table, "stem")):
        wanted = stem.get("target")
        if isinstance(wanted, str) and wanted not in targets:
            what = N_("there is no target “%(name)s”")
            yield unknown("", f"stem[{place}].target", what, wanted, targets)
    for place, target in enumerate(tables(table, "target")):
        if "$" in str(target.get("text", "")):
            yield problem(
                f"target[{place}].text",
                N_("a target stands in a list to choose from, which shows no equation"),
                N_("write it in letters, such as CO₂ or 10⁶"),
            )
    yield from partial_problems(table)
