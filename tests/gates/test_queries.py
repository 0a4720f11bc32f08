"""Queries are counted exactly: a lesson 6, an autosave 4, every list the same for few and many."""

import re

import pytest
from flask import Flask

from lms.actor import SYSTEM
from lms.db import db, transaction
from lms.people.actions import grant_role
from lms.people.models import Organisation, Person
from tests.factories import count_queries
from tests.gates import crowd
from tests.isolation.visitors import Visitor, enter
from tests.isolation.world import HERE, Records, World

LESSON, AUTOSAVE, VERIFICATION = 6, 4, 1
MANY = 27


def asked(app: Flask, visitor: Visitor, path: str) -> list[str]:
    """Return the queries of opening a page, after it was opened once."""
    assert visitor.get(path).status_code == 200
    return count_queries(app, lambda: visitor.get(path))


def same_for_many(app: Flask, visitor: Visitor, path: str, more) -> None:
    """Hold a page to the number of queries that it had before there was more to show."""
    few, shown = asked(app, visitor, path), len(visitor.get(path).text)
    more()
    many = asked(app, visitor, path)
    assert len(visitor.get(path).text) > shown, "nothing more is shown: this counts nothing"
    assert len(many) == len(few), "\n".join(many)


@pytest.fixture
def people(world: World) -> dict[str, Records]:
    return world.people[HERE]


# --- the two that are asked for most --------------------------------------------------------


def test_every_lesson_costs_at_most_six_queries(inside: Flask, people: dict[str, Records]) -> None:
    visitor = enter(inside, people["learner"])
    lessons = set(
        re.findall(r"/modules/FND103/lessons/[^/]+/", visitor.get("/modules/FND103/").text)
    )
    assert len(lessons) >= 4
    for lesson in lessons:
        queries = asked(inside, visitor, lesson)
        assert len(queries) <= LESSON, "\n".join(queries)


def answer_of(own: Records, sequence: int, item: str = "", client: str = "the-world"):
    return {
        "item": item or own.item,
        "client": client,
        "sequence": sequence,
        "seen": 1,
        "claimed": "2026-01-01T00:00:00.000Z",
        "given": {f"item-{item or own.item}-number": [str(sequence)]},
    }


@pytest.mark.parametrize("earlier", [0, 30])
def test_autosave_costs_at_most_four_queries(
    inside: Flask, people: dict[str, Records], earlier: int
) -> None:
    own = people["learner"]
    visitor, path = enter(inside, own), f"/attempts/{own.attempt}/responses"
    for sequence in range(40, 41 + earlier):
        assert visitor.post(path, json=answer_of(own, sequence)).status_code == 200
    queries = count_queries(inside, lambda: visitor.post(path, json=answer_of(own, 99)))
    assert len(queries) <= AUTOSAVE, "\n".join(queries)


@pytest.mark.parametrize("how", ["again", "elsewhere"])
def test_an_autosave_that_does_not_count_costs_little_more(
    inside: Flask, people: dict[str, Records], how: str
) -> None:
    own = people["learner"]
    visitor, path = enter(inside, own), f"/attempts/{own.attempt}/responses"
    assert visitor.post(path, json=answer_of(own, 40)).status_code == 200
    sent = answer_of(own, 40, client="the-world" if how == "again" else "another-tab")
    queries = count_queries(inside, lambda: visitor.post(path, json=sent))
    assert len(queries) <= AUTOSAVE + 1, "\n".join(queries)


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_verification_is_one_indexed_read(
    inside: Flask, people: dict[str, Records], accept: str
) -> None:
    crowd.crowd(inside, people["graduate"], MANY)
    path, headers = f"/verify/{people['graduate'].number}", {"Accept": accept}
    stranger = enter(inside, None)
    queries = count_queries(inside, lambda: stranger.get(path, headers=headers))
    assert len(queries) == VERIFICATION, "\n".join(queries)


# --- lists ----------------------------------------------------------------------------------


def test_home_of_a_learner_costs_the_same_for_many_modules(
    inside: Flask, people: dict[str, Records]
) -> None:
    own = people["learner"]
    same_for_many(inside, enter(inside, own), "/", lambda: crowd.modules(inside, own, MANY))


