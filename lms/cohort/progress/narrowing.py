"""How an enrolment stands as conditions of a query: the same states that `rules.standing` finds."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import and_, not_, or_, select

from lms.accommodation.queries import is_voided
from lms.assessment import results
from lms.assessment.models import Attempt, RemediationPlan, Result, Submission
from lms.cohort import rules
from lms.curriculum.models import ContentAct, ModuleVersion, Practical
from lms.curriculum.queries import acts_of
from lms.curriculum.rules import EFFECTIVE, is_effective
from lms.db import db
from lms.learning.models import Enrolment, LessonRead
from lms.practicals.models import PracticalResult, Sheet

STATES = frozenset({*rules.GROUPS, *rules.ATTENTION})
Condition = sa.ColumnElement[bool]


def effective_versions(on: date) -> list[str]:
    """Return the versions that certify on a day: two queries."""
    signed = select(ContentAct.module_version_id).where(ContentAct.act == EFFECTIVE).distinct()
    acts = acts_of(list(db.session.scalars(signed)))
    return [id for id, known in acts.items() if is_effective(known, on)]


def counts(model: type[Attempt] | type[Sheet], effective: Collection[str]) -> Condition:
    """Return the condition that a row counts: once content is effective, practice is forgotten."""
    return or_(~model.practice, model.module_version_id.not_in(effective))


def stands(state: str, now: datetime) -> Condition:
    """Return the condition on Enrolment that it stands so: a key of GROUPS or of ATTENTION."""
    effective = effective_versions(now.date())
    attempts = select(Attempt.id).where(
        Attempt.enrolment_id == Enrolment.id,
        counts(Attempt, effective),
        ~is_voided(given_back=True),
    )
    handed_in = attempts.join(Submission, Submission.attempt_id == Attempt.id)
    with_result = select(Result.id).where(results.of_attempt())
    tried = attempts.exists()
    passed = attempts.join(Result, results.of_attempt()).where(Result.passed).exists()
    unsent = ~select(Submission.id).where(Submission.attempt_id == Attempt.id).exists()
    is_open = attempts.where(unsent).exists()
    waits = handed_in.where(~with_result.exists()).exists()
    read = select(LessonRead.id).where(LessonRead.enrolment_id == Enrolment.id).exists()
    due = _practical_due(effective)
    failed = and_(tried, ~passed, ~is_open, ~waits)
    conditions: dict[str, Condition] = {
        rules.NOT_STARTED: and_(~tried, ~read),
        rules.READING: and_(~tried, read),
        rules.OPEN: and_(is_open, ~passed),
        rules.WAITING: and_(waits, ~is_open, ~passed),
        rules.FAILED: failed,
        rules.PRACTICAL: and_(passed, due),
        rules.COMPLETE: and_(passed, not_(due)),
        rules.IDLE: and_(~tried, ~read, Enrolment.enrolled_at < now - rules.IDLE_AFTER),
    }
    if state == rules.USED_UP:
        return and_(failed, _used_up(attempts))
    return conditions[state]


def _practical_due(effective: Collection[str]) -> Condition:
    shown = (
        select(Sheet.id)
        .join(PracticalResult, PracticalResult.sheet_id == Sheet.id)
        .where(
            Sheet.enrolment_id == Enrolment.id,
            Sheet.practical_id == Practical.id,
            PracticalResult.passed,
            counts(Sheet, effective),
        )
    )
    return (
        select(Practical.id)
        .where(Practical.module_version_id == Enrolment.module_version_id, ~shown.exists())
        .exists()
    )


def _used_up(attempts: sa.Select[Any]) -> Condition:
    """Return the condition that as many attempts count as the rule gives, and no plan since."""
    given = {
        id: int(manifest["pass"]["attempts"])
        for id, manifest in db.session.execute(select(ModuleVersion.id, ModuleVersion.manifest))
    }
    if not given:
        return sa.false()
    planned = select(RemediationPlan.id).where(
        RemediationPlan.enrolment_id == Enrolment.id,
        RemediationPlan.recorded_at
        > select(sa.func.max(Submission.submitted_at))
        .join(Attempt, Attempt.id == Submission.attempt_id)
        .where(Attempt.enrolment_id == Enrolment.id)
        .correlate(Enrolment)
        .scalar_subquery(),
    )
    number = attempts.with_only_columns(sa.func.count(Attempt.id)).scalar_subquery()
    most = sa.case(given, value=Enrolment.module_version_id, else_=2**31 - 1)
    return and_(number >= most, ~planned.exists())
