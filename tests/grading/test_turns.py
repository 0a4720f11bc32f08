"""Two markers never meet at one answer, each meets them in an order of their own."""

from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from lms import clock
from lms.actor import Actor
from lms.db import db, transaction
from lms.errors import NotFound, RuleBroken
from lms.grading.turns import actions, queries
from lms.grading.turns.rules import KEPT, from_here, in_order
from lms.people.models import Organisation
from tests import walk
from tests.factories import actor_for, make_organisation, make_person
from tests.grading.test_races import while_open

ITEMS = st.lists(st.text("abcdef0123456789", min_size=4, max_size=8), unique=True)


@given(ITEMS, st.randoms())
def test_the_order_of_a_marker_is_the_same_however_the_answers_come(items, random):
    mixed = list(items)
    random.shuffle(mixed)
    assert in_order("one", mixed) == in_order("one", items)
    assert sorted(in_order("two", items)) == sorted(items)


@given(ITEMS.filter(bool), st.data())
def test_going_round_leaves_nobody_out(items, data):
    after = data.draw(st.sampled_from(items))
    order = from_here(items, after)
    assert sorted(order) == sorted(items)
    assert order[-1] == after


def test_two_markers_have_different_orders():
    items = [f"item-{n}" for n in range(40)]
    assert in_order("one", items) != in_order("two", items)


@pytest.fixture
def markers(taught: Flask) -> tuple[Actor, Actor]:
    """Two instructors of one site, and three answers that wait."""
    hub = walk.people_of_a_hub()
    for name in ("Abel Demo", "Bina Demo", "Cara Demo"):
        learner = walk.newcomer(hub, name)
        walk.sit(walk.take_part(hub, learner), learner)
    with transaction():
        place = db.session.get_one(Organisation, hub.delivering)
        other = make_person(place, "instructor", name="Other Marker").id
    return actor_for(hub.instructor), actor_for(other)


def _pile(by: Actor) -> str:
    with transaction(write=False):
        return queries.piles(by)[0].question.id


def _take(by: Actor, question: str) -> str | None:
    with transaction():
        return actions.take_next(question_id=question, by=by)


def _every(by: Actor) -> list[str]:
    with transaction(write=False):
        return [pile.question.id for pile in queries.piles(by)]


def test_what_lies_before_one_marker_is_not_given_to_another(markers):
    one, other = markers
    for question in _every(one):
        taken = []
        for by in (one, other, one, other):
            item = _take(by, question)
            taken.append((by.id, item))
        first = {item for who, item in taken if who == one.id and item}
        second = {item for who, item in taken if who == other.id and item}
        assert not first & second


def test_an_answer_that_nobody_marked_in_time_goes_back(markers):
    one, other = markers
    question = _pile(one)
    item = _take(one, question)
    later = clock.now() + KEPT + timedelta(seconds=1)
    with transaction(write=False):
        assert item not in queries.free(question, other, clock.now())
        assert item in queries.free(question, other, later)


def test_another_persons_mark_cannot_be_taken_back(markers):
    one, other = markers
    item = _take(one, _pile(one))
    with transaction():
        attempt = walk.marking.answer(item, one).attempt.id
    walk.mark(attempt, one, 3)
    with pytest.raises(RuleBroken, match="no mark of yours"), transaction():
        actions.take_back(item_id=item, by=other)


def test_an_instructor_elsewhere_takes_and_passes_on_nothing(markers):
    one, _other = markers
    with transaction():
        id = make_person(make_organisation("Elsewhere"), "instructor").id
    stranger = actor_for(id)
    question = _pile(one)
    assert _take(stranger, question) is None
    item = _take(one, question)
    for act in (actions.skip, actions.take_back):
        with pytest.raises(NotFound), transaction():
            act(item_id=item, by=stranger)
    with pytest.raises(NotFound), transaction():
        actions.pass_on(item_id=item, reason="x", by=stranger)


def test_markers_who_take_at_the_same_moment_get_different_answers(taught, markers):
    """The second waits for the first, or sees it: nobody is handed what lies before another."""
    one, other = markers
    question = _pile(one)
    taken: dict[str, str | None] = {}

    def take(name: str, by: Actor) -> None:
        taken[name] = actions.take_next(question_id=question, by=by)

    def take_elsewhere() -> None:
        with transaction():
            take("other", other)

    while_open(taught, lambda: take("one", one), take_elsewhere)
    assert taken["one"]
    assert taken["one"] != taken["other"]
