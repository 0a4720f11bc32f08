"""The pages of exams on paper, as browsers without scripts use them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from lms import clock
from lms.assessment import queries as attempts
from lms.db import db, transaction
from lms.examination.onpaper import rules
from lms.examination.onpaper.models import PaperEntry
from tests import walk
from tests.examination import acts, papers
from tests.examination.acts import Room
from tests.factories import PASSWORD, count_queries, csrf_of, signed_in


def _post(client: FlaskClient, page: str, **fields: Any) -> Any:
    text = client.get(page).text
    number = text.partition('name="read_number" value="')[2].partition('"')[0]
    sent = {"csrf_token": csrf_of(client, page)} | ({"read_number": number} if number else {})
    return client.post(page, data=sent | fields)


def _minute(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M")


def test_a_sheet_goes_over_its_pages_from_the_room_to_the_result(taught: Flask, room: Room) -> None:
    first = signed_in(taught, "instructor@walk")
    papers.reader(room, "Second")
    second = signed_in(taught, "second-reader@walk")
    learner = signed_in(taught, "learner@walk")
    sitting = acts.open_sitting(room)
    acts.look(room, sitting)
    seat = f"/exams/sittings/{sitting}/paper/{room.learner.id}"
    assert seat in first.get(f"/exams/sittings/{sitting}/").text
    assert _post(first, seat, reason="No power", password="wrong one").status_code == 422
    answer = _post(first, seat, reason="No power", password=PASSWORD)
    assert answer.status_code == 303, answer.text
    desk = answer.location
    attempt = desk.split("/")[-2]
    assert "You write this exam on paper" in learner.get(f"/attempts/{attempt}/").text
    assert "First note when the sheet was written" in second.get(desk).text
    began = clock.now()
    clock.set_clock(lambda: began + timedelta(minutes=12))
    assert _post(first, desk, began_at="", ended_at="soon").status_code == 422
    ended = _minute(began + timedelta(minutes=10))
    answer = _post(first, desk, began_at=_minute(began), ended_at=ended)
    assert answer.status_code == 303, answer.text
    enter = f"{desk}enter"
    assert _post(first, enter, **papers.right(attempt)).status_code == 303
    assert first.get(enter).status_code == 409
    assert "Somebody else enters the sheet now" in first.get(desk).text
    assert " checked" not in second.get(enter).text  # nobody sees the other's entry
    assert _post(second, enter, **papers.right(attempt, but=[4])).status_code == 303
    assert "To decide" in second.get(desk).text
    (item,) = papers.differing(attempt)
    settle = f"{desk}questions/{item}"
    assert "Left empty" in second.get(settle).text
    assert _post(second, settle, entry="1").status_code == 422
    assert _post(second, f"{desk}take-over", password=PASSWORD).status_code == 422
    answer = _post(second, settle, entry="1", reason="There is a tick")
    assert answer.status_code == 303, answer.text
    assert _post(second, f"{desk}take-over", password="wrong one").status_code == 422
    answer = _post(second, f"{desk}take-over", password=PASSWORD)
    assert answer.status_code == 303, answer.text
    page = first.get(desk).text
    assert "Nothing can be changed any more" in page
    assert "There is a tick" in page
    assert "No power" in first.get(f"/exams/sittings/{sitting}/sign").text
    acts.sign(room, sitting)
    walk.grade(attempt, room.invigilator)
    walk.release(attempt, room.invigilator)
    assert "Passed" in learner.get("/exams/").text
    assert acts.passed(room)


def test_the_name_stands_on_the_first_printed_page_alone(taught: Flask, room: Room) -> None:
    _sitting, attempt = papers.seated(room)
    page = signed_in(taught, "instructor@walk").get(f"/exams/papers/{attempt}/print").text
    cover, _, questions = page.partition('</header>\n<p class="sheet-code">')
    assert "Learner Walk" in cover.partition('class="cover"')[2]
    assert "Learner Walk" not in questions
    with transaction(write=False):
        for item in attempts.items_of(attempt):
            assert f"Question {item.position}" in questions
            for option in item.shown.get("options", ()):
                assert str(option["text"]) in questions
    assert "<input" not in questions.partition("</article>")[0]


def test_a_kind_that_no_pen_can_answer_is_told_before_printing(
    taught: Flask, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    _sitting, attempt = papers.seated(room)
    client = signed_in(taught, "instructor@walk")
    desk = f"/exams/papers/{attempt}/"
    assert "cannot be answered on paper" not in client.get(desk).text
    with transaction(write=False):
        items = attempts.items_of(attempt)
        kind = items[0].kind
        places = [str(item.position) for item in items if item.kind == kind]
    monkeypatch.setattr(rules, "PRINTED", rules.PRINTED - {kind})
    assert f"cannot be answered on paper: {', '.join(places)}." in client.get(desk).text
    printed = client.get(f"{desk}print").text
    assert printed.count("This question cannot be answered on paper.") == len(places)


def test_the_pages_of_a_sheet_ask_few_questions_of_the_database(taught: Flask, room: Room) -> None:
    _sitting, attempt = papers.seated(room)
    second = papers.reader(room, "Second")
    papers.note(room, attempt)
    client = signed_in(taught, "instructor@walk")
    desk = f"/exams/papers/{attempt}/"
    for address in (desk, f"{desk}print", f"{desk}enter"):
        client.get(address)
        assert len(count_queries(taught, lambda a=address: client.get(a))) <= 12, address  # type: ignore[misc]
    papers.enter(attempt, papers.right(attempt, but=[3]), room.invigilator)
    papers.enter(attempt, papers.right(attempt), second)
    one = len(count_queries(taught, lambda: client.get(desk)))
    with transaction(write=False):
        assert len(db.session.scalars(select(PaperEntry)).all()) == 2
    assert one <= 14
