"""Answers that two mark, in every state, and markers who do or do not meet agreed levels.

Nobody is held to either where the settings are off; what was done by them is there all the same.
"""

from collections.abc import Iterable, Mapping

from sqlalchemy import select

from lms import clock
from lms.actor import Actor
from lms.assessment import actions as assessment
from lms.assessment.models import AttemptItem
from lms.assessment.queries import items_of
from lms.curriculum.models import Question
from lms.curriculum.queries import lessons_of, newest_version, questions_of
from lms.db import db, transaction
from lms.demo.cast import TWICE
from lms.demo.essays import ANCHORS, BALANCE
from lms.demo.given import right_answer
from lms.demo.signing import checked, member
from lms.grading import actions as grading
from lms.grading import queries as marking
from lms.grading.calibration import actions as calibration
from lms.grading.calibration import queries as calibrating
from lms.grading.calibration.models import Anchor
from lms.grading.models import SecondCall
from lms.grading.moderation import actions as moderation
from lms.grading.moderation import queries as twice
from lms.grading.moderation.calls import call_second_marker
from lms.grading.moderation.rules.calling import NEAR
from lms.learning.actions import read_lesson
from lms.learning.queries import own_enrolment

MODULE, CALIBRATED = "FND103", "FND101"
NAMES = ("technical", "evidence", "patient", "clarity")
Levels = tuple[int, int, int, int]
# What each learner's text is worth to the first marker, and to the second; None: not looked at yet.
GIVEN: tuple[tuple[Levels, Levels | None], ...] = (
    ((3, 2, 2, 3), (3, 2, 2, 3)),
    ((2, 2, 3, 2), (2, 3, 3, 2)),
    ((4, 3, 2, 2), (4, 3, 2, 2)),
    ((2, 1, 2, 3), (2, 2, 2, 3)),
    ((3, 3, 2, 2), (3, 3, 3, 2)),
    ((2, 2, 2, 2), (2, 2, 2, 2)),
    ((3, 2, 3, 2), (3, 2, 3, 3)),
    ((1, 2, 1, 2), (1, 2, 2, 2)),
    ((2, 3, 1, 2), (2, 3, 3, 3)),  # too far apart: a third person has set the mark
    ((3, 1, 2, 2), (1, 1, 2, 3)),  # too far apart: waits for one
    ((2, 2, 3, 3), None),
)
SETTLED = 8


def play_moderation() -> None:
    """Let people sit a paper, two mark it and a third moderate, and levels be agreed; once."""
    with transaction():
        if db.session.scalar(select(SecondCall.id).limit(1)) is None:
            _mark_twice()
        if db.session.scalar(select(Anchor.id).limit(1)) is None:
            _calibrate()


def _mark_twice() -> None:
    first, second, third = (member(f"instructor{n}") for n in ("", "2", "3"))
    if newest_version(MODULE) is None:
        return
    items = [_sit(one.login, given[0]) for one, given in zip(TWICE, GIVEN, strict=True)]
    for item, (levels, _other) in zip(items, GIVEN, strict=True):
        _mark_first(item, levels, first)
    ids = {one.mark.id for one in marking.unsigned(first) if one.mark and one.item.id in items}
    grading.sign_marks(mark_ids=ids, checked=checked(first), by=first)
    for item in items:
        call_second_marker(item, NEAR, by=first)  # by rule they are called where the setting is on
    for item, (_levels, other) in zip(items, GIVEN, strict=True):
        if other:
            _mark_second(item, other, second)
    given = [one for one in twice.unsigned(second, clock.now()) if one.item.id in items]
    ids = {one.own.id for one in given if one.own}
    moderation.sign_seconds(mark_ids=ids, checked=checked(second), by=second)
    moderation.moderate(
        item_id=items[SETTLED],
        levels=_named((2, 3, 2, 2)),
        comment="You stop the step. Say what happens to lot 26-113, which is with patients.",
        reason="The step is stopped, so it is not level 1; the released lot is left out, so not 3.",
        checked=checked(third),
        by=third,
    )
    _release(items[:SETTLED], first)


def _sit(login: str, worth: Levels) -> str:
    """Let a learner read and hand in, machine-marked answers right; returns the essay's item."""
    learner = member(login)
    found = own_enrolment(MODULE, learner)
    assert found is not None, "the cast enrols them"
    enrolment, version = found
    for lesson in lessons_of(version.id):
        read_lesson(enrolment=enrolment, lesson=lesson, by=learner)
    attempt = assessment.start_attempt(
        enrolment=enrolment, version=version, locale="en", by=learner
    )
    keys = {question.id: (question, key) for question, key in questions_of(version.id)}
    essay = ""
    for number, item in enumerate(items_of(attempt.id), 1):
        fields = right_answer(*keys[item.question_id], item.variant)
        if item.kind == "essay":
            essay, fields = item.id, {"text": [_text(worth)]}
        if fields:
            assessment.save_response(
                attempt_id=attempt.id,
                item_id=item.id,
                client="demonstration",
                sequence=number,
                seen=number - 1,
                fields=fields,
                claimed_at=clock.now().isoformat(),
                by=learner,
            )
    assessment.submit_attempt(attempt_id=attempt.id, by=learner)
    return essay


def _text(worth: Levels) -> str:
    passages = (BALANCE[name][level - 1] for name, level in zip(NAMES, worth, strict=True))
    return "\n\n".join(passages)


def _named(levels: Levels) -> dict[str, int]:
    return dict(zip(NAMES, levels, strict=True))


def _mark_first(item: str, levels: Levels, by: Actor) -> None:
    grading.mark_answer(
        item_id=item, levels=_named(levels), comment="See the model answer.", read_number=0, by=by
    )


def _mark_second(item: str, levels: Levels, by: Actor) -> None:
    moderation.mark_second(
        item_id=item, levels=_named(levels), note="As the rubric says.", read_number=0, by=by
    )


def _release(items: Iterable[str], by: Actor) -> None:
    """Let those results out about which the two agree."""
    ids = list(items)
    found = db.session.scalars(select(AttemptItem.attempt_id).where(AttemptItem.id.in_(ids)))
    grading.release_results(attempt_ids=sorted(found), checked=checked(by), by=by)


def _calibrate() -> None:
    """Let the owner agree on levels of an essay; one marker meets them, the other not yet."""
    version = newest_version(CALIBRATED)
    question = version and next(
        (one for one, _key in questions_of(version.id) if one.kind == "essay"), None
    )
    if not question:
        return
    owner = member("owner")
    for number, (text, levels, reasons) in enumerate(ANCHORS):
        calibration.agree_on_anchor(
            question_id=question.id,
            text=text,
            levels=_named(levels),
            reasons=dict(zip(NAMES, reasons, strict=True)),
            item_id=None,
            read_number=number,
            checked=checked(owner),
            by=owner,
        )
    _try(question, member("instructor"), {(4, 4, 4, 4): (4, 4, 3, 4), (2, 1, 1, 1): (2, 2, 1, 1)})
    _try(question, member("instructor2"), {(3, 2, 3, 2): (4, 4, 3, 3), (1, 0, 0, 1): (2, 1, 1, 2)})


def _try(question: Question, by: Actor, otherwise: Mapping[Levels, Levels]) -> None:
    """Let a marker give the agreed levels, but for some answers others."""
    course = calibrating.course(question.id, by)
    for anchor in course.waiting:
        agreed: Levels = tuple(anchor.levels[name] for name in NAMES)
        levels = _named(otherwise.get(agreed, agreed))
        calibration.mark_anchor(anchor_id=anchor.id, levels=levels, number=course.number, by=by)
