"""Answers, marks and acts sent twice, from two tabs, and too late: once, kept beside, or late."""

from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select

from lms import clock
from lms.assessment.models import Attempt, Lease, Response, Result, Submission
from lms.assessment.queries import effective
from lms.assessment.standing import GRACE
from lms.db import db, transaction
from lms.grading.models import Mark
from lms.learning.models import LessonRead
from lms.people.models import SessionHeld
from tests.factories import PASSWORD
from tests.isolation.acts import rows, save, with_password
from tests.isolation.visitors import Visitor, enter
from tests.isolation.world import HERE, Records, World


def counts(app: Flask, own: Records) -> Any:
    """Return what counts as the answer to the learner's number."""
    with app.app_context(), transaction(write=False):
        response = effective(own.attempt).get(own.item)
        return response.given["text"] if response and response.given else None


# --- twice ----------------------------------------------------------------------------------


def test_answer_sent_again_is_saved_once(inside: Flask, tab: Visitor, own: Records) -> None:
    first = save(tab, own, "5").json["saved"]
    assert save(tab, own, "5").json["saved"] == first
    assert rows(inside, Response, Response.item_id == own.item) == 1


def test_attempt_handed_in_twice_is_handed_in_once(
    inside: Flask, tab: Visitor, own: Records
) -> None:
    form = {"client": "form-the-first-tab", "seen": "99", "submit": "yes"}
    for _turn in range(2):
        assert tab.post(f"/attempts/{own.attempt}/", form).status_code in (303, 409)
    tab.post(f"/attempts/{own.attempt}/lease", {"client": "form-the-first-tab"})
    for _turn in range(2):
        tab.post(f"/attempts/{own.attempt}/", form)
    assert rows(inside, Submission, Submission.attempt_id == own.attempt) == 1


def test_start_pressed_twice_gives_one_attempt(inside: Flask, tab: Visitor, own: Records) -> None:
    path = f"/attempts/enrolments/{own.enrolment}/start"
    assert tab.post(path).location == tab.post(path).location
    # The one with number 0 is a sheet of paper.
    begun = (Attempt.enrolment_id == own.enrolment) & (Attempt.number > 0)
    assert rows(inside, Attempt, begun) == 1


def test_lesson_said_to_be_read_twice_is_read_once(
    inside: Flask, tab: Visitor, own: Records
) -> None:
    page = tab.get("/modules/FND103/").text
    lesson = page.split('href="/modules/FND103/lessons/')[1].split("/")[0]
    for _turn in range(2):
        assert tab.post(f"/modules/FND103/lessons/{lesson}/read").status_code == 303
    assert rows(inside, LessonRead, LessonRead.enrolment_id == own.enrolment) == 1


def test_mark_and_release_sent_twice_stand_once(inside: Flask, world: World) -> None:
    instructor, one = world.people[HERE]["instructor"], world.people[HERE]["submitted"]
    with_password(inside, instructor)
    visitor = enter(inside, instructor)
    path = f"/grading/answers/{one.essay}/"
    levels = {part.split('"')[0] for part in visitor.get(path).text.split('name="level-')[1:]}
    form = {f"level-{name}": "3" for name in levels}
    form |= {"comment": "typed with care", "read_number": "0", "password": PASSWORD}
    assert visitor.post(path, form).status_code == 303
    again = visitor.post(path, form)
    assert (again.status_code, "typed with care" in again.text) == (422, True)
    assert "in the meantime" in again.text
    assert rows(inside, Mark, Mark.item_id == one.essay) == 1
    with inside.app_context(), transaction(write=False):
        (mark,) = db.session.scalars(select(Mark.id).where(Mark.item_id == one.essay))
    for _turn in range(2):
        visitor.post("/grading/sign", {"chosen": mark, "password": PASSWORD})
    for _turn in range(2):
        released = visitor.post(f"/grading/attempts/{one.attempt}/release", {"password": PASSWORD})
        assert released.status_code in (303, 404, 422)
    assert rows(inside, Result, Result.attempt_id == one.attempt) == 1


# --- two tabs -------------------------------------------------------------------------------


