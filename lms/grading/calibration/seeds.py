"""Anchors that come again before live answers: laid, shown, marked and signed like any of these.

To the marker one is an answer whose id is the seed's: what pages need of it is made up from the
answer that comes behind it. It counts for no learner, and is in no queue, pile or figure but the
lead's.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import aliased

from lms import clock
from lms.actor import SYSTEM, Actor, Proof
from lms.assessment.models import Attempt, AttemptItem, Response, Submission
from lms.curriculum.models import ModuleVersion, Question
from lms.db import db, insert_once
from lms.errors import N_, Conflict
from lms.grading.calibration.models import Anchor, AnchorSeed, SeedMark
from lms.grading.calibration.queries import anchors_of, is_on
from lms.grading.calibration.rules.passing import FEWEST
from lms.grading.calibration.rules.seeding import is_seeded, seldom_seen
from lms.grading.models import Mark
from lms.grading.queries import Waiting, rubric_of
from lms.grading.rules import check_levels
from lms.grading.turns.rules import in_order
from lms.records.actions import record, sign
from lms.records.models import Signature
from lms.settings import setting

_EARLIER = timedelta(days=3)  # so much earlier, at most, a seed seems to be handed in


def before(item_id: str | None, by: Actor) -> str | None:
    """Return what comes to a marker: an anchor where one is due before this answer, else it.

    Once before each answer; whoever comes back to it has the answer.
    """
    if item_id is None or not is_on() or not is_seeded(by.id, item_id, setting("SECRET_KEY")):
        return item_id
    question_id = db.session.get_one(AttemptItem, item_id).question_id
    anchors = anchors_of([question_id]).get(question_id, [])
    if len(anchors) < FEWEST or any(one.agreed_by == by.id for one in anchors):
        return item_id
    chosen = seldom_seen(in_order(by.id, [one.id for one in anchors]), _seen(by))
    assert chosen is not None
    row, created = insert_once(
        AnchorSeed,
        ("marker_id", "item_id"),
        anchor_id=chosen,
        marker_id=by.id,
        item_id=item_id,
        laid_at=clock.now(),
    )
    if not created:
        return item_id
    record("answer.seeded", row, by=SYSTEM)
    return row.id


def _seen(by: Actor) -> dict[str, int]:
    statement = (
        select(AnchorSeed.anchor_id, func.count())
        .where(AnchorSeed.marker_id == by.id)
        .group_by(AnchorSeed.anchor_id)
    )
    return {row[0]: row[1] for row in db.session.execute(statement)}


@dataclass(frozen=True)
class Seed:
    """An anchor before a marker, as `Waiting` and a response that no table holds."""

    row: AnchorSeed
    mark: SeedMark | None
    waiting: Waiting
    response: Response

    @property
    def next(self) -> str:
        """Return the answer that comes behind it."""
        return self.row.item_id


def seed_of(id: str, by: Actor) -> Seed | None:
    """Return the anchor that lies before `by` under this id, None where it is an answer's."""
    if not is_on():
        return None
    row = db.session.execute(_seeds(by).where(AnchorSeed.id == id)).first()
    return _made_up(row, by) if row else None


def unsigned(by: Actor) -> list[Waiting]:
    """Return the seeds that `by` marked and did not sign yet, as they are listed with answers."""
    if not is_on():
        return []
    signed = exists().where(Signature.subject_id == SeedMark.id, Signature.meaning == "graded")
    rows = db.session.execute(_seeds(by).where(SeedMark.levels != {}, ~signed))
    return [_made_up(row, by).waiting for row in rows]


def _seeds(by: Actor) -> Select[*tuple[Any, ...]]:
    newer = aliased(SeedMark)
    newest = ~exists().where(newer.seed_id == SeedMark.seed_id, newer.number > SeedMark.number)
    return (
        select(
            AnchorSeed, Anchor, SeedMark, AttemptItem, Attempt, Submission, ModuleVersion, Question
        )
        .join(Anchor, Anchor.id == AnchorSeed.anchor_id)
        .join(AttemptItem, AttemptItem.id == AnchorSeed.item_id)
        .join(Attempt, Attempt.id == AttemptItem.attempt_id)
        .join(Submission, Submission.attempt_id == Attempt.id)
        .join(ModuleVersion, ModuleVersion.id == Attempt.module_version_id)
        .join(Question, Question.id == AttemptItem.question_id)
        .outerjoin(SeedMark, (SeedMark.seed_id == AnchorSeed.id) & newest)
        .where(AnchorSeed.marker_id == by.id)
    )


