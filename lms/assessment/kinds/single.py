"""Single choice: one option is right, true/false included."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from random import Random
from typing import Any

from lms.assessment.kinds.options import (
    OptionQuestion,
    correct_count,
    explained,
    option_key,
    option_problems,
    presented,
    shown_options,
    shuffled,
)
from lms.curriculum.checking.problem import Problem
from lms.curriculum.kind import (
    BLANK,
    ParsedQuestion,
    Plain,
    QuestionKind,
    Render,
    Score,
    parsed,
    problem,
    validated,
)
from lms.errors import N_


class Single(QuestionKind):
    """Payload: `{"choice": option id}`."""

    name = "single"
    template = "assessment/kinds/single.html"

    def parse(self, table: Mapping[str, Any]) -> ParsedQuestion:
        question = validated(OptionQuestion, table, _problems(table))
        return parsed(question, {"options": shown_options(question)}, option_key(question))

    def draw(self, shown: Plain, key: Plain, rng: Random) -> Plain:
        return {"order": shuffled(shown, rng)}

    def present(
        self,
        shown: Plain,
        variant: Plain,
        *,
        locale: str = "en",
        block: Render = str,
        inline: Render = str,
    ) -> Plain:
        return {
            "prompt": block(shown["prompt"]),
            "options": presented(shown, variant, inline),
        }

    def read(self, form: Mapping[str, list[str]]) -> Plain | None:
        choices = [choice for choice in form.get("choice", []) if choice]
        return {"choice": choices[-1]} if choices else None

    def score(
        self, shown: Plain, key: Plain, variant: Plain, payload: Plain | None, locale: str
    ) -> Score:
        if payload is None:
            return BLANK
        texts = {option["id"]: option["text"] for option in shown["options"]}
        if payload["choice"] not in texts:
            return Score(Fraction(0), trace=((N_("What was sent is none of the options."), {}),))
        right = payload["choice"] in key["correct"]
        said = N_("“%(option)s” is right.") if right else N_("“%(option)s” is not right.")
        fraction = Fraction(right)
        trace = ((said, {"option": texts[payload["choice"]]}),)
        return Score(fraction, (("choice", fraction),), trace)

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
        chosen = [payload["choice"]] if payload else []
        return {
            "why": block(key["why"]),
            "options": explained(shown, key, variant, chosen, inline),
        }


def _problems(table: Mapping[str, Any]) -> Iterator[Problem]:
    yield from option_problems(table)
    if correct_count(table) != 1:
        yield problem(
            "option",
            N_("%(count)s options are marked correct"),
            N_("mark exactly one with correct = true"),
            count=correct_count(table),
        )
