"""Numeric: a number with a unit, its values drawn for each paper; scored exactly, in fractions."""

from collections.abc import Mapping
from decimal import Decimal
from random import Random
from typing import Any

from lms.assessment.kinds.drawing import drawn
from lms.assessment.kinds.filling import fill, names_in_prose
from lms.assessment.kinds.numeric_score import is_mistake_right, printed_answer, score_numeric
from lms.assessment.kinds.numeric_table import (
    ANSWER,
    DEFAULT_RELATIVE,
    NumericKey,
    NumericQuestion,
    numeric_problems,
)
from lms.assessment.numbers import NumberProblem, print_quantity, read_number, to_figures
from lms.curriculum.checking.problem import Problem
from lms.curriculum.kind import (
    ParsedQuestion,
    Plain,
    QuestionKind,
    Render,
    Said,
    Score,
    Undrawable,
    parsed,
    problem,
    validated,
)
from lms.curriculum.text.formula import FormulaError
from lms.errors import N_

SHOWN_DIGITS = 8  # a derived value with more in a prompt was never meant to be copied


class Numeric(QuestionKind):
    """Payload: `{"text": as typed, "unit": as chosen}`."""

    name = "numeric"
    template = "assessment/kinds/numeric.html"

    def parse(self, table: Mapping[str, Any]) -> ParsedQuestion:
        question = validated(NumericQuestion, table, numeric_problems(table))
        shown = {
            "parameters": {
                name: parameter.model_dump(exclude_none=True)
                for name, parameter in question.parameters.items()
            },
            # Pairs, not a table: the order matters, and canonical JSON sorts the keys of tables.
            "derived": [[name, formula] for name, formula in question.derived.items()],
            "units": question.key.units or [unit for unit in [question.key.unit] if unit],
        }
        mistakes = [mistake.model_dump() for mistake in question.mistake]
        return parsed(question, shown, plain_key(question.key) | {"mistakes": mistakes})

    def check(self, shown: Plain, key: Plain, rng: Random, draws: int = 200) -> list[Problem]:
        try:
            variants = [
                self.draw(shown, key, rng) for _ in range(draws if shown["parameters"] else 1)
            ]
        except Undrawable as error:
            mend = N_("widen the bounds, or draw from a narrower range")
            return [problem("key", error.message, mend, **error.params)]
        return [*too_long(shown, variants), *mistakes_that_are_right(key, variants)]

    def draw(self, shown: Plain, key: Plain, rng: Random) -> Plain:
        return drawn(shown, key, rng)

    def present(
        self,
        shown: Plain,
        variant: Plain,
        *,
        locale: str = "en",
        block: Render = str,
        inline: Render = str,
    ) -> Plain:
        prompt = fill(shown["prompt"], printed_values(variant), locale)
        return {"prompt": block(prompt), "units": shown["units"]}

    def read(self, form: Mapping[str, list[str]]) -> Plain | None:
        text = form.get("number", [""])[-1]
        return {"text": text, "unit": form.get("unit", [""])[-1]} if text.strip() else None

    def echo(self, payload: Plain | None, locale: str) -> Said | None:
        if payload is None:
            return None
        number = read_number(payload["text"], locale)
        if isinstance(number, NumberProblem):
            return number.message, number.params
        read = print_quantity(_digits(number.value), payload["unit"], locale)
        return N_("Read as %(read)s"), {"read": read}

    def score(
        self, shown: Plain, key: Plain, variant: Plain, payload: Plain | None, locale: str
    ) -> Score:
        return score_numeric(shown, key, variant, payload, locale)

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
        answer = printed_answer(key, variant)
        values = printed_values(variant) | {ANSWER: answer}
        return {
            "why": block(fill(key["why"], values, locale)),
            "answer": print_quantity(answer, key["unit"], locale),
        }


def plain_key(key: NumericKey) -> Plain:
    """Return a key as it is stored: what its author wrote, and a tolerance in any case."""
    # A key that uses none of the later options is stored as it was before there were any.
    unused = {name for name in ("tier", "figures_strict") if not getattr(key, name)}
    plain = key.model_dump(exclude_none=True, exclude={"units", *unused})
    if key.relative is None and key.absolute is None:
        plain["relative"] = DEFAULT_RELATIVE
    return plain


def _digits(value: Decimal) -> str:
    """Write all digits of `value`, as 1.2e7 where plain digits would be mostly zeros."""
    if -7 < value.adjusted() < 9 or not value:
        return f"{value:f}"
    return f"{value:e}".replace("e+", "e")


def _figures(value: Decimal) -> int:
    return len(value.normalize().as_tuple().digits)


def printed_values(variant: Plain) -> dict[str, str]:
    """Return the values of a variant as a text shows them: long derived ones to 4 figures."""
    derived = {name: Decimal(number) for name, number in variant["derived"].items()}
    short = {
        name: _digits(number) if _figures(number) <= SHOWN_DIGITS else to_figures(number, 4)
        for name, number in derived.items()
    }
    return {**variant["values"], **short}


def too_long(shown: Plain, variants: list[Plain]) -> list[Problem]:
    """A derived value in the prompt is what the learner computes with: it has to be printable."""
    long = {
        name
        for variant in variants
        for name, number in variant["derived"].items()
        if _figures(Decimal(number)) > SHOWN_DIGITS
    }
    message = N_("“%(name)s” is shown and has more digits than a learner can copy")
    return [
        problem(f"derived.{name}", message, N_("use round(…, decimals)"), name=name)
        for name in sorted(long & names_in_prose(shown["prompt"]))
    ]


def mistakes_that_are_right(key: Plain, variants: list[Plain]) -> list[Problem]:
    """Return a problem for each known mistake that would earn points in every variant."""
    found = []
    for place, mistake in enumerate(key["mistakes"]):
        where = f"mistake[{place}].formula"
        try:
            if all(is_mistake_right(key, mistake, variant) for variant in variants):
                message = N_("this mistake earns points in every draw")
                if not key.get("tier"):
                    message = N_("this mistake gives the right answer in every draw")
                found.append(problem(where, message, N_("change it or take it out")))
        except FormulaError as error:
            found.append(problem(where, error.message, N_("give it a value"), **error.params))
    return found
