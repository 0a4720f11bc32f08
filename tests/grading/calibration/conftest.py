"""A site where two instructors mark, an owner agrees on levels, and an essay waits."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask

from lms.actor import Actor
from lms.db import db, transaction
from lms.grading import queries as marking
from lms.grading.calibration import actions, queries
from lms.grading.calibration.models import Anchor
from lms.people.models import Organisation
from tests import walk
from tests.conftest import NewApp
from tests.factories import PASSWORD, actor_for, make_person


@dataclass(frozen=True)
class Site:
    """Who is there, the question that waits, and the answer to it."""

    app: Flask
    hub: walk.Hub
    owner: Actor
    one: Actor
    two: Actor
    question: str
    item: str
    attempt: str
    criteria: tuple[str, ...]

    def levels(self, points: int) -> dict[str, int]:
        """Return the same level for each criterion."""
        return dict.fromkeys(self.criteria, points)

    def agree(self, points: int, by: Actor | None = None) -> str:
        """Let the owner agree on one more answer; returns its id."""
        by = by or self.owner
        with transaction():
            number = queries.last_number(self.question)
            row = actions.agree_on_anchor(
                question_id=self.question,
                text=f"An answer worth {points}.",
                levels=self.levels(points),
                reasons=dict.fromkeys(self.criteria, f"It is worth {points}."),
                item_id=None,
                read_number=number,
                checked=walk.checked(by),
                by=by,
            )
            return row.id

    def give(self, anchor: str, points: int, by: Actor, number: int | None = None) -> None:
        """Let a marker give an anchor the same level throughout, in a try: the open one."""
        with transaction():
            number = number or queries.course(self.question, by).number
            actions.mark_anchor(anchor_id=anchor, levels=self.levels(points), number=number, by=by)

    def meet(self, by: Actor, off: int = 0) -> None:
        """Let a marker go through a try, so many levels above what was agreed."""
        with transaction(write=False):
            found = queries.course(self.question, by)
            due = [(one.id, next(iter(one.levels.values()))) for one in found.waiting]
        for anchor, agreed in due:
            self.give(anchor, min(4, agreed + off), by)

    def is_closed(self, by: Actor) -> bool:
        """Tell whether live marking is closed to a marker."""
        with transaction(write=False):
            return bool(queries.closed_to(by, [self.question]))

    def anchors(self) -> list[Anchor]:
        """Return the anchors that stand, in the open transaction."""
        return queries.anchors_of([self.question]).get(self.question, [])


@pytest.fixture
def site(new_taught: NewApp) -> Iterator[Site]:
    app = new_taught(calibration="on")
    with app.app_context():
        hub = walk.people_of_a_hub()
        with transaction():
            place = db.session.get_one(Organisation, hub.delivering)
            two = make_person(
                place, "instructor", name="Two Marker", login="two", password=PASSWORD
            ).id
            root = place.parent_id or place.id
            whole = db.session.get_one(Organisation, root)
            owner = make_person(whole, "owner", name="An Owner", login="own", password=PASSWORD).id
        one, learner = actor_for(hub.instructor), walk.newcomer(hub)
        attempt = walk.sit(walk.take_part(hub, learner), learner)
        with transaction(write=False):
            waiting = marking.queue(one)[0]
            criteria = marking.rubric_of(waiting.question.id).key["criteria"]
            found = waiting.question.id, waiting.item.id
        names = tuple(criterion["id"] for criterion in criteria)
        yield Site(app, hub, actor_for(owner), one, actor_for(two), *found, attempt, names)
