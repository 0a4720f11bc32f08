"""Claims about the marking desk's pages: one after the other, one password for many."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms.db import transaction
from lms.grading import queries
from tests import walk
from tests.factories import PASSWORD, actor_for, csrf_of, signed_in


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


def _mark(client: FlaskClient, item: str, points: int = 3) -> str:
    page = client.get(f"/grading/answers/{item}/").text
    levels = {name: str(points) for name in _levels(page)}
    sent = {
        "csrf_token": csrf_of(client, f"/grading/answers/{item}/"),
        "read_number": "0",
        "comment": "",
    } | levels
    return client.post(f"/grading/answers/{item}/", data=sent).headers["Location"]


def _levels(page: str) -> set[str]:
    return {part.split('"')[0] for part in page.split('name="')[1:] if part.startswith("level-")}


def test_saving_leads_to_the_next_and_the_last_one_to_the_signature(desk) -> None:
    client, _instructor, (first, second, third) = desk
    assert _mark(client, first).startswith(f"/grading/answers/{second}/")
    assert _mark(client, second).startswith(f"/grading/answers/{third}/")
    assert _mark(client, third) == "/grading/sign"


def test_skipping_leads_on_and_what_was_skipped_comes_back(desk) -> None:
    client, _instructor, (first, second, third) = desk
    assert f'href="/grading/answers/{second}/"' in client.get(f"/grading/answers/{first}/").text
    _mark(client, second)
    assert _mark(client, third).startswith(f"/grading/answers/{first}/")


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
