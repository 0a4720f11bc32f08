"""Read sheets as somebody may see them, and what was tapped on them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from lms.actor import Actor
from lms.columns import digest
from lms.competency.queries import levels_of
from lms.curriculum.models import ModuleVersion, Practical
from lms.db import db
from lms.errors import NotFound
from lms.learning.models import Enrolment
from lms.learning.queries import seen_by
from lms.people.models import Person
from lms.practicals import rules
from lms.practicals.models import PracticalResult, Sheet, SignOff, Tap
from lms.practicals.standing import content
from lms.records.models import Epoch

PARTS = ("observer", "second", "learner")


@dataclass(frozen=True)
class Seen:
    """A sheet with the names that belong to it, who signed it, and its result."""

    sheet: Sheet
    learner: Person
    observer: Person
    second: Person | None
    version: ModuleVersion
    practical: Practical
    signed: dict[str, SignOff]
    result: PracticalResult | None

    @cached_property
    def stage(self) -> str:
        """Return who is next: open, second, learner, decided."""
        observer = self.signed.get("observer")
        return rules.stage(
            {part: row.agrees for part, row in self.signed.items()},
            observer.assessors if observer else 0,
            decided=self.result is not None,
        )

    def part_of(self, by: Actor) -> str:
        """Return as what `by` signs this sheet."""
        if by.id == self.sheet.person_id:
            return "learner"
        return "observer" if by.id == self.sheet.opened_by else "second"

    def awaits(self, by: Actor) -> bool:
        """Tell whether `by` is next to sign."""
        next_part = {rules.OPEN: "observer"}.get(self.stage, self.stage)
        return self.part_of(by) == next_part


_Observer, _Second = aliased(Person), aliased(Person)
_SIGNED = [aliased(SignOff) for _ in PARTS]


def sheets() -> Select[*tuple[Any, ...]]:
    """Return the statement of all sheets with what belongs to them; narrow it before use."""
    statement = (
        select(
            Sheet, Person, _Observer, _Second, ModuleVersion, Practical, PracticalResult, *_SIGNED
        )
        .join(Enrolment, Enrolment.id == Sheet.enrolment_id)
        .join(Person, Person.id == Sheet.person_id)
        .join(_Observer, _Observer.id == Sheet.opened_by)
        .join(ModuleVersion, ModuleVersion.id == Sheet.module_version_id)
        .join(Practical, Practical.id == Sheet.practical_id)
        .outerjoin(PracticalResult, PracticalResult.sheet_id == Sheet.id)
    )
    for part, signed in zip(PARTS, _SIGNED, strict=True):
        statement = statement.outerjoin(
            signed, and_(signed.sheet_id == Sheet.id, signed.part == part)
        )
    return statement.outerjoin(_Second, _Second.id == _SIGNED[1].person_id)


def seen(row: Sequence[Any]) -> Seen:
    """Return a row of `sheets` by names."""
    sheet, learner, observer, second, version, practical, result, *signed = row
    found = {one.part: one for one in signed if one is not None}
    return Seen(sheet, learner, observer, second, version, practical, found, result)


def taught_by(statement: Select[*tuple[Any, ...]], by: Actor) -> Select[*tuple[Any, ...]]:
    """Narrow to learners whom `by` may observe: those their organisations teach, never oneself."""
    return seen_by(statement, by.only("instructor")).where(Enrolment.person_id != by.id)


def sheet(sheet_id: str, by: Actor) -> Seen:
    """Return a sheet as an instructor who may observe its learner sees it, or the learner.

    Learners see theirs once all assessors have signed.

    Raises:
        NotFound: no such sheet, or not theirs to see.
    """
    statement = seen_by(sheets().where(Sheet.id == sheet_id), by.only("instructor"))
    row = db.session.execute(statement).first()
    if row is None:
        raise NotFound()
    found = seen(row)
    if found.part_of(by) == "learner" and found.stage in (rules.OPEN, rules.SECOND):
        raise NotFound()
    return found


def own_sheets(by: Actor, version_id: str) -> list[Seen]:
    """Return the actor's own sheets of a version, newest first."""
    statement = sheets().where(Sheet.person_id == by.id, Sheet.module_version_id == version_id)
    rows = db.session.execute(statement.order_by(Sheet.opened_at.desc()))
    return [seen(row) for row in rows]


