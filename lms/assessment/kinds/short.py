"""Short text: a few words held against accepted patterns; what none fits, a person marks."""

import unicodedata
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any

from pydantic import Field

from lms.assessment.kinds.essay import MOST
from lms.assessment.kinds.numeric_table import Size, as_number
from lms.assessment.kinds.options import tables
from lms.curriculum.checking.problem import Problem
from lms.curriculum.drafts.schema import Strict, Text
from lms.curriculum.kind import (
    BLANK,
    LeftToPerson,
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

CRITERION = "answer"
ANY = "*"  # in a pattern: any run of characters, also none
# Marks of direction and width that keyboards and copied texts bring along unseen.
_UNSEEN = dict.fromkeys((0x200B, 0x200E, 0x200F, 0x061C, 0xFEFF, 0x00AD), "")
LEVELS = [
    "Wrong, or about something else.",
    "Mostly wrong: one word points the right way.",
    "Half right: the idea is there, something that matters is missing or wrong.",
    "Right, with a slip that could not mislead anybody at work.",
    "Right, in whatever words.",
]


class Accept(Strict):
    """One `[[question.accept]]`: a pattern, what it is worth, and what is said to who wrote it."""

    pattern: Annotated[Text, Field(max_length=200)]
    weight: Size = "1"
    why: str = ""


class Rubric(Strict):
    """How a person marks what no pattern fits: one criterion, five levels."""

    title: Text = "The answer"
    levels: Annotated[list[Text], Field(min_length=MOST + 1, max_length=MOST + 1)] = LEVELS


class ShortQuestion(Question):
    """A question for a few words; `answer` is how the right one is written."""

    answer: Annotated[Text, Field(max_length=200)]
    characters: Annotated[int, Field(ge=10, le=500)] = 120
    accept: Annotated[list[Accept], Field(min_length=1, max_length=60)]
    rubric: Rubric = Rubric()


class Short(QuestionKind):
    """Payload: `{"text": …}` exactly as it was typed."""

    name = "short"
    template = "assessment/kinds/short.html"
    marked_by = "either"

    def parse(self, table: Mapping[str, Any]) -> ParsedQuestion:
        question = validated(ShortQuestion, table, _problems(table))
        criterion = {"id": CRITERION} | question.rubric.model_dump()
        key = {
            "answer": question.answer,
            "accept": [accept.model_dump() for accept in question.accept],
            "criteria": [criterion],
        }
        return parsed(question, {"characters": question.characters}, key)

    def present(
        self,
        shown: Plain,
        variant: Plain,
        *,
        locale: str = "en",
        block: Render = str,
        inline: Render = str,
    ) -> Plain:
        return {"prompt": block(shown["prompt"]), "characters": shown["characters"]}

    def read(self, form: Mapping[str, list[str]]) -> Plain | None:
        text = form.get("text", [""])[-1]
        return {"text": text} if normalised(text) else None

    def alike(self, payload: Plain | None) -> str:
        return normalised(payload["text"]) if payload else ""

    def score(
        self, shown: Plain, key: Plain, variant: Plain, payload: Plain | None, locale: str
    ) -> Score:
        if payload is None:
            return BLANK
        text = normalised(payload["text"])
        for accept in key["accept"]:
            if fits(text, accept["pattern"]):
                return _accepted(accept)
        raise LeftToPerson(N_("No accepted answer of the key fits: a person marks this."))

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
        return {
            "why": block(key["why"]),
            "answer": key["answer"],
            "model_answer": block(key["answer"]),
            "criteria": key["criteria"],
        }


def normalised(text: str) -> str:
    """Return a text as it is compared: NFC, trimmed, spaces collapsed, letter case folded."""
    plain = unicodedata.normalize("NFC", text.translate(_UNSEEN)).casefold()
    return " ".join(unicodedata.normalize("NFC", plain).split())


def fits(text: str, pattern: str) -> bool:
    """Tell whether a normalised text fits a pattern as its author wrote it.

    A star stands for any run of characters, also none; all else stands for itself. Each piece
    between stars is looked for once from the left, so that no pattern takes long.
    """
    first, *rest = normalised(pattern).split(ANY)
    if not rest:
        return text == first
    *middle, last = rest
    if not text.startswith(first) or len(text) < len(first) + len(last):
        return False
    if not text.endswith(last):
        return False
    at, end = len(first), len(text) - len(last)
    for piece in middle:
        found = text.find(piece, at, end)
        if found < 0:
            return False
        at = found + len(piece)
    return True


def _accepted(accept: Plain) -> Score:
    fraction = Fraction(Decimal(accept["weight"]))
    pattern = {"pattern": accept["pattern"].replace(ANY, "…")}
    trace: list[Said] = [(_SAID[(fraction > 0) + (fraction == 1)], pattern)]
    if 0 < fraction < 1:
        trace.append((N_("It earns %(share)s of the points."), {"share": str(fraction)}))
    if accept["why"]:
        trace.append((N_("%(feedback)s"), {"feedback": accept["why"]}))
    return Score(fraction, (("text", fraction),), tuple(trace))


_SAID = (
    N_("Your answer fits “%(pattern)s”, which the key knows as wrong."),
    N_("Your answer fits “%(pattern)s”, which the key accepts in part."),
    N_("Your answer fits “%(pattern)s”, which the key accepts."),
)


def _problems(table: Mapping[str, Any]) -> Iterator[Problem]:
    if table.get("critical"):
        yield problem(
            "critical",
            N_("a short text cannot be critical: a person may have to mark it"),
            N_("ask what is critical in a question that a machine marks"),
        )
    accepts = tables(table, "accept")
    weights = [as_number(accept.get("weight", "1")) for accept in accepts]
    for place, weight in enumerate(weights):
        if weight is not None and weight > 1:
            message = N_("a weight lies between 0 and 1")
            yield problem(f"accept[{place}].weight", message, N_("write 1 for the whole"))
        elif weight is not None and weight < 1 and not str(accepts[place].get("why", "")).strip():
            message = N_("this answer does not earn all points, and nothing says why")
            mend = N_("tell the learner who wrote it what is missing")
            yield problem(f"accept[{place}].why", message, mend)
    yield from _pattern_problems(
        [str(accept.get("pattern", "")) for accept in accepts], weights, table.get("answer")
    )


def _pattern_problems(
    patterns: list[str], weights: list[Decimal | None], answer: Any
) -> Iterator[Problem]:
    for place, pattern in enumerate(patterns):
        bare = normalised(pattern)
        if bare and not bare.strip(ANY + " "):
            message = N_("this pattern fits everything, so that no person is ever asked")
            yield problem(f"accept[{place}].pattern", message, N_("add words to it"))
        taken = [one for one in patterns[:place] if fits(bare, one)]
        if bare and taken:
            message = N_("no answer ever reaches this pattern: “%(other)s” before it fits too")
            mend = N_("put it before, or take it out")
            yield problem(f"accept[{place}].pattern", message, mend, other=taken[0])
    if not isinstance(answer, str) or not patterns:
        return
    first = next((at for at, one in enumerate(patterns) if fits(normalised(answer), one)), None)
    if first is None or weights[first] != 1:
        message = N_("the key itself does not earn all points: its patterns do not accept it")
        yield problem("answer", message, N_("add a pattern that fits it, with the weight 1"))
