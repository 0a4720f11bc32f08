"""Forged forms and fields that are none of the form's: refused or ignored, nothing changed."""

import re

import pytest
from flask import Flask
from sqlalchemy import func, select

from lms.assessment.models import Attempt, Result
from lms.db import Base, db, transaction
from lms.grading.models import Mark
from lms.people.models import RoleHeld
from tests.factories import PASSWORD
from tests.isolation.acts import rows, with_password
from tests.isolation.doors import DOORS
from tests.isolation.visitors import enter
from tests.isolation.world import HERE, THERE, World

FROM_HERE = {"Sec-Fetch-Site": "same-origin"}
TYPED = "typed with <care> & patience, long enough to be shown as a text to look over again"
# What an attacker adds in the hope that a form is poured into a row.
EXTRA = {
    "role": "administrator",
    "roles": "administrator",
    "organisation_id": "0" * 26,
    "person_id": "0" * 26,
    "marker_id": "0" * 26,
    "score": "100",
    "fraction": "1",
    "passed": "1",
    "practice": "0",
    "number": "7",
    "standing": "counts",
    "deadline": "2099-01-01T00:00:00Z",
}


def count(app: Flask) -> dict[str, int]:
    """Return the number of rows of every table."""
    with app.app_context(), transaction(write=False):
        return {
            table.name: db.session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }


def posts() -> list[str]:
    """Return the endpoints that take a form, without those about a learner's record."""
    return [
        endpoint
        for endpoint, door in DOORS.items()
        if door.post and not door.reads and door.record != "appealed"
    ]


def path_of(world: World, endpoint: str) -> str:
    """Return the address of a record that the instructor may post to."""
    door = DOORS[endpoint]
    own = world.people[HERE]["instructor"]
    one = world.people[HERE][door.neighbour] if door.others else own
    values = vars(one) | {
        "version": world.version,
        "upload": world.upload,
        "run": world.run,
        "panel": world.panel,
        "written": world.written,
        "anchor": world.anchor,
    }
    values["lesson"], values["question"] = "10-units", "none"
    return door.path.format(**values)


# --- forged ---------------------------------------------------------------------------------


@pytest.mark.parametrize("endpoint", posts())
@pytest.mark.parametrize("token", ["", "forged", "another's"])
def test_form_without_its_token_changes_nothing_and_keeps_what_was_typed(
    inside: Flask, world: World, endpoint: str, token: str
) -> None:
    visitor = enter(inside, world.people[HERE]["instructor"])
    form = {"comment": TYPED, "password": PASSWORD}
    if token:
        form["csrf_token"] = token if token == "forged" else _token_of_another(inside, world)
    before = count(inside)
    answer = visitor.client.post(path_of(world, endpoint), data=form, headers=FROM_HERE)
    assert answer.status_code == 400
    assert "typed with &lt;care&gt; &amp; patience" in answer.text
    assert PASSWORD not in answer.text
    assert count(inside) == before


@pytest.mark.parametrize("endpoint", [e for e, door in DOORS.items() if door.reads])
def test_what_goes_without_a_token_can_only_read(inside: Flask, endpoint: str) -> None:
    assert inside.view_functions[endpoint].reads_only  # type: ignore[attr-defined]


def _token_of_another(app: Flask, world: World) -> str:
    browser = app.test_client()
    page = browser.get("/sign-in").text
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found
    return found[1]


@pytest.mark.parametrize("endpoint", [e for e in posts() if DOORS[e].sends])
def test_script_without_its_token_is_told_so_as_json(
    inside: Flask, world: World, endpoint: str
) -> None:
    own = world.people[HERE]["instructor"]
    sends = DOORS[endpoint].sends
    assert sends
    before = count(inside)
    answer = enter(inside, own).client.post(path_of(world, endpoint), json=sends(own))
    assert (answer.status_code, answer.is_json) == (400, True)
    assert count(inside) == before


def test_form_sent_by_another_site_is_not_kept_one_click_away(inside: Flask, world: World) -> None:
    visitor = enter(inside, world.people[HERE]["learner"])
    path = path_of(world, "assessment.send")
    for headers in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {},
    ):
        answer = visitor.client.post(path, data={"comment": TYPED}, headers=headers)
        assert answer.status_code == 400
        assert "typed with" not in answer.text


def test_what_a_signed_out_form_carried_is_kept(inside: Flask, world: World) -> None:
    answer = enter(inside, None).post(
        path_of(world, "assessment.send"), {"essay": TYPED, "password": "x" * 70}, headers=FROM_HERE
    )
    assert answer.status_code == 401
    assert "typed with &lt;care&gt;" in answer.text
    assert "x" * 70 not in answer.text


