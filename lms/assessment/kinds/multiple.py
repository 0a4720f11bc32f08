"""Multiple response: any number of options is right; scored net by default, or all or nothing."""

from collections.abc import Iterator, Mapping, Set
from fractions import Fraction
from random import Random
from typing import Any, Literal

from lms.assessment.kinds.options import (
    OptionQuestion,
    correct_count,
    explained,
    option_key,
    option_problems,
    partial_problems,
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
    Said,
    Score,
    parsed,
    problem,
    validated,
)
from lms.errors import N_


class MultipleQuestion(OptionQuestion):
    """`scoring` is "exact" for whatever is critical: half a safety rule is none."""

    scoring: Literal["net", "exact"] = "net"


class Multiple(QuestionKind):
    """Payload: `{"choices": [option id, …]}`, sorted, at least one."""

    name = "multiple"
    template = "assessment/kinds/multiple.html"

    def parse(self, table: Mapping[str, Any]) -> ParsedQuestion:
        question = validated(MultipleQuestion, table, _problems(table))
        key = option_key(question) | {"scoring": question.scoring}
        return parsed(question, {"options": shown_options(question)}, key)

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
        # A set: on which page and in which order the options stood is no part of the answer.
        choices = sorted({choice for choice in form.get("choices", []) if choice})
        return {"choices": choices} if choices else None

    def score(
        self, shown: Plain, key: Plain, variant: Plain, payload: Plain | None, locale: str
    ) -> Score:
        if payload is None:
            return BLANK
        right, chosen = set(key["correct"]), set(payload["choices"])
        counted = {
            "right": str(len(chosen & right)),
            "of": str(len(right)),
            "wrong": str(len(chosen - right)),
        }
        trace = (N_("Right options chosen: %(right)s of %(of)s; wrong ones: %(wrong)s."), counted)
        rule = _exact if key["scoring"] == "exact" else _net
        return rule(right, chosen, trace)

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
        chosen = payload["choices"] if payload else []
        return {
            "why": block(key["why"]),
            "options": explained(shown, key, variant, chosen, inline),
        }


def _net(right: Set[str], chosen: Set[str], said: Said) -> Score:
    """Score max(0, (t − (n − t)) / k): k right options, n chosen, t of those right."""
    share = Fraction(1, len(right))
    parts = [(option, share if option in right else -share) for option in sorted(chosen)]
    total = sum((part for _, part in parts), Fraction(0))
    if total < 0:
        parts.append(("floor", -total))
    rule: Said = (N_("Each wrong option takes the worth of a right one away, down to 0."), {})
    return Score(max(Fraction(0), total), tuple(parts), (said, rule))


def _exact(right: Set[str], chosen: Set[str], said: Said) -> Score:
    fraction = Fraction(chosen == right)
    rule: Said = (N_("All right options and no wrong one were needed."), {})
    return Score(fraction, (("all", fraction),), (said, rule))


def _problems(table: Mapping[str, Any]) -> Iterator[Problem]:
    yield from option_problems(table)
    if not correct_count(table):
        yield problem(
            "option", N_("no option is marked correct"), N_("mark at least one with correct = true")
        )
    yield from partial_problems(table)
