"""Read what leads of markers see: questions without anchors, released answers, drift.

A lead is an owner of content, or an instructor whose role holds over the whole hub: the levels that
they agree on bind the markers of every site. Answers and names are those under the lead's roles.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import aliased

from lms.actor import Actor
from lms.assessment.models import Attempt, AttemptItem, Response, Result
from lms.assessment.results import of_attempt
from lms.curriculum.models import ModuleVersion, Question
from lms.db import db
from lms.errors import NotAllowed
from lms.grading.calibration import queries
from lms.grading.calibration.models import Anchor, AnchorSeed, Calibration, SeedMark
from lms.grading.calibration.rules.passing import (
    FEWEST,
    Difference,
    Tally,
    differences,
    has_drifted,
    tally,
)
from lms.grading.models import Mark
from lms.learning.models import Enrolment
from lms.people.models import Organisation, Person

LEADS = ("owner", "instructor")


def is_lead(by: Actor) -> bool:
    """Tell whether `by` may agree on levels for all markers of a question."""
    return by.has("owner") or by.at_root("instructor")


def check_lead(by: Actor) -> None:
    """Refuse whoever leads no markers.

    Raises:
        NotAllowed: neither an owner nor an instructor of the whole hub.
    """
    if not is_lead(by):
        raise NotAllowed()


@dataclass(frozen=True)
class Listed:
    """A question on the lead's list: how many anchors stand, how many markers met their levels."""

    question: Question
    version: ModuleVersion
    anchors: int
    passed: int

    @property
    def is_short(self) -> bool:
        """Tell whether it has too few anchors, so that it is open to every marker."""
        return self.anchors < FEWEST


def listed(by: Actor) -> list[Listed]:
    """Return the questions that people mark as texts, those with too few anchors among them.

    Four queries, whatever the number of questions.

    Raises:
        NotAllowed: `by` leads no markers.
    """
    check_lead(by)
    anchors = queries.anchors_of()
    today = {id: found[0].rubric_digest for id, found in anchors.items()}
    statement = select(Calibration.question_id, Calibration.rubric_digest, func.count()).where(
        Calibration.passed
    )
    passed = {
        (row[0], row[1]): row[2]
        for row in db.session.execute(
            statement.group_by(Calibration.question_id, Calibration.rubric_digest)
        )
    }
    return [
        Listed(
            question,
            version,
            len(anchors.get(question.id, [])),
            passed.get((question.id, today.get(question.id, "")), 0),
        )
        for question, version in queries.questions_with_texts(anchors)
    ]


def anchors(question_id: str, by: Actor) -> tuple[Question, ModuleVersion, list[Anchor]]:
    """Return a question with the anchors that stand, texts and reasons too.

    Raises:
        NotAllowed: `by` leads no markers.
        NotFound: there is no such question.
    """
    check_lead(by)
    question, version = queries.text_question(question_id)
    ids = [one.id for one in queries.anchors_of([question_id]).get(question_id, [])]
    statement = select(Anchor).where(Anchor.id.in_(ids)).order_by(Anchor.number)
    whole = statement.execution_options(populate_existing=True)
    return question, version, list(db.session.scalars(whole))


@dataclass(frozen=True)
class Given:
    """A released answer to choose from, without any name: its text, the levels it was given."""

    item_id: str
    text: str
    levels: dict[str, int]
    comment: str


def released_answers(question_id: str, by: Actor, limit: int = 20) -> list[Given]:
    """Return released answers to a question that were written, the newest first, without names.

    Raises:
        NotAllowed: `by` leads no markers.
    """
    check_lead(by)
    rows = db.session.execute(_released(question_id, by).limit(limit))
    return [_given(row) for row in rows]


def released_answer(question_id: str, item_id: str, by: Actor) -> Given | None:
    """Return one of them, None where it is none.

    Raises:
        NotAllowed: `by` leads no markers.
    """
    check_lead(by)
    row = db.session.execute(_released(question_id, by).where(AttemptItem.id == item_id)).first()
    return _given(row) if row else None


def _given(row: Any) -> Given:
    return Given(row[0], row[1]["text"], dict(row[2]), row[3])


