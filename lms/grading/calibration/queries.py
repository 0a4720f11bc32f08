"""Read the anchors of questions and where a marker stands with them; agreed levels stay here until
a marker has given theirs."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased, defer

from lms.actor import Actor
from lms.columns import digest
from lms.curriculum.models import ModuleVersion, Question
from lms.db import db
from lms.errors import NotFound
from lms.grading.calibration.models import Anchor, AnchorMark, AnchorWithdrawal, Calibration
from lms.grading.calibration.rules.passing import FEWEST, OFF, Difference, differences
from lms.grading.queries import rubric_of, rubrics_of
from lms.grading.turns.rules import in_order
from lms.settings import setting

TEXTS = ("essay", "short")  # kinds whose answers are a text, so that one can be written here


def is_on() -> bool:
    """Tell whether markers must meet the agreed levels before they mark."""
    return bool(setting("CALIBRATION") != OFF)


def anchors_of(question_ids: Collection[str] | None = None) -> dict[str, list[Anchor]]:
    """Return for each question the anchors that stand, by its rubric of today, without texts.

    Args:
        question_ids: of these questions alone.
    """
    statement = (
        select(Anchor)
        .where(~_withdrawn())
        .options(defer(Anchor.text), defer(Anchor.reasons))
        .order_by(Anchor.question_id, Anchor.number)
    )
    if question_ids is not None:
        statement = statement.where(Anchor.question_id.in_(question_ids))
    found: dict[str, list[Anchor]] = defaultdict(list)
    for anchor in db.session.scalars(statement):
        found[anchor.question_id].append(anchor)
    if not found:
        return {}
    today = {id: digest(criteria) for id, criteria in rubrics_of(found).items()}
    kept = {
        id: [anchor for anchor in anchors if anchor.rubric_digest == today[id]]
        for id, anchors in found.items()
    }
    return {id: anchors for id, anchors in kept.items() if anchors}


def _withdrawn() -> Any:
    return exists().where(AnchorWithdrawal.anchor_id == Anchor.id)


def closed_to(by: Actor, question_ids: Collection[str]) -> set[str]:
    """Return the questions whose answers `by` may not mark before meeting the agreed levels.

    A question with too few anchors closes to nobody, nor does it to whoever agreed on one of them.
    Three queries at most, one where no question has any.
    """
    if not is_on() or not question_ids:
        return set()
    asked = {
        id: anchors[0].rubric_digest
        for id, anchors in anchors_of(question_ids).items()
        if len(anchors) >= FEWEST and all(anchor.agreed_by != by.id for anchor in anchors)
    }
    if not asked:
        return set()
    passed = select(Calibration.question_id, Calibration.rubric_digest).where(
        Calibration.marker_id == by.id, Calibration.passed, Calibration.question_id.in_(asked)
    )
    return asked.keys() - {row[0] for row in db.session.execute(passed) if asked[row[0]] == row[1]}


@dataclass(frozen=True)
class Tried:
    """An anchor that a marker gave levels to, and how these lie to the agreed ones."""

    anchor: Anchor
    found: list[Difference]


@dataclass(frozen=True)
class Course:
    """Where a marker stands with the anchors of a question.

    Attributes:
        anchors: that stand, in an order of the marker's own.
        tries: finished, first to last, by whatever rubric.
        number: of the try that is open or comes next.
        marks: of all tries, by anchor and number.
    """

    question: Question
    version: ModuleVersion
    criteria: list[dict[str, Any]]
    anchors: list[Anchor]
    tries: Sequence[Calibration]
    number: int
    marks: dict[tuple[str, int], AnchorMark]
    rubric_digest: str

    @property
    def passed(self) -> Calibration | None:
        """Return the try by which the marker met the levels of today's rubric."""
        own = (one for one in self.tries if one.rubric_digest == self.rubric_digest and one.passed)
        return next(own, None)

    @property
    def waiting(self) -> list[Anchor]:
        """Return the anchors that the open try still asks for; none once the levels are met."""
        if self.passed or self.is_short:
            return []
        return [one for one in self.anchors if (one.id, self.number) not in self.marks]

    @property
    def is_short(self) -> bool:
        """Tell whether there are too few anchors to ask anybody."""
        return len(self.anchors) < FEWEST

    def tried(self, number: int) -> list[Tried]:
        """Return what the marker gave in a try."""
        return [
            Tried(one, differences(mark.levels, one.levels))
            for one in self.anchors
            if (mark := self.marks.get((one.id, number)))
        ]


