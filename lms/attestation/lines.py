"""Read clauses as learners have to show them: one's own, those whom one may assess, one of all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select, true
from sqlalchemy.orm import aliased

from lms.actor import Actor
from lms.attestation import rules
from lms.attestation.log.queries import entries_of
from lms.attestation.queries import (
    LIST_LIMIT,
    assessed_by,
    clauses,
    pieces_of,
    programmes,
    standing_in,
)
from lms.curriculum.models import Definition
from lms.curriculum.register import newest_definition
from lms.db import db
from lms.errors import NotFound
from lms.learning.models import Enrolment
from lms.people.models import Person


@dataclass(frozen=True)
class Line:
    """A clause that a learner has to show, and how they stand in it."""

    enrolment: Enrolment
    learner: Person
    definition: Definition
    clause: rules.Clause
    key: str
    standing: rules.Standing


def _lines(pairs: Sequence[Any], known: Mapping[str, Definition], day: date) -> list[Line]:
    """Return a line for each clause of each learner and programme: two queries."""
    people = {person.id for _enrolment, person in pairs}
    found, logs = pieces_of(people), entries_of(people)
    lines, done = [], set()
    for enrolment, person in pairs:
        definition = known[enrolment.programme_code]
        if (person.id, definition.code) in done:
            continue
        done.add((person.id, definition.code))
        for clause in clauses(definition):
            key = rules.key_of(clause, definition.code)
            stands = standing_in(clause, (person.id, key), found, logs, day)
            lines.append(Line(enrolment, person, definition, clause, key, stands))
    return lines


def own_lines(by: Actor, day: date) -> list[Line]:
    """Return what the actor's programmes ask for, met or not: four queries."""
    known = programmes()
    statement = _enrolled(known).where(Enrolment.person_id == by.id)
    return _lines(db.session.execute(statement).all(), known, day)


def own_line(key: str, by: Actor, day: date) -> Line:
    """Return a clause of the actor's own programmes.

    Raises:
        NotFound: none of them has it.
    """
    for line in own_lines(by, day):
        if line.key == key:
            return line
    raise NotFound()


def taught_lines(
    by: Actor, day: date, *, programme: str = "", name: str = "", limit: int = LIST_LIMIT
) -> list[Line]:
    """Return what learners have to show whom `by` may assess, met or not: four queries."""
    known = programmes()
    statement = _enrolled(known).where(_named(name)).limit(limit)
    if programme:
        statement = statement.where(Enrolment.programme_code == programme)
    return _lines(db.session.execute(assessed_by(statement, by)).all(), known, day)


def _enrolled(known: Mapping[str, Definition]) -> Select[*tuple[Any, ...]]:
    """Return the first running enrolment of each learner in each of some programmes."""
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
    return (
        select(Enrolment, Person)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Enrolment.programme_code.in_(list(known)), Enrolment.ended_at.is_(None), first)
        .order_by(Enrolment.enrolled_at, Enrolment.id)
    )


def _named(name: str) -> ColumnElement[bool]:
    return and_(
        true(),
        *(
            or_(
                Person.name.icontains(word, autoescape=True),
                Person.native_name.icontains(word, autoescape=True),
            )
            for word in name.split()
        ),
    )


def to_attest(enrolment_id: str, key: str, by: Actor) -> Line:
    """Return a learner and a clause of their programme that `by` may attest.

    Raises:
        NotFound: no such enrolment or clause, or not theirs.
    """
    statement = (
        select(Enrolment, Person)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Enrolment.id == enrolment_id, Enrolment.ended_at.is_(None))
    )
    row = db.session.execute(assessed_by(statement, by)).first()
    if row is None:
        raise NotFound()
    return line_of(row[0], row[1], key, date.max)


def line_of(enrolment: Enrolment, person: Person, key: str, day: date) -> Line:
    """Return a clause of a learner's programme, and how they stand in it on a day.

    Raises:
        NotFound: no clause of it has this key.
    """
    definition = newest_definition("programme", enrolment.programme_code or "")
    if definition is None:
        raise NotFound()
    known = {enrolment.programme_code or "": definition}
    for line in _lines([(enrolment, person)], known, day):
        if line.key == key:
            return line
    raise NotFound()
