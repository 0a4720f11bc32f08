"""Read sittings as their invigilators see them, what a candidate waits for, and what was passed."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ScalarSelect, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from lms.actor import Actor
from lms.assessment import results
from lms.assessment.models import Attempt, AttemptItem, Response, Result, Submission
from lms.assessment.standing import COUNTS
from lms.assessment.timing.models import OnPaper
from lms.assessment.timing.queries import ends_at
from lms.curriculum.models import Definition
from lms.db import db
from lms.errors import NotFound
from lms.examination import rules
from lms.examination.models import IdentityCheck, Incident, Seat, Sitting, SittingReport
from lms.examination.onpaper.models import PaperTimes
from lms.learning.models import Enrolment
from lms.learning.queries import seen_by
from lms.people.models import Organisation, Person
from lms.people.queries import visible
from lms.programme.opening import all_with_openness

LIST_LIMIT = 100
_Opener, _Checker, _Noter = aliased(Person), aliased(Person), aliased(Person)
_newer = aliased(IdentityCheck)
# Of the checks of one candidate in one sitting the newest counts.
_newest_check = ~exists().where(
    _newer.sitting_id == IdentityCheck.sitting_id,
    _newer.person_id == IdentityCheck.person_id,
    _newer.number > IdentityCheck.number,
)

_later = aliased(PaperTimes)
_newest_times = ~exists().where(
    _later.attempt_id == PaperTimes.attempt_id, _later.number > PaperTimes.number
)


@dataclass(frozen=True)
class Held:
    """A sitting with its names, how many took a seat, and its signed report, if it is closed."""

    row: Sitting
    definition: Definition
    place: Organisation
    opener: str
    report: SittingReport | None
    seats: int

    def takes_in(self, now: datetime) -> bool:
        """Tell whether candidates may begin in it."""
        return rules.takes_in(self.row.opened_at, signed=self.report is not None, now=now)


@dataclass(frozen=True)
class Candidate:
    """Somebody whose identity was looked at in a sitting, how far they are, what is on paper."""

    check: IdentityCheck
    person: Person
    checker: str
    attempt: Attempt | None
    submission: Submission | None
    result: Result | None
    answered: int
    of: int
    ends_at: datetime | None
    paper: OnPaper | None
    written: PaperTimes | None


@dataclass(frozen=True)
class Noted:
    """An incident with the names that belong to it."""

    row: Incident
    noter: str
    about: str | None


def exams(on: date) -> dict[str, tuple[Definition, bool]]:
    """Return by code the programmes whose exam can be taken, each with whether it is open or for
    practice alone: two queries."""
    return {
        one.code: (one, openness.is_open)
        for one, openness in all_with_openness(on)
        if one.content.get("exam") and openness.practises
    }


def places(by: Actor) -> list[Organisation]:
    """Return the organisations at which one is an instructor."""
    ids = {role.organisation_id for role in by.roles if role.name == "instructor"}
    statement = select(Organisation).where(Organisation.id.in_(ids)).order_by(Organisation.name)
    return list(db.session.scalars(statement))


def _held() -> Select[*tuple[Any, ...]]:
    seats = select(func.count(Seat.id)).where(Seat.sitting_id == Sitting.id).scalar_subquery()
    return (
        select(Sitting, Definition, Organisation, _Opener.name, SittingReport, seats)
        .join(Definition, Definition.id == Sitting.definition_id)
        .join(Organisation, Organisation.id == Sitting.place_id)
        .join(_Opener, _Opener.id == Sitting.opened_by)
        .outerjoin(SittingReport, SittingReport.sitting_id == Sitting.id)
    )


def _seen(statement: Select[*tuple[Any, ...]], by: Actor) -> Select[*tuple[Any, ...]]:
    return visible(
        statement,
        by.only("instructor"),
        person=Sitting.opened_by,
        sending=Sitting.place_id,
        delivering=Sitting.place_id,
    )


def sittings(by: Actor, limit: int = LIST_LIMIT) -> list[Held]:
    """Return the sittings that an instructor may see, those that are not signed first."""
    statement = _seen(_held(), by).order_by(
        SittingReport.id.is_(None).desc(), Sitting.opened_at.desc()
    )
    return [Held(*row) for row in db.session.execute(statement.limit(limit))]


def sitting(sitting_id: str, by: Actor) -> Held:
    """Return a sitting that an instructor may see.

    Raises:
        NotFound: there is none of this id, or it is not theirs.
    """
    row = db.session.execute(_seen(_held().where(Sitting.id == sitting_id), by)).first()
    if row is None:
        raise NotFound()
    return Held(*row)


def _answered() -> tuple[ScalarSelect[int], ScalarSelect[int]]:
    """Return how many questions of an attempt are answered, and of how many, as columns."""
    answered = (
        select(func.count(func.distinct(Response.item_id)))
        .where(Response.attempt_id == Attempt.id, Response.standing == COUNTS)
        .correlate(Attempt)
        .scalar_subquery()
    )
    items = (
        select(func.count(AttemptItem.id))
        .where(AttemptItem.attempt_id == Attempt.id)
        .correlate(Attempt)
        .scalar_subquery()
    )
    return answered, items


def candidates(sitting_id: str) -> list[Candidate]:
    """Return whoever's identity was looked at in a sitting, by name: one query."""
    answered, items = _answered()
    statement = (
        select(
            IdentityCheck,
            Person,
            _Checker.name,
            Attempt,
            Submission,
            Result,
            answered,
            items,
            ends_at(),
            OnPaper,
            PaperTimes,
        )
        .join(Person, Person.id == IdentityCheck.person_id)
        .join(_Checker, _Checker.id == IdentityCheck.checked_by)
        .outerjoin(
            Seat,
            and_(
                Seat.sitting_id == IdentityCheck.sitting_id,
                Seat.person_id == IdentityCheck.person_id,
            ),
        )
        .outerjoin(Attempt, Attempt.id == Seat.attempt_id)
        .outerjoin(Submission, Submission.attempt_id == Attempt.id)
        .outerjoin(Result, results.of_attempt())
        .outerjoin(OnPaper, OnPaper.attempt_id == Attempt.id)
        .outerjoin(PaperTimes, and_(PaperTimes.attempt_id == Attempt.id, _newest_times))
        .where(IdentityCheck.sitting_id == sitting_id, _newest_check)
        .order_by(Person.name, Person.id, Attempt.number)
    )
    return [Candidate(*row) for row in db.session.execute(statement)]