def test_cookie_is_closed_to_scripts_and_other_sites(inside: Flask, world: World) -> None:
    with_password(inside, world.people[HERE]["learner"])
    visitor = enter(inside, None)
    form = {"login": world.people[HERE]["learner"].login, "password": PASSWORD}
    cookie = visitor.post("/sign-in", form).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Nadia" not in cookie


# --- more fields than the form has ----------------------------------------------------------


def test_sign_in_takes_no_role(inside: Flask, world: World) -> None:
    learner = world.people[HERE]["learner"]
    with_password(inside, learner)
    with inside.app_context(), transaction(write=False):
        held = db.session.scalar(select(func.count()).select_from(RoleHeld))
    visitor = enter(inside, None)
    assert visitor.post(
        "/sign-in", EXTRA | {"login": learner.login, "password": PASSWORD}
    ).status_code == 303  # fmt: skip
    assert visitor.get("/grading/").status_code == 403
    with inside.app_context(), transaction(write=False):
        assert db.session.scalar(select(func.count()).select_from(RoleHeld)) == held


def test_mark_takes_levels_and_comment_only(inside: Flask, world: World) -> None:
    instructor, one = world.people[HERE]["instructor"], world.people[HERE]["submitted"]
    with_password(inside, instructor)
    visitor = enter(inside, instructor)
    path = f"/grading/answers/{one.essay}/"
    names = set(re.findall(r'name="(level-[^"]+)"', visitor.get(path).text))
    form = dict.fromkeys(names, "2") | {"comment": "Fair.", "read_number": "0"}
    extra = EXTRA | {"level-invented": "4", "item_id": world.people[THERE]["submitted"].essay}
    answer = visitor.post(path, extra | form | {"password": PASSWORD})
    assert answer.status_code == 303
    with inside.app_context(), transaction(write=False):
        mark = db.session.scalars(select(Mark).where(Mark.item_id == one.essay)).one()
        assert (mark.number, mark.marker_id) == (1, instructor.person)
        assert mark.levels == {name.removeprefix("level-"): 2 for name in names}


@pytest.mark.parametrize("points", ["5", "-1", "4.0", "९", "", "null"])
def test_a_level_that_the_rubric_has_not_is_refused(
    inside: Flask, world: World, points: str
) -> None:
    instructor, one = world.people[HERE]["instructor"], world.people[HERE]["submitted"]
    with_password(inside, instructor)
    visitor = enter(inside, instructor)
    path = f"/grading/answers/{one.essay}/"
    names = set(re.findall(r'name="(level-[^"]+)"', visitor.get(path).text))
    form = dict.fromkeys(names, points) | {"comment": TYPED, "read_number": "0"}
    answer = visitor.post(path, form | {"password": PASSWORD})
    assert answer.status_code == 422
    assert "typed with &lt;care&gt;" in answer.text
    assert rows(inside, Mark, Mark.item_id == one.essay) == 0


def test_release_takes_no_outcome(inside: Flask, world: World) -> None:
    instructor, one = world.people[HERE]["instructor"], world.people[HERE]["marked"]
    with_password(inside, instructor)
    answer = enter(inside, instructor).post(
        f"/grading/attempts/{one.attempt}/release", EXTRA | {"password": PASSWORD}
    )
    assert answer.status_code == 303
    with inside.app_context(), transaction(write=False):
        result = db.session.scalars(
            select(Result).where(Result.attempt_id == one.attempt)
        ).one()  # fmt: skip
        assert not result.passed  # every question but the essay was left blank


def test_release_before_every_mark_is_refused(inside: Flask, world: World) -> None:
    instructor, one = world.people[HERE]["instructor"], world.people[HERE]["submitted"]
    with_password(inside, instructor)
    answer = enter(inside, instructor).post(
        f"/grading/attempts/{one.attempt}/release", {"password": PASSWORD}
    )
    assert answer.status_code == 422
    assert rows(inside, Result, Result.attempt_id == one.attempt) == 0


def test_start_takes_no_deadline_and_no_other_module(inside: Flask, world: World) -> None:
    own = world.people[HERE]["learner"]
    visitor = enter(inside, own)
    before = rows(inside, Attempt, Attempt.person_id == own.person)
    answer = visitor.post(f"/attempts/enrolments/{own.enrolment}/start", EXTRA)
    assert (answer.status_code, answer.location) == (303, f"/attempts/{own.attempt}/")
    assert rows(inside, Attempt, Attempt.person_id == own.person) == before


def test_a_passed_module_is_not_started_again(inside: Flask, world: World) -> None:
    own = world.people[HERE]["graduate"]
    visitor = enter(inside, own)
    answer = visitor.post(f"/attempts/enrolments/{own.enrolment}/start")
    assert (answer.status_code, answer.location) == (303, "/modules/FND103/")
    begun = (Attempt.person_id == own.person) & (Attempt.number > 0)  # 0: their sheet of paper
    assert rows(inside, Attempt, begun) == 1
