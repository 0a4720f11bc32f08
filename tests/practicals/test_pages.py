"""The pages of a practical, as browsers without scripts and the page's script use them."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from lms.db import db, transaction
from lms.practicals.models import Tap
from lms.practicals.standing import NOT_DONE
from tests import walk
from tests.factories import PASSWORD, count_queries, csrf_of, signed_in
from tests.practicals import acts
from tests.practicals.conftest import Site
from tests.web.untranslated import untranslated


@pytest.fixture
def observer(taught: Flask, site: Site) -> FlaskClient:
    return signed_in(taught, "instructor@walk")


def post(client: FlaskClient, page: str, path: str = "", **fields: str):
    return client.post(path or page, data={"csrf_token": csrf_of(client, page)} | fields)


def opened(observer: FlaskClient, site: Site) -> str:
    practical = acts.practical_of(site.enrolment)
    answer = post(
        observer, "/practicals/", f"/practicals/learners/{site.enrolment}/{practical.id}/open"
    )
    assert answer.status_code == 303
    return answer.location.split("/")[-2]


def test_practical_is_observed_and_signed_by_plain_forms(
    taught: Flask, site: Site, observer: FlaskClient
) -> None:
    assert "Learner Walk" in observer.get("/practicals/").text
    sheet = opened(observer, site)
    page, review = f"/practicals/{sheet}/", f"/practicals/{sheet}/review"
    values = acts.values_of(acts.practical_of(site.enrolment), note="One line\r\nand another ")
    first = dict(list(values.items())[:5])
    assert post(observer, page, save="yes", **first).location.endswith(page)
    assert "5 of " in observer.get(page).text
    assert "Still missing" in observer.get(review).text
    assert post(observer, page, review="yes", **values).location.endswith(review)
    assert "Still missing" not in observer.get(review).text
    assert acts.standing_of(sheet)["note"] == "One line\nand another"
    _sign(observer, sheet)
    second = signed_in(taught, "assessor@walk")
    assert "Waiting for your second signature" in second.get("/practicals/").text
    _sign(second, sheet, agrees="yes")
    learner = signed_in(taught, "learner@walk")
    assert "Countersign your practical" in learner.get("/").text
    assert "To sign" in learner.get("/modules/FND103/").text
    _sign(learner, sheet, agrees="yes")
    assert acts.result_of(sheet)["verdict"] == "passed"
    assert "Countersign" not in learner.get("/").text
    assert "Passed" in learner.get("/modules/FND103/").text


def _sign(client: FlaskClient, sheet: str, **fields: str) -> None:
    page = f"/practicals/{sheet}/review"
    read = client.get(page).text.split('name="read" value="')[1][:64]
    given = {"read": read, "independent": "y", "password": PASSWORD} | fields
    wrong = post(client, page, **given | {"password": "not the password"})
    assert wrong.status_code == 422
    answer = post(client, page, **given)
    assert answer.status_code == 303, answer.text


def test_saving_the_same_form_twice_notes_nothing_twice(site: Site, observer: FlaskClient) -> None:
    sheet = opened(observer, site)
    values = acts.values_of(acts.practical_of(site.enrolment))
    for _ in range(2):
        post(observer, f"/practicals/{sheet}/", save="yes", **values)
    with transaction(write=False):
        assert len(db.session.scalars(select(Tap.id)).all()) == len(values)


def test_rest_of_the_steps_is_noted_as_not_observed(site: Site, observer: FlaskClient) -> None:
    sheet = opened(observer, site)
    steps = [s["id"] for s in acts.practical_of(site.enrolment).shown["steps"]]
    page = f"/practicals/{sheet}/"
    post(observer, page, save="yes", **{f"step:{steps[0]}": "done"})
    post(observer, page, rest="yes")
    stands = acts.standing_of(sheet)
    assert stands.pop(f"step:{steps[0]}") == "done"
    assert set(stands.values()) == {"not-observed"}


def tap(browser: FlaskClient, sheet: str, token: str, **sent: object):
    step = sent.pop("step", None)
    body = {
        "client": "the-phone",
        "sequence": 1,
        "subject": f"step:{step}",
        "value": "done",
        "tapped": "2026-05-04T09:30:00.250Z",
    } | sent
    return browser.post(f"/practicals/{sheet}/taps", json=body, headers={"X-CSRFToken": token})


def test_tap_is_kept_once_with_the_time_at_which_it_was_tapped(
    site: Site, observer: FlaskClient
) -> None:
    sheet = opened(observer, site)
    token = csrf_of(observer, f"/practicals/{sheet}/")
    step = acts.practical_of(site.enrolment).shown["steps"][0]["id"]
    first = tap(observer, sheet, token, step=step)
    again = tap(observer, sheet, token, step=step, tapped="2026-05-04T10:00:00Z")
    assert first.status_code == again.status_code == 200
    assert first.json == again.json == {"saved": 1}
    with transaction(write=False):
        row = db.session.scalars(select(Tap)).one()
        assert row.tapped_at == datetime(2026, 5, 4, 9, 30, 0, 250000, tzinfo=UTC)


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": "perhaps"},
        {"subject": "step:nowhere"},
        {"subject": "signature"},
        {"sequence": 0},
        {"sequence": "1"},
        {"client": "server"},
        {"client": "form-of-somebody"},
        {"tapped": "yesterday"},
        {"tapped": "2026-02-30T09:00:00Z"},
        {"tapped": "2026-05-04T09:00:00"},
        {"subject": "note", "value": "x" * 40_000},
        {"subject": "note", "value": "a\0b"},
        {"subject": "note", "value": "\ud800"},
    ],
)
def test_tap_of_another_shape_is_refused(
    site: Site, observer: FlaskClient, wrong: dict[str, object]
) -> None:
    sheet = opened(observer, site)
    token = csrf_of(observer, f"/practicals/{sheet}/")
    step = acts.practical_of(site.enrolment).shown["steps"][0]["id"]
    assert tap(observer, sheet, token, step=step, **wrong).status_code in (413, 422)
    assert tap(observer, sheet, "no token", step=step).status_code == 400


def test_tap_after_the_signature_is_told_to_be_late(site: Site, observer: FlaskClient) -> None:
    sheet = acts.observe(site.enrolment, site.first)
    token = csrf_of(observer, f"/practicals/{sheet}/")
    acts.sign(sheet, site.first)
    step = acts.practical_of(site.enrolment).shown["steps"][0]["id"]
    answer = tap(observer, sheet, token, step=step, value=NOT_DONE)
    assert (answer.status_code, answer.json["error"]) == (409, "late")


@pytest.mark.parametrize("earlier", [0, 30])
def test_tap_costs_at_most_four_queries(
    taught: Flask, site: Site, observer: FlaskClient, earlier: int
) -> None:
    sheet = opened(observer, site)
    token = csrf_of(observer, f"/practicals/{sheet}/")
    step = acts.practical_of(site.enrolment).shown["steps"][0]["id"]
    for sequence in range(1, earlier + 2):
        tap(observer, sheet, token, step=step, sequence=sequence)
    asked = count_queries(taught, lambda: tap(observer, sheet, token, step=step, sequence=99))
    assert len(asked) <= 4, "\n".join(asked)


def test_lists_cost_the_same_for_many(taught: Flask, site: Site, observer: FlaskClient) -> None:
    def costs() -> list[int]:
        paths = ("/practicals/", "/practicals/?q=walk", "/")
        return [len(count_queries(taught, lambda path=path: observer.get(path))) for path in paths]

    acts.sign(acts.observe(site.enrolment, site.second), site.second)
    few = costs()
    for number in range(12):
        learner = walk.newcomer(site.hub, f"Amina Many {number}")
        enrolment = walk.enrol_learner(site.hub, learner)
        if number % 3 == 0:
            acts.open_sheet(enrolment, site.first)
        elif number % 3 == 1:
            acts.sign(acts.observe(enrolment, site.second), site.second)
    assert costs() == few
    page = observer.get("/practicals/").text
    assert page.count("Amina Many") >= 12
    assert "Amina" not in observer.get("/practicals/?q=walk").text


def test_reasons_and_objections_are_shown_to_those_whom_they_concern(
    taught: Flask, site: Site, observer: FlaskClient
) -> None:
    sheet = acts.observe(site.enrolment, site.first)
    for person in (site.first, site.second):
        acts.sign(sheet, person)
    acts.sign(sheet, site.learner, agrees=False, note="The balance was out of order")
    assert "The learner objected" in observer.get("/practicals/").text
    assert "The balance was out of order" in observer.get(f"/practicals/{sheet}/review").text
    again = opened(observer, site)
    post(observer, f"/practicals/{again}/set-aside", reason="Opened by mistake")
    assert "Opened by mistake" in observer.get(f"/practicals/{again}/review").text


def test_every_word_is_translatable(taught: Flask, site: Site, observer: FlaskClient) -> None:
    practical = acts.practical_of(site.enrolment)
    sheet = opened(observer, site)
    pages = ["/practicals/", "/practicals/?q=nobody", f"/practicals/blank/{practical.id}/"]
    pages += [f"/practicals/{sheet}/{page}" for page in ("", "review", "set-aside")]
    acts.note(sheet, site.first, acts.values_of(practical, stop="x", help="y", note="z"))
    for page in pages:
        text = observer.get(page, query_string={"lang": "en_XA"} if "?" not in page else None).text
        if "?" in page:
            text = observer.get(f"{page}&lang=en_XA").text
        assert untranslated(text) == [], page
