"""Start an attempt, keep what is answered, take it over, close it; scoring and deciding follow."""

from datetime import datetime
from random import SystemRandom
from typing import Any, Literal

from sqlalchemy.exc import IntegrityError

from lms import clock
from lms.actor import SYSTEM, Actor
from lms.assessment import paper, queries, rules
from lms.assessment.chances import chance
from lms.assessment.models import (
    Attempt,
    AttemptItem,
    Lease,
    Response,
    Submission,
)
from lms.assessment.retakes import check_may_start
from lms.assessment.scoring import score_attempt
from lms.assessment.standing import CLOSER, CLOSING, GRACE, standing
from lms.assessment.timing.actions import keep_allowance
from lms.assessment.timing.queries import allowed, deadline_of, on_paper
from lms.curriculum import exams
from lms.curriculum.kind import Plain
from lms.curriculum.models import ModuleVersion
from lms.curriculum.queries import is_effective, prompts, questions_of
from lms.db import Overtaken, db, insert_once
from lms.errors import N_, Conflict, NotFound, RuleBroken
from lms.learning.models import Enrolment
from lms.people.queries import hold_person
from lms.records.actions import record

_rng = SystemRandom()
_WRITTEN = N_("This attempt is written on paper. Your invigilator takes over what is on the sheet.")


def start_attempt(
    *, enrolment: Enrolment, version: ModuleVersion, locale: str, by: Actor
) -> Attempt:
    """Give the learner a paper, materialised now; an open attempt is given back instead.

    Raises:
        NotFound: the enrolment is somebody else's.
        RuleBroken: passed already, still waiting for a result, too soon, or no attempt left; it is
            for an exam, which begins in its sitting alone.
    """
    if exams.is_exam(version):
        raise RuleBroken(N_("An exam begins in its sitting, with the code of the room."))
    return give_paper(enrolment=enrolment, version=version, locale=locale, by=by)


def give_paper(
    *,
    enrolment: Enrolment,
    version: ModuleVersion,
    locale: str,
    by: Actor,
    seated: bool = False,
) -> Attempt:
    """Do what `start_attempt` says, for an exam too: whoever calls it knows that it may begin.

    Args:
        seated: `by` is who gives the learner the paper, on paper, and not the learner.
    """
    learner = enrolment.person_id
    if learner != by.id and not seated:
        raise NotFound()
    earlier = queries.attempts_of(enrolment.id)
    if earlier and earlier[-1][1] is None:
        return earlier[-1][0]
    manifest: dict[str, Any] = version.manifest
    now = clock.now()
    check_may_start(chance(enrolment.id, version, earlier, now).following)
    minutes = manifest["paper"]["minutes"]
    extra = allowed(learner, minutes, now.date())
    attempt, created = insert_once(
        Attempt,
        ("enrolment_id", "number"),
        enrolment_id=enrolment.id,
        person_id=learner,
        module_version_id=version.id,
        number=len(earlier) + 1,
        locale=locale,
        started_at=now,
        deadline=rules.deadline(now, minutes, extra.extra_minutes if extra else 0),
        practice=not all(is_effective(id, now.date()) for id in exams.parts_of(version)),
    )
    if created:
        record("attempt.started", attempt, by=by)
        if extra:
            keep_allowance(attempt, extra, by=by)
        _set_paper(attempt, version, by)
    return attempt


def _set_paper(attempt: Attempt, version: ModuleVersion, by: Actor) -> None:
    seen, kinds, first = queries.exposure(attempt.person_id), queries.kinds(), 0
    for id, part in exams.parts_of(version).items():
        pairs, block = questions_of(id), prompts(id)
        drawn = list(paper.draw(part, pairs, kinds, seen, attempt.locale, _rng, block))
        for values in drawn:
            values["position"] += first
            item = AttemptItem(attempt_id=attempt.id, **values)
            db.session.add(item)
            record("paper.item-set", item, by=by)
        first += len(drawn)


