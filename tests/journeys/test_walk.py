"""The walk as people take it, by pages and forms alone: from *Continue* to a true certificate."""

import re
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from lms import clock
from lms.assessment.models import Attempt, Response, Result, Score, Submission
from lms.assessment.standing import GRACE
from lms.db import db, transaction
from lms.jobs.actions import sweep
from lms.learning.models import LessonRead
from tests import walk
from tests.factories import PASSWORD, actor_for, signed_in

NUMBER = re.compile(r"ST-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]")


@pytest.fixture
def people(taught: Flask) -> walk.Hub:
    """A hub in which nobody has learnt anything yet; one learner is enrolled."""
    return walk.people_of_a_hub()


@pytest.fixture
def learner(taught: Flask, people: walk.Hub) -> FlaskClient:
    walk.enrol_learner(people, actor_for(people.learner))
    return signed_in(taught, "learner@walk")


def _hidden(page: str) -> dict[str, str]:
    """Return the hidden fields of a page's first form."""
    form = page[page.index("<main") :]
    fields = re.findall(r"<input[^>]*>", form[: form.index("</form>")])
    named = [dict(re.findall(r'(\w+)="([^"]*)"', field)) for field in fields]
    return {f["name"]: f.get("value", "") for f in named if f.get("type") == "hidden"}


def _follow(client: FlaskClient, address: str, action: str) -> str:
    """Send the form on a page that goes to `action` (a part of its address); return where to."""
    page = client.get(address).text
    form = next(f for f in re.findall(r"<form.*?</form>", page, re.DOTALL) if action in f)
    target = re.search(r'action="([^"]*)"', form)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]*)"', form)
    assert target
    assert token
    answer = client.post(target[1], data={"csrf_token": token[1]})
    assert answer.status_code == 303, answer.text
    return answer.location


def _read_all(client: FlaskClient) -> int:
    """Read the lessons as the home page leads through them; return how many there were."""
    lesson = re.search(r'href="(/modules/FND103/lessons/[^"]+)"', client.get("/").text)
    assert lesson, "the home page offers where to continue"
    place, read = lesson[1], 0
    while "/lessons/" in place:
        place = _follow(client, place, "/read")
        read += 1
    assert place == "/modules/FND103/"
    return read


def _start(client: FlaskClient) -> str:
    return _follow(client, "/modules/FND103/", "/start").removeprefix("/attempts/").strip("/")


def _answers(attempt_id: str) -> dict[str, dict[str, list[str]]]:
    with transaction(write=False):
        return walk.right_fields(db.session.get_one(Attempt, attempt_id))


def _save(client: FlaskClient, attempt_id: str, item: str, fields: Any, sequence: int) -> Any:
    token = _hidden(client.get(f"/attempts/{attempt_id}/").text)["csrf_token"]
    return client.post(
        f"/attempts/{attempt_id}/responses",
        json={
            "item": item,
            "client": "tab-one",
            "sequence": sequence,
            "seen": 0,
            "given": {f"item-{item}-{name}": values for name, values in fields.items()},
            "claimed": "2026-11-22T10:00:00Z",
        },
        headers={"X-CSRFToken": token},
    )


def _form(client: FlaskClient, attempt_id: str, answers: Any) -> dict[str, list[str]]:
    """Return what the plain form sends with these answers in it when *Hand in* is pressed."""
    hidden = _hidden(client.get(f"/attempts/{attempt_id}/").text)
    data = {name: [value] for name, value in (hidden | {"submit": ""}).items()}
    for item, fields in answers.items():
        data |= {f"item-{item}-{name}": values for name, values in fields.items()}
    return data


def _hand_in(client: FlaskClient, attempt_id: str, answers: Any) -> Any:
    return client.post(f"/attempts/{attempt_id}/", data=_form(client, attempt_id, answers))


def _count(model: Any) -> int:
    with transaction(write=False):
        return db.session.scalar(sa.select(sa.func.count(model.id))) or 0


def _desk(client: FlaskClient) -> str:
    return client.get("/grading/").text


def _grade(client: FlaskClient, points: int = 3) -> None:
    """Mark what the desk shows, one answer after the other, then sign."""
    while pile := re.search(r'action="(/grading/questions/[^"]+/next)"', _desk(client)):
        token = {"csrf_token": _hidden(_desk(client))["csrf_token"]}
        place = client.post(pile[1], data=token).headers["Location"]
        page = client.get(place).text
        levels = {name: str(points) for name in re.findall(r'name="(level-[^"]+)"', page)}
        answer = client.post(place, data=_hidden(page) | levels | {"comment": "Good."})
        assert answer.status_code == 303, answer.text
    page = client.get("/grading/sign").text
    chosen = re.findall(r'name="chosen" value="([^"]+)"', page)
    sent = _hidden(page) | {"chosen": chosen, "password": PASSWORD}
    assert client.post("/grading/sign", data=sent).status_code == 303


def _release(client: FlaskClient) -> None:
    link = re.search(r'href="(/grading/attempts/[^"]+/release)"', client.get("/grading/").text)
    assert link
    page = client.get(link[1]).text
    answer = client.post(link[1], data=_hidden(page) | {"password": PASSWORD})
    assert answer.status_code == 303, answer.text


