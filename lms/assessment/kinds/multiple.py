"""Multiple response: any number of options is right; scored net by default, or by other rules."""

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


class MultipleQuestion(OptionQuestion):
    """`scoring` is "exact" for whatever is critical: half a safety rule is none."""

    scoring: Literal["net", "exact", "coverage", "weighted"] = "net"


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
        if key["scoring"] == "weighted":
            weights = {option: Fraction(weight) for option, weight in key["weights"].items()}
            return _weighted(weights, chosen, trace)
        return _RULES[key["scoring"]](right, chosen, trace)

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


def _coverage(right: Set[str], chosen: Set[str], said: Said) -> Score:
    """Score (t / k) (t / n): what was found, times how much of what was chosen is right."""
    hit = len(chosen & right)
    fraction = Fraction(hit, len(right)) * Fraction(hit, len(chosen))
    rule: Said = (
        N_(
            "The share of the right options that you found, times the share of yours that is right."
        ),
        {},
    )
    return Score(fraction, (("coverage", fraction),), (said, rule))


def _weighted(weights: Mapping[str, Fraction], chosen: Set[str], said: Said) -> Score:
    """Score the sum of the weights of what was chosen, kept between 0 and 1."""
    parts = [(option, weights.get(option, Fraction(0))) for option in sorted(chosen)]
    total = sum((part for _, part in parts), Fraction(0))
    kept = min(max(Fraction(0), total), Fraction(1))
    if kept != total:
        parts.append(("floor" if total < 0 else "ceiling", kept - total))
    rule: Said = (N_("Each option has a weight of its own; together never below 0."), {})
    return Score(kept, tuple(parts), (said, rule))


_RULES = {"net": _net, "exact": _exact, "coverage": _coverage}


def _problems(table: Mapping[str, Any]) -> Iterator[Problem]:
    yield from option_problems(table)
    if not correct_count(table):
        yield problem(
            "option", N_("no option is marked correct"), N_("mark at least one with correct = true")
        )
    yield from partial_problems(table)
    if table.get("scoring") == "each-decision":
        yield problem(
            "scoring",
            N_("by each decision a blank would earn points, in a paper that is passed or failed"),
            N_('write scoring = "net"'),
        )
    if table.get("scoring") == "weighted":
        yield from _weight_problems(table)
    else:
        yield from unweighted_problems(table, N_('write scoring = "weighted", or take it out'))


def _weight_problems(table: Mapping[str, Any]) -> Iterator[Problem]:
    weights = weights_of(table)
    for place, option in enumerate(tables(table, "option")):
        correct, weight = option.get("correct") is True, weights.get(place)
        if weight is None:
            if correct or "weight" in option:
                message = N_("this right option has no weight")
                yield problem(f"option[{place}].weight", message, N_("give it one"))
        elif correct != (weight > 0):
            message = N_("right options weigh more than 0, wrong ones 0 or less")
            yield problem(f"option[{place}].weight", message, N_("change the weight"))
    if weights and sum(weight for weight in weights.values() if weight > 0) != 1:
        message = N_("the weights of the right options do not sum to 1")
        yield problem("option", message, N_("change one of them"))
