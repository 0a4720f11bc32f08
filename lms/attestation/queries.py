"""Read clauses of programmes, learners who have to show them, and evidence as somebody may see."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select, true
from sqlalchemy.orm import aliased

from lms.actor import Actor
from lms.attestation import rules
from lms.attestation.models import Attestation, SecondOpinion
from lms.competency.queries import levels_of
from lms.curriculum.models import Definition
from lms.curriculum.register import definitions, newest_definition
from lms.db import db
from lms.errors import NotFound
from lms.learning.models import Enrolment
from lms.learning.queries import seen_by
from lms.people.models import Person

LIST_LIMIT = 100  # learners of the desk; a search by name finds the others
_First, _Second, _newer = aliased(Person), aliased(Person), aliased(Attestation)
# A piece of evidence stands as its highest revision says.
_stands = ~exists().where(
    _newer.series == Attestation.series, _newer.revision > Attestation.revision
)


@dataclass(frozen=True)
class Seen:
    """A revision with the names that belong to it."""

    row: Attestation
    learner: Person
    definition: Definition
    first: Person
    opinion: SecondOpinion | None
    second: Person | None

    @cached_property
    def clause(self) -> rules.Clause:
        """Return the clause that it shows, in the programme for which it was recorded."""
        return next(
            clause
            for clause in clauses(self.definition)
            if rules.key_of(clause, self.definition.code) == self.row.clause
        )

    @cached_property
    def piece(self) -> rules.Piece:
        """Return it as the rules see it."""
        return piece(self.row, self.opinion)

    @cached_property
    def verdict(self) -> rules.Verdict:
        """Return what it comes to."""
        return rules.verdict(self.clause, self.piece)


def piece(row: Attestation, opinion: SecondOpinion | None) -> rules.Piece:
    """Return a revision as the rules see it."""
    return rules.Piece(
        done_on=row.done_on,
        facts=row.facts,
        assessors=row.assessors,
        agreed=opinion.agrees if opinion else None,
        withdrawn=row.withdrawn,
    )


def clauses(definition: Definition) -> list[rules.Clause]:
    """Return a programme's clauses that attested evidence shows, in their order."""
    return [one for one in definition.content.get("evidence", ()) if rules.is_here(one)]


def programmes() -> dict[str, Definition]:
    """Return by code the newest of each programme that asks for attested evidence: one query."""
    return {one.code: one for one in definitions("programme") if clauses(one)}


def _seen() -> Select[*tuple[Any, ...]]:
    return (
        select(Attestation, Person, Definition, _First, SecondOpinion, _Second)
        .join(Enrolment, Enrolment.id == Attestation.enrolment_id)
        .join(Person, Person.id == Attestation.person_id)
        .join(Definition, Definition.id == Attestation.definition_id)
        .join(_First, _First.id == Attestation.attested_by)
        .outerjoin(SecondOpinion, SecondOpinion.attestation_id == Attestation.id)
        .outerjoin(_Second, _Second.id == SecondOpinion.person_id)
    )


def attested(attestation_id: str, by: Actor) -> Seen:
    """Return a revision as its learner sees it, or an instructor who teaches them.

    Raises:
        NotFound: there is none of this id, or it is not theirs to see.
    """
    statement = seen_by(_seen().where(Attestation.id == attestation_id), by.only("instructor"))
    row = db.session.execute(statement).first()
    if row is None:
        raise NotFound()
    return Seen(*row)


def revisions(series: str) -> list[Seen]:
    """Return all revisions of a piece of evidence, first to last."""
    statement = _seen().where(Attestation.series == series).order_by(Attestation.revision)
    return [Seen(*row) for row in db.session.execute(statement)]


def recorded_once(once: str, by: Actor) -> Attestation | None:
    """Return what a form recorded when it was sent before."""
    statement = select(Attestation).where(
        Attestation.once == once, Attestation.attested_by == by.id
    )
    return db.session.scalars(statement).first()


