"""Full marks and dropping take in what people marked, or are still to mark; carried out once."""

from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from lms.assessment.models import Attempt, AttemptItem, Score
from lms.assessment.replay import replay
from lms.assessment.results import result_of
from lms.curriculum.models import Question
from lms.curriculum.queries import version_by_id
from lms.db import db, transaction
from lms.errors import RuleBroken
from lms.records.verify import verify
from lms.regrade import planning, queries
from lms.regrade.rules import planned
from tests.regrade.conftest import carry_out, propose


@pytest.fixture
def essay(walked, hub) -> tuple[str, str, str]:
    """An essay that a person marked, of an attempt whose result is out: attempt, question, item."""
    with transaction(write=False):
        statement = select(AttemptItem.attempt_id, AttemptItem.question_id, AttemptItem.id).where(
            AttemptItem.kind == "essay"
        )
        row = db.session.execute(statement).first()
        assert row
        return row[0], row[1], row[2]


def _newest(item_id: str) -> tuple[int, str, str]:
    with transaction(write=False):
        statement = select(Score).where(Score.item_id == item_id).order_by(Score.number.desc())
        row = db.session.scalars(statement).first()
        assert row
        return row.number, row.cause, row.fraction


def _outcome(attempt_id: str) -> dict:
    with transaction(write=False):
        return dict(result_of(attempt_id).outcome)


def test_marked_question_can_be_chosen_and_says_that_people_marked_it(essay) -> None:
    attempt_id, question_id, _item = essay
    with transaction(write=False):
        version = db.session.get_one(Attempt, attempt_id).module_version_id
        (used,) = [one for one in queries.used_questions(version) if one.question.id == question_id]
    assert (used.answers, used.by_hand, used.older) == (1, 1, 0)


def test_full_marks_give_the_best_level_of_every_criterion(essay, acting) -> None:
    attempt_id, question_id, item_id = essay
    before = _outcome(attempt_id)
    carry_out(acting["reviewer"], propose(acting["owner"], question_id, "full-marks"))
    assert _newest(item_id) == (1, "full-marks", "1")
    after = _outcome(attempt_id)
    assert Fraction(after["essay"]) == 1
    assert after["knowledge"] == before["knowledge"]
    assert after["marks"] == before["marks"], "what a person gave is kept as it was given"


def test_dropped_essay_counts_for_nobody(essay, acting) -> None:
    attempt_id, question_id, item_id = essay
    carry_out(acting["reviewer"], propose(acting["owner"], question_id, "drop"))
    assert _newest(item_id)[1] == "dropped"
    after = _outcome(attempt_id)
    assert (after["essay"], after["zero_criteria"]) == (None, [])


@pytest.mark.parametrize("policy", ["full-marks", "drop"])
def test_carrying_a_policy_out_twice_changes_nothing_more(essay, acting, policy: str) -> None:
    _attempt, question_id, item_id = essay
    carry_out(acting["reviewer"], propose(acting["owner"], question_id, policy))
    with pytest.raises(RuleBroken, match="Nothing would change"):
        propose(acting["owner"], question_id, policy)
    assert _newest(item_id)[0] == 1


@pytest.mark.parametrize("policy", ["both-ways", "never-lower"])
def test_no_key_touches_what_a_person_marked(essay, acting, policy: str) -> None:
    with pytest.raises(RuleBroken, match="Nothing would change"):
        propose(acting["owner"], essay[1], policy)


def test_scores_replay_and_the_trail_verifies_afterwards(essay, acting) -> None:
    carry_out(acting["reviewer"], propose(acting["owner"], essay[1], "full-marks"))
    carry_out(acting["reviewer"], propose(acting["owner"], essay[1], "drop"))
    with transaction(write=False):
        assert [one for one in replay() if one] == []
        assert not verify().mismatches


def test_dry_run_names_what_the_person_gave(essay, acting) -> None:
    run_id = propose(acting["owner"], essay[1], "drop")
    with transaction(write=False):
        (change,) = queries.run(run_id).row.plan["attempts"]
    (item,) = change["items"]
    assert Fraction(item["old"]) > 0
    assert (item["new"], "waits" in item) == (None, False)


def test_plan_of_a_module_whole_is_the_same_computed_twice(essay) -> None:
    with transaction(write=False):
        version = version_by_id(db.session.get_one(Attempt, essay[0]).module_version_id)
        ids = list(
            db.session.scalars(select(Question.id).where(Question.module_version_id == version.id))
        )
        first, second = (
            [one.plain() for one in planning.plan(version, ids, "drop")[0]] for _ in "ab"
        )
    assert first == second


_FRACTIONS = st.fractions(0, 1, max_denominator=12)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(["both-ways", "never-lower", "full-marks", "drop"]),
    st.none() | _FRACTIONS,
    _FRACTIONS,
)
def test_whatever_a_policy_gives_it_gives_only_once(policy, old, computed) -> None:
    new = planned(policy, old, computed)
    assert new is None or planned(policy, new[0], computed) is None
