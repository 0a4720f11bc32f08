"""A regrade: proposed with its dry run, carried out by a second person, whole or not at all."""

import pytest
from sqlalchemy import func, select

from lms.assessment.models import Attempt, Result, Score
from lms.assessment.results import result_of
from lms.competency.models import EvidenceWithdrawal
from lms.competency.queries import levels_of
from lms.db import db, transaction
from lms.errors import Conflict, NotAllowed, RuleBroken
from lms.records.verify import verify
from lms.regrade import actions, queries
from tests.factories import actor_for
from tests.regrade.conftest import (
    another_option,
    answered_right,
    carry_out,
    checked,
    correct,
    critical_question,
    propose,
    right_options,
)


@pytest.fixture
def attempt_id(walked, hub) -> str:
    with transaction(write=False):
        return db.session.scalars(select(Attempt.id)).one()


def _flip(attempt_id: str) -> str:
    """Correct a critical question's key so that the attempt is no longer passed."""
    question_id = critical_question(attempt_id)
    correct(question_id, correct=[another_option(question_id)])
    return question_id


def _state(attempt_id: str, person_id: str) -> tuple[bool, int, dict[str, int]]:
    with transaction(write=False):
        result = result_of(attempt_id)
        levels = levels_of(person_id, practice=False)
        return result.passed, result.number, {c: row.level for c, row in levels.items()}


def _until(person_id: str) -> dict[str, object]:
    with transaction(write=False):
        return {c: row.expires_on for c, row in levels_of(person_id, practice=False).items()}


def test_a_proposed_run_changes_nothing(attempt_id, hub, acting):
    before = _state(attempt_id, hub.learner)
    run_id = propose(acting["owner"], _flip(attempt_id))
    assert _state(attempt_id, hub.learner) == before
    with transaction(write=False):
        (change,) = queries.run(run_id).row.plan["attempts"]
        assert (change["flip"], change["old"]["passed"]) == ("down", True)


def test_the_dry_run_names_the_levels_and_certificates_it_touches(attempt_id, hub, acting):
    run_id = propose(acting["owner"], _flip(attempt_id))
    with transaction(write=False):
        said = [message for _who, message, _params in queries.run(run_id).row.plan["consequences"]]
    assert any("becomes level" in message for message in said)
    assert any("is suspended until two people decide" in message for message in said)


def test_a_lost_pass_takes_its_evidence_and_levels_along(attempt_id, hub, acting):
    run_id = propose(acting["owner"], _flip(attempt_id))
    carry_out(acting["reviewer"], run_id)
    passed, number, levels = _state(attempt_id, hub.learner)
    assert (passed, number) == (False, 2)
    assert set(levels.values()) == {0}
    with transaction(write=False):
        assert db.session.scalar(select(func.count(EvidenceWithdrawal.id)))


def test_correcting_back_restores_scores_result_and_levels(attempt_id, hub, acting):
    before, until = _state(attempt_id, hub.learner), _until(hub.learner)
    question_id = critical_question(attempt_id)
    first = right_options(question_id)
    correct(question_id, correct=[another_option(question_id)])
    carry_out(acting["reviewer"], propose(acting["owner"], question_id))
    correct(question_id, correct=first)
    carry_out(acting["owner"], propose(acting["second"], question_id))
    assert _state(attempt_id, hub.learner) == (True, 3, before[2])
    assert _until(hub.learner) == until, "a pass that was right all along counts from its first day"
    with transaction(write=False):
        thirds = db.session.scalars(select(Score.fraction).where(Score.number == 3)).all()
    assert thirds == ["1"]


def test_the_proposer_cannot_carry_the_run_out(attempt_id, acting):
    run_id = propose(acting["owner"], _flip(attempt_id))
    with pytest.raises(RuleBroken, match="second person"):
        carry_out(acting["owner"], run_id)


def test_two_reviewers_alone_cannot_carry_a_run_out(attempt_id, acting):
    run_id = propose(acting["reviewer"], _flip(attempt_id))
    with pytest.raises(RuleBroken, match="content owner"):
        carry_out(acting["second"], run_id)


def test_a_run_whose_dry_run_no_longer_holds_is_refused_whole(attempt_id, hub, acting):
    question_id = _flip(attempt_id)
    run_id = propose(acting["owner"], question_id)
    correct(question_id, correct=[another_option(question_id)])
    before = _state(attempt_id, hub.learner)
    with pytest.raises(Conflict, match="Something changed"):
        carry_out(acting["reviewer"], run_id)
    assert _state(attempt_id, hub.learner) == before


def test_a_declined_run_changes_nothing_and_stays_declined(attempt_id, hub, acting):
    run_id = propose(acting["owner"], _flip(attempt_id))
    by = acting["owner"]
    before = _state(attempt_id, hub.learner)
    with transaction():
        actions.decide_run(run_id=run_id, carry_out=False, note="No.", checked=checked(by), by=by)
    carry_out(acting["reviewer"], run_id)  # a second decision gives the first back
    assert _state(attempt_id, hub.learner) == before


@pytest.mark.parametrize("policy", ["never-lower", "full-marks"])
def test_nobody_loses_under_a_gentle_policy(attempt_id, hub, acting, policy):
    with pytest.raises(RuleBroken, match="Nothing would change"):
        propose(acting["owner"], _flip(attempt_id), policy)


def test_a_dropped_question_counts_for_nobody(attempt_id, hub, acting):
    question_id, item_id = answered_right(attempt_id)
    carry_out(acting["reviewer"], propose(acting["owner"], question_id, "drop"))
    with transaction(write=False):
        newest = db.session.scalars(
            select(Score).where(Score.item_id == item_id).order_by(Score.number.desc())
        ).first()
        assert newest.cause == "dropped"
        assert result_of(attempt_id).passed


def test_the_trail_verifies_after_a_run(attempt_id, acting):
    carry_out(acting["reviewer"], propose(acting["owner"], _flip(attempt_id)))
    with transaction(write=False):
        assert not verify().mismatches


def test_who_is_no_signer_is_refused(attempt_id, hub, acting):
    instructor = actor_for(hub.instructor)
    with pytest.raises(NotAllowed):
        propose(instructor, _flip(attempt_id))


def test_the_reason_is_told_to_the_learner(attempt_id, hub, acting):
    carry_out(acting["reviewer"], propose(acting["owner"], _flip(attempt_id)))
    with transaction(write=False):
        rows = db.session.scalars(select(Result).order_by(Result.number)).all()
        assert [row.passed for row in rows] == [True, False]
        assert rows[1].outcome["corrected"] == "The key named the wrong option."
