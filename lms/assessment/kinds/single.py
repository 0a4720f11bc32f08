"""Single choice: one option is right, true/false included; a wrong one may earn a part."""

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
    tables,
    unweighted_problems,
    weights_of,
)
from lms.curriculum.checking.problem import Problem
from lms.curriculum.kind import (
    BLANK,
    ParsedQuestion,
    Plain,
    QuestionKind,
    Render,
    Said,
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
        trace: list[Said] = [(said, {"option": texts[payload["choice"]]})]
        weight = key.get("weights", {}).get(payload["choice"])
        if weight and not right:
            fraction = Fraction(weight)
            trace.append((N_("It earns %(share)s of the points."), {"share": str(fraction)}))
        return Score(fraction, (("choice", fraction),), tuple(trace))

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
    if table.get("critical"):
        mend = N_("a critical question gives no partial credit: take the weight out")
        yield from unweighted_problems(table, mend)
    options = tables(table, "option")
    for place, weight in weights_of(table).items():
        if options[place].get("correct") is True and weight != 1:
            message = N_("the right option earns all points")
            yield problem(f"option[{place}].weight", message, N_("take the weight out"))
        elif options[place].get("correct") is not True and not 0 <= weight < 1:
            message = N_("a wrong option earns from 0 to less than 1")
            yield problem(f"option[{place}].weight", message, N_("change the weight"))
