"""Hostile texts in every field and address: shown as text or refused in words, never alive."""

from html import unescape
from urllib.parse import quote

import pytest
from flask import Flask
from sqlalchemy import text

from lms.actor import SYSTEM
from lms.columns import canonical
from lms.db import db, transaction
from lms.people.actions import grant_role
from lms.people.models import Organisation, Person
from tests.isolation.hostile import AWKWARD, TEXTS, came_alive, failings_of_headers
from tests.isolation.visitors import Visitor, enter
from tests.isolation.world import HERE, ROLES, World


def fails(answer) -> list[str]:
    """Return what is wrong with a response to a hostile request, whatever its status."""
    wrong = came_alive(answer) + failings_of_headers(answer)
    if answer.status_code >= 500:
        wrong.append(f"status {answer.status_code}")
    if "Traceback" in answer.text or "sqlalchemy" in answer.text:
        wrong.append("a stack trace")
    return wrong


def above(app: Flask, world: World, *roles: str) -> Visitor:
    """Return somebody of this site who holds roles for the whole hub."""
    one = world.people[HERE]["colleague"]
    with app.app_context(), transaction():
        root = db.session.scalars(
            db.select(Organisation).where(Organisation.parent_id.is_(None))
        ).one()
        person = db.session.get_one(Person, one.person)
        for role in roles or ("owner",):
            grant_role(person=person, role=role, organisation=root, by=SYSTEM)
    return enter(app, one)


# --- what is stored -------------------------------------------------------------------------


def poison(app: Flask, hostile: str) -> None:
    """Put a text wherever people's words are kept, behind the back of every check."""
    facts = {
        "holder": {"name": hostile, "latin": hostile},
        "programme": {"title": hostile, "version": hostile},
        "competencies": [{"id": hostile, "title": hostile, "level": 1, "expires_on": None}],
        "issuer": {"name": hostile},
        "site": {"name": hostile},
    }
    with app.app_context(), transaction():
        run = db.session.execute
        run(text("UPDATE person SET name = :x, native_name = :x"), {"x": hostile})
        run(text("UPDATE organisation SET name = :x"), {"x": hostile})
        run(text("UPDATE mark SET comment = :x"), {"x": hostile})
        run(
            text("UPDATE certificate_act SET reason = :x, params = :p"),
            {"x": hostile, "p": canonical({"detail": hostile})},
        )
        essays = text(
            "UPDATE response SET given = :x"
            " WHERE item_id IN (SELECT id FROM attempt_item WHERE kind = 'essay')"
        )
        run(essays, {"x": canonical({"text": hostile})})
        numbers = text(
            "UPDATE response SET given = :x"
            " WHERE item_id IN (SELECT id FROM attempt_item WHERE kind = 'numeric')"
        )
        run(numbers, {"x": canonical({"text": hostile, "unit": hostile})})
        for id, number in run(text("SELECT id, number FROM certificate")).all():
            issued = {"number": number, "issued_on": "2026-01-01", "expires_on": None}
            run(
                text("UPDATE certificate SET facts = :f WHERE id = :id"),
                {"f": canonical(facts | issued | {"practice": False}), "id": id},
            )


def pages(world: World) -> dict[str, tuple[str, ...]]:
    """Return by reader the addresses of the pages that show what people wrote."""
    people = world.people[HERE]
    submitted, marked, graduate = people["submitted"], people["marked"], people["graduate"]
    attempt, number = "/attempts/{}/", graduate.number
    return {
        "learner": ("/", "/modules/FND103/", attempt.format(people["learner"].attempt)),
        "submitted": ("/", attempt.format(submitted.attempt)),
        "graduate": ("/", "/certificates/", attempt.format(graduate.attempt), f"/verify/{number}"),
        "coordinator": (
            "/",
            "/certificates/",
            "/people/",
            "/organisations/",
            "/account/",
            f"/people/{people['learner'].person}/",
            f"/organisations/{people['learner'].place}/",
        ),
        "reviewer": ("/content/", f"/content/{world.version}/"),
        "instructor": (
            "/",
            "/grading/",
            f"/grading/answers/{submitted.essay}/",
            f"/grading/answers/{marked.essay}/",
            f"/grading/attempts/{marked.attempt}/release",
            "/certificates/",
        ),
    }


