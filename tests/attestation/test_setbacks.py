"""A certificate rests on what a clause asks for: it falls with it, and two people lift it again."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from certificates.actions import seal
from certificates.models import Certificate
from certificates.queries import by_number
from certificates.status.actions import change_standing
from lms import clock
from lms.attestation.models import Setback
from lms.db import db, transaction
from lms.programme.work import COMPLETE
from lms.records.verify import verify
from tests import walk
from tests.attestation import acts
from tests.attestation.acts import DEFENCE, FILL, PLATES, Site
from tests.factories import actor_for


@pytest.fixture
def number(taught: Flask, site: Site) -> str:
    """The sealed certificate of a learner who has shown all that X01 asks for."""
    walk.adopt(site.hub)
    attempt = walk.sit(site.enrolment, site.learner)
    instructor = actor_for(site.hub.instructor)
    walk.grade(attempt, instructor)
    walk.release(attempt, instructor)
    for clause, facts in ((PLATES, acts.plates()), (FILL, acts.fill()), (DEFENCE, acts.defence())):
        acts.second(acts.attest(site, clause, facts), site.second)
    COMPLETE.do(site.learner.id)
    with transaction(write=False):
        certificate = db.session.scalars(select(Certificate)).one()
        id, found = certificate.id, certificate.number
    seal(id)
    return found


def _state(number: str) -> str:
    with transaction(write=False):
        found = by_number(number)
        assert found is not None
        return found.state


def _later(site: Site, **more: object) -> str:
    """Attest a fill of yesterday, read today."""
    facts = acts.fill(done_on=acts.day(14), read_on=acts.day(0), **more)
    return acts.attest(site, FILL, facts)


def test_a_failed_later_fill_suspends_and_never_revokes(site: Site, number: str) -> None:
    row = _later(site, grown=1)
    assert _state(number) == "sealed"  # nobody has seconded it yet
    acts.second(row, site.second)
    assert _state(number) == "suspended"
    with transaction(write=False):
        last = by_number(number).acts[-1]
        assert "Part in a fill" in last.params["why"]
        assert last.acted_by == "system"
        certificate = by_number(number).certificate
        issued = date.fromisoformat(certificate.facts["issued_on"])
        assert last.counts_from == max(issued, clock.today())
        assert not verify().mismatches


def test_passing_again_on_a_later_day_proposes_to_reinstate(site: Site, number: str) -> None:
    failed = acts.fill(done_on=acts.day(16), read_on=acts.day(1), grown=1)
    acts.second(acts.attest(site, FILL, failed), site.second)
    assert _state(number) == "suspended"
    again = _later(site)
    assert _state(number) == "suspended"
    acts.second(again, site.second)
    assert _state(number) == "to-reinstate"
    with transaction(write=False):
        last = by_number(number).acts[-1]
        assert last.acted_by == site.second.id  # who signed the piece last: a second person decides
        regained = select(Setback.regained).order_by(Setback.recorded_at)
        assert db.session.scalars(regained).all() == [False, True]


def test_a_failure_that_was_read_wrongly_is_corrected_and_the_proposal_follows(
    site: Site, number: str
) -> None:
    row = _later(site, grown=1)
    acts.second(row, site.second)
    right = acts.amend(
        row,
        acts.fill(done_on=acts.day(14), read_on=acts.day(0)),
        site.first,
        reason="A bubble",
    )
    assert _state(number) == "suspended"
    acts.second(right, site.second)
    assert _state(number) == "to-reinstate"
    with transaction():
        coordinator = actor_for(site.hub.coordinator)
        seen = len(by_number(number).acts)
    owner = actor_for(site.hub.owner)
    with pytest.raises(Exception, match="content owner"):
        _reinstate(number, seen, coordinator)
    _reinstate(number, seen, owner)
    assert _state(number) == "sealed"


def _reinstate(number: str, seen: int, by: object) -> None:
    with transaction():
        change_standing(
            number=number, kind="reinstated", why="Seen.", read_number=seen,
            checked=walk.checked(by), by=by,
        )  # fmt: skip


def test_withdrawing_what_it_rests_on_suspends_it_too(site: Site, number: str) -> None:
    with transaction(write=False):
        rows = acts.standing_rows(site, PLATES)
    acts.withdraw(rows[0], site.first)
    assert _state(number) == "suspended"


def test_a_failure_elsewhere_leaves_a_certificate_alone(site: Site, number: str) -> None:
    acts.second(acts.attest(site, acts.ESSAY, acts.essay(1, 1, 1, 1)), site.second,
                found=dict.fromkeys(acts.CRITERIA, 1))  # fmt: skip
    assert _state(number) == "sealed"