def evidence_for(person_id: str, key: str) -> list[Seen]:
    """Return what stands of a learner for a clause, the newest day first."""
    statement = _seen().where(
        Attestation.person_id == person_id, Attestation.clause == key, _stands
    )
    rows = db.session.execute(statement.order_by(Attestation.done_on.desc(), Attestation.series))
    return [Seen(*row) for row in rows]


def pieces_of(person_ids: Iterable[str]) -> Mapping[tuple[str, str], Sequence[rules.Piece]]:
    """Return what stands of several people, by person and key of the clause: one query."""
    statement = (
        select(Attestation, SecondOpinion)
        .outerjoin(SecondOpinion, SecondOpinion.attestation_id == Attestation.id)
        .where(Attestation.person_id.in_(list(person_ids)), _stands)
    )
    found: dict[tuple[str, str], list[rules.Piece]] = defaultdict(list)
    for row, opinion in db.session.execute(statement):
        found[row.person_id, row.clause].append(piece(row, opinion))
    return found


def has_met(person_id: str, content: Mapping[str, Any], kind: str, day: date) -> bool:
    """Tell whether a person has shown all that a programme's clauses of a kind ask for."""
    found = pieces_of([person_id])
    return all(
        rules.standing(
            clause, found.get((person_id, rules.key_of(clause, content["id"])), ()), day
        ).met
        for clause in content.get("evidence", ())
        if clause["kind"] == kind and rules.is_here(clause)
    )


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
    """Return a line for each clause of each learner and programme: one query."""
    found = pieces_of({person.id for _enrolment, person in pairs})
    lines, done = [], set()
    for enrolment, person in pairs:
        definition = known[enrolment.programme_code]
        if (person.id, definition.code) in done:
            continue
        done.add((person.id, definition.code))
        for clause in clauses(definition):
            key = rules.key_of(clause, definition.code)
            stands = rules.standing(clause, found.get((person.id, key), ()), day)
            lines.append(Line(enrolment, person, definition, clause, key, stands))
    return lines


def own_lines(by: Actor, day: date) -> list[Line]:
    """Return what the actor's programmes ask for, met or not: three queries."""
    known = programmes()
    statement = _enrolled(known).where(Enrolment.person_id == by.id)
    return _lines(db.session.execute(statement).all(), known, day)


def taught_lines(
    by: Actor, day: date, *, programme: str = "", name: str = "", limit: int = LIST_LIMIT
) -> list[Line]:
    """Return what learners have to show whom `by` may assess, met or not: three queries."""
    known = programmes()
    statement = _enrolled(known).where(_named(name)).limit(limit)
    if programme:
        statement = statement.where(Enrolment.programme_code == programme)
    return _lines(db.session.execute(_assessed_by(statement, by)).all(), known, day)


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


def _assessed_by(statement: Select[*tuple[Any, ...]], by: Actor) -> Select[*tuple[Any, ...]]:
    """Narrow to learners whom `by` may assess: those their organisations teach, never oneself."""
    return seen_by(statement, by.only("instructor")).where(Enrolment.person_id != by.id)


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
    row = db.session.execute(_assessed_by(statement, by)).first()
    definition = newest_definition("programme", row[0].programme_code or "") if row else None
    for clause in clauses(definition) if definition else ():
        if row and definition and rules.key_of(clause, definition.code) == key:
            return Line(
                row[0], row[1], definition, clause, key, rules.standing(clause, (), date.max)
            )
    raise NotFound()


def pending(by: Actor) -> list[Seen]:
    """Return what waits for the laboratory or a second assessor, of learners whom `by` may assess.

    Oldest first.
    """
    statement = _seen().where(
        _stands,
        ~Attestation.withdrawn,
        or_(~Attestation.whole, Attestation.assessors > 1),
        SecondOpinion.id.is_(None),
    )
    statement = _assessed_by(statement, by).order_by(Attestation.attested_at).limit(LIST_LIMIT)
    return [Seen(*row) for row in db.session.execute(statement)]


def levels_today(person_id: str, on: date) -> dict[str, int]:
    """Return the level of each competency that a person holds on a day."""
    return {
        name: row.level
        for name, row in levels_of(person_id, practice=False).items()
        if row.expires_on is None or on <= row.expires_on
    }
