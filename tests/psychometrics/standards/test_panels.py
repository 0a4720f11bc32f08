"""A panel of judges from its opening to its cut: two rounds, every rating kept and signed."""

import csv
import io

import pytest
from sqlalchemy import select

from lms.db import db, transaction
from lms.errors import Conflict, NotAllowed, NotFound, RuleBroken
from lms.people.models import Organisation
from lms.psychometrics.models import AngoffSheet
from lms.psychometrics.standards import actions, queries
from lms.records.queries import is_signed
from lms.records.verify import verify
from tests import walk
from tests.factories import PASSWORD, actor_for, csrf_of, make_person, signed_in


@pytest.fixture
def judges(walked, hub):
    """Five reviewers of the hub."""
    with transaction():
        place = db.session.get_one(Organisation, hub.hub)
        ids = [make_person(place, "reviewer", name=f"Judge {n}").id for n in range(5)]
    return [actor_for(id) for id in ids]


@pytest.fixture
def panel_id(walked, acting) -> str:
    owner = acting["owner"]
    with transaction():
        return actions.open_panel(
            version=walk.current_version(), purpose="Who may run a batch.",
            checked=walk.checked(owner), by=owner,
        ).id  # fmt: skip


def _rate(panel_id, judge, value):
    with transaction():
        asked = queries.panel(panel_id, judge).row.questions
        actions.rate(
            panel_id=panel_id, ratings=dict.fromkeys(asked, value), checked=walk.checked(judge),
            by=judge,
        )  # fmt: skip


def _go_on(panel_id, by):
    with transaction():
        actions.go_on(panel_id=panel_id, checked=walk.checked(by), by=by)


def _asked(panel_id, by):
    with transaction(write=False):
        return list(queries.panel(panel_id, by).row.questions)


def test_two_rounds_of_five_judges_give_a_cut_with_its_error(panel_id, judges, acting):
    owner = acting["owner"]
    for judge, value in zip(judges, (50, 60, 70, 80, 90), strict=True):
        _rate(panel_id, judge, value)
    _go_on(panel_id, owner)
    for judge, value in zip(judges, (68, 69, 70, 71, 72), strict=True):
        _rate(panel_id, judge, value)
    _go_on(panel_id, owner)
    with transaction(write=False):
        found = queries.panel(panel_id, owner)
        assert found.state == "closed"
        assert found.steps["second"].outcome["cut"] == "0.7000"
        closed = found.steps["closed"].outcome
        # sd of 68 … 72 is 1.5811, ÷ √5
        assert (closed["cut"], closed["error"]) == ("0.7000", "0.0071")
        sheets = db.session.scalars(select(AngoffSheet)).all()
        assert len(sheets) == 10, "the first round is kept beside the second"
        assert all(is_signed(one, "judged") for one in sheets)
        assert not verify().mismatches


def test_four_judges_do_not_make_a_cut(panel_id, judges, acting):
    for judge in judges[:4]:
        _rate(panel_id, judge, 70)
    with pytest.raises(RuleBroken, match="at least"):
        _go_on(panel_id, acting["owner"])


def test_a_sheet_stays_as_it_was_signed(panel_id, judges):
    _rate(panel_id, judges[0], 70)
    with pytest.raises(Conflict, match="already"):
        _rate(panel_id, judges[0], 80)


def test_who_missed_the_first_round_does_not_judge_in_the_second(panel_id, judges, acting):
    for judge in judges:
        _rate(panel_id, judge, 70)
    _go_on(panel_id, acting["owner"])
    with pytest.raises(RuleBroken, match="first round"):
        _rate(panel_id, acting["reviewer"], 70)


def test_an_owner_opens_and_takes_on_a_panel_and_nobody_else(panel_id, acting):
    with pytest.raises(NotAllowed):
        _go_on(panel_id, acting["reviewer"])
    with transaction():
        by, version = acting["reviewer"], walk.current_version()
        proof = walk.checked(by)
        with pytest.raises(NotAllowed):
            actions.open_panel(version=version, purpose="x", checked=proof, by=by)
    with transaction(write=False), pytest.raises(NotFound):
        queries.panel(panel_id, acting["instructor"])


def test_nobody_sees_what_others_said_while_a_round_is_open(walked, panel_id, judges, acting):
    client = signed_in(walked, "reviewer@walk")
    _rate(panel_id, judges[0], 37)
    assert "37" not in client.get(f"/statistics/panels/{panel_id}.csv").text
    assert "Means of the questions" not in client.get(f"/statistics/panels/{panel_id}").text
    for judge in judges[1:]:
        _rate(panel_id, judge, 37)
    _go_on(panel_id, acting["owner"])
    text = client.get(f"/statistics/panels/{panel_id}.csv").data.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))[1:]
    asked = _asked(panel_id, acting["owner"])
    assert len(rows) == 5 * len(asked)
    assert {row[3] for row in rows} == {"37"}
    assert not any(f"Judge {n}" in text for n in range(5)), "judges have numbers and no names"


def test_a_judge_fills_the_sheet_in_the_browser(walked, panel_id, acting):
    client = signed_in(walked, "reviewer@walk")
    page = f"/statistics/panels/{panel_id}/sheet"
    asked = _asked(panel_id, acting["owner"])
    form = {f"rate-{id}": "65" for id in asked}
    token = {"csrf_token": csrf_of(client, page), "password": PASSWORD}
    short = client.post(page, data=token | dict(list(form.items())[1:]))
    assert short.status_code == 422
    assert "give a number" in short.text
    assert 'value="65"' in short.text
    assert client.post(page, data=token | form).status_code == 303
    assert "You have judged in this round" in client.get(f"/statistics/panels/{panel_id}").text


def test_an_owner_opens_a_panel_in_the_browser(walked, version):
    client = signed_in(walked, "owner@walk")
    page = f"/statistics/panels/of/{version}"
    form = {"csrf_token": csrf_of(client, page), "purpose": "Release work.", "password": PASSWORD}
    assert client.post(page, data=form).status_code == 303
    assert "Release work." in client.get("/statistics/panels/").text
