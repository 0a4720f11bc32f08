"""Ordering: steps get their places; pairs of steps whose order does not matter may be named."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from random import Random
from typing import Annotated, Any, Literal

from pydantic import Field

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

FIELD = "place-"
MOST = 10  # steps of one question

Pair = tuple[str, str]


class Step(Strict):
    """One `[[question.step]]`, written where it belongs; `why` says why it stands there."""

    id: OptionId
    text: Text
    why: Text


class OrderingQuestion(Question):
    """`scoring` is "exact" for whatever is critical: half a safety rule is none."""

    scoring: Literal["precedence", "longest", "exact"] = "precedence"
    free: list[Annotated[list[OptionId], Field(min_length=2, max_length=2)]] = []
    step: Annotated[list[Step], Field(min_length=3, max_length=MOST)]


class Ordering(QuestionKind):
    """Payload: `{"places": [[step id, …], …]}`: the steps given the first place, the second, ….

    A place may hold none or several while the learner is at work: it is kept as it was given.
    """

    name = "ordering"
    template = "assessment/kinds/ordering.html"

    def parse(self, table: Mapping[str, Any]) -> ParsedQuestion:
        question = validated(OrderingQuestion, table, _problems(table))
        # By id: what is shown holds nothing of the key, and a corrected order leaves it as it is.
        steps = sorted(question.step, key=lambda step: step.id)
        shown = {"steps": [{"id": step.id, "text": step.text} for step in steps]}
        key = {
            "order": [step.id for step in question.step],
            "free": sorted(sorted(pair) for pair in question.free),
            "whys": {step.id: step.why for step in question.step},
            "scoring": question.scoring,
        }
        return parsed(question, shown, key)

    def draw(self, shown: Plain, key: Plain, rng: Random) -> Plain:
        order = [step["id"] for step in shown["steps"]]
        required = needed(key["order"], key["free"])
        rng.shuffle(order)
        # Who leaves a right order as it stands would have shown nothing.
        while len(_kept(required, _places([[step] for step in order]))) == len(required):
            rng.shuffle(order)
        return {"order": order}

    def present(
        self,
        shown: Plain,
        variant: Plain,
        *,
        locale: str = "en",
        block: Render = str,
        inline: Render = str,
    ) -> Plain:
        texts = {step["id"]: step["text"] for step in shown["steps"]}
        return {
            "prompt": block(shown["prompt"]),
            "steps": [{"id": step, "text": inline(texts[step])} for step in variant["order"]],
        }

    def read(self, form: Mapping[str, list[str]]) -> Plain | None:
        places: list[list[str]] = []
        for name, values in sorted(form.items()):
            place = values[-1] if values and name.startswith(FIELD) else ""
            if place not in _PLACES:
                continue
            places += [[] for _ in range(int(place) - len(places))]
            places[int(place) - 1].append(name.removeprefix(FIELD))
        return {"places": places} if places else None

    def score(
        self, shown: Plain, key: Plain, variant: Plain, payload: Plain | None, locale: str
    ) -> Score:
        if payload is None:
            return BLANK
        required, places = needed(key["order"], key["free"]), _places(payload["places"])
        right, missing = _kept(required, places), set(key["order"]) - places.keys()
        counted = {"right": str(len(right)), "of": str(len(required))}
        said: list[Said] = [
            (N_("Pairs of steps in the right order: %(right)s of %(of)s."), counted)
        ]
        if missing:
            said.append((N_("Steps without a place: %(count)s."), {"count": str(len(missing))}))
        if key["scoring"] == "exact":
            said.append((N_("The whole order was needed."), {}))
            fraction = Fraction(len(right) == len(required) and not missing)
            return Score(fraction, (("all", fraction),), tuple(said))
        if key["scoring"] == "longest":
            longest = _longest(required, places)
            counted = {"right": str(longest), "of": str(len(key["order"]))}
            said.append(
                (N_("Steps that are in order among each other: %(right)s of %(of)s."), counted)
            )
            fraction = Fraction(longest, len(key["order"]))
            return Score(fraction, (("longest", fraction),), tuple(said))
        said.append((N_("Half of the pairs come right by chance: points begin above half."), {}))
        fraction = max(Fraction(0), 2 * Fraction(len(right), len(required)) - 1)
        return Score(fraction, (("order", fraction),), tuple(said))

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
        texts = {step["id"]: step["text"] for step in shown["steps"]}
        places = _places(payload["places"]) if payload else {}
        required = needed(key["order"], key["free"])
        rows = []
        for step in key["order"]:
            first, last = _span(step, required, len(texts))
            rows.append(
                {
                    "id": step,
                    "text": inline(texts[step]),
                    "given": places.get(step, 0),
                    "first": first,
                    "last": last,
                    "correct": first <= places.get(step, 0) <= last,
                    "why": inline(key["whys"][step]),
                }
            )
        return {"why": block(key["why"]), "steps": rows}


_PLACES = {str(place) for place in range(1, MOST + 1)}


def needed(order: Sequence[str], free: Collection[Sequence[str]]) -> list[Pair]:
    """Return the pairs (earlier, later) of a right order that matter."""
    loose = {frozenset(pair) for pair in free}
    return [pair for pair in combinations(order, 2) if frozenset(pair) not in loose]


def _places(given: Sequence[Sequence[str]]) -> dict[str, int]:
    return {step: place for place, steps in enumerate(given, 1) for step in steps}


def _kept(required: Collection[Pair], places: Mapping[str, int]) -> list[Pair]:
    """Return the pairs whose two steps have places in the right order; the same place is none."""
    return [
        (one, other)
        for one, other in required
        if one in places and other in places and places[one] < places[other]
    ]


def _longest(required: Collection[Pair], places: Mapping[str, int]) -> int:
    """Return the size of the largest set of placed steps that are in order among each other.

    Where every pair matters, it is the longest common subsequence with the right order.
    """
    kept, steps = set(_kept(required, places)), sorted(places)
    broken = [pair for pair in required if pair not in kept]
    for size in range(len(steps), 0, -1):
        for chosen in map(set, combinations(steps, size)):
            if not any(one in chosen and other in chosen for one, other in broken):
                return size
    return 0


def _span(step: str, required: Collection[Pair], count: int) -> tuple[int, int]:
    """Return the first and the last place that a step has in any right order."""
    before = sum(other == step for _one, other in required)
    after = sum(one == step for one, _other in required)
    return before + 1, count - after


def _problems(table: Mapping[str, Any]) -> Iterator[Problem]:
    steps = tables(table, "step")
    for name, message in (
        ("id", N_("two steps have the id “%(value)s”")),
        ("text", N_("two steps read “%(value)s”")),
    ):
        for value in twice(step.get(name) for step in steps):
            yield problem("step", message, N_("change one of them"), value=value)
    yield from partial_problems(table)
    order = [str(step.get("id")) for step in steps]
    free = table.get("free")
    pairs = [pair for pair in free if isinstance(pair, list)] if isinstance(free, list) else []
    for place, pair in enumerate(pairs):
        for name in [str(one) for one in pair if str(one) not in order]:
            what = N_("there is no step “%(name)s”")
            yield unknown("", f"free[{place}]", what, name, order)
        if len(pair) == 2 and pair[0] == pair[1]:
            message = N_("a step cannot be free of itself")
            yield problem(f"free[{place}]", message, N_("name two steps"))
    yield from _order_problems(order, [[str(one) for one in pair] for pair in pairs])


def _order_problems(order: list[str], free: list[list[str]]) -> Iterator[Problem]:
    """Yield what makes no order: none needed at all, or free where others leave no choice."""
    if len(set(order)) < len(order):
        return
    required = set(needed(order, free))
    if len(order) > 1 and not required:
        message = N_("every order would be right")
        yield problem("free", message, N_("take out a pair whose order matters"))
    loose = {frozenset(pair) for pair in free}
    for one, other in combinations(order, 2):
        if frozenset((one, other)) not in loose:
            continue
        for between in order:
            if (one, between) in required and (between, other) in required:
                message = N_(
                    "“%(one)s” and “%(other)s” are not free: “%(between)s” comes between them"
                )
                mend = N_("free “%(between)s” of one of them too, or take the pair out")
                yield problem("free", message, mend, one=one, other=other, between=between)
