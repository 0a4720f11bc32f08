"""Read attempts: their papers, what counts in them, what waits to be closed or decided."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, select

from lms.actor import Actor
from lms.assessment import results, rules
from lms.assessment.models import (
    Attempt,
    AttemptItem,
    Lease,
    Response,
    Result,
    Score,
    Submission,
)
from lms.assessment.standing import CLOSING, COUNTS, GRACE, State
from lms.assessment.timing.queries import ends_at, is_on_paper
from lms.curriculum.kind import Plain, QuestionKind
from lms.curriculum.models import ModuleVersion, Question
from lms.db import db
from lms.errors import NotFound
from lms.plugins import plugins
from lms.records.models import Epoch

Earlier = tuple[Attempt, Submission | None, Result | None]


def kinds() -> dict[str, QuestionKind]:
    """Return every kind of question that is plugged in, by name."""
    return {kind.name: kind for kind in plugins().collect("question_kinds")}


def own_attempt(attempt_id: str, by: Actor) -> tuple[Attempt, ModuleVersion, Submission | None]:
    """Return one of the actor's own attempts.

    Raises:
        NotFound: there is none of this id, or it is somebody else's.
    """
    statement = (
        select(Attempt, ModuleVersion, Submission)
        .join(ModuleVersion, ModuleVersion.id == Attempt.module_version_id)
        .outerjoin(Submission, Submission.attempt_id == Attempt.id)
        .where(Attempt.id == attempt_id, Attempt.person_id == by.id)
    )
    row = db.session.execute(statement).first()
    if row is None:
        raise NotFound()
    return row[0], row[1], row[2]


def attempts_of(enrolment_id: str) -> list[Earlier]:
    """Return an enrolment's attempts, first to last."""
    statement = (
        select(Attempt, Submission, Result)
        .outerjoin(Submission, Submission.attempt_id == Attempt.id)
        .outerjoin(Result, results.of_attempt())
        .where(Attempt.enrolment_id == enrolment_id)
        .order_by(Attempt.number)
    )
    return [(row[0], row[1], row[2]) for row in db.session.execute(statement)]


def attempts_of_many(enrolment_ids: Collection[str]) -> dict[str, list[Earlier]]:
    """Return the attempts of each of some enrolments, first to last: one query or none.

    Whoever asks has narrowed the enrolments to what they may see.
    """
    found: dict[str, list[Earlier]] = {id: [] for id in enrolment_ids}
    if not found:
        return found
    statement = (
        select(Attempt, Submission, Result)
        .outerjoin(Submission, Submission.attempt_id == Attempt.id)
        .outerjoin(Result, results.of_attempt())
        .where(Attempt.enrolment_id.in_(found))
        .order_by(Attempt.number)
    )
    for attempt, submission, result in db.session.execute(statement):
        found[attempt.enrolment_id].append((attempt, submission, result))
    return found


def attempts_of_person(by: Actor) -> dict[str, tuple[ModuleVersion, list[Earlier]]]:
    """Return the actor's own attempts by enrolment, each first to last; newest enrolment first."""
    statement = (
        select(Attempt, ModuleVersion, Submission, Result)
        .join(ModuleVersion, ModuleVersion.id == Attempt.module_version_id)
        .outerjoin(Submission, Submission.attempt_id == Attempt.id)
        .outerjoin(Result, results.of_attempt())
        .where(Attempt.person_id == by.id)
        .order_by(Attempt.started_at.desc())
    )
    found: dict[str, tuple[ModuleVersion, list[Earlier]]] = {}
    for attempt, version, submission, result in db.session.execute(statement):
        entry = found.setdefault(attempt.enrolment_id, (version, []))
        entry[1].insert(0, (attempt, submission, result))
    return found


def items_of(attempt_id: str) -> Sequence[AttemptItem]:
    """Return the paper of an attempt, in order."""
    statement = (
        select(AttemptItem)
        .where(AttemptItem.attempt_id == attempt_id)
        .order_by(AttemptItem.position)
    )
    return db.session.scalars(statement).all()


def file_items(attempt_id: str, by: Actor) -> dict[str, tuple[int, Plain, int]]:
    """Return the items of the actor's attempt that are answered with files, by id: their places,
    what is shown, and how often an answer came. Of an attempt that is handed in there are none.

    Raises:
        NotFound: not the actor's attempt.
    """
    if own_attempt(attempt_id, by)[2] is not None:
        return {}
    names = [kind.name for kind in kinds().values() if kind.takes_files]
    times = select(func.count(Response.id)).where(Response.item_id == AttemptItem.id)
    statement = select(AttemptItem, times.scalar_subquery()).where(
        AttemptItem.attempt_id == attempt_id, AttemptItem.kind.in_(names)
    )
    return {
        item.id: (item.position, item.shown, count) for item, count in db.session.execute(statement)
    }


def own_file(item_id: str, by: Actor) -> tuple[int, Plain]:
    """Return the place of an item of the actor's, and the file that counts as its answer.

    Raises:
        NotFound: no such item of the actor's, or no file.
    """
    statement = (
        select(AttemptItem)
        .join(Attempt, Attempt.id == AttemptItem.attempt_id)
        .where(AttemptItem.id == item_id, Attempt.person_id == by.id)
    )
    item = db.session.scalars(statement).first()
    if item is None:
        raise NotFound()
    return item.position, file_of(effective(item.attempt_id).get(item_id))


