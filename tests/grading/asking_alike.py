"""Several learners who answer one short question in words that its key does not know."""

from sqlalchemy import select

from lms.actor import SYSTEM, Actor
from lms.assessment.models import AttemptItem
from lms.assessment.queries import items_of
from lms.db import db, transaction
from lms.people.models import Organisation
from lms.records.actions import record
from tests import walk
from tests.assessment.asking import ask, hand_in, open_paper
from tests.factories import actor_for, make_person

TABLE = {
    "id": "which-entry", "kind": "short", "prompt": "Name the entry.", "points": 2,
    "why": "It leads back to the drum.", "answer": "batch number",
    "accept": [{"pattern": "batch number", "weight": "1"}],
}  # fmt: skip


def answer_alike(hub: walk.Hub, *texts: str) -> dict[str, str]:
    """Let a new learner give each of these texts; return the items by learner's name, in order."""
    items: dict[str, str] = {}
    first = ""
    for number, text in enumerate(texts):
        name = f"Writer Number{number}"
        learner = walk.newcomer(hub, name)
        attempt = open_paper(hub, learner)
        items[name] = _again(attempt, first) if first else ask(attempt, TABLE)
        first = first or items[name]
        hand_in(attempt, learner, **{items[name]: {"text": [text]}})
    return items


def _again(attempt_id: str, item_id: str) -> str:
    """Put the same question, shown alike, on another paper."""
    with transaction():
        before = db.session.get_one(AttemptItem, item_id)
        item = AttemptItem(
            attempt_id=attempt_id, position=len(items_of(attempt_id)) + 1,
            question_id=before.question_id, kind=before.kind, variant=before.variant,
            shown=before.shown, shown_digest=before.shown_digest, points=before.points,
        )  # fmt: skip
        db.session.add(item)
        record("paper.item-set", item, by=SYSTEM)
        return item.id


def question_of(item_id: str) -> str:
    """Return the question of an item."""
    with transaction(write=False):
        statement = select(AttemptItem.question_id).where(AttemptItem.id == item_id)
        return db.session.scalars(statement).one()


def other_marker(hub: walk.Hub, name: str = "Other Marker", **kwargs: str) -> Actor:
    """Return another instructor of the delivering site."""
    with transaction():
        place = db.session.get_one(Organisation, hub.delivering)
        id = make_person(place, "instructor", name=name, **kwargs).id
    return actor_for(id)
