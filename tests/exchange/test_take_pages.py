"""Claims about taking questions away: a verdict for each, only for who reads keys, recorded."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from lms.curriculum.queries import newest_version, questions_of
from lms.db import db, transaction
from lms.exchange.actions import Figures
from lms.exchange.models import QuestionExport
from lms.exchange.outgoing import Leaving
from lms.exchange.queries import tables_of
from lms.exchange.written import TARGETS
from lms.records.models import Event
from lms.store import actions as store
from tests import walk
from tests.exchange.taking import read
from tests.exchange.test_round_trips import READ_AS, same
from tests.factories import count_queries, csrf_of, signed_in
from tests.web.untranslated import untranslated


@pytest.fixture
def owner(taught: Flask) -> FlaskClient:
    walk.people_of_a_hub()
    return signed_in(taught, "owner@walk")


@pytest.fixture
def version(taught: Flask) -> str:
    with transaction(write=False):
        found = newest_version("FND103")
        assert found
        return found.id


def _take(client: FlaskClient, version: str, format: str, lesson: str = ""):
    page = f"/content/{version}/export/"
    sent = {"csrf_token": csrf_of(client, f"{page}?format=csv"), "format": format}
    return client.post(page, data=sent | {"lesson": lesson})


def _taken() -> list[tuple[str, str, str, int]]:
    wanted = select(
        QuestionExport.id, QuestionExport.format, QuestionExport.lesson, QuestionExport.questions
    )
    with transaction(write=False):
        return [tuple(row) for row in db.session.execute(wanted)]


def test_page_and_report_tell_of_every_question(owner, version: str) -> None:
    with transaction(write=False):
        ids = [question.code for question, _key in questions_of(version)]
    for format in TARGETS:
        page = owner.get(f"/content/{version}/export/?format={format}").text
        report = owner.get(f"/content/{version}/export/report.csv?format={format}").text
        assert page.count('data-label="Verdict"') == len(ids)
        assert report.count("\r\n") >= len(ids) + 1
        assert all(f">{id}</bdi>" in page and f"{id}," in report for id in ids)
    assert _taken() == []


def test_file_holds_the_stored_questions_with_their_keys(owner, version) -> None:
    with transaction(write=False):
        tables = tables_of(version)
    for format in ("csv", "xlsx", "qti12", "qti21", "qti22", "qti30"):
        data = _take(owner, version, format).data
        back = {one["id"]: same(one) for one in read(READ_AS.get(format, "x.zip"), data).taken}
        for table in tables:
            if table["kind"] in ("single", "multiple"):
                assert back[table["id"]]["option"] == table["option"]


def test_taking_is_recorded_with_who_and_what(owner, version: str) -> None:
    answer = _take(owner, version, "moodle")
    assert answer.headers["Content-Disposition"].endswith("-moodle.xml")
    (row,) = _taken()
    assert row[1:3] == ("moodle", "")
    with transaction(write=False):
        kinds = list(db.session.scalars(select(Event.kind).where(Event.subject_id == row[0])))
    assert kinds == ["questions.exported"]
    assert "Nobody has taken" not in owner.get(f"/content/{version}/export/").text


def test_one_lesson_alone_can_be_taken(owner, version: str) -> None:
    with transaction(write=False):
        lesson = questions_of(version)[0][0].lesson
        ids = [one["id"] for one in tables_of(version, lesson)]
    _take(owner, version, "csv", lesson)
    (row,) = _taken()
    assert row[2:] == (lesson, len(ids))


def test_what_there_is_not_is_not_found(owner, version: str) -> None:
    assert owner.get(f"/content/{version}/export/?format=pdf").status_code == 404
    assert owner.get(f"/content/{version}/export/?format=csv&lesson=99-none").status_code == 404
    assert _take(owner, version, "pdf").status_code == 404
    assert _take(owner, version, "").status_code == 422
    assert _taken() == []


@pytest.mark.parametrize("who", ["learner", "instructor", "coordinator", "administrator"])
def test_others_take_no_keys(taught: Flask, version: str, who: str) -> None:
    walk.people_of_a_hub()
    client = signed_in(taught, f"{who}@walk")
    assert client.get(f"/content/{version}/export/").status_code == 403
    assert client.get(f"/content/{version}/export/report.csv?format=csv").status_code == 403


def test_queries_do_not_grow_with_questions_or_files(taught, owner, version: str) -> None:
    def look() -> None:
        owner.get(f"/content/{version}/export/?format=csv")

    look()
    before = len(count_queries(taught, look))
    for _ in range(3):
        _take(owner, version, "csv")
    assert len(count_queries(taught, look)) == before <= 12


def test_figure_is_fetched_once_for_a_question_that_shows_it(monkeypatch) -> None:
    fetched: list[str] = []
    monkeypatch.setattr(store, "get", lambda digest: fetched.append(digest) or b"<svg/>")
    figures = Figures({"figures/a.svg": "digest-of-a", "figures/b.svg": "digest-of-b"})
    one = Leaving({"prompt": "![a](figures/a.svg) ![c](figures/c.svg)"}, figures)
    assert one.carried() == {"figures/a.svg": b"<svg/>"}
    assert fetched == ["digest-of-a"]
    assert "figures/c.svg" in one.reason


def test_page_is_translatable(owner, version: str) -> None:
    page = owner.get(f"/content/{version}/export/?format=gift&lang=en_XA").text
    assert untranslated(page.split("<tbody>")[0]) == []