def _walk(app: Flask, learner: FlaskClient) -> str:
    """Go all the way; return the number of the certificate."""
    assert _read_all(learner) == _count(LessonRead)
    attempt_id = _start(learner)
    for sequence, (item, fields) in enumerate(_answers(attempt_id).items(), 1):
        assert _save(learner, attempt_id, item, fields, sequence).status_code == 200
    page = learner.get(f"/attempts/{attempt_id}/").text
    assert "Clear" not in page
    assert _hand_in(learner, attempt_id, _answers(attempt_id)).status_code == 303
    instructor = signed_in(app, "instructor@walk")
    assert "1 answer to mark" in instructor.get("/").text
    _grade(instructor)
    _release(instructor)
    assert "Passed" in learner.get(f"/attempts/{attempt_id}/").text
    while sweep():
        pass
    number = NUMBER.search(learner.get("/certificates/").text)
    assert number
    return number[0]


@pytest.mark.parametrize("effective", [False, True], ids=["practice", "valid"])
def test_the_walk_ends_with_a_paper_that_verifies(
    taught: Flask, people: walk.Hub, learner: FlaskClient, effective: bool
) -> None:
    if effective:
        walk.adopt(people)
    number = _walk(taught, learner)
    paper = learner.get(f"/certificates/{number}.pdf")
    assert (paper.status_code, paper.data[:5]) == (200, b"%PDF-")
    anybody = taught.test_client()
    found = anybody.get(f"/verify/{number}", headers={"Accept": "application/json"}).get_json()
    assert found["verdict"] == ("valid" if effective else "practice")
    assert found["holder"]["name"] == "Learner Walk"
    done = taught.test_cli_runner().invoke(args=["records", "verify"])
    assert done.exit_code == 0, done.output
    trail = signed_in(taught, "administrator@walk").get("/records/?kind=certificate").text
    assert "certificate.sealed" in trail


def test_the_essay_alone_decides_nothing_without_a_mark(taught, people, learner) -> None:
    _read_all(learner)
    attempt_id = _start(learner)
    assert _hand_in(learner, attempt_id, _answers(attempt_id)).status_code == 303
    assert "Passed" not in learner.get(f"/attempts/{attempt_id}/").text
    assert _count(Result) == 0
    instructor = signed_in(taught, "instructor@walk")
    _grade(instructor, points=0)
    _release(instructor)
    assert "Passed" not in learner.get(f"/attempts/{attempt_id}/").text
    while sweep():
        pass
    assert not NUMBER.search(learner.get("/certificates/").text)


def test_everything_sent_twice_stands_once(taught, people, learner) -> None:
    _read_all(learner)
    first = _start(learner)
    item, fields = next(iter(_answers(first).items()))
    saved = [_save(learner, first, item, fields, 1).get_json() for _ in range(2)]
    assert saved[0] == saved[1]
    form = _form(learner, first, {item: fields})
    for _ in range(2):
        assert learner.post(f"/attempts/{first}/", data=form).status_code == 303
    assert (_count(Attempt), _count(Submission)) == (1, 1)
    with transaction(write=False):
        statement = sa.select(Response.item_id).where(Response.item_id == item)
        assert len(db.session.scalars(statement).all()) == 1


def test_what_was_saved_before_the_time_ran_out_counts_and_is_handed_in_by_the_sweep(
    taught, people, learner
) -> None:
    attempt_id = _start(learner)
    answers = list(_answers(attempt_id).items())
    assert _save(learner, attempt_id, *answers[0], 1).status_code == 200
    assert sweep() > 0  # the trail; the attempt's time is not over
    assert _count(Submission) == 0
    with transaction(write=False):
        end = db.session.get_one(Attempt, attempt_id).deadline + GRACE + timedelta(seconds=1)
    clock.set_clock(lambda: end)
    taught.config["SESSION_IDLE_MINUTES"] = 10_000
    late = _save_late(learner, attempt_id, answers[1])
    assert late.status_code == 409
    while sweep():
        pass
    with transaction(write=False):
        (one,) = db.session.scalars(sa.select(Submission)).all()
        assert (one.how, one.attempt_id) == ("deadline", attempt_id)
        mine = sa.select(Response.standing).where(Response.client == "tab-one")
        assert db.session.scalars(mine.order_by(Response.number)).all() == ["counts", "late"]
        scores = {s.item_id: s for s in db.session.scalars(sa.select(Score))}
        assert scores[answers[0][0]].response_id is not None
        assert answers[1][0] not in scores or scores[answers[1][0]].response_id is None
    assert "The time is over" not in learner.get("/").text


def _save_late(client: FlaskClient, attempt_id: str, answer: Any) -> Any:
    token = re.search(r'name="csrf_token"[^>]*value="([^"]*)"', client.get("/").text)
    item, fields = answer
    return client.post(
        f"/attempts/{attempt_id}/responses",
        json={
            "item": item, "client": "tab-one", "sequence": 2, "seen": 1, "claimed": "",
            "given": {f"item-{item}-{name}": values for name, values in fields.items()},
        },
        headers={"X-CSRFToken": token[1] if token else ""},
    )  # fmt: skip
