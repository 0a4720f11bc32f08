"""Two sittings of an exam: one signed, with a pass and a failure in one domain; one open, with a
sheet of paper on which the two who entered it differ."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from lms import clock
from lms.actor import SYSTEM, Actor
from lms.assessment import actions as assessment
from lms.assessment.models import Attempt, AttemptItem
from lms.assessment.queries import items_of
from lms.columns import digest, new_id
from lms.curriculum.exams import questions_by_id
from lms.curriculum.models import ModuleVersion, Question
from lms.curriculum.queries import newest_version
from lms.db import db, transaction
from lms.demo.given import right_answer
from lms.demo.plots import place
from lms.demo.signing import checked, member
from lms.examination import actions, queries, reporting
from lms.examination.models import Sitting
from lms.examination.onpaper import actions as onpaper
from lms.examination.onpaper.rules import PRINTED
from lms.grading.actions import release_result
from lms.learning.actions import enrol
from lms.people.models import Person

PROGRAMME, MODULE, WEAK = "C01", "FND102", "QMS101"
PASSES, FAILS = "tigist", "nour"  # in the sitting that is signed
WRITES, WAITS, UNSEEN = "hana", "asha", "glyph"  # in the one that is open
PEN = "timed"  # whose computer failed there
MISREAD = (7, 12)  # what the second of those who enter the sheet overlooks
Left = Callable[[AttemptItem, Question], bool]


def play_sittings() -> None:
    """Let an instructor hold two sittings of the foundations' exam, once."""
    with transaction():
        held = db.session.scalar(select(Sitting.id).limit(1))
        if held or PROGRAMME not in queries.exams(clock.today()):
            return
    with _hours_ago(50), transaction():
        for login in (PASSES, FAILS, WRITES, WAITS, UNSEEN, PEN):
            _enrol(member(login))
        signed = _open("Room 2.04")
        attempts = {login: _begin(signed, login) for login in (PASSES, FAILS)}
    with _hours_ago(48), transaction():
        weak = _questions_of(WEAK)
        _answer(attempts[PASSES], PASSES, lambda item, one: item.position < 5 and not one.critical)
        _answer(attempts[FAILS], FAILS, lambda item, one: one.id in weak and item.position % 3 > 0)
        for login, attempt in attempts.items():
            _hand_in(attempt, login)
        _note(signed, "The power failed for two minutes. Every laptop went on; no time was lost.")
        _sign(signed)
    with _hours_ago(47), transaction():
        by = member("instructor2")
        for attempt in attempts.values():
            release_result(attempt_id=attempt.id, checked=checked(by), by=by)
    with _hours_ago(4), transaction():
        here = _open("Room 3.11")
        sheet = _seat_on_paper(here, PEN)
    with transaction():
        _enter_twice(sheet)
        _look(here, WAITS)
        _answer(_begin(here, WRITES), WRITES, lambda item, _question: item.position > 12)


@contextmanager
def _hours_ago(hours: int) -> Iterator[None]:
    clock.set_clock(lambda: datetime.now(UTC) - timedelta(hours=hours))
    try:
        yield
    finally:
        clock.set_clock(None)


def _enrol(learner: Actor) -> None:
    """Enrol somebody for the programme, by a module that they have not begun."""
    person, version = db.session.get_one(Person, learner.id), newest_version(MODULE)
    assert version is not None, "the programme is there"
    here = place("songdo")
    enrol(
        person=person, version=version, programme_code=PROGRAMME, sending=here, delivering=here,
        by=SYSTEM,
    )  # fmt: skip


def _open(room: str) -> Sitting:
    return actions.open_sitting(
        once=new_id(), programme=PROGRAMME, place_id=place("songdo").id, room=room,
        by=member("instructor"),
    )  # fmt: skip


def _look(sitting: Sitting, login: str) -> None:
    actions.check_identity(
        sitting_id=sitting.id, person_id=member(login).id, document="passport", agrees=True,
        note="", read_number=0, by=member("instructor"),
    )  # fmt: skip


def _begin(sitting: Sitting, login: str) -> Attempt:
    _look(sitting, login)
    learner = member(login)
    return actions.enter_exam(code=sitting.code, locale="en", checked=checked(learner), by=learner)


def _questions_of(code: str) -> set[str]:
    """Return every question of every version of a module."""
    statement = select(Question.id).join(
        ModuleVersion, ModuleVersion.id == Question.module_version_id
    )
    return set(db.session.scalars(statement.where(ModuleVersion.code == code)))


def _answer(attempt: Attempt, login: str, left: Left) -> None:
    """Answer rightly whatever is not left blank."""
    learner, items = member(login), items_of(attempt.id)
    pairs = questions_by_id({item.question_id for item in items})
    for number, item in enumerate(items, 1):
        question, key = pairs[item.question_id]
        fields = right_answer(question, key, item.variant)
        if left(item, question) or fields is None:
            continue
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


def _seat_on_paper(sitting: Sitting, login: str) -> Attempt:
    _look(sitting, login)
    by = member("instructor")
    return onpaper.seat_on_paper(
        sitting_id=sitting.id, person_id=member(login).id, locale="en",
        reason="The laptop does not start, and there is no second one.",
        checked=checked(by), by=by,
    )  # fmt: skip


def _enter_twice(sheet: Attempt) -> None:
    """Note when a sheet was written, and let two people enter it who differ."""
    onpaper.note_times(
        attempt_id=sheet.id, began_at=sheet.started_at + timedelta(minutes=5),
        ended_at=sheet.started_at + timedelta(minutes=110), read_number=0,
        by=member("instructor"),
    )  # fmt: skip
    items = [item for item in items_of(sheet.id) if item.kind in PRINTED]
    pairs = questions_by_id({item.question_id for item in items})
    for login, overlooked in (("instructor", ()), ("instructor2", MISREAD)):
        posted: dict[str, list[str]] = {}
        for item in items:
            fields = right_answer(*pairs[item.question_id], item.variant)
            if item.position not in overlooked:
                posted |= {
                    f"item-{item.id}-{name}": given for name, given in (fields or {}).items()
                }
        onpaper.enter_sheet(attempt_id=sheet.id, posted=posted, by=member(login))


def _hand_in(attempt: Attempt, login: str) -> None:
    assessment.submit_attempt(attempt_id=attempt.id, by=member(login))


def _note(sitting: Sitting, text: str) -> None:
    by = member("instructor")
    actions.note_incident(once=new_id(), sitting_id=sitting.id, person_id="", text=text, by=by)


def _sign(sitting: Sitting) -> None:
    by = member("instructor")
    read = digest(reporting.statement(queries.sitting(sitting.id, by)))
    actions.sign_sitting(sitting_id=sitting.id, read=read, checked=checked(by), by=by)