def _released(question_id: str, by: Actor) -> Select[*tuple[Any, ...]]:
    newer = aliased(Mark)
    return (
        select(AttemptItem.id, Response.given, Mark.levels, Mark.comment)
        .join(Attempt, Attempt.id == AttemptItem.attempt_id)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .join(Result, of_attempt())
        .join(Mark, Mark.item_id == AttemptItem.id)
        .join(Response, Response.id == Mark.response_id)
        .where(
            AttemptItem.question_id == question_id,
            _under(by, Enrolment.delivering_id),
            ~exists().where(newer.item_id == Mark.item_id, newer.number > Mark.number),
            Mark.levels != {},
            Response.given.is_not(None),
        )
        .order_by(Result.released_at.desc(), AttemptItem.id)
    )


@dataclass(frozen=True)
class Marker:
    """A marker of a question, for its lead.

    Attributes:
        tries: finished; passed_at: when the levels of today's rubric were met.
        last: what the newest try came to.
        seeds: anchors that came again among live answers; since: what they come to.
    """

    name: str
    tries: int
    passed_at: datetime | None
    last: Tally | None
    seeds: int
    since: Tally

    @property
    def drifts(self) -> bool:
        """Tell whether the lead should talk to them."""
        return has_drifted(self.seeds, self.since)


def markers(question_id: str, rubric_digest: str, by: Actor) -> list[Marker]:
    """Return who tried the anchors of a question or met them again, by name: two queries.

    Raises:
        NotAllowed: `by` leads no markers.
    """
    check_lead(by)
    tries: dict[tuple[str, str], list[Calibration]] = defaultdict(list)
    statement = (
        select(Person.id, Person.name, Calibration)
        .join(Calibration, Calibration.marker_id == Person.id)
        .where(Calibration.question_id == question_id, _under(by, Person.organisation_id))
        .order_by(Calibration.number)
    )
    for id, name, one in db.session.execute(statement):
        tries[id, name].append(one)
    seeds = _seeded(question_id, by)
    return [
        _marker(who[1], tries[who], seeds.get(who, []), rubric_digest)
        for who in sorted(tries.keys() | seeds.keys(), key=lambda who: (who[1], who[0]))
    ]


def _marker(
    name: str, tries: list[Calibration], seeds: list[list[Difference]], rubric_digest: str
) -> Marker:
    passed = (one.finished_at for one in tries if one.passed and one.rubric_digest == rubric_digest)
    last = tries[-1] if tries else None
    return Marker(
        name=name,
        tries=len(tries),
        passed_at=next(passed, None),
        last=Tally(last.close, last.of, last.gates, 0) if last else None,
        seeds=len(seeds),
        since=tally(row for one in seeds for row in one),
    )


def _seeded(question_id: str, by: Actor) -> dict[tuple[str, str], list[list[Difference]]]:
    """Return for each marker how they marked the anchors that came again."""
    newer = aliased(SeedMark)
    statement = (
        select(Person.id, Person.name, SeedMark.levels, Anchor.levels)
        .join(AnchorSeed, AnchorSeed.marker_id == Person.id)
        .join(SeedMark, SeedMark.seed_id == AnchorSeed.id)
        .join(Anchor, Anchor.id == AnchorSeed.anchor_id)
        .where(
            Anchor.question_id == question_id,
            _under(by, Person.organisation_id),
            ~exists().where(newer.seed_id == SeedMark.seed_id, newer.number > SeedMark.number),
            SeedMark.levels != {},
        )
    )
    found: dict[tuple[str, str], list[list[Difference]]] = defaultdict(list)
    for id, name, given, agreed in db.session.execute(statement):
        found[id, name].append(differences(given, agreed))
    return found


def _under(by: Actor, column: Any) -> ColumnElement[bool]:
    """Return the condition that an organisation lies under the lead's roles."""
    inside = sa.or_(*(Organisation.path.like(path + "%") for path in by.paths(*LEADS)), sa.false())
    found: ColumnElement[bool] = column.in_(select(Organisation.id).where(inside))
    return found