def _made_up(row: Any, by: Actor) -> Seed:
    """Make of an anchor what pages show of an answer; nothing of it enters the session."""
    seed, anchor, mark, item, attempt, submission, version, question = row
    return Seed(
        seed,
        mark,
        Waiting(
            item=AttemptItem(
                id=seed.id,
                attempt_id=seed.id,
                position=item.position,
                question_id=item.question_id,
                kind=item.kind,
                variant=item.variant,
                shown=item.shown,
                shown_digest=item.shown_digest,
                points=item.points,
            ),
            attempt=Attempt(
                id=seed.id,
                enrolment_id=seed.id,
                person_id="",
                module_version_id=attempt.module_version_id,
                number=1,
                locale=attempt.locale,
                started_at=attempt.started_at,
                deadline=attempt.deadline,
                practice=attempt.practice,
            ),
            submission=Submission(
                id=seed.id,
                attempt_id=seed.id,
                how=submission.how,
                submitted_at=_earlier(seed.id, submission.submitted_at),
            ),
            version=version,
            question=question,
            mark=_as_mark(mark, anchor, by) if mark else None,
        ),
        Response(id=seed.id, attempt_id=seed.id, item_id=seed.id, given={"text": anchor.text}),
    )


def _earlier(seed_id: str, moment: datetime) -> datetime:
    """Return a moment before another that gives nothing away, the same at every look."""
    share = int.from_bytes(sha256(seed_id.encode()).digest()[:4]) / 2**32
    return moment - _EARLIER * share


def _as_mark(mark: SeedMark, anchor: Anchor, by: Actor) -> Mark:
    return Mark(
        id=mark.id,
        item_id=mark.seed_id,
        number=mark.number,
        marker_id=by.id,
        response_id=None,
        rubric_digest=anchor.rubric_digest,
        levels=mark.levels,
        comment=mark.comment,
        marked_at=mark.marked_at,
    )


def mark_seed(
    seed: Seed, levels: dict[str, int], comment: str, read_number: int, by: Actor
) -> Mark:
    """Append what a marker gives a seed; returns it as a mark that no table holds.

    Raises:
        Conflict: it was marked in another tab since the page was opened.
        RuleBroken: levels missing.
    """
    last = seed.mark.number if seed.mark else 0
    if last != read_number:
        raise Conflict(N_("Somebody else marked this answer in the meantime. Look at it again."))
    check_levels(rubric_of(seed.waiting.question.id).key["criteria"], levels)
    row = _append(seed, levels, comment, "answer.seed-marked", by)
    return _as_mark(row, db.session.get_one(Anchor, seed.row.anchor_id), by)


def take_back_seed(seed: Seed, by: Actor) -> str:
    """Take a seed's mark back by a row that reverses it; it lies before `by` again."""
    if seed.mark and seed.mark.levels:
        _append(seed, {}, "", "answer.seed-mark-taken-back", by)
    return seed.row.id


def _append(seed: Seed, levels: dict[str, int], comment: str, what: str, by: Actor) -> SeedMark:
    row, created = insert_once(
        SeedMark,
        ("seed_id", "number"),
        seed_id=seed.row.id,
        number=(seed.mark.number if seed.mark else 0) + 1,
        levels=levels,
        comment=comment.strip(),
        marked_at=clock.now(),
    )
    if created:
        record(what, row, by=by)
    return row


def sign_seeds(mark_ids: Collection[str], proof: Proof, by: Actor) -> list[Mark]:
    """Sign "graded" on those marks among some that were given to seeds; returns these."""
    marks = [one.mark for one in unsigned(by) if one.mark and one.mark.id in mark_ids]
    for mark in marks:
        sign(db.session.get_one(SeedMark, mark.id), meaning="graded", by=by, proof=proof)
    return marks
