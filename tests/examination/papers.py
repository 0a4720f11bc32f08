"""The acts about a sheet of paper, each by the person who does it, in transactions of their own."""

from collections.abc import Iterable
from datetime import timedelta

from lms import clock
from lms.actor import Actor
from lms.assessment import queries as attempts
from lms.assessment.timing.models import OnPaper
from lms.curriculum.exams import questions_by_id
from lms.db import db, transaction
from lms.examination.onpaper import actions, queries
from lms.people.models import Organisation
from tests import walk
from tests.examination import acts
from tests.examination.acts import Room
from tests.factories import PASSWORD, actor_for, make_person

Fields = dict[str, list[str]]


def reader(room: Room, name: str) -> Actor:
    """Add one more instructor of the delivering organisation."""
    with transaction():
        place = db.session.get_one(Organisation, room.hub.delivering)
        login = f"{name.lower()}-reader@walk"
        id = make_person(place, "instructor", name=name, login=login, password=PASSWORD).id
    return actor_for(id)


def seated(room: Room) -> tuple[str, str]:
    """Open a sitting and seat the learner in it on paper; returns it and the attempt."""
    sitting = acts.open_sitting(room)
    acts.look(room, sitting)
    return sitting, seat(room, sitting)


def seat(room: Room, sitting: str) -> str:
    """Seat the learner on paper; returns the attempt."""
    with transaction():
        return actions.seat_on_paper(
            sitting_id=sitting, person_id=room.learner.id, reason="No power in the building",
            locale="en", checked=walk.checked(room.invigilator), by=room.invigilator,
        ).id  # fmt: skip


def note(room: Room, attempt: str, *, minutes: int = 20, number: int = 0) -> None:
    """Note that the sheet was written in so many minutes, which have gone by since."""
    with transaction(write=False):
        paper = db.session.query(OnPaper).filter_by(attempt_id=attempt).one()
        began = paper.taken_at
    ended = began + timedelta(minutes=minutes)
    if clock.now() < ended:
        clock.set_clock(lambda: ended + timedelta(minutes=5))
    with transaction():
        actions.note_times(
            attempt_id=attempt, began_at=began, ended_at=ended, read_number=number,
            by=room.invigilator,
        )  # fmt: skip


def right(attempt: str, *, but: Iterable[int] = ()) -> Fields:
    """Return the fields of a sheet that is rightly answered but for some places, left empty."""
    with transaction(write=False):
        items = attempts.items_of(attempt)
        pairs = questions_by_id({item.question_id for item in items})
        fields: Fields = {}
        for item in items:
            if item.position in but:
                continue
            question, key = pairs[item.question_id]
            given = walk.RIGHT[item.kind](key.key | {"shown": question.shown}, item.variant)
            fields |= {f"item-{item.id}-{name}": values for name, values in given.items()}
    return fields


def enter(attempt: str, fields: Fields, by: Actor) -> str:
    """Enter a sheet; returns the entry."""
    with transaction():
        return actions.enter_sheet(attempt_id=attempt, posted=fields, by=by).id


def differing(attempt: str) -> tuple[str, ...]:
    """Return the items on which nobody has decided."""
    with transaction(write=False):
        found = queries.compared(attempt)
        assert found is not None
        return found.agreed.open


def settle(attempt: str, item: str, number: int, by: Actor, read_number: int = 0) -> None:
    """Decide which entry shows the sheet."""
    with transaction():
        actions.settle(
            attempt_id=attempt, item_id=item, number=number, reason="The tick is at B",
            read_number=read_number, by=by,
        )  # fmt: skip


def take(attempt: str, by: Actor) -> str:
    """Take a sheet over; returns the submission."""
    with transaction():
        return actions.take_over(attempt_id=attempt, checked=walk.checked(by), by=by).id
