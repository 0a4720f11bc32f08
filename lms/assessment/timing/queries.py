"""Read when attempts end, and of what their time is made; everybody asks here for a deadline."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, exists, func, select

from lms.assessment.models import Attempt
from lms.assessment.timing import rules
from lms.assessment.timing.models import Accommodation, Allowance, Extension, OnPaper
from lms.db import db


@dataclass(frozen=True)
class Allowed:
    """What a learner gets on top of a paper's own minutes, by which act."""

    act: Accommodation
    paper_minutes: int
    extra_minutes: int


@dataclass(frozen=True)
class Time:
    """Of what an attempt's time is made.

    Attributes:
        minutes: the paper's own; extra: on top of it, by an accommodation.
        extensions: minutes given since, first to last.
        ends_at: when it ends.
    """

    minutes: int
    extra: int
    percent: int
    extensions: Sequence[Extension]
    ends_at: datetime


def ends_at() -> ColumnElement[datetime]:
    """Return when an attempt ends, as a column of a statement that has Attempt in it.

    The same as `rules.effective_deadline`: each extension's own end is not before those it knew.
    """
    latest = (
        select(func.max(Extension.ends_at))
        .where(Extension.attempt_id == Attempt.id)
        .correlate(Attempt)
        .scalar_subquery()
    )
    return func.coalesce(latest, Attempt.deadline)


def on_paper(attempt_id: str) -> OnPaper | None:
    """Return the act that put an attempt on paper, None where it is answered on a screen."""
    return db.session.scalars(select(OnPaper).where(OnPaper.attempt_id == attempt_id)).first()


def is_on_paper() -> ColumnElement[bool]:
    """Return the condition on Attempt that it is written on paper."""
    return exists().where(OnPaper.attempt_id == Attempt.id).correlate(Attempt)


def deadline_of(attempt: Attempt) -> datetime:
    """Return when an attempt ends, extensions included."""
    return deadlines_of([attempt])[attempt.id]


def deadlines_of(attempts: Collection[Attempt]) -> dict[str, datetime]:
    """Return by id when each of some attempts ends: one query or none."""
    given = extensions_of([attempt.id for attempt in attempts])
    return {
        attempt.id: rules.effective_deadline(
            attempt.deadline, (one.ends_at for one in given.get(attempt.id, ()))
        )
        for attempt in attempts
    }


def extensions_of(attempt_ids: Collection[str]) -> dict[str, list[Extension]]:
    """Return the extensions of each of some attempts that has any, first to last."""
    found: dict[str, list[Extension]] = {}
    if attempt_ids:
        statement = select(Extension).where(Extension.attempt_id.in_(attempt_ids))
        for one in db.session.scalars(statement.order_by(Extension.number)):
            found.setdefault(one.attempt_id, []).append(one)
    return found


def time_of(attempt: Attempt) -> Time:
    """Return of what an attempt's time is made: two queries."""
    allowance = db.session.scalars(
        select(Allowance).where(Allowance.attempt_id == attempt.id)
    ).first()
    extensions = extensions_of([attempt.id]).get(attempt.id, [])
    extra, percent = (allowance.extra_minutes, allowance.percent) if allowance else (0, 0)
    whole = round((attempt.deadline - attempt.started_at).total_seconds() / 60)
    ends = rules.effective_deadline(attempt.deadline, (one.ends_at for one in extensions))
    return Time(whole - extra, extra, percent, extensions, ends)


def acts_of(person_id: str) -> list[Accommodation]:
    """Return all acts about a learner's extra time, first to last.

    Whoever asks has found out that they may know.
    """
    statement = select(Accommodation).where(Accommodation.person_id == person_id)
    return list(db.session.scalars(statement.order_by(Accommodation.number)))


def allowed(person_id: str, minutes: int, day: date) -> Allowed | None:
    """Return what a learner gets on top of a paper of so many minutes that is begun on a day."""
    act = rules.in_force(acts_of(person_id), day)
    return Allowed(act, minutes, rules.extra_minutes(minutes, act.percent)) if act else None