@pytest.mark.parametrize("hostile", TEXTS)
def test_no_stored_text_comes_back_alive(inside: Flask, world: World, hostile: str) -> None:
    poison(inside, hostile.replace("\r\n", " "))
    wrong = []
    for who, paths in pages(world).items():
        visitor = enter(inside, world.people[HERE][who])
        for path in paths:
            answer = visitor.get(path)
            assert answer.status_code == 200, path
            wrong += [f"{who} {path}: {one}" for one in fails(answer)]
    answer = above(inside, world).get("/records/")
    wrong += [f"/records/: {one}" for one in fails(answer)]
    assert not wrong, "\n".join(wrong)


def test_the_poison_is_shown_where_it_is_looked_for(inside: Flask, world: World) -> None:
    poison(inside, "<x-evil> was here")
    essay = world.people[HERE]["submitted"].essay
    number = world.people[HERE]["graduate"].number
    shown = {
        "graduate": ["/", "/certificates/", f"/verify/{number}"],
        "instructor": ["/certificates/", f"/grading/answers/{essay}/"],
        "learner": [f"/attempts/{world.people[HERE]['learner'].attempt}/"],
    }
    for who, paths in shown.items():
        visitor = enter(inside, world.people[HERE][who])
        for path in paths:
            assert "&lt;x-evil&gt; was here" in visitor.get(path).text, path


# --- what is sent ---------------------------------------------------------------------------


@pytest.mark.parametrize("hostile", [*TEXTS, *AWKWARD])
def test_no_address_makes_a_page_fail_or_speak(inside: Flask, world: World, hostile: str) -> None:
    said = quote(hostile, safe="")
    asked = [
        f"/verify/{said}",
        f"/verify/?number={said}",
        f"/verify/ST-0000?on={said}",
        f"/sign-in?next={said}",
        f"/modules/{said}/",
        f"/modules/FND103/?version={said}",
        f"/modules/FND103/lessons/{said}/",
        f"/modules/FND103/files/{said}",
        f"/modules/FND103/files/x.svg?v={said}",
        f"/attempts/{said}/",
        f"/certificates/{said}.pdf",
        f"/grading/answers/{said}/",
        f"/grading/attempts/{said}/release",
        f"/content/{said}/",
        f"/content/{said}/questions/",
        f"/static/web/{said}/style.css",
        f"/static/{said}/x/style.css",
        f"/static/web/x/{said}",
        f"/{said}",
        f"/?lang={said}",
        f"/?{said}={said}",
    ]
    asked += [f"/records/?kind={said}", f"/records/?before={said}"]
    asked += [f"/organisations/?words={said}", f"/organisations/{said}/", f"/people/{said}/edit"]
    asked += [f"/people/?{name}={said}" for name in ("words", "organisation", "after", "role")]
    stranger, everybody = enter(inside, None), above(inside, world, *ROLES)
    wrong = [f"{path}: {one}" for path in asked for one in fails(everybody.get(path))]
    wrong += [f"{path}: {one}" for path in asked[:4] for one in fails(stranger.get(path))]
    assert not wrong, "\n".join(wrong)


def test_a_nul_is_refused_before_any_database_sees_it(inside: Flask, world: World) -> None:
    own = world.people[HERE]["learner"]
    visitor = enter(inside, own)
    for path in ("/attempts/%00/", "/modules/a%00b/", "/verify/?number=%00", "/?%00=x"):
        assert visitor.get(path).status_code == 400
    sent = {"client": "form-of-somebody", "seen": "9", f"item-{own.essay}-text": "a\0b"}
    assert visitor.post(f"/attempts/{own.attempt}/", sent).status_code == 400


MOMENTS = ("2026-01-01", "2026-01-01T00:00:00", "9999-12-31", "0001-01-01T00:00:00%2b14:00")
DAYS = ("", "tomorrow", "2026-13-01", "0001-01-01", "9999-12-31", "2026-W01")


