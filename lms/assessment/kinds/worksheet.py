"""Worksheet: numbers that build on each other; a later one is also scored with the learner's own
earlier value, so that one slip costs once."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

from lms.assessment.kinds.drawing import drawn_chain, work_out
from lms.assessment.kinds.filling import fill
from lms.assessment.kinds.numeric import (
    mistakes_that_are_right,
    plain_key,
    printed_values,
    too_long,
)
from lms.assessment.kinds.numeric_score import (
    printed_answer,
    read_value,
    score_numeric,
)
from lms.assessment.kinds.worksheet_table import WorksheetQuestion, worksheet_problems
from lms.assessment.numbers import print_quantity
from lms.curriculum.checking.problem import Problem
from lms.curriculum.kind import (
    BLANK,
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
from lms.curriculum.text.formula import FormulaError, parse
from lms.errors import N_


class Worksheet(QuestionKind):
    """Payload: `{"parts": {part id: {"text": as typed, "unit": as chosen}}}`, at least one."""

    name = "worksheet"
    template = "assessment/kinds/worksheet.html"

    def parse(self, table: Mapping[str, Any]) -> ParsedQuestion:
        question = validated(WorksheetQuestion, table, worksheet_problems(table))
        shown = {
            "parameters": {
                name: parameter.model_dump(exclude_none=True)
                for name, parameter in question.parameters.items()
            },
            "derived": [[name, formula] for name, formula in question.derived.items()],
            "parts": [
                {
                    "id": part.id,
                    "prompt": part.prompt,
                    "weight": part.weight,
                    "units": part.key.units or [unit for unit in [part.key.unit] if unit],
                }
                for part in question.part
            ],
        }
        keys = {
            part.id: plain_key(part.key)
            | {"why": part.why, "mistakes": [mistake.model_dump() for mistake in part.mistake]}
            for part in question.part
        }
        return parsed(question, shown, {"parts": keys, "scoring": question.scoring})

    def check(self, shown: Plain, key: Plain, rng: Random, draws: int = 200) -> list[Problem]:
        try:
            variants = [
                self.draw(shown, key, rng) for _ in range(draws if shown["parameters"] else 1)
            ]
        except Undrawable as error:
            mend = N_("widen the bounds, or draw from a narrower range")
            return [problem("part", error.message, mend, **error.params)]
        texts = [shown["prompt"], *(part["prompt"] for part in shown["parts"])]
        found = too_long({"prompt": " ".join(texts)}, variants)
        for place, part in enumerate(shown["parts"]):
            known = [_with(variant, variant["answers"]) for variant in variants]
            for one in mistakes_that_are_right(key["parts"][part["id"]], known):
                found.append(problem(f"part[{place}].{one.key}", one.message, one.mend))
        return found

    def draw(self, shown: Plain, key: Plain, rng: Random) -> Plain:
        parts = [(part["id"], key["parts"][part["id"]]) for part in shown["parts"]]
        return drawn_chain(shown, parts, rng)

    def present(
        self,
        shown: Plain,
        variant: Plain,
        *,
        locale: str = "en",
        block: Render = str,
        inline: Render = str,
    ) -> Plain:
        values = printed_values(variant)
        return {
            "prompt": block(fill(shown["prompt"], values, locale)),
            "parts": [
                {
                    "id": part["id"],
                    "number": number,
                    "prompt": inline(fill(part["prompt"], values, locale)),
                    "units": part["units"],
                }
                for number, part in enumerate(shown["parts"], 1)
            ],
        }

    def read(self, form: Mapping[str, list[str]]) -> Plain | None:
        parts = {
            name.removesuffix("-number"): {
                "text": values[-1],
                "unit": form.get(f"{name.removesuffix('-number')}-unit", [""])[-1],
            }
            for name, values in sorted(form.items())
            if name.endswith("-number") and values and values[-1].strip()
        }
        return {"parts": parts} if parts else None

    def score(
        self, shown: Plain, key: Plain, variant: Plain, payload: Plain | None, locale: str
    ) -> Score:
        if payload is None:
            return BLANK
        scores = _scored(shown, key, variant, payload, locale)
        whole = sum(part["weight"] for part in shown["parts"])
        trace: list[Said] = []
        for number, one in enumerate(scores, 1):
            earned = {"number": str(number), "share": str(one.score.fraction)}
            trace.append((N_("Part %(number)s earned %(share)s of its points."), earned))
            trace += [*one.followed, *one.score.trace]
        parts = tuple((one.id, Fraction(one.weight, whole) * one.score.fraction) for one in scores)
        total = sum((part for _, part in parts), Fraction(0))
        if key["scoring"] == "exact":
            trace.append((N_("All parts were needed."), {}))
            total = Fraction(total == 1)
            parts = (("all", total),)
        slips = any(one.score.critical_error for one in scores)
        return Score(total, parts, tuple(trace), critical_error=slips)

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
        scores = _scored(shown, key, variant, payload or {"parts": {}}, locale)
        values = printed_values(variant)
        known = _with(variant, {})
        rows = []
        for part, one in zip(shown["parts"], scores, strict=True):
            own = key["parts"][part["id"]]
            answer = printed_answer(own, known)
            known["values"][part["id"]] = one.answer
            values[part["id"]] = answer
            rows.append(
                {
                    "text": inline(fill(part["prompt"], values, locale)),
                    "right": print_quantity(answer, own["unit"], locale),
                    "correct": one.score.fraction == 1,
                    "followed": bool(one.followed),
                    "why": inline(fill(own["why"], values | {"answer": answer}, locale)),
                }
            )
        return {"why": block(fill(key["why"], values, locale)), "parts": rows}


@dataclass(frozen=True)
class _Scored:
    """A part with its score, its right answer, and what is said where it followed a slip."""

    id: str
    weight: int
    answer: str
    score: Score
    followed: tuple[Said, ...]


def _with(variant: Plain, answers: Mapping[str, str]) -> Plain:
    return {"values": {**variant["values"], **answers}, "derived": variant["derived"]}


def _scored(shown: Plain, key: Plain, variant: Plain, payload: Plain, locale: str) -> list[_Scored]:
    """Score each part: with the right values before it, and if that is not enough with one's own.

    The right answers come from the key, so that a corrected key counts.
    """
    right: dict[str, str] = {}
    own: dict[str, str] = {}
    numbers = {part["id"]: number for number, part in enumerate(shown["parts"], 1)}
    found = []
    for part in shown["parts"]:
        part_key, given = key["parts"][part["id"]], payload["parts"].get(part["id"])
        score = score_numeric(part, part_key, _with(variant, right), given, locale)
        used = sorted(parse(part_key["formula"]).names & own.keys(), key=numbers.__getitem__)
        followed: tuple[Said, ...] = ()
        if score.fraction < 1 and used and given and key["scoring"] == "follow-through":
            again = _again(part, part_key, _with(variant, right | own), given, locale)
            if again and again.fraction > score.fraction:
                score, which = again, ", ".join(str(numbers[name]) for name in used)
                followed = (
                    (N_("Scored with your own value of part %(parts)s."), {"parts": which}),
                )
        answer = str(work_out(part_key["formula"], _known(variant, right)))
        found.append(_Scored(part["id"], part["weight"], answer, score, followed))
        right[part["id"]] = answer
        value = read_value(part, part_key, given, locale) if given else None
        if value is not None and value != Decimal(answer):
            own[part["id"]] = str(value)
    return found


def _known(variant: Plain, answers: Mapping[str, str]) -> dict[str, str]:
    return {**variant["values"], **variant["derived"], **answers}


def _again(part: Plain, key: Plain, variant: Plain, given: Plain, locale: str) -> Score | None:
    try:
        return score_numeric(part, key, variant, given, locale)
    except FormulaError:
        return None  # one's own value has no result here, such as the logarithm of less than 0
