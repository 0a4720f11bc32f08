"""The acts of a practical, each by the person who does it, in transactions of their own."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from lms import clock
from lms.actor import Actor
from lms.curriculum.queries import practicals_of
from lms.db import db, transaction
from lms.learning.models import Enrolment
from lms.practicals import actions, queries, signing
from lms.practicals.models import PracticalResult
from lms.practicals.standing import DONE, current
from tests import walk

NAMED = {"induction": "yes", "rating": "4"}


@dataclass(frozen=True)
class Practical:
    """A practical as plain values."""

    id: str
    title: str
    shown: dict[str, Any]


def practical_of(enrolment_id: str) -> Practical:
    """Return the first practical of the version that is learnt."""
    with transaction(write=False):
        enrolment = db.session.get_one(Enrolment, enrolment_id)
        row = practicals_of(enrolment.module_version_id)[0]
        return Practical(row.id, row.title, row.shown)


def open_sheet(enrolment_id: str, observer: Actor) -> str:
    """Open a sheet of the first practical; returns it."""
    practical = practical_of(enrolment_id)
    with transaction():
        return actions.open_sheet(
            enrolment_id=enrolment_id, practical_id=practical.id, by=observer
        ).id


def tap(
    sheet_id: str,
    observer: Actor,
    subject: str,
    value: str,
    *,
    sequence: int,
    client: str = "phone",
    at: datetime | None = None,
) -> Any:
    """Keep one tap as the page's script sends it; returns its standing and number."""
    with transaction():
        row = actions.save_tap(
            sheet_id=sheet_id,
            client=client,
            sequence=sequence,
            subject=subject,
            value=value,
            tapped_at=at or clock.now(),
            by=observer,
        )
        return row.standing, row.number


def values_of(practical: Practical, **changed: str) -> dict[str, str]:
    """Return what notes a practical whole: every step done, but for what is changed."""
    shown = practical.shown
    values = {f"step:{step['id']}": DONE for step in shown["steps"]} | NAMED
    return values | {name: f"The {name}" for name in shown["record"]} | changed


def note(sheet_id: str, observer: Actor, values: dict[str, str]) -> None:
    """Tap so many things, a minute apart, in one transaction."""
    with transaction():
        begun = clock.now() - timedelta(minutes=len(values))
        last = len(queries.taps_of(sheet_id))
        for place, (subject, value) in enumerate(values.items()):
            actions.save_tap(
                sheet_id=sheet_id,
                client="phone",
                sequence=last + place + 1,
                subject=subject,
                value=value,
                tapped_at=begun + timedelta(minutes=place),
                by=observer,
            )


def observe(enrolment_id: str, observer: Actor, **changed: str) -> str:
    """Open a sheet and note everything on it; returns it."""
    sheet_id = open_sheet(enrolment_id, observer)
    note(sheet_id, observer, values_of(practical_of(enrolment_id), **changed))
    return sheet_id


def sign(sheet_id: str, by: Actor, **values: Any) -> str:
    """Sign a sheet as it stands, in whatever part one has; returns the sign-off."""
    with transaction():
        seen = queries.sheet(sheet_id, by)
        read = values.pop("read", queries.digest_of(seen, queries.taps_of(sheet_id)))
        said = signing.Said(**({"agrees": True, "independent": True, "note": ""} | values))
        return signing.sign_sheet(
            sheet_id=sheet_id, read=read, said=said, checked=walk.checked(by), by=by
        ).id


def standing_of(sheet_id: str) -> dict[str, str]:
    """Return what stands on a sheet, by subject."""
    with transaction(write=False):
        stands = current(queries.taps_of(sheet_id))
        return {subject: one.value for subject, one in stands.items()}


def result_of(sheet_id: str) -> dict[str, Any] | None:
    """Return what a sheet came to; None while it is open."""
    with transaction(write=False):
        statement = select(PracticalResult).where(PracticalResult.sheet_id == sheet_id)
        row = db.session.scalars(statement).first()
        return dict(row.outcome) if row else None