def incidents(sitting_id: str) -> list[Noted]:
    """Return what was noted in a sitting, first to last."""
    statement = (
        select(Incident, _Noter.name, Person.name)
        .join(_Noter, _Noter.id == Incident.noted_by)
        .outerjoin(Person, Person.id == Incident.person_id)
        .where(Incident.sitting_id == sitting_id)
        .order_by(Incident.noted_at, Incident.id)
    )
    return [Noted(*row) for row in db.session.execute(statement)]


def _learners(held: Held, by: Actor) -> Select[*tuple[Any, ...]]:
    """Select the learners of a sitting's programme whom its organisation teaches, one row each."""
    earlier = aliased(Enrolment)
    first = ~exists().where(
        earlier.person_id == Enrolment.person_id,
        earlier.programme_code == Enrolment.programme_code,
        earlier.ended_at.is_(None),
        earlier.delivering_id == Enrolment.delivering_id,
        or_(
            earlier.enrolled_at < Enrolment.enrolled_at,
            and_(earlier.enrolled_at == Enrolment.enrolled_at, earlier.id < Enrolment.id),
        ),
    )
    statement = (
        select(Enrolment, Person)
        .join(Person, Person.id == Enrolment.person_id)
        .join(Organisation, Organisation.id == Enrolment.delivering_id)
        .where(
            Enrolment.programme_code == held.row.programme_code,
            Enrolment.ended_at.is_(None),
            Enrolment.person_id != by.id,
            Organisation.path.startswith(held.place.path),
            first,
        )
        .order_by(Person.name, Person.id)
    )
    return seen_by(statement, by.only("instructor"))


def expected(held: Held, by: Actor, name: str = "") -> list[tuple[Enrolment, Person]]:
    """Return learners of the programme whose identity nobody has looked at in this sitting."""
    looked = exists().where(
        IdentityCheck.sitting_id == held.row.id, IdentityCheck.person_id == Person.id
    )
    named = [
        or_(
            Person.name.icontains(word, autoescape=True),
            Person.native_name.icontains(word, autoescape=True),
        )
        for word in name.split()
    ]
    statement = _learners(held, by).where(~looked, *named).limit(LIST_LIMIT)
    # Who is taught by two organisations below the sitting's comes twice.
    return list({row[1].id: (row[0], row[1]) for row in db.session.execute(statement)}.values())


def learner(held: Held, person_id: str, by: Actor) -> tuple[Enrolment, Person]:
    """Return a learner of a sitting's programme whom its organisation teaches.

    Raises:
        NotFound: nobody of this id, or not theirs.
    """
    row = db.session.execute(_learners(held, by).where(Person.id == person_id)).first()
    if row is None:
        raise NotFound()
    return row[0], row[1]


def checks(sitting_id: str, person_id: str) -> list[tuple[IdentityCheck, str]]:
    """Return every look at a candidate's identity in a sitting, first to last, with by whom."""
    statement = (
        select(IdentityCheck, _Checker.name)
        .join(_Checker, _Checker.id == IdentityCheck.checked_by)
        .where(IdentityCheck.sitting_id == sitting_id, IdentityCheck.person_id == person_id)
        .order_by(IdentityCheck.number)
    )
    return [(row[0], row[1]) for row in db.session.execute(statement)]


def waiting_for(by: Actor, now: datetime) -> list[tuple[Sitting, IdentityCheck, Definition]]:
    """Return the sittings in which the actor may begin: identity seen, not signed, not over."""
    statement = (
        select(Sitting, IdentityCheck, Definition)
        .join(IdentityCheck, IdentityCheck.sitting_id == Sitting.id)
        .join(Definition, Definition.id == Sitting.definition_id)
        .outerjoin(SittingReport, SittingReport.sitting_id == Sitting.id)
        .where(
            IdentityCheck.person_id == by.id,
            IdentityCheck.agrees,
            _newest_check,
            SittingReport.id.is_(None),
            Sitting.opened_at >= now - rules.OPEN_FOR,
        )
        .order_by(Sitting.opened_at.desc())
    )
    return [(row[0], row[1], row[2]) for row in db.session.execute(statement)]


def person(person_id: str) -> Person:
    """Return a person by id, for whoever has seen that they may."""
    return db.session.get_one(Person, person_id)
