"""The pages of exams, as browsers without scripts use them."""

from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from lms.assessment import queries as attempts
from lms.curriculum.exams import questions_by_id
from lms.db import db, transaction
from lms.people.models import Organisation
from tests import walk
from tests.examination import acts
from tests.examination.acts import Room
from tests.factories import PASSWORD, count_queries, csrf_of, make_person, signed_in


def _post(client: FlaskClient, page: str, to: str = "", **fields: Any) -> Any:
    text = client.get(page).text
    hidden = {
        name: text.partition(f'name="{name}" value="')[2].partition('"')[0]
        for name in ("once", "read", "read_number")
        if f'name="{name}" value="' in text
    }
    sent = {"csrf_token": csrf_of(client, page)} | hidden | fields
    return client.post(to or page, data=sent)


def _opened(client: FlaskClient, room: Room) -> str:
    answer = _post(
        client, "/exams/sittings/open", programme="X02", place=room.hub.delivering, room="Room 7"
    )
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def _code(page: str) -> str:
    place = page.index("Code of the room")
    return page[place:].partition('translate="no">')[2].partition("<")[0]


def _fields(attempt_id: str) -> dict[str, list[str]]:
    """Return the form of a paper, everything right."""
    with transaction(write=False):
        items = attempts.items_of(attempt_id)
        pairs = questions_by_id({item.question_id for item in items})
        sent = {}
        for item in items:
            question, key = pairs[item.question_id]
            given = walk.RIGHT[item.kind](key.key | {"shown": question.shown}, item.variant)
            sent |= {f"item-{item.id}-{name}": values for name, values in given.items()}
    return sent


def test_an_exam_goes_from_the_room_to_the_evidence(taught: Flask, room: Room) -> None:
    invigilator = signed_in(taught, "instructor@walk")
    learner = signed_in(taught, "learner@walk")
    assert "No sitting yet" in invigilator.get("/exams/sittings/").text
    assert "Ask your instructors" in learner.get("/exams/").text
    sitting = _opened(invigilator, room)
    assert "Learner Walk" in invigilator.get(sitting).text
    identity = f"{sitting}identity/{room.learner.id}"
    answer = _post(invigilator, identity, document="passport", agrees="yes")
    assert answer.status_code == 303, answer.text
    page = invigilator.get(sitting).text
    assert "Identity agrees" in page
    assert "Not begun" in page
    assert "Begin with the code" in learner.get("/").text
    wrong = _post(learner, "/exams/", "/exams/enter", code=_code(page), password="not this one")
    assert wrong.status_code == 422
    answer = _post(learner, "/exams/", "/exams/enter", code=_code(page), password=PASSWORD)
    assert answer.status_code == 303, answer.text
    paper = answer.location
    attempt = paper.split("/")[-2]
    assert "0 of 12 answered" in invigilator.get(sitting).text
    hidden = {"csrf_token": csrf_of(learner, paper), "client": "form-learner", "seen": "0"}
    text = learner.get(paper).text
    hidden["client"] = text.partition('name="client" value="')[2].partition('"')[0]
    answer = learner.post(paper, data=hidden | _fields(attempt) | {"submit": "yes"})
    assert answer.status_code == 303, answer.text
    assert "signed the sitting" in learner.get(paper).text
    answer = _post(invigilator, sitting, about=room.learner.id, text="Asked for water")
    assert answer.status_code == 303, answer.text
    assert "Asked for water" in invigilator.get(f"{sitting}sign").text
    answer = _post(invigilator, f"{sitting}sign", password=PASSWORD)
    assert answer.status_code == 303, answer.text
    assert "Nothing can be added" in invigilator.get(sitting).text
    walk.grade(attempt, room.invigilator)
    walk.release(attempt, room.invigilator)
    result = learner.get(paper).text
    assert "What and why" in result
    assert "Numbers and rooms" in result
    assert "not fully right" not in result
    assert "item-1" not in result  # no question by itself
    assert "Passed" in learner.get("/exams/").text
    assert "See the result" in learner.get("/").text
    assert acts.passed(room)
    file = invigilator.get(f"{sitting}candidates.csv").text
    assert "X02,Room 7,Learner Walk,passport,yes,Instructor Walk" in file


def test_a_form_that_is_refused_keeps_what_was_typed(taught: Flask, room: Room) -> None:
    client = signed_in(taught, "instructor@walk")
    sitting = _opened(client, room)
    identity = f"{sitting}identity/{room.learner.id}"
    answer = _post(client, identity, document="passport", agrees="no")
    assert answer.status_code == 422
    assert "Say in a few words what did not agree" in answer.text
    answer = _post(client, sitting, about="", text="")
    assert answer.status_code == 422
    assert "Write what happened" in answer.text
    assert _post(client, f"{sitting}sign", password="wrong one").status_code == 422


def test_sent_twice_a_sitting_is_opened_once(taught: Flask, room: Room) -> None:
    client = signed_in(taught, "instructor@walk")
    sent = {"programme": "X02", "place": room.hub.delivering, "room": "R", "once": "a" * 26}
    first = _post(client, "/exams/sittings/open", **sent)
    assert _post(client, "/exams/sittings/open", **sent).location == first.location


def test_what_is_not_there_is_said(taught: Flask) -> None:
    hub = walk.people_of_a_hub()
    assert "No exam is before you" in signed_in(taught, "learner@walk").get("/exams/").text
    invigilator = signed_in(taught, "instructor@walk")
    assert "No exam can be taken yet" in invigilator.get("/exams/sittings/open").text
    assert hub.learner


def test_a_sitting_asks_the_same_for_one_candidate_as_for_many(taught: Flask, room: Room) -> None:
    client = signed_in(taught, "instructor@walk")
    sitting = acts.open_sitting(room)
    acts.look(room, sitting)
    page = f"/exams/sittings/{sitting}/"
    for address in ("/exams/sittings/", page, f"{page}sign", "/"):
        client.get(address)
    few = {a: len(count_queries(taught, lambda a=a: client.get(a)))  # type: ignore[misc]
           for a in ("/exams/sittings/", page, f"{page}sign", "/")}  # fmt: skip
    for number in range(3):
        with transaction():
            place = db.session.get_one(Organisation, room.hub.sending)
            person = make_person(place, "learner", name=f"Candidate {number}").id
        other = acts.enrolled(room, person)
        acts.look(other, sitting)
        acts.answer(acts.begin(other, acts.code_of(room, sitting)), other.learner, right=False)
        acts.open_sitting(room)
    assert few == {a: len(count_queries(taught, lambda a=a: client.get(a))) for a in few}  # type: ignore[misc]
    assert max(few[a] for a in few if a != "/") <= 8
