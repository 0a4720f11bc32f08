"""Keys stay shut until the result is out: no page of a learner tells what is right before."""

import re

from flask import Flask

from lms.curriculum.queries import questions_of
from lms.db import transaction
from tests.isolation.visitors import enter
from tests.isolation.world import HERE, World


def hints(app: Flask, world: World) -> list[str]:
    """Return words that stand in keys alone: the longest word run of every explanation."""
    with app.app_context(), transaction(write=False):
        pairs = questions_of(world.version)
        texts = [
            str(key.key.get(name, "")) for _q, key in pairs for name in ("why", "model_answer")
        ]
    runs = [max(re.findall(r"[A-Za-z ,]{20,}", text), key=len, default="") for text in texts]
    return [run.strip() for run in runs if len(run.strip()) >= 20]


def test_hints_are_found_where_they_may_be(inside: Flask, world: World) -> None:
    graduate = world.people[HERE]["graduate"]
    page = enter(inside, graduate).get(f"/attempts/{graduate.attempt}/").text
    assert sum(hint in page for hint in hints(inside, world)) >= 10


def test_no_page_tells_a_key_before_the_result_is_out(inside: Flask, world: World) -> None:
    told = hints(inside, world)
    assert len(told) >= 30
    for who in ("learner", "submitted", "marked"):
        own = world.people[HERE][who]
        visitor = enter(inside, own)
        for path in (f"/attempts/{own.attempt}/", "/", "/modules/FND103/"):
            page = visitor.get(path)
            assert page.status_code == 200
            assert not [hint for hint in told if hint in page.text]


def test_saving_an_answer_tells_nothing_of_its_worth(inside: Flask, world: World) -> None:
    own = world.people[HERE]["learner"]
    sent = {"item": own.item, "client": "the-world", "sequence": 9, "seen": 1, "claimed": ""}
    sent |= {"given": {f"item-{own.item}-number": ["1"]}}
    answer = enter(inside, own).post(f"/attempts/{own.attempt}/responses", json=sent)
    assert set(answer.json) == {"saved"}
