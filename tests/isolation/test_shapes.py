"""What no script of ours sends to the place where answers are saved: refused in words."""

import json
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from lms.assessment.forms import LARGEST_ANSWER
from lms.assessment.models import Response
from lms.db import db, transaction
from tests.isolation.acts import answer_of, rows, save
from tests.isolation.visitors import Visitor
from tests.isolation.world import HERE, THERE, Records, World


@pytest.mark.parametrize(
    "changes",
    [
        {"item": 7},
        {"item": "x"},
        {"item": "../../x"},
        {"item": None},
        {"client": ""},
        {"client": "x"},
        {"client": "form-0123456789"},
        {"client": "UPPER-CASE"},
        {"client": "x" * 41},
        {"client": "a\x00bcd"},
        {"sequence": 0},
        {"sequence": -1},
        {"sequence": 2**31},
        {"sequence": 10**400},
        {"sequence": "9"},
        {"sequence": 1.5},
        {"sequence": True},
        {"sequence": None},
        {"seen": -1},
        {"seen": 2**70},
        {"seen": "x"},
        {"claimed": "x" * 41},
        {"claimed": "\x00"},
        {"claimed": 7},
        {"given": None},
        {"given": []},
        {"given": {"a": "b"}},
        {"given": {"a": [1]}},
        {"given": {"a": [None]}},
        {"given": "x"},
    ],
)
def test_answer_of_another_shape_is_refused_in_words(
    inside: Flask, tab: Visitor, own: Records, changes: dict[str, Any]
) -> None:
    before = rows(inside, Response)
    answer = save(tab, own, **changes)
    assert (answer.status_code, answer.json["error"]) == (422, "rule-broken")
    assert "could not be read" in answer.json["message"]
    assert rows(inside, Response) == before


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b'"x"',
        b"7",
        b"{",
        b"\xff\xfe",
        b'{"item": "\\ud800"}',
        b'{"sequence": Infinity}',
        b'{"sequence": NaN}',
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b'{"item": 1' + b"0" * 10_000 + b"}",
        b"item=x&client=y",
        json.dumps({"given": {"x": ["\ud800"]}}).encode(),
    ],
)
def test_body_that_is_no_answer_is_refused_in_words(
    inside: Flask, tab: Visitor, own: Records, body: bytes
) -> None:
    for path in (f"/attempts/{own.attempt}/responses", f"/attempts/{own.attempt}/lease"):
        headers = {"X-CSRFToken": tab.token, "Content-Type": "application/json"}
        answer = tab.client.post(path, data=body, headers=headers)
        assert answer.status_code == 422
        assert answer.json["message"]


def test_answer_sent_as_a_form_is_refused(inside: Flask, tab: Visitor, own: Records) -> None:
    answer = tab.post(f"/attempts/{own.attempt}/responses", {"item": own.item})
    assert answer.status_code == 422


def test_fields_that_are_none_of_the_answers_are_left_out(
    inside: Flask, tab: Visitor, own: Records
) -> None:
    extra = {"standing": "counts", "number": 1, "score": 1, "fraction": "1", "epoch": 9}
    other = {f"item-{own.essay}-text": ["x"], "standing": ["counts"]}
    given = other | {f"item-{own.item}-number": ["5"]}
    answer = save(tab, own, **extra, given=given)
    assert answer.status_code == 200
    with inside.app_context(), transaction(write=False):
        row = db.session.scalars(
            select(Response).where(Response.item_id == own.item, Response.sequence == 99)
        ).one()
        assert (row.standing, row.number, row.epoch) == ("counts", answer.json["saved"], 0)
        assert set(row.given) == {"text", "unit"}


def test_answer_may_be_long_and_no_longer(inside: Flask, tab: Visitor, own: Records) -> None:
    long = "ሰ" * (LARGEST_ANSWER // 4)
    given = {f"item-{own.essay}-text": [long]}
    path = f"/attempts/{own.attempt}/responses"
    headers = {"X-CSRFToken": tab.token, "Content-Type": "application/json"}
    body = json.dumps(answer_of(own, item=own.essay, given=given), ensure_ascii=False).encode()
    assert tab.client.post(path, data=body, headers=headers).status_code == 200
    larger = tab.client.post(path, data=body + b" " * LARGEST_ANSWER, headers=headers)
    assert (larger.status_code, larger.json["error"]) == (413, "too-large")


def test_item_of_another_attempt_is_none_of_this_one(
    inside: Flask, tab: Visitor, world: World, own: Records
) -> None:
    for other in (world.people[HERE]["colleague"], world.people[THERE]["colleague"]):
        assert save(tab, own, item=other.item).status_code == 404
        assert rows(inside, Response, Response.item_id == other.item) == 0
