"""Claims about files that learners send: given out when clean, never with malware, told to whom."""

import pytest
from flask import Flask
from sqlalchemy import select

from lms.assessment.models import Response
from lms.assessment.scanning import queries, work
from lms.assessment.scanning.models import FileScan
from lms.db import db, transaction
from lms.jobs import actions as jobs
from lms.records.models import Event
from tests.assessment.test_files import TABLE, Sitting
from tests.assessment.test_uploads import photograph
from tests.clamd import EICAR, Clamd, clamd
from tests.factories import count_queries, signed_in
from tests.walk import Hub


@pytest.fixture
def sitting(walked: Flask, hub: Hub) -> Sitting:
    return Sitting(walked, hub)


@pytest.fixture
def server(walked: Flask):
    with clamd() as running:
        walked.config["SCAN_URL"] = running.url
        yield running


BAD = b"%PDF-1.7\n" + EICAR


def _sweep() -> None:
    with transaction(write=False):
        waiting = work.SCAN.pending(10)
    for id in waiting:
        jobs.do_one("assessment.scan", id)


def _rows() -> list[tuple[int, str, str]]:
    with transaction(write=False):
        statement = select(FileScan.number, FileScan.state, FileScan.said).order_by(FileScan.number)
        return [tuple(row) for row in db.session.execute(statement)]


def _pending() -> int:
    with transaction(write=False):
        return len(queries.pending(10))


def _fetch(sitting: Sitting, client=None):
    client = client or sitting.client
    marker = client is not sitting.client
    path = f"/grading/answers/{sitting.item}/file" if marker else f"/attempts/files/{sitting.item}"
    return client.get(path)


def test_file_is_unscanned_then_clean_and_only_then_given(sitting, server: Clamd) -> None:
    sitting.send(photograph())
    assert _fetch(sitting).status_code == 409
    assert "being checked" in sitting.client.get(sitting.path).text
    _sweep()
    assert _rows() == [(1, "clean", "")]
    assert _fetch(sitting).status_code == 200
    assert "being checked" not in sitting.client.get(sitting.path).text


def test_scanning_twice_asks_once_and_is_recorded(sitting, server: Clamd) -> None:
    sitting.send(photograph())
    with transaction(write=False):
        (id,) = queries.pending(10)
    for _ in range(3):
        work.SCAN.do(id)
    assert (_rows(), _pending(), len(server.streams)) == ([(1, "clean", "")], 0, 1)
    with transaction(write=False):
        assert db.session.scalar(select(Event.id).where(Event.kind == "file.scanned"))


def test_malware_is_never_given_and_its_learner_is_told_what_to_do(
    sitting, server: Clamd, walked: Flask
) -> None:
    sitting.send(BAD, "a.pdf")
    _sweep()
    assert _rows() == [(1, "infected", "Eicar-Test-Signature")]
    walked.config["SCAN_URL"] = ""  # even when the scanner is taken away again
    answer = _fetch(sitting)
    assert (answer.status_code, "Eicar-Test-Signature" in answer.text) == (409, True)
    assert "Clean your device" in sitting.client.get(sitting.path).text
    first = sitting.client.get("/").text
    assert "A file that you sent holds malware" in first
    sitting.send(photograph())
    assert "A file that you sent holds malware" not in sitting.client.get("/").text


def test_instructor_is_told_of_malware_that_was_handed_in(sitting, server, walked) -> None:
    sitting.send(BAD, "a.pdf", submit="yes", sure="yes")
    _sweep()
    instructor = signed_in(walked, "instructor@walk")
    page = instructor.get("/").text
    with transaction(write=False):
        handed_in = queries.own_infected(sitting.learner)
    if handed_in and not handed_in[0].open:
        assert "1 answer that was handed in holds malware" in page
    assert _fetch(sitting, instructor).status_code in (404, 409)


def test_nobody_else_is_told(sitting, server, walked: Flask) -> None:
    sitting.send(BAD, "a.pdf")
    _sweep()
    for who in ("reviewer@walk", "coordinator@walk", "administrator@walk"):
        assert "malware" not in signed_in(walked, who).get("/").text


def test_scanner_that_is_away_leaves_the_file_waiting(sitting, server, walked: Flask) -> None:
    sitting.send(photograph())
    server.silent = True
    _sweep()
    assert (_rows(), _pending()) == ([], 1)
    server.silent = False
    _sweep()
    assert _rows() == [(1, "clean", "")]


def test_what_cannot_be_scanned_is_tried_three_times_and_kept_back(
    sitting, server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.clamd.MOST", 10)
    sitting.send(photograph())
    for _ in range(5):
        _sweep()
    assert [row[:2] for row in _rows()] == [(1, "failed"), (2, "failed"), (3, "failed")]
    assert (_pending(), _fetch(sitting).status_code) == (0, 409)
    assert "could not check" in sitting.client.get(sitting.path).text


def test_without_a_scanner_files_are_given_and_nothing_waits(sitting: Sitting) -> None:
    sitting.send(photograph())
    assert (_pending(), _fetch(sitting).status_code) == (0, 200)


def test_answers_without_a_file_never_wait(sitting, server: Clamd) -> None:
    sitting.send(photograph())
    sitting.send(**{f"item-{sitting.item}-remove": "yes"})
    _sweep()
    with transaction(write=False):
        assert len(db.session.scalars(select(Response.id)).all()) > 1
    assert (len(_rows()), _pending()) == (1, 0)


def test_asking_what_waits_and_how_a_file_stands_costs_one_query(sitting, server, walked) -> None:
    def look() -> None:
        with transaction(write=False):
            queries.pending(10)
            queries.state_of("0" * 64)

    assert len(count_queries(walked, look)) == 2
    assert TABLE["kind"] == "file"
