"""Claims about verification: one word and the facts, as page and as JSON, always 200."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from certificates import actions
from certificates.models import Certificate
from certificates.numbers import new_number
from certificates.press import RenderRefused
from lms import clock
from lms.db import db, transaction
from lms.jobs.actions import sweep
from tests import walk
from tests.factories import actor_for, count_queries

FACTS = ("holder", "programme", "competencies", "issued_on", "expires_on", "issuer")


@pytest.fixture
def stranger(walked: Flask) -> FlaskClient:
    """Somebody at a border post: not signed in, never was."""
    return walked.test_client()


def _number() -> str:
    with transaction(write=False):
        return db.session.scalars(sa.select(Certificate.number)).one()


def _days() -> tuple[date, date]:
    """Return the day of issue and the last day of validity."""
    with transaction(write=False):
        one = db.session.scalars(sa.select(Certificate)).one()
        assert one.expires_on is not None
        return date.fromisoformat(one.facts["issued_on"]), one.expires_on


def _json(client: FlaskClient, number: str, query: str = "") -> dict[str, Any]:
    answer = client.get(f"/verify/{number}{query}", headers={"Accept": "application/json"})
    assert answer.status_code == 200
    found: dict[str, Any] = answer.get_json()
    return found


def _page(client: FlaskClient, number: str, query: str = "") -> str:
    answer = client.get(f"/verify/{number}{query}", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    return answer.text


# --- valid -----------------------------------------------------------------------------------


def test_a_valid_certificate_says_so_with_its_facts(stranger, hub: walk.Hub) -> None:
    number = _number()
    issued, last = _days()
    found = _json(stranger, number)
    assert (found["number"], found["verdict"]) == (number, "valid")
    assert found["holder"]["name"] == "Learner Walk"
    assert found["programme"]["title"] == "Bioprocess Calculations"
    assert [(c["id"], c["level"]) for c in found["competencies"]] == [("FND-02", 1)]
    assert (found["issued_on"], found["expires_on"]) == (issued.isoformat(), last.isoformat())
    assert found["issuer"]["name"]
    assert found["as_of"] == clock.today().isoformat()
    assert last.isoformat() in found["reason"] or str(last.year) in found["reason"]
    page = _page(stranger, number)
    for word in ("valid", "Learner Walk", "Bioprocess Calculations", "FND-02", number):
        assert word in page


def test_that_there_is_no_digital_seal_yet_is_said_plainly(stranger) -> None:
    assert "no digital seal yet" in _page(stranger, _number())
    assert any("no digital seal yet" in note for note in _json(stranger, _number())["notes"])


def test_the_page_asks_whether_paper_and_identity_say_the_same(stranger) -> None:
    assert "identity paper" in _page(stranger, _number())


@pytest.mark.parametrize(
    "typed",
    [
        lambda number: number.lower(),
        lambda number: number.replace("-", ""),
        lambda number: number.replace("-", " "),
        lambda number: number.removeprefix("ST-"),
        lambda number: f"  {number}  ",
    ],
)
def test_a_number_is_understood_however_it_is_typed(stranger, typed: Callable[[str], str]) -> None:
    number = _number()
    assert _json(stranger, typed(number))["number"] == number
    assert _json(stranger, typed(number))["verdict"] == "valid"
    asked = stranger.get("/verify/", query_string={"number": typed(number)}, follow_redirects=True)
    assert asked.status_code == 200
    assert "Learner Walk" in asked.text


def test_it_costs_one_indexed_read_and_no_cookie(walked: Flask, stranger) -> None:
    number = _number()
    asked = count_queries(walked, lambda: _page(stranger, number))
    assert len(asked) == 1
    assert "Set-Cookie" not in stranger.get(f"/verify/{number}").headers


# --- on a day --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "shift", "verdict"),
    [
        ("issued", -1, "unknown"),
        ("issued", 0, "valid"),
        ("last", 0, "valid"),
        ("last", 1, "expired"),
        ("last", 4000, "expired"),
    ],
)
def test_the_verdict_is_that_of_the_day_asked_about(stranger, place, shift, verdict) -> None:
    issued, last = _days()
    day = {"issued": issued, "last": last}[place] + timedelta(days=shift)
    found = _json(stranger, _number(), f"?on={day}")
    assert (found["verdict"], found["as_of"]) == (verdict, day.isoformat())
    assert verdict in _page(stranger, _number(), f"?on={day}")
    if verdict == "unknown":
        assert str(issued.year) in found["reason"]
        assert found["holder"] is None


def test_without_a_day_it_is_today_s_and_time_passes(stranger) -> None:
    _issued, last = _days()
    moment = datetime(last.year, last.month, last.day, 23, 59, tzinfo=UTC)
    clock.set_clock(lambda: moment)
    assert _json(stranger, _number())["verdict"] == "valid"
    clock.set_clock(lambda: moment + timedelta(minutes=1))
    assert _json(stranger, _number())["verdict"] == "expired"


@pytest.mark.parametrize("day", ["", "tomorrow", "2026-13-01", "0000-00-00", "2026-11-22T00:00"])
def test_a_day_that_is_none_is_today(stranger, day: str) -> None:
    found = _json(stranger, _number(), f"?on={day}")
    assert (found["verdict"], found["as_of"]) == ("valid", clock.today().isoformat())


# --- unknown, each with its reason -----------------------------------------------------------


def _is_unknown(client: FlaskClient, number: str, reason: str) -> None:
    found = _json(client, number)
    assert found["verdict"] == "unknown"
    assert reason in found["reason"]
    assert all(not found[name] for name in FACTS)
    page = _page(client, number)
    assert "unknown" in page
    assert reason in page


def test_a_number_that_was_never_given_out_is_unknown(stranger) -> None:
    _is_unknown(stranger, new_number(), "No certificate with this number")


@pytest.mark.parametrize(
    "typed", ["x", "ST-0000", "ST-0000-0000-0000-1", "<script>", "9" * 200, "한글", "a b"]
)
def test_what_cannot_be_a_number_is_unknown(stranger, typed: str) -> None:
    _is_unknown(stranger, typed, "not a certificate number")
    assert "<script>" not in _page(stranger, typed).replace("<script type", "").replace(
        "<script src", ""
    )


def test_one_wrong_character_of_a_good_number_is_unknown(stranger) -> None:
    number = _number()
    for place in (3, 8, 13, -1):
        wrong = list(number)
        wrong[place] = "7" if wrong[place] != "7" else "8"
        assert _json(stranger, "".join(wrong))["verdict"] == "unknown"


def _achieve(hub: walk.Hub) -> str:
    learner = walk.newcomer(hub, "Bilal Demo")
    walk.pass_module(hub, learner)
    with transaction(write=False):
        mine = sa.select(Certificate.number).where(Certificate.person_id == learner.id)
        return db.session.scalars(mine).one()


def test_a_number_not_yet_sealed_is_unknown_and_says_that_it_is_being_prepared(
    walked, stranger, hub
) -> None:
    number = _achieve(hub)
    _is_unknown(stranger, number, "being prepared")
    assert "Bilal" not in _page(stranger, number)
    while sweep():
        pass
    assert _json(stranger, number)["verdict"] == "valid"


def test_a_refused_number_is_unknown_and_tells_no_name(walked, stranger, hub, monkeypatch) -> None:
    class Refusing:
        def render(self, *_args: Any, **_kwargs: Any) -> bytes:
            raise RenderRefused("does-not-fit", "x")

    monkeypatch.setattr(actions, "_renderer", Refusing())
    number = _achieve(hub)
    while sweep():
        pass
    _is_unknown(stranger, number, "prepared and then not issued")
    assert "Bilal" not in _page(stranger, number)


# --- practice, and valid after the content was made effective ---------------------------------


def test_practice_before_the_content_is_effective_and_valid_after(taught: Flask) -> None:
    hub = walk.people_of_a_hub()
    learner = actor_for(hub.learner)
    client = taught.test_client()

    def newest() -> str:
        while sweep():
            pass
        with transaction(write=False):
            statement = sa.select(Certificate.number).order_by(Certificate.reserved_at.desc())
            return db.session.scalars(statement).first() or ""

    walk.pass_module(hub, learner)
    first = newest()
    found = _json(client, first)
    assert (found["verdict"], found["competencies"]) == ("practice", [])
    assert "practice" in _page(client, first)
    walk.adopt(hub)
    walk.pass_module(hub, learner)
    second = newest()
    assert second != first
    found = _json(client, second)
    assert (found["verdict"], len(found["competencies"])) == ("valid", 1)
    assert _json(client, first)["verdict"] == "practice"


# --- who may have the file -------------------------------------------------------------------


def test_scripts_and_browsers_each_get_what_they_ask_for(stranger) -> None:
    for accept, kind in (
        ("application/json", "application/json"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html"),
        ("*/*", "text/html"),
        ("application/json;q=0.9, text/html;q=0.1", "application/json"),
    ):
        answer = stranger.get(f"/verify/{_number()}", headers={"Accept": accept})
        assert (answer.status_code, answer.mimetype) == (200, kind), accept


def test_the_json_has_no_markup_and_every_key_of_the_interface(stranger) -> None:
    found = _json(stranger, _number())
    assert {"number", "verdict", "reason", "as_of", *FACTS} <= set(found)
    assert "<" not in json.dumps(found)


# --- a person under time pressure ------------------------------------------------------------


def test_the_page_is_a_list_of_what_to_compare(stranger) -> None:
    page = _page(stranger, _number())
    assert "Does the paper say the same?" in page
    assert "Does the identity paper say the same name?" in page
    # number, holder, programme, competency, issued, expires, issuer; name and photo
    assert page.count('type="checkbox"') == 9
    assert 'type="checkbox"' not in _page(stranger, new_number())


def test_a_verdict_for_another_day_cannot_be_taken_for_today_s(stranger) -> None:
    _issued, last = _days()
    other = "For today it is: Valid."
    assert other in _page(stranger, _number(), f"?on={last + timedelta(days=1)}")
    assert other not in _page(stranger, _number(), f"?on={clock.today()}")
    assert other not in _page(stranger, _number())
    said = _page(stranger, _number(), "?on=<tomorrow>")
    assert "“&lt;tomorrow&gt;” is no day. This is the verdict for today." in said


def test_the_day_typed_into_the_form_is_asked_for(stranger) -> None:
    _issued, last = _days()
    query = {"number": _number(), "on": str(last + timedelta(days=1))}
    page = stranger.get("/verify/", query_string=query, follow_redirects=True)
    assert 'data-verdict="expired"' in page.text


def test_one_address_answers_each_reader_and_says_on_what_it_depends(stranger) -> None:
    for accept in ("application/json", "text/html"):
        answer = stranger.get(f"/verify/{_number()}", headers={"Accept": accept})
        assert {"Accept", "Accept-Language"} <= set(answer.headers["Vary"].split(", "))
