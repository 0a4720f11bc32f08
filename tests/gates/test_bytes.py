"""Bytes are counted exactly: a first response 14 kB, an autosave 1 kB both ways.

What a page loads besides, and what a second page costs with a warm cache, a browser measures.
"""

import json

import pytest
from flask import Flask

from tests.gates.weighing import BROWSER, FIRST_RESPONSE, size_of
from tests.isolation.visitors import enter
from tests.isolation.world import HERE, Records, World

AUTOSAVE = 1_000


@pytest.fixture
def people(world: World) -> dict[str, Records]:
    return world.people[HERE]


@pytest.mark.parametrize(
    ("who", "path"),
    [
        ("learner", "/"),
        ("learner", "/modules/"),
        ("learner", "/modules/FND103/"),
        ("learner", "/attempts/{attempt}/"),
        ("graduate", "/attempts/{attempt}/"),
        ("instructor", "/grading/"),
    ],
)
def test_the_pages_of_every_day_fit_one_round_trip_as_well(
    inside: Flask, people: dict[str, Records], who: str, path: str
) -> None:
    own = people[who]
    answer = enter(inside, own).get(path.format(**vars(own)), headers=BROWSER)
    assert answer.status_code == 200
    assert size_of(answer) <= FIRST_RESPONSE


def test_pages_are_compressed_for_browsers_without_brotli(
    inside: Flask, people: dict[str, Records]
) -> None:
    visitor = enter(inside, people["learner"])
    lesson = "/modules/FND103/lessons/10-units-and-solutions/"
    plain = visitor.get(lesson, headers={"Accept-Encoding": "identity"})
    small = visitor.get(lesson, headers={"Accept-Encoding": "gzip"})
    assert small.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in small.headers["Vary"]
    assert size_of(small) < size_of(plain) / 2


def test_autosave_costs_at_most_a_kilobyte_both_ways(
    inside: Flask, people: dict[str, Records]
) -> None:
    own, client = people["learner"], "0123456789abcdef01234567"
    visitor = enter(inside, own)
    visitor.post(f"/attempts/{own.attempt}/lease", json={"client": client})
    path = f"/attempts/{own.attempt}/responses"
    body = {
        "item": own.item,
        "client": client,
        "sequence": 1234,
        "seen": 1234,
        "given": {
            f"item-{own.item}-number": ["-12345.678e12"],
            f"item-{own.item}-unit": ["kg·m⁻³·s⁻¹"],
        },
        "claimed": "2026-01-01T00:00:00.000Z",
    }
    headers = {"Accept": "application/json", "Accept-Encoding": "gzip, deflate, br, zstd"}
    answer = visitor.post(path, json=body, headers=headers)
    assert answer.status_code == 200
    sent = json.dumps(body, separators=(",", ":"), ensure_ascii=False).encode()
    ours = {"X-CSRFToken": visitor.token, "Content-Type": "application/json"} | headers
    said = "\r\n".join(
        [f"POST {path} HTTP/1.1", *(f"{name}: {value}" for name, value in ours.items())]
    )
    cookie = visitor.client.get_cookie("session", domain="localhost")
    assert cookie
    total = (
        len(said.encode()) + len(f"Cookie: session={cookie.value}") + len(sent) + size_of(answer)
    )
    assert total <= AUTOSAVE, total


def test_autosave_sets_no_cookie_anew_with_every_answer(
    inside: Flask, people: dict[str, Records]
) -> None:
    own = people["learner"]
    visitor = enter(inside, own)
    body = {"item": own.item, "client": "the-world", "sequence": 40, "seen": 1, "claimed": ""}
    body |= {"given": {f"item-{own.item}-number": ["1"]}}
    answer = visitor.post(f"/attempts/{own.attempt}/responses", json=body)
    assert (answer.status_code, answer.headers.get("Set-Cookie")) == (200, None)