def file_of(response: Response | None) -> Plain:
    """Return the file that a response holds. Raises NotFound."""
    if response is None or not response.given or "file" not in response.given:
        raise NotFound()
    file: Plain = response.given["file"]
    return file


def questions_put(attempt_id: str) -> dict[str, tuple[str, str, str]]:
    """Return by question of a paper its outcome, why it is critical ("": it is not) and the id of
    its version."""
    statement = (
        select(Question.id, Question.outcome, Question.critical, Question.module_version_id)
        .join(AttemptItem, AttemptItem.question_id == Question.id)
        .where(AttemptItem.attempt_id == attempt_id)
    )
    return {row[0]: (row[1], row[2], row[3]) for row in db.session.execute(statement)}


def effective(attempt_id: str) -> dict[str, Response]:
    """Return for each item the response that counts."""
    statement = select(Response).where(
        Response.attempt_id == attempt_id, Response.standing == COUNTS
    )
    return rules.effective(db.session.scalars(statement))


def kept_aside(attempt_id: str) -> dict[str, Response]:
    """Return for each item the last response that was kept and does not count."""
    statement = (
        select(Response)
        .where(
            Response.attempt_id == attempt_id,
            Response.standing.not_in((COUNTS, CLOSING)),
        )
        .order_by(Response.number)
    )
    return {row.item_id: row for row in db.session.scalars(statement) if row.item_id}


def saving(attempt_id: str, item_id: str, by: Actor) -> tuple[AttemptItem, State, int, int]:
    """Return what saving an answer needs, in one query.

    Returns:
        The item, the state of the attempt, the last server number, the database's epoch.

    Raises:
        NotFound: no such item in an attempt of this person.
    """
    same = Response.attempt_id == attempt_id
    first = select(Response.client).where(same).order_by(Response.number).limit(1)
    leased = (
        select(Lease.client)
        .where(Lease.attempt_id == attempt_id)
        .order_by(Lease.number.desc())
        .limit(1)
    )
    counted = select(func.max(Response.number)).where(
        Response.item_id == item_id, Response.standing == COUNTS
    )
    statement = (
        select(
            AttemptItem,
            ends_at(),
            select(Submission.id).where(Submission.attempt_id == attempt_id).scalar_subquery(),
            func.coalesce(leased.scalar_subquery(), first.scalar_subquery()),
            counted.scalar_subquery(),
            select(func.max(Response.number)).where(same).scalar_subquery(),
            select(func.max(Epoch.number)).scalar_subquery(),
        )
        .join(Attempt, Attempt.id == AttemptItem.attempt_id)
        .where(AttemptItem.id == item_id, Attempt.id == attempt_id, Attempt.person_id == by.id)
    )
    row = db.session.execute(statement).first()
    if row is None:
        raise NotFound()
    state = State(row[1], row[2] is not None, row[3], row[4] or 0)
    return row[0], state, row[5] or 0, row[6] or 0


def is_closed(attempt_id: str) -> bool:
    """Tell whether an attempt was handed in, by whomever."""
    statement = select(Submission.id).where(Submission.attempt_id == attempt_id)
    return db.session.scalar(statement) is not None


def last_number(attempt_id: str) -> int:
    """Return the server number of the newest response, 0 before the first."""
    statement = select(func.max(Response.number)).where(Response.attempt_id == attempt_id)
    return db.session.scalar(statement) or 0


def epoch() -> int:
    """Return the number of the database's current epoch, 0 before the first restore."""
    return db.session.scalar(select(func.max(Epoch.number))) or 0


def lease_number(attempt_id: str) -> int:
    """Return how often the attempt was taken over."""
    statement = select(func.max(Lease.number)).where(Lease.attempt_id == attempt_id)
    return db.session.scalar(statement) or 0


def exposure(person_id: str) -> dict[str, int]:
    """Return how often each question was put to a person, in whatever paper."""
    statement = (
        select(AttemptItem.question_id, func.count())
        .join(Attempt, Attempt.id == AttemptItem.attempt_id)
        .where(Attempt.person_id == person_id)
        .group_by(AttemptItem.question_id)
    )
    return {row[0]: row[1] for row in db.session.execute(statement)}


def scores_of(attempt_id: str) -> dict[str, Score]:
    """Return for each machine-marked item its newest score."""
    statement = (
        select(Score)
        .join(AttemptItem, AttemptItem.id == Score.item_id)
        .where(AttemptItem.attempt_id == attempt_id)
        .order_by(Score.number)
    )
    return {score.item_id: score for score in db.session.scalars(statement)}


def overdue(now: datetime, limit: int) -> list[str]:
    """Return attempts whose time, grace included, is over and which nobody has closed.

    What is written on paper is not among them: its sheet is taken over by people.
    """
    statement = (
        select(Attempt.id)
        .outerjoin(Submission, Submission.attempt_id == Attempt.id)
        .where(
            Submission.id.is_(None),
            Attempt.deadline < now - GRACE,  # none ends before it: an index finds these
            ends_at() < now - GRACE,
            ~is_on_paper(),
        )
        .order_by(Attempt.deadline)
        .limit(limit)
    )
    return list(db.session.scalars(statement))
