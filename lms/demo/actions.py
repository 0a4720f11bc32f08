"""Play the demonstration: invented people go through the platform's own acts, nothing is faked."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from lms import clock
from lms.actor import SYSTEM
from lms.curriculum import actions as approvals
from lms.curriculum import queries as curriculum
from lms.curriculum import subjects
from lms.curriculum.models import ModuleVersion
from lms.curriculum.sync import Outcome, sync_all
from lms.db import db, transaction
from lms.demo import plots
from lms.demo.cast import EARLY, LEARNERS, PLACES, STAFF, TWICE, Member
from lms.demo.drafts import bring_draft
from lms.demo.signing import address, member, proof
from lms.people import actions as people
from lms.people.models import Organisation
from lms.people.queries import find_login

MODULES = ("FND101", "FND103", "FND104")
_OPENED = 30  # days ago the hub of the demonstration opened


def set_up() -> Outcome:
    """Store the curriculum and add the organisations, as if some weeks ago."""
    with _ago(_OPENED):
        outcome = sync_all()
        build_places()
    return outcome


@contextmanager
def _ago(days: int) -> Iterator[None]:
    """Let the clock tell a time some days ago, so that what was done has a past."""
    clock.set_clock(lambda: datetime.now(UTC) - timedelta(days=days))
    try:
        yield
    finally:
        clock.set_clock(None)


def build_places() -> None:
    """Add the organisations that are not there yet."""
    with transaction():
        made: dict[str, Organisation] = {}
        for place in PLACES:
            found = db.session.scalars(
                select(Organisation).where(Organisation.name == place.name)
            ).first()
            made[place.key] = found or people.add_organisation(
                name=place.name,
                country=place.country,
                parent=made[place.parent] if place.parent else None,
                by=SYSTEM,
            )


def play(password: str) -> None:
    """Let every member come in and do their part; who is there already is left alone."""
    with _ago(_OPENED):
        for one in STAFF:
            _enter(one, password)
    for one in EARLY:
        with _ago(one.days):
            _enter(one, password)
    with _ago(_OPENED - 2):
        for code in MODULES:
            _adopt(code)
    with _ago(4):
        bring_draft()
    for one in sorted((*LEARNERS, *TWICE), key=lambda one: -one.days):
        _enter_learner(one, password)


def _enter_learner(one: Member, password: str) -> None:
    with _ago(one.days):
        if not _enter(one, password) or "used-up" not in one.learns.values():
            return
    with _ago(one.days - 2), transaction():  # after the wait, once more
        plots.fail_again(one)


def _enter(one: Member, password: str) -> bool:
    """Add a member with roles and password and play their plots; False: was there already."""
    with transaction():
        if find_login(address(one.login)):
            return False
        place = plots.place(one.place)
        person = people.add_person(
            name=one.name,
            native_name=one.native_name,
            login=address(one.login),
            organisation=place,
            by=SYSTEM,
        )
        for role in one.roles:
            people.grant_role(person=person, role=role, organisation=place, by=SYSTEM)
        people.set_password(person=person, password=password, by=SYSTEM)
        for code, plot in one.learns.items():
            plots.play_plot(plot, person, code, one.programme, place)
        return True


def _adopt(code: str) -> None:
    """Let two reviewers, then the owner, sign a module, so that it certifies from that day."""
    with transaction():
        version = curriculum.newest_version(code)
        if version is None or curriculum.is_effective(version.id, clock.today()):
            return
        owner, first = member("owner"), member("reviewer")
        approvals.check_values(version=version, seen=_seen(version), by=first, proof=proof(first))
        for reviewer in (first, member("reviewer2")):
            approvals.review(
                version=version, seen=_seen(version), by=reviewer, proof=proof(reviewer)
            )
        approvals.approve(version=version, seen=_seen(version), by=owner, proof=proof(owner))
        approvals.make_effective(
            version=version, seen=_seen(version), on=clock.today(), by=owner, proof=proof(owner)
        )


def _seen(version: ModuleVersion) -> str:
    return subjects.subject_of(version, clock.today()).digest