def test_home_of_an_instructor_costs_the_same_for_many_answers(
    inside: Flask, people: dict[str, Records]
) -> None:
    visitor = enter(inside, people["instructor"])
    few = asked(inside, visitor, "/")
    crowd.crowd(inside, people["submitted"], MANY)
    many = asked(inside, visitor, "/")
    assert re.search(r"\b29 answers to mark", visitor.get("/").text)
    assert len(many) == len(few), "\n".join(many)


def test_home_of_a_graduate_costs_the_same_for_many_certificates(
    inside: Flask, people: dict[str, Records]
) -> None:
    own = people["graduate"]
    visitor = enter(inside, own)
    few = asked(inside, visitor, "/")
    crowd.certificates_of(inside, own, MANY)
    many = asked(inside, visitor, "/")
    assert len(many) == len(few), "\n".join(many)


def test_catalogue_costs_the_same_for_many_modules(
    inside: Flask, people: dict[str, Records]
) -> None:
    own = people["learner"]
    more = lambda: crowd.modules(inside, own, MANY)  # noqa: E731
    same_for_many(inside, enter(inside, own), "/modules/", more)


def test_module_costs_the_same_in_a_hub_of_many(inside: Flask, people: dict[str, Records]) -> None:
    own = people["learner"]
    visitor = enter(inside, own)
    few = asked(inside, visitor, "/modules/FND103/")
    crowd.modules(inside, own, MANY)
    crowd.crowd(inside, own, MANY)
    many = asked(inside, visitor, "/modules/FND103/")
    assert len(many) == len(few), "\n".join(many)


@pytest.mark.parametrize("plot", ["submitted", "marked"])
def test_marking_desk_costs_the_same_for_many_answers(
    inside: Flask, people: dict[str, Records], plot: str
) -> None:
    visitor = enter(inside, people["instructor"])
    more = lambda: crowd.crowd(inside, people[plot], MANY)  # noqa: E731
    same_for_many(inside, visitor, "/grading/", more)


def test_one_answer_to_mark_costs_the_same_in_a_long_queue(
    inside: Flask, people: dict[str, Records]
) -> None:
    visitor = enter(inside, people["instructor"])
    path = f"/grading/answers/{people['submitted'].essay}/"
    few = asked(inside, visitor, path)
    crowd.crowd(inside, people["submitted"], MANY)
    assert len(asked(inside, visitor, path)) == len(few)


def test_certificates_cost_the_same_for_many_people(
    inside: Flask, people: dict[str, Records]
) -> None:
    visitor = enter(inside, people["coordinator"])
    more = lambda: crowd.crowd(inside, people["graduate"], MANY)  # noqa: E731
    same_for_many(inside, visitor, "/certificates/", more)


def test_paper_costs_the_same_blank_and_filled(inside: Flask, people: dict[str, Records]) -> None:
    own = people["learner"]
    visitor, path = enter(inside, own), f"/attempts/{own.attempt}/"
    blank = asked(inside, visitor, path)
    items = set(re.findall(r'data-item="([0-9a-z]{26})"', visitor.get(path).text))
    for sequence, item in enumerate(sorted(items), 40):
        sent = answer_of(own, sequence, item)
        assert visitor.post(f"{path}responses", json=sent).status_code == 200
    filled = asked(inside, visitor, path)
    assert len(filled) == len(blank), "\n".join(filled)


def test_desk_of_versions_costs_the_same_for_many_modules(
    inside: Flask, people: dict[str, Records]
) -> None:
    visitor = enter(inside, people["reviewer"])
    more = lambda: crowd.modules(inside, people["learner"], MANY)  # noqa: E731
    same_for_many(inside, visitor, "/content/", more)


def test_audit_trail_costs_the_same_for_any_part_of_it(
    inside: Flask, people: dict[str, Records]
) -> None:
    with inside.app_context(), transaction():
        root = db.session.scalars(
            db.select(Organisation).where(Organisation.parent_id.is_(None))
        ).one()
        person = db.session.get_one(Person, people["owner"].person)
        grant_role(person=person, role="owner", organisation=root, by=SYSTEM)
    visitor = enter(inside, people["owner"])
    few = asked(inside, visitor, "/records/?kind=organisation")
    many = asked(inside, visitor, "/records/")
    assert len(many) == len(few), "\n".join(many)
