"""Claims about evidence and clauses: what passes, what waits, what undoes what was shown."""

import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from lms.attestation import rules
from lms.attestation.kinds import KINDS, check_facts
from lms.attestation.rules import Piece, standing, verdict, within_limits
from lms.errors import RuleBroken

DAY = date(2026, 3, 2)
TODAY = date(2026, 6, 1)
PLATES = {
    "kind": "GP", "text": "Gownings", "count": 3, "consecutive": True,
    "passes": [{"measure": "colonies on a glove plate", "most": "0"},
               {"measure": "colonies on any other plate", "most": "5"}],
}  # fmt: skip
FILL = {
    "kind": "APS", "text": "Part", "count": 2,
    "passes": [{"measure": "units with growth", "most": "0"}],
}  # fmt: skip
KIT = {
    "kind": "IK", "text": "Kit", "count": 1,
    "passes": [{"measure": "efficiency in the reject zone", "least": "70", "unit": "%"},
               {"measure": "critical defects found", "least": "100", "unit": "%"},
               {"measure": "false rejects", "most": "5", "unit": "%"}],
}  # fmt: skip
DEFENCE = {"kind": "OD", "text": "Defence", "count": 1, "assessors": 2}
CLEAN = dict.fromkeys(
    ("left_glove", "right_glove", "left_forearm", "right_forearm", "chest", "hood"), 0
)


def plates(after: int = 0, *, read: bool = True, **sites: int) -> Piece:
    done = DAY + timedelta(days=after)
    facts: dict[str, Any] = {"done_on": done.isoformat(), "batch": "L1"}
    if read:
        facts |= CLEAN | sites
        facts |= {"read_on": (done + timedelta(days=5)).isoformat(), "report": "R1"}
    return Piece(done, facts)


def fill(after: int = 0, *, read: bool = True, **more: Any) -> dict[str, Any]:
    done = DAY + timedelta(days=after)
    facts: dict[str, Any] = {"done_on": done.isoformat(), "batch": "M1", "part": "x", "units": 3000}
    if read:
        facts |= {"read_on": (done + timedelta(days=14)).isoformat(), "report": "R1"}
        facts |= {"promotion": True, "grown": 0}
    return facts | more


def kit(**more: int) -> dict[str, Any]:
    seen = {"units": 250, "zone": 100, "zone_found": 70, "critical": 30, "critical_found": 30,
            "good": 600, "false": 30}  # fmt: skip
    return {"done_on": DAY.isoformat(), "batch": "K1"} | seen | more


@pytest.mark.parametrize(
    ("sites", "fits"),
    [
        ({}, True),
        ({"chest": 5}, True),
        ({"chest": 6}, False),
        ({"left_glove": 1}, False),
        ({"hood": 5, "right_forearm": 5}, True),
    ],
)
def test_plates_pass_at_the_limit_of_each_site_and_not_beyond(
    sites: dict[str, int], fits: bool
) -> None:
    assert within_limits(PLATES, plates(**sites).facts) is fits


@pytest.mark.parametrize(
    ("more", "fits"),
    [
        ({}, True),
        ({"zone_found": 69}, False),
        ({"critical_found": 29}, False),
        ({"false": 31}, False),
    ],
)
def test_kit_passes_on_exact_shares(more: dict[str, int], fits: bool) -> None:
    assert within_limits(KIT, kit(**more)) is fits


def test_clause_without_a_limit_or_with_an_unknown_measure_is_passed_by_nothing() -> None:
    assert not within_limits(PLATES | {"passes": []}, plates().facts)
    unknown = {"passes": [{"measure": "colour", "most": "1"}]}
    assert not within_limits(PLATES | unknown, plates().facts)


def test_evidence_is_provisional_until_the_laboratory_and_then_until_the_second_assessor() -> None:
    assert verdict(PLATES, plates(read=False)) == "provisional"
    done = plates()
    assert verdict(PLATES, Piece(done.done_on, done.facts, assessors=2)) == "second"
    assert verdict(PLATES, Piece(done.done_on, done.facts, 2, agreed=True)) == "passed"
    assert verdict(PLATES, Piece(done.done_on, done.facts, 2, agreed=False)) == "disagreed"
    assert verdict(PLATES, Piece(done.done_on, done.facts, withdrawn=True)) == "withdrawn"


def test_three_gownings_count_one_after_the_other_only() -> None:
    row = [plates(0), plates(7), plates(14)]
    assert standing(PLATES, row, TODAY).met
    broken = [plates(0), plates(7, chest=9), plates(14), plates(21)]
    found = standing(PLATES, broken, TODAY)
    assert (found.count, found.met, found.failed) == (2, False, False)
    assert standing(PLATES, [*broken, plates(28)], TODAY).met


def test_a_piece_that_waits_breaks_the_row_before_a_result_and_not_after_it() -> None:
    assert not standing(
        PLATES, [plates(0), plates(7, read=False), plates(14), plates(21)], TODAY
    ).met
    found = standing(PLATES, [plates(0), plates(7), plates(14), plates(21, read=False)], TODAY)
    assert found.met
    assert found.waiting == 1


