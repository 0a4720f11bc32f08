"""Read entries of workplace logs, each with what its supervisor said, as somebody may see them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, exists, or_, select
from sqlalchemy.orm import aliased

from lms.actor import Actor
from lms.attestation.log.rules import Entry
from lms.attestation.models import LogAnswer, LogEntry
from lms.curriculum.models import Definition
from lms.db import db
from lms.errors import NotFound
from lms.learning.models import Enrolment
from lms.people.models import Person
from lms.people.queries import visible

LIST_LIMIT = 100  # entries that wait on a page
_newer, _later, _Answerer = aliased(LogEntry), aliased(LogAnswer), aliased(Person)
_stands = ~exists().where(_newer.series == LogEntry.series, _newer.revision > LogEntry.revision)
_newest_answer = and_(
    LogAnswer.entry_id == LogEntry.id,
    ~exists().where(_later.entry_id == LogAnswer.entry_id, _later.number > LogAnswer.number),
)


@dataclass(frozen=True)
class Written:
    """An entry as it stands, with the names that belong to it."""

    row: LogEntry
    learner: Person
    definition: Definition
    answer: LogAnswer | None
    answerer: Person | None

    @property
    def entry(self) -> Entry:
        """Return it as the rules see it."""
        return _entry(self.row, self.answer)


def _entry(row: LogEntry, answer: LogAnswer | None) -> Entry:
    return Entry(row.task, row.hours, answer.accepts if answer else None, row.withdrawn)


def entries_of(person_ids: Iterable[str]) -> Mapping[tuple[str, str], Sequence[Entry]]:
    """Return what stands of several people, by person and key of the clause: one query."""
    statement = (
        select(LogEntry, LogAnswer)
        .outerjoin(LogAnswer, _newest_answer)
        .where(LogEntry.person_id.in_(list(person_ids)), _stands, ~LogEntry.withdrawn)
    )
    found: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for row, answer in db.session.execute(statement):
        found[row.person_id, row.clause].append(_entry(row, answer))
    return found


def _written() -> Select[*tuple[Any, ...]]:
    return (
        select(LogEntry, Person, Definition, LogAnswer, _Answerer)
        .join(Enrolment, Enrolment.id == LogEntry.enrolment_id)
        .join(Person, Person.id == LogEntry.person_id)
        .join(Definition, Definition.id == LogEntry.definition_id)
        .outerjoin(LogAnswer, _newest_answer)
        .outerjoin(_Answerer, _Answerer.id == LogAnswer.person_id)
    )


def entries_for(person_id: str, key: str) -> list[Written]:
    """Return the entries of a learner's log that stand, the newest day first."""
    statement = _written().where(
        LogEntry.person_id == person_id, LogEntry.clause == key, _stands, ~LogEntry.withdrawn
    )
    order = (LogEntry.done_on.desc(), LogEntry.written_at.desc())
    return [Written(*row) for row in db.session.execute(statement.order_by(*order))]


def supervised_by(statement: Select[*tuple[Any, ...]], by: Actor) -> Select[*tuple[Any, ...]]:
    """Narrow to learners whose work `by` may countersign: never oneself.

    A log is written where somebody works. So an instructor of the organisation that sent the
    learner may countersign, beside those of the one that teaches them.
    """
    asked = by.only("instructor")
    taught, sent = (
        visible(
            select(Enrolment.id), asked, person=Enrolment.person_id, sending=end, delivering=end
        )
        for end in (Enrolment.delivering_id, Enrolment.sending_id)
    )
    return statement.where(
        or_(Enrolment.id.in_(taught), Enrolment.id.in_(sent)), Enrolment.person_id != by.id
    )


def to_answer(entry_id: str, by: Actor) -> Written:
    """Return an entry that `by` may countersign.

    Raises:
        NotFound: there is none of this id, or it is not theirs.
    """
    row = db.session.execute(supervised_by(_written().where(LogEntry.id == entry_id), by)).first()
    if row is None:
        raise NotFound()
    return Written(*row)


def own_entry(entry_id: str, by: Actor) -> Written:
    """Return one of the actor's own entries.

    Raises:
        NotFound: there is none of this id, or it is somebody else's.
    """
    statement = _written().where(LogEntry.id == entry_id, LogEntry.person_id == by.id)
    row = db.session.execute(statement).first()
    if row is None:
        raise NotFound()
    return Written(*row)


def is_newest(row: LogEntry) -> bool:
    """Tell whether no later revision of an entry stands."""
    newer = select(LogEntry.id).where(
        LogEntry.series == row.series, LogEntry.revision > row.revision
    )
    return db.session.scalar(newer.limit(1)) is None


def written_once(once: str, by: Actor) -> LogEntry | None:
    """Return what a form wrote when it was sent before."""
    statement = select(LogEntry).where(LogEntry.once == once, LogEntry.person_id == by.id)
    return db.session.scalars(statement).first()


def to_countersign(by: Actor) -> list[Written]:
    """Return the entries that wait for a supervisor and that `by` may countersign, oldest first."""
    statement = _written().where(_stands, ~LogEntry.withdrawn, LogAnswer.id.is_(None))
    statement = supervised_by(statement, by).order_by(LogEntry.written_at).limit(LIST_LIMIT)
    return [Written(*row) for row in db.session.execute(statement)]


def learner_of(enrolment_id: str, by: Actor) -> tuple[Enrolment, Person]:
    """Return an enrolled learner whose log `by` may read and countersign.

    Raises:
        NotFound: no such enrolment, or not theirs.
    """
    statement = (
        select(Enrolment, Person)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Enrolment.id == enrolment_id, Enrolment.ended_at.is_(None))
    )
    row = db.session.execute(supervised_by(statement, by)).first()
    if row is None:
        raise NotFound()
    return row[0], row[1]
