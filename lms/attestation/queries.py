"""Read clauses of programmes, learners who have to show them, and evidence as somebody may see."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import aliased

from lms.actor import Actor
from lms.attestation import rules
from lms.attestation.kinds import LOG
from lms.attestation.log.queries import entries_of
from lms.attestation.log.rules import Entry, log_standing
from lms.attestation.models import Attestation, SecondMarks, SecondOpinion
from lms.competency.queries import levels_of
from lms.curriculum.models import Definition
from lms.curriculum.register import definitions
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
        return clause_of(self.definition, self.row.clause)

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


def clause_of(definition: Definition, key: str) -> rules.Clause:
    """Return the clause of a programme that has a key; it has one."""
    return next(one for one in clauses(definition) if rules.key_of(one, definition.code) == key)


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


def marks_of(all_seen: Iterable[Seen]) -> dict[str, dict[str, Any]]:
    """Return by the id of a revision what its second assessor found alone: one query."""
    opinions = {one.opinion.id: one.row.id for one in all_seen if one.opinion}
    statement = select(SecondMarks).where(SecondMarks.opinion_id.in_(opinions))
    return {opinions[row.opinion_id]: row.facts for row in db.session.scalars(statement)}


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


def stands_in(person_id: str, key: str, clause: rules.Clause, day: date) -> rules.Standing:
    """Return how a person stands in a clause that is attested, on a day."""
    return rules.standing(clause, pieces_of([person_id]).get((person_id, key), ()), day)


def has_met(person_id: str, content: Mapping[str, Any], kind: str, day: date) -> bool:
    """Tell whether a person has shown all that a programme's clauses of a kind ask for."""
    found, logs = pieces_of([person_id]), entries_of([person_id])
    asked = [
        clause
        for clause in content.get("evidence", ())
        # What leads on to level 3 is not asked of who completes the programme itself.
        if clause["kind"] == kind and rules.is_here(clause) and not clause.get("level_3")
    ]
    keys = [(person_id, rules.key_of(clause, content["id"])) for clause in asked]
    return all(
        standing_in(clause, key, found, logs, day).met
        for clause, key in zip(asked, keys, strict=True)
    )


Pieces = Mapping[tuple[str, str], Sequence[rules.Piece]]
Logs = Mapping[tuple[str, str], Sequence[Entry]]


def standing_in(
    clause: rules.Clause, key: tuple[str, str], found: Pieces, logs: Logs, day: date
) -> rules.Standing:
    """Return how somebody stands in a clause on a day.

    Args:
        key: the person and the key of the clause; found, logs: what stands, by such keys.
    """
    if clause["kind"] == LOG:
        return log_standing(clause, logs.get(key, ()))
    return rules.standing(clause, found.get(key, ()), day)


def assessed_by(statement: Select[*tuple[Any, ...]], by: Actor) -> Select[*tuple[Any, ...]]:
    """Narrow to learners whom `by` may assess: those their organisations teach, never oneself."""
    return seen_by(statement, by.only("instructor")).where(Enrolment.person_id != by.id)


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
    statement = assessed_by(statement, by).order_by(Attestation.attested_at).limit(LIST_LIMIT)
    return [Seen(*row) for row in db.session.execute(statement)]


def levels_today(person_id: str, on: date) -> dict[str, int]:
    """Return the level of each competency that a person holds on a day."""
    return {
        name: row.level
        for name, row in levels_of(person_id, practice=False).items()
        if row.expires_on is None or on <= row.expires_on
    }
