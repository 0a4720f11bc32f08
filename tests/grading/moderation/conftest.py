"""A site with three instructors, where a second person marks what needs it."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask

from lms.actor import Actor
from lms.db import db, transaction
from lms.grading import queries as marking
from lms.grading.moderation import actions, queries
from lms.people.models import Organisation
from tests import walk
from tests.conftest import NewApp
from tests.factories import PASSWORD, actor_for, make_person


@dataclass(frozen=True)
class Site:
    """Three instructors of one site, and an answer that the first of them marks."""

    app: Flask
    hub: walk.Hub
    one: Actor
    two: Actor
    three: Actor
    attempt: str
    item: str

    def mark_first(self, points: int = 0) -> None:
        """Let the first marker give and sign the same level in every criterion."""
        walk.grade(self.attempt, self.one, points)

    def mark_second(self, points: int) -> bool:
        """Let the second do so; returns whether the first mark stands."""
        with transaction():
            self.give(points, 0)
        with transaction():
            (mark,) = [one.own.id for one in queries.unsigned(self.two, walk.clock.now())]
            (row,) = actions.sign_seconds(
                mark_ids=[mark], checked=walk.checked(self.two), by=self.two
            )
            return row.within

    def give(self, points: int, number: int) -> None:
        """Let the second marker give a mark, in the open transaction."""
        actions.mark_second(
            item_id=self.item, levels=self.levels(points), note="", read_number=number, by=self.two
        )

    def levels(self, points: int) -> dict[str, int]:
        """Return the same level for each criterion, in the open transaction."""
        found = queries.first_mark(self.item).levels
        return dict.fromkeys(found, points)

    def moderate(self, by: Actor, points: int, reason: str = "Both blanks are there.") -> None:
        """Set the mark as a third person."""
        with transaction():
            actions.moderate(
                item_id=self.item,
                levels=self.levels(points),
                comment="",
                reason=reason,
                checked=walk.checked(by),
                by=by,
            )


@pytest.fixture
def site(new_taught: NewApp) -> Iterator[Site]:
    app = new_taught(second_marking="root")
    with app.app_context():
        hub = walk.people_of_a_hub()
        with transaction():
            place = db.session.get_one(Organisation, hub.delivering)
            two, three = (
                make_person(
                    place, "instructor", name=f"{word} Marker", login=word, password=PASSWORD
                ).id
                for word in ("two", "three")
            )
        one = actor_for(hub.instructor)
        learner = walk.newcomer(hub)
        attempt = walk.sit(walk.take_part(hub, learner), learner)
        with transaction(write=False):
            item = marking.queue(one)[0].item.id
        yield Site(app, hub, one, actor_for(two), actor_for(three), attempt, item)