def course(question_id: str, by: Actor) -> Course:
    """Return where `by` stands with the anchors of a question.

    Raises:
        NotFound: no such question, or it never had an anchor.
    """
    question, version = text_question(question_id)
    criteria = rubric_of(question_id).key["criteria"]
    today = digest(criteria)
    every = db.session.scalars(
        select(Anchor).where(Anchor.question_id == question_id).order_by(Anchor.number)
    ).all()
    if not every:
        raise NotFound()
    gone = set(
        db.session.scalars(
            select(AnchorWithdrawal.anchor_id).where(
                AnchorWithdrawal.anchor_id.in_([one.id for one in every])
            )
        )
    )
    standing = {one.id: one for one in every if one.id not in gone and one.rubric_digest == today}
    tries = _tries(question_id, by)
    marks = db.session.scalars(
        select(AnchorMark).where(
            AnchorMark.marker_id == by.id, AnchorMark.anchor_id.in_(list(standing))
        )
    )
    return Course(
        question=question,
        version=version,
        criteria=criteria,
        anchors=[standing[id] for id in in_order(by.id, standing)],
        tries=tries,
        number=1 + max((one.number for one in tries), default=0),
        marks={(mark.anchor_id, mark.number): mark for mark in marks},
        rubric_digest=today,
    )


def _tries(question_id: str, by: Actor) -> Sequence[Calibration]:
    statement = (
        select(Calibration)
        .where(Calibration.question_id == question_id, Calibration.marker_id == by.id)
        .order_by(Calibration.number)
    )
    return db.session.scalars(statement).all()


def text_question(question_id: str) -> tuple[Question, ModuleVersion]:
    """Return a question whose answers are texts that people mark, with its version.

    Raises:
        NotFound: there is none.
    """
    statement = (
        select(Question, ModuleVersion)
        .join(ModuleVersion, ModuleVersion.id == Question.module_version_id)
        .where(Question.id == question_id, Question.kind.in_(TEXTS))
    )
    row = db.session.execute(statement).first()
    if row is None:
        raise NotFound()
    return row[0], row[1]


def anchor_by_id(anchor_id: str) -> Anchor:
    """Return an anchor that stands.

    Raises:
        NotFound: no such anchor, or it is withdrawn.
    """
    statement = select(Anchor).where(Anchor.id == anchor_id, ~_withdrawn())
    found = db.session.scalars(statement).first()
    if found is None:
        raise NotFound()
    return found


@dataclass(frozen=True)
class Asked:
    """A question with anchors, on the list of a marker: how many, whether they met the levels."""

    question: Question
    version: ModuleVersion
    anchors: int
    state: str  # passed, agreed (by them), open


def asked_of(by: Actor) -> list[Asked]:
    """Return the questions that ask for calibration, with where `by` stands: four queries."""
    anchors = {id: found for id, found in anchors_of().items() if len(found) >= FEWEST}
    passed = select(Calibration.question_id, Calibration.rubric_digest).where(
        Calibration.marker_id == by.id, Calibration.passed
    )
    done = {(row[0], row[1]) for row in db.session.execute(passed)}
    return [
        Asked(question, version, len(found), _state(found, done, by))
        for question, version in _questions(anchors)
        for found in [anchors[question.id]]
    ]


def _state(anchors: list[Anchor], done: set[tuple[str, str]], by: Actor) -> str:
    if (anchors[0].question_id, anchors[0].rubric_digest) in done:
        return "passed"
    return "agreed" if any(one.agreed_by == by.id for one in anchors) else "open"


def _questions(ids: Collection[str]) -> list[tuple[Question, ModuleVersion]]:
    statement = (
        select(Question, ModuleVersion)
        .join(ModuleVersion, ModuleVersion.id == Question.module_version_id)
        .where(Question.id.in_(ids))
        .order_by(ModuleVersion.code, ModuleVersion.number, Question.code)
    )
    return [(row[0], row[1]) for row in db.session.execute(statement)]


def questions_with_texts(with_anchors: Collection[str]) -> list[tuple[Question, ModuleVersion]]:
    """Return the questions of the newest versions that people mark as texts, and these others."""
    newer = aliased(ModuleVersion)
    newest = ~exists().where(newer.code == ModuleVersion.code, newer.number > ModuleVersion.number)
    statement = (
        select(Question, ModuleVersion)
        .join(ModuleVersion, ModuleVersion.id == Question.module_version_id)
        .where((Question.kind.in_(TEXTS) & newest) | Question.id.in_(with_anchors))
        .order_by(ModuleVersion.code, ModuleVersion.number, Question.code)
    )
    return [(row[0], row[1]) for row in db.session.execute(statement)]


def last_number(question_id: str) -> int:
    """Return the number of a question's newest anchor, 0 when it never had one."""
    statement = select(func.max(Anchor.number)).where(Anchor.question_id == question_id)
    return db.session.scalar(statement) or 0