def test_second_tab_is_kept_beside_until_it_takes_over(
    inside: Flask, tab: Visitor, own: Records
) -> None:
    assert save(tab, own, "1").status_code == 200
    other = save(tab, own, "2", client="second-tab", sequence=1)
    assert (other.status_code, other.json["error"]) == (409, "elsewhere")
    assert counts(inside, own) == "1"
    taken = tab.post(f"/attempts/{own.attempt}/lease", json={"client": "second-tab"})
    assert taken.status_code == 200
    assert save(tab, own, "3", client="second-tab", sequence=2).status_code == 200
    assert save(tab, own, "4", sequence=100).json["error"] == "elsewhere"
    assert counts(inside, own) == "3"
    assert rows(inside, Lease, Lease.attempt_id == own.attempt) == 1


def test_stale_plain_tab_is_shown_what_it_typed_and_overwrites_nothing(
    inside: Flask, tab: Visitor, own: Records
) -> None:
    here = f"/attempts/{own.attempt}/"
    page = tab.get(here).text
    client = page.split('name="client" value="')[1].split('"')[0]
    seen = page.split('name="seen" value="')[1].split('"')[0]
    tab.post(f"{here}lease", {"client": client})
    both = {"client": client, "seen": seen, f"item-{own.essay}-text": "one text"}
    first = tab.post(here, both | {f"item-{own.item}-number": "11"})
    assert first.status_code == 303
    stale = tab.post(here, both | {f"item-{own.item}-number": "22"})
    assert stale.status_code == 409
    assert "newer answer" in stale.text
    assert counts(inside, own) == "11"
    assert rows(inside, Response, Response.item_id == own.item) == 2


def test_another_session_of_the_same_person_may_not_answer_unasked(
    inside: Flask, tab: Visitor, own: Records
) -> None:
    assert save(tab, own, "1").status_code == 200
    with inside.app_context(), transaction():
        session = SessionHeld(id="1" * 26, person_id=own.person, begun_at=clock.now())
        db.session.add(session)
    phone = enter(inside, Records(own.person, own.login, "1" * 26))
    answer = save(phone, own, "2", client="the-phone", sequence=1)
    assert answer.json["error"] == "elsewhere"


# --- too late -------------------------------------------------------------------------------


def after_deadline(app: Flask, own: Records, by: timedelta) -> None:
    with app.app_context(), transaction(write=False):
        moment = db.session.get_one(Attempt, own.attempt).deadline + by
    clock.set_clock(lambda: moment)


def test_answer_on_its_way_at_the_deadline_still_counts(
    inside: Flask, tab: Visitor, own: Records
) -> None:
    after_deadline(inside, own, GRACE - timedelta(seconds=1))
    assert save(tab, own, "5").status_code == 200
    assert counts(inside, own) == "5"


def test_answer_after_the_deadline_is_kept_and_does_not_count(
    inside: Flask, tab: Visitor, own: Records
) -> None:
    after_deadline(inside, own, GRACE + timedelta(seconds=1))
    answer = save(tab, own, "5", claimed="2020-01-01T00:00:00.000Z")
    assert (answer.status_code, answer.json["error"]) == (409, "late")
    assert "time is over" in answer.json["message"]
    assert counts(inside, own) is None
    assert rows(inside, Response, Response.item_id == own.item) == 1


def test_plain_form_after_the_deadline_says_so_and_offers_no_field(
    inside: Flask, tab: Visitor, own: Records
) -> None:
    after_deadline(inside, own, GRACE + timedelta(seconds=1))
    here = f"/attempts/{own.attempt}/"
    form = {"client": "the-world", "seen": "9", f"item-{own.item}-number": "5", "submit": "yes"}
    assert tab.post(here, form).status_code == 303
    page = tab.get(here).text
    assert "time is over" in page
    assert f'name="item-{own.item}-number"' not in page
    assert counts(inside, own) is None


def test_nothing_counts_after_handing_in(inside: Flask, world: World) -> None:
    one = world.people[HERE]["submitted"]
    tab = enter(inside, one)
    answer = save(tab, one, "5")
    assert (answer.status_code, answer.json["error"]) == (409, "late")
    assert tab.post(f"/attempts/{one.attempt}/lease", json={"client": "again"}).status_code == 409
