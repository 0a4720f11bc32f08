"""Read sheets of exams as those see them who print, enter and compare them; a candidate never."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from lms.actor import Actor
from lms.assessment import queries as attempts
from lms.assessment.models import Attempt, AttemptItem, Submission
from lms.assessment.timing.models import OnPaper
from lms.curriculum.models import ModuleVersion
from lms.db import db
from lms.errors import NotFound
from lms.examination import queries
from lms.examination.models import Seat
from lms.examination.onpaper import rules
from lms.examination.onpaper.models import PaperChoice, PaperEntry, PaperTimes
from lms.people.models import Person

_Taker = aliased(Person)


@dataclass(frozen=True)
class Sheet:
    """An attempt on paper with its candidate, its sitting, and who put it there.

    Attributes:
        times: when it was written, if that is noted; noted: how often it was.
    """

    attempt: Attempt
    version: ModuleVersion
    person: Person
    paper: OnPaper
    taker: str
    submission: Submission | None
    held: queries.Held
    times: PaperTimes | None
    noted: int

    @property
    def code(self) -> str:
        """Return what a sheet is known by, without a name."""
        return f"{self.attempt.id[:4]}-{self.attempt.id[-4:]}".upper()


@dataclass(frozen=True)
class Entered:
    """An entry with the name of who made it."""

    row: PaperEntry
    name: str


@dataclass(frozen=True)
class Chosen:
    """Which entry stands for an item, with the name of who decided so."""

    row: PaperChoice
    name: str


def sheet(attempt_id: str, by: Actor) -> Sheet:
    """Return an attempt on paper in a sitting that an instructor may see.

    Raises:
        NotFound: there is none of this id, it is one's own, or not theirs.
    """
    statement = (
        select(Attempt, ModuleVersion, Person, OnPaper, _Taker.name, Submission, Seat.sitting_id)
        .join(Seat, Seat.attempt_id == Attempt.id)
        .join(OnPaper, OnPaper.attempt_id == Attempt.id)
        .join(ModuleVersion, ModuleVersion.id == Attempt.module_version_id)
        .join(Person, Person.id == Attempt.person_id)
        .join(_Taker, _Taker.id == OnPaper.taken_by)
        .outerjoin(Submission, Submission.attempt_id == Attempt.id)
        .where(Attempt.id == attempt_id, Attempt.person_id != by.id)
    )
    row = db.session.execute(statement).first()
    if row is None:
        raise NotFound()
    held = queries.sitting(row[6], by)
    noted = _times(attempt_id)
    return Sheet(*row[:6], held, noted[-1] if noted else None, len(noted))


def _times(attempt_id: str) -> Sequence[PaperTimes]:
    statement = select(PaperTimes).where(PaperTimes.attempt_id == attempt_id)
    return db.session.scalars(statement.order_by(PaperTimes.number)).all()


def entries(attempt_id: str) -> list[Entered]:
    """Return who entered a sheet and what they read, first to last.

    Whoever asks has found out that they may know.
    """
    statement = (
        select(PaperEntry, Person.name)
        .join(Person, Person.id == PaperEntry.entered_by)
        .where(PaperEntry.attempt_id == attempt_id)
        .order_by(PaperEntry.number)
    )
    return [Entered(*row) for row in db.session.execute(statement)]


def choices(attempt_id: str) -> dict[str, Chosen]:
    """Return by item of a sheet which entry was decided on last."""
    statement = (
        select(PaperChoice, Person.name)
        .join(Person, Person.id == PaperChoice.chosen_by)
        .join(AttemptItem, AttemptItem.id == PaperChoice.item_id)
        .where(AttemptItem.attempt_id == attempt_id)
        .order_by(PaperChoice.number)
    )
    return {row[0].item_id: Chosen(*row) for row in db.session.execute(statement)}


def times_chosen(item_id: str) -> int:
    """Return how often somebody decided on an item."""
    statement = select(func.count(PaperChoice.id)).where(PaperChoice.item_id == item_id)
    return db.session.scalar(statement) or 0


@dataclass(frozen=True)
class Compared:
    """Both entries of a sheet, what they come to, and what was decided by whom."""

    items: Sequence[AttemptItem]
    entries: Sequence[Entered]
    agreed: rules.Agreed
    chosen: Mapping[str, Chosen]


def compared(attempt_id: str) -> Compared | None:
    """Return what two people's entries of a sheet come to, None before there are two."""
    found = entries(attempt_id)
    if len(found) < rules.READERS:
        return None
    chosen, items = choices(attempt_id), attempts.items_of(attempt_id)
    numbers: dict[str, int] = {one.row.id: one.row.number for one in found}
    first, second = (one.row.answers for one in found)
    stands = {item: numbers[one.row.entry_id] for item, one in chosen.items()}
    agreed = rules.agreed(items, attempts.kinds(), first, second, stands)
    return Compared(items, found, agreed, chosen)


def unprinted(items: Sequence[AttemptItem]) -> list[int]:
    """Return the places of questions that cannot be answered on paper."""
    return [one.position for one in items if one.kind not in rules.PRINTED]


def differing(found: Compared, item_id: str) -> AttemptItem:
    """Return an item on which two entries differ.

    Raises:
        NotFound: they do not differ on it, or it is of another paper.
    """
    if item_id not in found.agreed.differing:
        raise NotFound()
    return next(item for item in found.items if item.id == item_id)


def given(found: Compared, item_id: str) -> list[tuple[Entered, Any]]:
    """Return what each of two people read as the answer to an item."""
    return [(one, one.row.answers.get(item_id)) for one in found.entries]