@pytest.mark.parametrize("moment", MOMENTS)
def test_any_moment_narrows_the_trail_or_is_left_out(
    inside: Flask, world: World, moment: str
) -> None:
    assert above(inside, world).get(f"/records/?before={moment}").status_code == 200


@pytest.mark.parametrize("day", DAYS)
def test_any_day_gets_a_verdict(inside: Flask, world: World, day: str) -> None:
    number = world.people[HERE]["graduate"].number
    for headers in ({}, {"Accept": "application/json"}):
        answer = enter(inside, None).get(f"/verify/{number}?on={day}", headers=headers)
        assert answer.status_code == 200


@pytest.mark.parametrize("hostile", [*TEXTS, *AWKWARD])
def test_no_field_makes_a_form_fail_or_speak(inside: Flask, world: World, hostile: str) -> None:
    people = world.people[HERE]
    own = people["instructor"]
    sent = {
        "/sign-in": ("login", "next"),
        "/sign-in/slip": ("login", "code", "password"),
        "/account/password": ("current", "password"),
        "/account/language": ("locale",),
        f"/attempts/{own.attempt}/": ("client", "seen", f"item-{own.essay}-text"),
        f"/attempts/{own.attempt}/lease": ("client",),
        f"/attempts/enrolments/{own.enrolment}/start": (hostile,),
        f"/grading/answers/{people['submitted'].essay}/": ("comment", "read_number", "level-x"),
        f"/grading/attempts/{people['marked'].attempt}/release": (hostile,),
        "/modules/FND103/lessons/x/read": (hostile,),
    }
    visitor = enter(inside, own)
    here = {"Sec-Fetch-Site": "same-origin"}
    wrong = []
    for path, fields in sent.items():
        form = dict.fromkeys(fields, hostile)
        wrong += [f"{path}: {one}" for one in fails(visitor.post(path, form))]
        unsigned = visitor.client.post(path, data=form | {hostile: hostile}, headers=here)
        wrong += [f"{path} unsigned: {one}" for one in fails(unsigned)]
        stranger = enter(inside, None).post(path, form | {hostile: hostile}, headers=here)
        wrong += [f"{path} signed out: {one}" for one in fails(stranger)]
    chief, person = enter(inside, people["administrator"]), people["learner"].person
    for path in ("/people/add", f"/people/{person}/edit", f"/people/{person}/roles"):
        names = ("name", "native_name", "login", "organisation", "role", "roles", "reason")
        wrong += [
            f"{path}: {one}" for one in fails(chief.post(path, dict.fromkeys(names, hostile)))
        ]
    place = f"/organisations/{people['administrator'].place}/add"
    wrong += [
        f"{place}: {one}" for one in fails(chief.post(place, {"name": hostile, "country": "KR"}))
    ]
    slips = chief.post("/people/slips/", {"person": hostile, "once": hostile})
    wrong += [f"/people/slips/: {one}" for one in fails(slips)]
    desk = enter(inside, people["reviewer"])
    fields = ("act", "seen", "note", "on")
    answer = desk.post(f"/content/{world.version}/", dict.fromkeys(fields, hostile))
    wrong += [f"/content/: {one}" for one in fails(answer)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("hostile", TEXTS)
def test_an_answer_comes_back_as_it_was_typed(inside: Flask, world: World, hostile: str) -> None:
    own = world.people[HERE]["learner"]
    visitor = enter(inside, own)
    sent = {
        "item": own.essay,
        "client": "the-world",
        "sequence": 50,
        "seen": 1,
        "claimed": "2026-01-01T00:00:00Z",
        "given": {f"item-{own.essay}-text": [hostile]},
    }
    answer = visitor.post(f"/attempts/{own.attempt}/responses", json=sent)
    assert answer.status_code == 200
    page = visitor.get(f"/attempts/{own.attempt}/")
    assert not fails(page)
    found = page.text.split(f'name="item-{own.essay}-text"')[1].split("</textarea>")[0]
    assert unescape(found.split(">", 1)[1]) == f"\n{hostile}"
