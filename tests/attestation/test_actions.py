"""Claims about attesting: who may, what stands, what a programme makes of it."""

import pytest
from flask import Flask
from sqlalchemy import select

from lms.attestation.models import Attestation
from lms.columns import new_id
from lms.db import db, transaction
from lms.errors import Conflict, NotFound, RuleBroken
from lms.programme.models import Completion
from lms.programme.work import COMPLETE
from lms.records.models import Signature
from tests import walk
from tests.attestation import acts
from tests.attestation.acts import DEFENCE, FILL, PLATES, Site
from tests.factories import actor_for


def test_plates_are_provisional_until_read_and_count_when_a_second_has_signed(site: Site) -> None:
    row = acts.attest(site, PLATES, acts.plates(read=False))
    assert acts.verdict(row, site.learner) == "provisional"
    whole = acts.amend(row, acts.plates(), site.second)
    assert acts.verdict(whole, site.first) == "second"
    assert not acts.met(site, "GP")
    acts.second(whole, site.first)
    assert acts.verdict(whole, site.first) == "passed"
    assert acts.met(site, "GP")


def test_withdrawn_evidence_stays_on_record_and_counts_no_more(site: Site) -> None:
    row = acts.attest(site, FILL, acts.fill())
    acts.second(row, site.second)
    assert acts.met(site, "APS")
    acts.withdraw(row, site.second)
    assert not acts.met(site, "APS")
    with transaction(write=False):
        revisions = db.session.scalars(select(Attestation).order_by(Attestation.revision)).all()
        assert [one.withdrawn for one in revisions] == [False, True]
        meanings = set(db.session.scalars(select(Signature.meaning)))
    assert meanings == {"attested", "withdrawn"}
    with pytest.raises(Conflict):
        acts.withdraw(row, site.first)


def test_what_does_not_stand_any_more_is_neither_changed_nor_seconded(site: Site) -> None:
    row = acts.attest(site, PLATES, acts.plates())
    acts.amend(row, acts.plates(chest=2), site.first, reason="The chest was read wrongly")
    with pytest.raises(Conflict):
        acts.amend(row, acts.plates(), site.first, reason="Once more")
    with pytest.raises(Conflict):
        acts.second(row, site.second)


def test_a_correction_says_why(site: Site) -> None:
    row = acts.attest(site, PLATES, acts.plates())
    with pytest.raises(RuleBroken) as refused:
        acts.amend(row, acts.plates(chest=2), site.first)
    assert refused.value.field == "reason"


def test_nobody_attests_their_own_or_where_they_do_not_teach(site: Site) -> None:
    for who in (site.learner, site.stranger):
        with pytest.raises(NotFound):
            acts.attest(site, PLATES, acts.plates(), by=who)
    row = acts.attest(site, PLATES, acts.plates())
    for act in (lambda by: acts.withdraw(row, by), lambda by: acts.second(row, by)):
        for who in (site.learner, site.stranger):
            with pytest.raises(NotFound):
                act(who)


def test_the_only_trainer_cannot_attest_and_the_first_is_not_the_second(site: Site) -> None:
    with pytest.raises(RuleBroken) as refused:
        acts.attest(site, PLATES, acts.plates(), independent=False)
    assert refused.value.field == "independent"
    row = acts.attest(site, PLATES, acts.plates())
    with pytest.raises(RuleBroken):
        acts.second(row, site.first)


def test_a_second_who_saw_it_otherwise_makes_it_count_for_nothing(site: Site) -> None:
    row = acts.attest(site, DEFENCE, acts.defence())
    with pytest.raises(RuleBroken):
        acts.second(row, site.second, agrees=False)
    acts.second(row, site.second, agrees=False, note="The limit was not explained")
    assert acts.verdict(row, site.learner) == "disagreed"
    assert not acts.met(site, "OD")


def test_an_essay_is_marked_by_two_who_do_not_see_each_other(site: Site) -> None:
    good, weak = dict.fromkeys(acts.CRITERIA, 3), dict.fromkeys(acts.CRITERIA, 2)
    row = acts.attest(site, acts.ESSAY, acts.essay(3, 3, 3, 3))
    with pytest.raises(RuleBroken):
        acts.second(row, site.second)  # not marked
    acts.second(row, site.second, found=good)
    assert acts.verdict(row, site.learner) == "passed"
    other = acts.attest(site, acts.ESSAY, acts.essay(3, 3, 3, 3))
    acts.second(other, site.second, found=weak)
    assert acts.verdict(other, site.learner) == "disagreed"


def test_sending_twice_records_once(site: Site) -> None:
    once = new_id()
    assert acts.attest(site, FILL, acts.fill(), once=once) == acts.attest(
        site, FILL, acts.fill(), once=once
    )


def test_the_programme_completes_once_every_clause_is_shown(taught: Flask, site: Site) -> None:
    walk.adopt(site.hub)
    attempt = walk.sit(site.enrolment, site.learner)
    instructor = actor_for(site.hub.instructor)
    walk.grade(attempt, instructor)
    walk.release(attempt, instructor)
    assert _pending() == []
    for clause, facts in ((PLATES, acts.plates()), (FILL, acts.fill()), (DEFENCE, acts.defence())):
        assert _pending() == []
        acts.second(acts.attest(site, clause, facts), site.second)
    assert _pending() == [site.learner.id]
    COMPLETE.do(site.learner.id)
    with transaction(write=False):
        assert list(db.session.scalars(select(Completion.programme_code))) == ["X01"]


def _pending() -> list[str]:
    with transaction(write=False):
        return COMPLETE.pending(10)