def test_a_failed_newest_media_fill_undoes_what_was_shown_before() -> None:
    passed = [Piece(DAY + timedelta(days=n), fill(n)) for n in (0, 30)]
    assert standing(FILL, passed, TODAY).met
    later = Piece(DAY + timedelta(days=60), fill(60, grown=1))
    found = standing(FILL, [*passed, later], TODAY)
    assert (found.met, found.failed, found.count) == (False, True, 0)


def test_withdrawn_and_disputed_pieces_count_neither_way() -> None:
    day = DAY + timedelta(days=90)
    gone = Piece(day, fill(60, grown=1), withdrawn=True)
    disputed = Piece(day, fill(60, grown=1), assessors=2, agreed=False)
    passed = [Piece(DAY + timedelta(days=n), fill(n)) for n in (0, 30)]
    assert standing(FILL, [*passed, gone, disputed], TODAY).met


def test_an_observed_session_has_to_be_repeated_in_time() -> None:
    clause = DEFENCE | {"every_months": 12}
    facts = {"done_on": DAY.isoformat(), "outcome": "passed"}
    piece = Piece(DAY, facts, 2, agreed=True)
    assert standing(clause, [piece], date(2027, 3, 2)).met
    assert not standing(clause, [piece], date(2027, 3, 3)).met


def test_a_defence_that_was_not_passed_fails() -> None:
    piece = Piece(DAY, {"done_on": DAY.isoformat(), "outcome": "failed"}, 2, agreed=True)
    assert verdict(DEFENCE, piece) == "failed"


@pytest.mark.parametrize(
    ("kind", "facts", "field"),
    [
        ("APS", fill(done_on=(TODAY + timedelta(days=1)).isoformat(), read=False), "done_on"),
        ("APS", fill(read=False) | {"grown": 0}, "read_on"),
        ("APS", fill(read_on=(DAY + timedelta(days=13)).isoformat()), "read_on"),
        ("APS", fill(promotion=False), "promotion"),
        ("APS", fill(grown=3001), "grown"),
        ("PM", fill(read=False, units=99, transfers=29), "units"),
        ("GP", plates().facts | {"read_on": DAY.isoformat()}, "read_on"),
        ("IK", kit(zone_found=101), "zone_found"),
        ("IK", kit(units=249), "units"),
        ("IK", kit(critical=0, critical_found=0), "critical"),
    ],
)
def test_facts_that_cannot_be_true_are_refused(
    kind: str, facts: dict[str, Any], field: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        check_facts(kind, facts, TODAY)
    assert refused.value.field == field


@pytest.mark.parametrize("more", [{"units": 100}, {"transfers": 30, "units": 0}])
def test_a_manipulation_is_so_many_units_or_transfers(more: dict[str, int]) -> None:
    check_facts("PM", fill(read=False) | more, TODAY)


def test_a_founding_assessor_signs_in_a_pair_and_an_accredited_one_as_the_clause_says() -> None:
    assert rules.signatures_needed(FILL, {}) == 2
    assert rules.signatures_needed(FILL, {"WFD-03": 3}) == 1
    assert rules.signatures_needed(DEFENCE, {"WFD-03": 3}) == 2


def test_a_shared_clause_counts_in_each_programme_and_a_defence_in_one() -> None:
    assert rules.key_of(PLATES, "C01") == rules.key_of(PLATES, "C02")
    assert rules.key_of(DEFENCE, "C05") != rules.key_of(DEFENCE, "C09")


def _bundled() -> list[dict[str, Any]]:
    folder = Path(__file__).parents[2] / "modules" / "programmes"
    return [tomllib.loads(one.read_text()) for one in sorted(folder.glob("*.toml"))]


def test_every_bundled_clause_of_these_kinds_states_limits_that_its_kind_measures() -> None:
    clauses = [
        (one["id"], clause)
        for one in _bundled()
        for clause in one.get("evidence", ())
        if clause["kind"] in KINDS
    ]
    assert len(clauses) > 50
    for programme, clause in clauses:
        kind = KINDS[clause["kind"]]
        named = {bound["measure"] for bound in clause.get("passes", ())}
        assert named <= set(kind.measures), programme
        assert named or kind.judged, programme
        assert rules.is_here(clause), programme


def test_every_bundled_log_names_its_tasks_or_counts_what_is_free() -> None:
    logs = [
        (one, clause)
        for one in _bundled()
        for clause in one.get("evidence", ())
        if clause["kind"] == "WL"
    ]
    assert len(logs) > 20
    for programme, clause in logs:
        required = {one["competency"] for one in programme["requires"]}
        assert set(clause.get("tasks", ())) <= required, programme["id"]
        assert clause.get("tasks") or clause["text"] == "Inspections logged", programme["id"]


def test_no_two_clauses_of_a_programme_share_a_key() -> None:
    for one in _bundled():
        keys = [rules.key_of(c, one["id"]) for c in one.get("evidence", ()) if rules.is_here(c)]
        assert len(keys) == len(set(keys)), one["id"]
