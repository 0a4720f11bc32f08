"""Claims about many numbers at once: one read, one row each in the order given, page, CSV, JSON."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from certificates.models import Certificate
from certificates.numbers import new_number
from lms import clock
from lms.db import db, transaction
from lms.web.forms import without_token
from tests.factories import count_queries


@pytest.fixture
def stranger(walked: Flask) -> FlaskClient:
    """Somebody at a border post: not signed in, never was."""
    return walked.test_client()


@pytest.fixture
def number(walked: Flask) -> str:
    """The number of the one valid certificate."""
    with transaction(write=False):
        return db.session.scalars(sa.select(Certificate.number)).one()


def _check(client: FlaskClient, text: str, **more: str) -> Any:
    return client.post("/verify/several", data={"numbers": text} | more)


def _ask(client: FlaskClient, **body: Any) -> Any:
    return client.post("/api/v1/verify", json=body)


def _verdicts(page: str) -> list[str]:
    table = page.split("<tbody>")[1].split("</tbody>")[0]
    return [part.split('"')[0] for part in table.split('data-verdict="')[1:]]


# --- the page --------------------------------------------------------------------------------


def test_a_list_gets_one_row_each_in_the_order_given(stranger, number: str) -> None:
    other = new_number()
    answer = _check(stranger, f"{other}\n{number.lower()}, ST-0000-0000-0000-1")
    assert answer.status_code == 200
    assert _verdicts(answer.text) == ["unknown", "valid", "unknown"]
    table = answer.text.split("<tbody>")[1]
    assert table.index(other) < table.index(number) < table.index("ST-0000-0000-0000-1")
    for fact in ("Learner Walk", "Bioprocess Calculations", "FND-02", "3 numbers, as of"):
        assert fact in answer.text


def test_a_number_given_twice_is_said_to_be(stranger, number: str) -> None:
    page = _check(stranger, f"{number}\n{new_number()}\n{number.replace('-', '')}").text
    assert _verdicts(page) == ["valid", "unknown", "valid"]
    assert page.count("The same number as in row 1") == 1


def test_the_verdicts_are_those_of_the_day_asked_about(stranger, number: str) -> None:
    long_ago = (clock.today() - timedelta(days=4000)).isoformat()
    page = _check(stranger, number, on=long_ago).text
    assert _verdicts(page) == ["unknown"]
    assert "They say nothing about today." in page
    assert "Learner Walk" not in page
    assert f"?on={long_ago}" in page
    assert "They say nothing about today." not in _check(stranger, number).text


def test_what_is_no_number_is_named_and_not_judged(stranger, number: str) -> None:
    page = _check(stranger, f"Number\tHolder\n{number}\tAmara <Demo>").text
    assert _verdicts(page) == ["valid"]
    assert "3 other texts in your list are no numbers" in page
    assert "Amara &lt;Demo&gt;" in page


@pytest.mark.parametrize(
    ("text", "more", "said"),
    [
        ("", {}, "Paste at least one certificate number."),
        ("nobody's list", {}, "There is no certificate number in this text."),
        ("ST-1 " * 501, {}, "These are 501 numbers; at most 500 are checked at once."),
        ("ST-1", {"on": "tomorrow"}, "Not a valid date value."),
    ],
)
def test_a_list_that_cannot_be_checked_comes_back_as_it_was(
    stranger, text: str, more: dict[str, str], said: str
) -> None:
    answer = _check(stranger, text, **more)
    assert answer.status_code == 422
    assert said in answer.text
    assert "<tbody>" not in answer.text
    assert text.strip()[:13].replace("'", "&#39;") in answer.text


def test_too_long_a_text_is_refused_in_words(stranger) -> None:
    answer = _check(stranger, "x" * 100_001)
    assert answer.status_code == 413
    assert "Check the list in parts." in answer.text


def test_five_hundred_numbers_cost_as_many_queries_as_one(walked: Flask, number: str) -> None:
    client = walked.test_client()
    many = "\n".join([number, *(new_number() for _ in range(499))])
    one = count_queries(walked, lambda: _check(client, number))
    assert len(one) == 1
    assert len(count_queries(walked, lambda: _check(client, many))) == 1
    asked = count_queries(walked, lambda: _ask(client, numbers=many.split()))
    assert len(asked) == 1


def test_a_stranger_needs_no_cookie_and_gets_none(stranger, number: str) -> None:
    for answer in (
        stranger.get("/verify/several"),
        _check(stranger, number),
        _ask(stranger, numbers=[number]),
    ):
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers


def test_only_what_can_change_nothing_goes_without_a_token() -> None:
    def writes() -> None:
        """Change something."""

    with pytest.raises(TypeError):
        without_token(writes)


# --- the file --------------------------------------------------------------------------------


def test_the_same_rows_are_there_as_csv(stranger, number: str) -> None:
    answer = _check(stranger, f"{number}\nST-12\n{number}", **{"as": "csv"})
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    assert clock.today().isoformat() in answer.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [row["Verdict"] for row in rows] == ["valid", "unknown", "valid"]
    assert [row["The same as row"] for row in rows] == ["", "", "1"]
    assert (rows[0]["Number"], rows[0]["Holder"]) == (number, "Learner Walk")
    assert rows[0]["Competencies"] == "FND-02 L1"
    assert rows[1]["Given"] == "ST-12"


# --- the machine -----------------------------------------------------------------------------


def test_a_machine_gets_results_in_its_order(stranger, number: str) -> None:
    answer = _ask(stranger, numbers=["x", number, f" {number.lower()} ", new_number()])
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    results = answer.get_json()["results"]
    assert [one["verdict"] for one in results] == ["unknown", "valid", "valid", "unknown"]
    assert [one["row"] for one in results] == [1, 2, 3, 4]
    assert [one["repeats"] for one in results] == [None, None, 2, None]
    single = stranger.get(f"/verify/{number}", headers={"Accept": "application/json"}).get_json()
    assert single.items() <= results[1].items()


def test_a_machine_may_ask_for_a_day(stranger, number: str) -> None:
    body = _ask(stranger, numbers=[number], on="2001-02-03").get_json()
    assert [(one["verdict"], one["as_of"]) for one in body["results"]] == [
        ("unknown", "2001-02-03")
    ]
    for none in (None, ""):
        today = _ask(stranger, numbers=[number], on=none).get_json()["results"][0]["as_of"]
        assert today == clock.today().isoformat()


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({}, "Send JSON such as"),
        ([], "Send JSON such as"),
        ("ST-1", "Send JSON such as"),
        ({"numbers": "ST-1"}, "Send JSON such as"),
        ({"numbers": [1]}, "Send JSON such as"),
        ({"numbers": []}, "at least 1 and at most 500"),
        ({"numbers": ["ST-1"] * 501}, "at least 1 and at most 500"),
        ({"numbers": ["ST-1"], "on": "tomorrow"}, "YYYY-MM-DD"),
        ({"numbers": ["ST-1"], "on": 20260101}, "YYYY-MM-DD"),
    ],
)
def test_a_question_that_is_none_is_refused_in_words(stranger, body: Any, said: str) -> None:
    answer = stranger.post("/api/v1/verify", json=body)
    assert (answer.status_code, answer.mimetype) == (422, "application/json")
    assert said in answer.get_json()["message"]


def test_a_machine_that_sends_no_json_or_too_much_is_told_so(stranger) -> None:
    answer = stranger.post("/api/v1/verify", data=b"\xff{", content_type="text/plain")
    assert (answer.status_code, answer.get_json()["error"]) == (422, "rule-broken")
    answer = stranger.post("/api/v1/verify", json={"numbers": ["x" * 201_000]})
    assert (answer.status_code, answer.get_json()["error"]) == (413, "too-large")
