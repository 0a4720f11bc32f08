"""Taps, openings and signatures that come in at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from lms.competency.models import Evidence
from lms.db import db, transaction
from lms.practicals.models import PracticalResult, Sheet, SignOff, Tap
from lms.practicals.standing import CLOSING, COUNTS, content
from tests.factories import PASSWORD, csrf_of, signed_in
from tests.practicals import acts
from tests.practicals.conftest import Site

TABS = 3


def at_once(*calls: Callable[[], object]) -> list[object]:
    """Make all calls at the same moment, each in a thread; return their answers."""
    together = Barrier(len(calls))

    def call(one: Callable[[], object]) -> object:
        together.wait()
        return one()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(call, calls))


def taps(client: FlaskClient, sheet: str, token: str, subject: str) -> list[int]:
    """Send the same ten taps; return the numbers that were acknowledged."""
    numbers = []
    for sequence in range(100, 110):
        answer = client.post(
            f"/practicals/{sheet}/taps",
            json={
                "client": "one-phone",
                "sequence": sequence,
                "subject": subject,
                "value": "self-corrected" if sequence % 2 else "done",
                "tapped": f"2026-05-04T09:00:{sequence - 100:02}Z",
            },
            headers={"X-CSRFToken": token},
        )
        assert answer.status_code in {200, 409, 503}, answer.text
        numbers += [sequence] if answer.status_code == 200 else []
    return numbers


def test_taps_sent_by_several_tabs_and_a_signature_at_once(taught: Flask, site: Site) -> None:
    sheet = acts.observe(site.enrolment, site.first)
    subject = next(s for s in acts.standing_of(sheet) if s.startswith("step:"))
    clients = [signed_in(taught, "instructor@walk") for _ in range(TABS)]
    tokens = [csrf_of(client, f"/practicals/{sheet}/") for client in clients]
    signer = signed_in(taught, "instructor@walk")
    page = signer.get(f"/practicals/{sheet}/review").text
    form = {
        "csrf_token": csrf_of(signer, f"/practicals/{sheet}/review"),
        "read": page.split('name="read" value="')[1][:64],
        "independent": "y",
        "password": PASSWORD,
    }

    def tap(tab: int) -> Callable[[], object]:
        return lambda: taps(clients[tab], sheet, tokens[tab], subject)

    at_once(
        *(tap(tab) for tab in range(TABS)),
        lambda: signer.post(f"/practicals/{sheet}/review", data=form),
    )
    with transaction(write=False):
        rows = db.session.scalars(select(Tap).order_by(Tap.number)).all()
        assert [row.number for row in rows] == list(range(1, len(rows) + 1))
        sent = [row for row in rows if row.client == "one-phone"]
        assert sorted(row.sequence for row in sent) == list(range(100, 110))
        signed = db.session.scalars(select(SignOff)).all()
        closing = [row.number for row in rows if row.standing == CLOSING]
        assert len(closing) == len(signed) <= 1
        counted = [row for row in rows if row.standing == COUNTS]
        assert all(row.number < last for row in counted for last in closing)
        if signed:  # signed as the page showed it: none of the new taps can count
            assert not [row for row in content(counted) if row[0] == "one-phone"]


def test_sheet_opened_by_two_at_once_is_one(taught: Flask, site: Site) -> None:
    practical = acts.practical_of(site.enrolment)
    path = f"/practicals/learners/{site.enrolment}/{practical.id}/open"
    clients = [signed_in(taught, login) for login in ("instructor@walk", "assessor@walk")]
    tokens = [csrf_of(client, "/practicals/") for client in clients]

    def press(place: int) -> Callable[[], object]:
        return lambda: clients[place].post(path, data={"csrf_token": tokens[place]}).status_code

    assert set(at_once(press(0), press(1), press(0))) <= {303, 503}
    with transaction(write=False):
        assert len(db.session.scalars(select(Sheet)).all()) == 1


def test_countersignature_pressed_twice_decides_once(taught: Flask, site: Site) -> None:
    sheet = acts.observe(site.enrolment, site.first)
    acts.sign(sheet, site.first)
    acts.sign(sheet, site.second)
    learner = signed_in(taught, "learner@walk")
    page = learner.get(f"/practicals/{sheet}/review").text
    form = {
        "csrf_token": csrf_of(learner, f"/practicals/{sheet}/review"),
        "read": page.split('name="read" value="')[1][:64],
        "agrees": "yes",
        "password": PASSWORD,
    }
    answers = at_once(
        *[lambda: learner.post(f"/practicals/{sheet}/review", data=form).status_code] * 2
    )
    assert set(answers) <= {303, 503}
    with transaction(write=False):
        assert len(db.session.scalars(select(PracticalResult)).all()) == 1
        shown = db.session.scalars(select(Evidence.competency)).all()
        assert len(shown) == len(set(shown))
