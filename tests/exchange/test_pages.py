"""Claims about the pages: a report before anything, a draft that the hub checks, nothing stored."""

import html
import io
import zipfile

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from lms.db import db, transaction
from lms.records.models import Event
from tests import walk
from tests.clamd import EICAR, clamd
from tests.exchange.packing import FILES
from tests.exchange.test_pictures import moodle_with_pictures
from tests.factories import csrf_of, signed_in
from tests.web.untranslated import untranslated

HOME = "/content/import/"


@pytest.fixture
def reviewer(taught: Flask) -> FlaskClient:
    walk.people_of_a_hub()
    return signed_in(taught, "reviewer@walk")


def _send(client: FlaskClient, name: str, data: bytes, query: str = "", **more: str):
    sent = {"csrf_token": csrf_of(client, HOME), "file": (io.BytesIO(data), name)} | more
    return client.post(HOME + query, data=sent, content_type="multipart/form-data")


def _sample(name: str) -> bytes:
    return (FILES / name).read_bytes()


def _token(page: str) -> str:
    return html.unescape(page.split('name="token" value="')[1].split('"')[0])


def _keep(client: FlaskClient, token: str, what: str = "draft"):
    data = {"csrf_token": csrf_of(client, HOME), "token": token, "what": what}
    return client.post(f"{HOME}draft", data=data)


def _events() -> int:
    with transaction(write=False):
        return db.session.scalar(select(func.count()).select_from(Event)) or 0


def test_report_tells_of_every_question_and_stores_nothing(reviewer) -> None:
    before = _events()
    answer = _send(reviewer, "moodle.gift", _sample("moodle.gift"))
    assert answer.status_code == 200
    assert answer.text.count('data-label="Verdict"') == 16
    assert "Air would flow against the cascade" in answer.text
    assert "What is right, and why" in answer.text
    assert _keep(reviewer, _token(answer.text)).status_code == 200
    assert _events() == before


def test_draft_is_a_module_that_the_upload_page_takes(reviewer) -> None:
    page = _send(reviewer, "moodle.gift", _sample("moodle.gift")).text
    answer = _keep(reviewer, _token(page))
    names = zipfile.ZipFile(io.BytesIO(answer.data)).namelist()
    assert "moodle/module.toml" in names
    assert "moodle/questions/moodle.toml" in names
    sent = {
        "csrf_token": csrf_of(reviewer, "/content/uploads/"),
        "archive": (io.BytesIO(answer.data), "moodle.zip"),
    }
    taken = reviewer.post("/content/uploads/", data=sent, content_type="multipart/form-data")
    assert taken.status_code == 303, taken.text


def test_pictures_of_a_file_come_along_in_the_draft(reviewer) -> None:
    page = _send(reviewer, "pictures.xml", moodle_with_pictures()).text
    names = zipfile.ZipFile(io.BytesIO(_keep(reviewer, _token(page)).data)).namelist()
    assert any("/figures/a-b-" in name for name in names)
    assert any("/media/photo-" in name for name in names)


def test_report_can_be_taken_away_as_a_table(reviewer) -> None:
    page = _send(reviewer, "moodle.gift", _sample("moodle.gift")).text
    answer = _keep(reviewer, _token(page), "report")
    assert answer.mimetype == "text/csv"
    assert answer.text.count("\r\n") == 17


def test_hostile_file_shows_its_reason_and_offers_no_draft(reviewer) -> None:
    for name, data in (("x.zip", b"PK\x03\x04no"), ("x.xml", b"<a>" * 500), ("x.gift", b"\xff")):
        answer = _send(reviewer, name, data)
        assert answer.status_code == 200
        assert "No question of this file can be taken" in answer.text
        assert "Download the draft" not in answer.text
        assert _keep(reviewer, _token(answer.text)).status_code == 422


def test_markup_of_a_file_is_shown_and_never_run(reviewer) -> None:
    text = "::<script>x()</script>::[markdown]<script>y()</script> Which? {=a<b> ~c}"
    answer = _send(reviewer, "<img src=x>.gift", text.encode())
    assert "<script>x" not in answer.text
    assert "<script>y" not in answer.text
    assert "<img src=x>" not in answer.text


def test_encoding_is_asked_for_and_then_read(reviewer) -> None:
    data = "Quelle clé ? {=la première ~la dernière}".encode("windows-1252")
    assert "not UTF-8" in _send(reviewer, "x.gift", data).text
    again = _send(reviewer, "x.gift", data, encoding="windows-1252")
    assert "la première" in again.text


def test_report_of_somebody_else_or_none_gives_nothing(reviewer, taught: Flask) -> None:
    token = _token(_send(reviewer, "moodle.gift", _sample("moodle.gift")).text)
    assert _keep(reviewer, f"{token}x").status_code == 422
    assert _keep(signed_in(taught, "owner@walk"), token).status_code == 422


def test_template_comes_back_whole(reviewer) -> None:
    for ending in ("csv", "xlsx"):
        data = reviewer.get(f"{HOME}template.{ending}").data
        page = _send(reviewer, f"questions.{ending}", data).text
        assert page.split("</tbody>")[0].count('class="tag good"') == 6, ending


def test_pages_are_translatable(reviewer) -> None:
    assert untranslated(reviewer.get(f"{HOME}?lang=en_XA").text) == []
    page = _send(reviewer, "x.gift", b"Which? {=a ~b}\n\nnothing", "?lang=en_XA").text
    assert untranslated(page.split("<section")[0]) == []


@pytest.mark.parametrize("who", ["learner", "instructor", "coordinator", "administrator"])
def test_others_bring_no_questions(taught: Flask, who: str) -> None:
    walk.people_of_a_hub()
    assert signed_in(taught, f"{who}@walk").get(HOME).status_code == 403


def test_file_with_malware_or_unscanned_is_not_read(reviewer, taught: Flask) -> None:
    with clamd() as server:
        taught.config["SCAN_URL"] = server.url
        assert "scanner found malware" in _send(reviewer, "x.gift", b"Q {=a ~b}\n" + EICAR).text
        assert "scanner found malware" not in _send(reviewer, "x.gift", b"Q {=a ~b}").text
        server.silent = True
        page = _send(reviewer, "x.gift", b"Q {=a ~b}").text
        assert "does not answer" in page
        assert "Download the draft" not in page


def test_module_with_malware_is_not_kept(reviewer, taught: Flask) -> None:
    with clamd() as server:
        taught.config["SCAN_URL"] = server.url
        sent = {
            "csrf_token": csrf_of(reviewer, "/content/uploads/"),
            "archive": (io.BytesIO(b"PK" + EICAR), "m.zip"),
        }
        page = reviewer.post("/content/uploads/", data=sent, content_type="multipart/form-data")
        assert (page.status_code, "Eicar-Test-Signature" in page.text) == (422, True)