def save_response(
    *,
    attempt_id: str,
    item_id: str,
    client: str,
    sequence: int,
    seen: int,
    fields: dict[str, list[str]],
    claimed_at: str,
    by: Actor,
    file: Plain | Literal[False] | None = False,
) -> Response:
    """Keep an answer as it was given; sending it again gives the first answer back.

    Args:
        client: the tab or device; sequence: its own count, from 1.
        seen: the last server number that the page knew.
        fields: the item's form fields as typed.
        claimed_at: when the device says it was given.
        file: of a question that is answered with a file, what was taken into the store, or None
            where it was taken away; False: nothing of the sort was sent.

    Returns:
        The response that stands, whose `standing` says whether it counts.

    Raises:
        NotFound: no such item in an attempt of this person.
    """
    item, state, last, epoch = queries.saving(attempt_id, item_id, by)
    now = clock.now()
    kind = queries.kinds().get(item.kind)
    if kind is None:
        raise RuleBroken(N_("Questions of this kind cannot be answered at the moment."))
    if kind.takes_files and file is False:
        raise RuleBroken(N_("A file is sent with the page's button Save."))
    return append_response(
        "response.saved",
        by,
        attempt_id=attempt_id,
        item_id=item_id,
        client=client,
        sequence=sequence,
        number=last + 1,
        seen=seen,
        given=(file or None) if kind.takes_files else kind.read(fields),
        standing=standing(state, client=client, seen=seen, now=now),
        claimed_at=claimed_at[:40],
        received_at=now,
        epoch=epoch,
    )


def append_response(what: str, by: Actor, **values: Any) -> Response:
    """Append to an attempt's responses, once for each client and sequence.

    The number is taken by whoever commits first: so no two rows of an attempt are written
    without one having seen the other, and the loser runs again.

    Raises:
        Overtaken: somebody else took the number.
    """
    try:
        response, created = insert_once(Response, ("attempt_id", "client", "sequence"), **values)
    except IntegrityError as error:
        raise Overtaken from error
    if created:
        record(what, response, by=by)
    return response


def take_over(*, attempt_id: str, client: str, by: Actor) -> Lease:
    """Let another tab or device of the learner go on with the attempt.

    Raises:
        NotFound: not the actor's attempt.
        Conflict: the attempt is closed.
    """
    attempt, _version, submission = queries.own_attempt(attempt_id, by)
    if submission is not None:
        raise Conflict(N_("This attempt is already handed in."))
    if on_paper(attempt_id):
        raise Conflict(_WRITTEN)
    return add_lease(attempt, client, by)


def add_lease(attempt: Attempt, client: str, by: Actor) -> Lease:
    """Append that a client holds an attempt from here on."""
    lease = Lease(
        attempt_id=attempt.id,
        number=queries.lease_number(attempt.id) + 1,
        client=client,
        taken_at=clock.now(),
    )
    db.session.add(lease)
    record("attempt.taken-over", lease, by=by)
    return lease


def submit_attempt(*, attempt_id: str, by: Actor) -> Submission:
    """Hand the attempt in; a second time gives the first submission back.

    Raises:
        NotFound: not the actor's attempt.
        Conflict: it is written on paper.
    """
    hold_person(by.id)  # whoever puts it on paper does so too
    attempt, _version, submission = queries.own_attempt(attempt_id, by)
    if submission is None and on_paper(attempt_id):
        raise Conflict(_WRITTEN)
    now = clock.now()
    over = now > deadline_of(attempt) + GRACE
    return close_attempt(attempt, "deadline" if over else "learner", now, by)


def close_overdue(attempt_id: str) -> None:
    """Close an attempt whose deadline has passed, on behalf of the clock."""
    attempt = db.session.get(Attempt, attempt_id)
    if attempt is None:
        return
    hold_person(attempt.person_id)  # whoever gives more minutes does so too
    if not on_paper(attempt_id) and clock.now() > deadline_of(attempt) + GRACE:
        close_attempt(attempt, "deadline", clock.now(), SYSTEM)


def close_attempt(attempt: Attempt, how: str, now: datetime, by: Actor) -> Submission:
    """Append the closing row and the submission of an attempt, and score it; once."""
    last, epoch = queries.last_number(attempt.id), queries.epoch()
    append_response(
        "attempt.closed",
        by,
        attempt_id=attempt.id,
        item_id=None,
        client=CLOSER,
        sequence=1,
        number=last + 1,
        seen=last,
        given=None,
        standing=CLOSING,
        claimed_at="",
        received_at=now,
        epoch=epoch,
    )
    submission, created = insert_once(
        Submission, ("attempt_id",), attempt_id=attempt.id, how=how, submitted_at=now
    )
    if created:
        record("attempt.submitted", submission, by=by)
        score_attempt(attempt, by)
    return submission