def to_countersign(by: Actor) -> list[Seen]:
    """Return the actor's own sheets that wait for nobody else's signature, oldest first."""
    statement = sheets().where(Sheet.person_id == by.id, PracticalResult.id.is_(None))
    rows = db.session.execute(statement.order_by(Sheet.opened_at))
    return [one for one in map(seen, rows) if one.stage == rules.LEARNER]


def to_open(enrolment_id: str, practical_id: str, by: Actor) -> tuple[Enrolment, Practical]:
    """Return an enrolment and a practical of its version that `by` may observe.

    Raises:
        NotFound: no such pair, or not theirs.
    """
    statement = (
        select(Enrolment, Practical)
        .join(Practical, Practical.module_version_id == Enrolment.module_version_id)
        .where(
            Enrolment.id == enrolment_id,
            Enrolment.ended_at.is_(None),
            Practical.id == practical_id,
        )
    )
    row = db.session.execute(taught_by(statement, by)).first()
    if row is None:
        raise NotFound()
    return row[0], row[1]


def sheets_of(enrolment_id: str, practical_id: str) -> list[tuple[Sheet, PracticalResult | None]]:
    """Return the sheets of a learner's practical, first to last."""
    statement = (
        select(Sheet, PracticalResult)
        .outerjoin(PracticalResult, PracticalResult.sheet_id == Sheet.id)
        .where(Sheet.enrolment_id == enrolment_id, Sheet.practical_id == practical_id)
        .order_by(Sheet.number)
    )
    return [(row[0], row[1]) for row in db.session.execute(statement)]


# --- taps ---------------------------------------------------------------------------------------


def tapping(sheet_id: str, by: Actor) -> tuple[Practical, bool, int, int]:
    """Return what keeping a tap needs, in one query.

    Returns:
        The practical, whether the sheet is closed, the last server number, the epoch.

    Raises:
        NotFound: no such sheet, or `by` is not its observer any more.
    """
    last = select(func.max(Tap.number)).where(Tap.sheet_id == sheet_id).scalar_subquery()
    closed = or_(
        exists().where(SignOff.sheet_id == sheet_id),
        exists().where(PracticalResult.sheet_id == sheet_id),
    )
    epoch = select(func.max(Epoch.number)).scalar_subquery()
    statement = (
        select(Practical, closed, last, epoch)
        .join(Sheet, Sheet.practical_id == Practical.id)
        .join(Enrolment, Enrolment.id == Sheet.enrolment_id)
        .where(Sheet.id == sheet_id, Sheet.opened_by == by.id)
    )
    row = db.session.execute(taught_by(statement, by)).first()
    if row is None:
        raise NotFound()
    return row[0], bool(row[1]), row[2] or 0, row[3] or 0


def taps_of(sheet_id: str) -> Sequence[Tap]:
    """Return everything tapped on a sheet, as it came in."""
    statement = select(Tap).where(Tap.sheet_id == sheet_id).order_by(Tap.number)
    return db.session.scalars(statement).all()


def digest_of(found: Seen, taps: Iterable[Tap]) -> str:
    """Return the digest of a sheet as it is signed: whose it is, the checklist, what counts."""
    return digest([found.sheet.id, found.practical.shown_digest, content(taps)])


def levels_today(person_id: str, on: date) -> dict[str, int]:
    """Return the level of each competency that a person holds on a day."""
    held = levels_of(person_id, practice=False)
    return {
        name: row.level
        for name, row in held.items()
        if row.expires_on is None or on <= row.expires_on
    }
