"""Read what stands between people and their next attempt, for many enrolments at once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from lms.assessment import retakes
from lms.assessment.models import RemediationPlan
from lms.assessment.queries import Earlier
from lms.assessment.results import gives_back
from lms.assessment.retakes import Next, Tried, counts_until
from lms.curriculum import rules as curriculum
from lms.curriculum.exams import parts_of
from lms.curriculum.models import ModuleVersion
from lms.curriculum.queries import acts_of
from lms.db import db
from lms.people.models import Person


@dataclass(frozen=True)
class Plan:
    """What an instructor recorded for a learner to learn again."""

    row: RemediationPlan
    instructor: str


@dataclass(frozen=True)
class Chance:
    """The next attempt of an enrolment; `plan` is one that no attempt has followed yet."""

    following: Next
    plan: Plan | None


def chances(
    enrolments: Mapping[str, tuple[ModuleVersion, Sequence[Earlier]]], now: datetime
) -> dict[str, Chance]:
    """Return for each enrolment what stands between its learner and the next attempt.

    At most two queries, whatever the number.

    Args:
        enrolments: by id, the version and every attempt, first to last.
    """
    failed = [id for id, (_version, earlier) in enrolments.items() if _has_failed(earlier)]
    newest = {id: plans[-1] for id, plans in plans_of(failed).items()}
    effective = _effective([one for one in enrolments.values() if _practised(one[1])], now)
    found = {}
    for id, (version, earlier) in enrolments.items():
        plan = newest.get(id)
        tried = _tried(version, earlier, forgets_practice=version.id in effective)
        recorded = plan.row.recorded_at if plan else None
        following = retakes.next_attempt(tried, now, version.manifest["pass"], recorded)
        last = max((one[1].submitted_at for one in earlier if one[1]), default=None)
        is_open = plan is not None and (last is None or plan.row.recorded_at > last)
        found[id] = Chance(following, plan if is_open else None)
    return found


def chance(
    enrolment_id: str, version: ModuleVersion, earlier: Sequence[Earlier], now: datetime
) -> Chance:
    """Return what `chances` does for one enrolment."""
    return chances({enrolment_id: (version, earlier)}, now)[enrolment_id]


def plans_of(enrolment_ids: Collection[str]) -> dict[str, list[Plan]]:
    """Return the plans of each of some enrolments that has any, oldest first: one query or none.

    Whoever asks has narrowed the enrolments to what they may see.
    """
    if not enrolment_ids:
        return {}
    statement = (
        select(RemediationPlan, Person.name)
        .join(Person, Person.id == RemediationPlan.instructor_id)
        .where(RemediationPlan.enrolment_id.in_(enrolment_ids))
        .order_by(RemediationPlan.number)
    )
    found: dict[str, list[Plan]] = {}
    for row, name in db.session.execute(statement):
        found.setdefault(row.enrolment_id, []).append(Plan(row, name))
    return found


def _has_failed(earlier: Sequence[Earlier]) -> bool:
    return any(result is not None and not result.passed for _attempt, _handed_in, result in earlier)


def _practised(earlier: Sequence[Earlier]) -> bool:
    return any(attempt.practice for attempt, _submission, _result in earlier)


def _effective(
    practised: Sequence[tuple[ModuleVersion, Sequence[Earlier]]], now: datetime
) -> set[str]:
    """Return which versions certify now, of those that somebody practised."""
    drawn = {version.id: list(parts_of(version)) for version, _earlier in practised}
    acts = acts_of([id for ids in drawn.values() for id in ids]) if drawn else {}
    now_effective = {id for id, one in acts.items() if curriculum.is_effective(one, now.date())}
    return {id for id, ids in drawn.items() if now_effective.issuperset(ids)}


def _tried(
    version: ModuleVersion, earlier: Sequence[Earlier], *, forgets_practice: bool
) -> list[Tried]:
    """Return the attempts that stand in the way of a further one, as the rules see them.

    Once the content is effective, what was tried for practice no longer counts.
    """
    months = version.manifest.get("requalify_months")
    return [
        Tried(
            submitted_at=submission.submitted_at if submission else None,
            passed=result.passed if result else None,
            counts_until=counts_until(result.shown_on, months) if result else None,
        )
        for attempt, submission, result in earlier
        if not (forgets_practice and attempt.practice) and not gives_back(result)
    ]
