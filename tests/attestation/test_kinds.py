"""Claims about what people judge: essays, teams, ratings, inspections."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

from lms.attestation import rules
from lms.attestation.kinds import check_facts
from lms.attestation.measures import CRITERIA, kappa, spoken
from lms.attestation.rules import within_limits
from lms.errors import RuleBroken

DAY = date(2026, 3, 2)
TODAY = date(2026, 6, 1)
ESSAY = {
    "kind": "ES", "text": "Essay", "count": 1, "assessors": 2,
    "passes": [{"measure": "share of the points", "least": "60", "unit": "%"},
               {"measure": "points of the weakest criterion", "least": "1"}],
}  # fmt: skip
TEAM = {"done_on": "2026-03-02", "team": 4, "gates": 3, "gates_passed": 3, "outcome": "passed"}
RATED = {
    "kind": "MT", "text": "Agreement", "count": 1,
    "passes": [{"measure": "agreement (κ)", "least": "0.6"}],
}  # fmt: skip


def essay(*points: int, **more: Any) -> dict[str, Any]:
    given = dict(zip(CRITERIA, points, strict=True))
    return {"done_on": DAY.isoformat(), "subject": "x", "batch": "D1"} | given | more


@pytest.mark.parametrize(
    ("points", "fits"),
    [
        ((3, 3, 2, 2), True),  # 10 of 16: 62.5 %
        ((3, 2, 2, 2), False),  # 9 of 16
        ((4, 4, 4, 0), False),  # one criterion with nothing
        ((4, 4, 1, 1), True),
    ],
)
def test_an_essay_passes_at_its_share_without_a_criterion_of_nothing(
    points: tuple[int, ...], fits: bool
) -> None:
    assert within_limits(ESSAY, essay(*points)) is fits


def test_two_markers_agree_when_both_pass_it_or_both_fail_it() -> None:
    first = essay(3, 3, 2, 2)
    assert rules.finds_the_same(ESSAY, first, dict.fromkeys(CRITERIA, 4))
    assert not rules.finds_the_same(ESSAY, first, dict.fromkeys(CRITERIA, 2))


@pytest.mark.parametrize(("days", "fits"), [(30, True), (31, False), (None, False)])
def test_a_report_is_in_time_up_to_the_last_day(days: int | None, fits: bool) -> None:
    begun = {} if days is None else {"from_on": (DAY - timedelta(days=days)).isoformat()}
    assert within_limits(ESSAY | {"within_days": 30}, essay(4, 4, 4, 4, **begun)) is fits


@pytest.mark.parametrize(
    ("own", "others", "value"),
    [
        ("y y n n", "y y n n", Fraction(1)),
        ("y n y n", "y y n n", Fraction(0)),
        ("y n n y", "n y y n", Fraction(-1)),
        # Cohen 1960 by hand: 7 of 10 agree, 0.6 x 0.5 + 0.4 x 0.5 by chance.
        ("y y y y y y n n n n", "y y y y n n y n n n", Fraction(7 * 10 - 50, 50)),
    ],
)
def test_kappa_takes_out_what_chance_agrees(own: str, others: str, value: Fraction) -> None:
    assert kappa(spoken(own), spoken(others)) == value


def test_kappa_says_nothing_where_everybody_says_one_thing() -> None:
    assert kappa(["y"] * 5, ["y"] * 5) is None


def test_ratings_pass_by_their_agreement_and_a_micro_teach_by_its_outcome() -> None:
    rated = {"done_on": DAY.isoformat(), "own": "a a b b a b", "others": "a, a, b, b, a, b"}
    assert within_limits(RATED, rated)
    assert not within_limits(RATED, rated | {"others": "b a b a a b"})
    taught = {"done_on": DAY.isoformat(), "outcome": "passed"}
    assert within_limits({"kind": "MT", "text": "Micro-teaches"}, taught)
    assert not within_limits(RATED, taught)


@pytest.mark.parametrize(
    ("kind", "facts", "field"),
    [
        ("TX", TEAM | {"team": 1}, "team"),
        ("TX", TEAM | {"gates": 0, "gates_passed": 0}, "gates"),
        ("TX", TEAM | {"gates_passed": 4}, "gates_passed"),
        ("TX", TEAM | {"gates_passed": 2}, "outcome"),
        ("MT", {"done_on": "2026-03-02", "own": "a b a b", "others": "a b a b"}, "own"),
        ("MT", {"done_on": "2026-03-02", "own": "a b a b a", "others": "a b"}, "others"),
        ("MT", {"done_on": "2026-03-02", "own": "a a a a a", "others": "a a a a a"}, "others"),
        ("CI", {"done_on": "2026-03-02", "outcome": "passed"}, "interest"),
        ("ES", essay(4, 4, 4, 4, from_on="2026-03-03"), "done_on"),
    ],
)
def test_what_people_judge_cannot_contradict_itself(
    kind: str, facts: dict[str, Any], field: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        check_facts(kind, facts, TODAY)
    assert refused.value.field == field
