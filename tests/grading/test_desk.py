"""Claims about the marking desk's pages: one after the other, one password for many."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from lms.db import db, transaction
from lms.grading import queries
from lms.grading.models import Mark
from lms.grading.turns import queries as turns
from lms.people.models import Organisation
from tests import walk
from tests.factories import PASSWORD, actor_for, csrf_of, make_person, signed_in


@pytest.fixture
def desk(taught: Flask) -> tuple[FlaskClient, Any, list[str]]:
    """An instructor's browser and three answers that wait, oldest first."""
    hub = walk.people_of_a_hub()
    for name in ("Abel Demo", "Bina Demo", "Cara Demo"):
        learner = walk.newcomer(hub, name)
        walk.sit(walk.take_part(hub, learner), learner)
    instructor = actor_for(hub.instructor)
    with transaction(write=False):
        items = [one.item.id for one in queries.queue(instructor)]
    return signed_in(taught, "instructor@walk"), instructor, items


def _mark(client: FlaskClient, item: str, points: int = 3, number: int = 0) -> str:
    page = client.get(f"/grading/answers/{item}/").text
    levels = {name: str(points) for name in _levels(page)}
    sent = {
        "csrf_token": csrf_of(client, f"/grading/answers/{item}/"),
        "read_number": str(number),
        "comment": "",
    } | levels
    return client.post(f"/grading/answers/{item}/", data=sent).headers["Location"]


def _levels(page: str) -> set[str]:
    return {part.split('"')[0] for part in page.split('name="')[1:] if part.startswith("level-")}


def test_saving_leads_through_all_answers_and_the_last_one_to_the_signature(desk) -> None:
    client, _instructor, items = desk
    first, left = items[0], set(items)
    place = f"/grading/answers/{first}/"
    while place != "/grading/sign":
        item = place.split("/")[3]
        left.remove(item)
        place = _mark(client, item)
    assert not left


def _post(client: FlaskClient, path: str, **sent: str) -> str:
    token = csrf_of(client, "/account/")
    return client.post(path, data={"csrf_token": token} | sent).headers["Location"]


def test_skipping_leads_on_and_what_was_skipped_comes_back(desk) -> None:
    client, _instructor, items = desk
    places = [_post(client, f"/grading/answers/{items[0]}/skip")]
    for _ in items[1:]:
        places.append(_post(client, places[-1] + "skip"))
    assert {place.split("/")[3] for place in places} == set(items)
    assert places[-1] == f"/grading/answers/{items[0]}/"


def test_a_mark_is_taken_back_by_a_row_that_reverses_it(desk) -> None:
    client, instructor, items = desk
    _mark(client, items[0])
    assert _post(client, f"/grading/answers/{items[0]}/take-back") == (
        f"/grading/answers/{items[0]}/"
    )
    with transaction(write=False):
        assert len(queries.queue(instructor)) == 3
        assert not queries.unsigned(instructor)
        rows = db.session.scalars(select(Mark).order_by(Mark.number)).all()
        assert [bool(row.levels) for row in rows] == [True, False]
    assert _mark(client, items[0], number=2)


def test_what_is_passed_on_leaves_the_queue_and_waits_for_another(desk) -> None:
    client, instructor, items = desk
    page = f"/grading/answers/{items[0]}/pass-on"
    assert client.post(page, data={"csrf_token": csrf_of(client, page)}).status_code == 422
    _post(client, page, reason="It is written in Amharic.")
    with transaction(write=False):
        assert sum(pile.count for pile in turns.piles(instructor)) == 2
        assert not turns.passed_on(instructor)
    with transaction():
        here = select(Organisation).where(Organisation.name == "Delivering site")
        id = make_person(db.session.scalars(here).one(), "instructor").id
    other = actor_for(id)
    with transaction(write=False):
        (waiting,) = turns.passed_on(other)
        assert waiting.reason == "It is written in Amharic."
        assert sum(pile.count for pile in turns.piles(other)) == 3


def test_marking_page_names_no_learner(desk) -> None:
    client, _instructor, (first, *_rest) = desk
    page = client.get(f"/grading/answers/{first}/").text
    assert not [name for name in ("Abel", "Bina", "Cara") if name in page]


def test_one_password_signs_the_ticked_marks_and_releases_the_ticked_results(desk) -> None:
    client, instructor, items = desk
    for item in items:
        _mark(client, item)
    with transaction(write=False):
        marks = [one.mark.id for one in queries.unsigned(instructor)]
    _sign(client, "/grading/sign", marks[:2])
    with transaction(write=False):
        assert [one.mark.id for one in queries.unsigned(instructor)] == marks[2:]
        ready = [row[0].id for row in queries.to_release(instructor) if row[3] == row[4]]
    assert len(ready) == 2
    _sign(client, "/grading/release", ready)
    with transaction(write=False):
        assert [row[0].id for row in queries.to_release(instructor) if row[3] == row[4]] == []


def test_points_to_sign_stand_in_the_order_of_the_rubric(desk) -> None:
    client, _instructor, (first, *_rest) = desk
    page = client.get(f"/grading/answers/{first}/").text
    rubric = sorted(_levels(page), key=lambda name: page.index(f'name="{name}"'))
    sent = {"csrf_token": csrf_of(client, f"/grading/answers/{first}/"), "read_number": "0"}
    levels = {name: str(place) for place, name in enumerate(rubric)}
    client.post(f"/grading/answers/{first}/", data=sent | {"comment": ""} | levels)
    shown = ", ".join(str(place) for place in range(len(rubric)))
    assert f"points: {shown}<" in client.get("/grading/sign").text


def _sign(client: FlaskClient, path: str, chosen: list[str]) -> None:
    token = csrf_of(client, path)
    wrong = {"csrf_token": token, "chosen": chosen, "password": "not this one"}
    assert client.post(path, data=wrong).status_code == 422
    assert client.post(path, data=wrong | {"password": PASSWORD}).status_code == 303


def test_releasing_nothing_says_what_to_do(desk) -> None:
    client, _instructor, _items = desk
    token = csrf_of(client, "/grading/sign")
    sent = {"csrf_token": token, "password": PASSWORD}
    answer = client.post("/grading/release", data=sent)
    assert answer.status_code == 422
