"""Lesson page and autosave against a bare Flask probe, in turns in one run; prints the ratios.

The probe has a session cookie, two raw queries and a page of the same length, and no authorisation,
audit or translation. Run: .venv/bin/python benchmarks/serving.py [rounds]
"""

import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))  # run from anywhere, without installing

from flask import Flask, render_template_string, session
from flask_migrate import upgrade

from config import Config
from lms.app import create_app
from lms.assessment import queries as attempts
from lms.assessment.actions import start_attempt
from lms.curriculum.queries import version_by_id
from lms.curriculum.sync import sync_all
from lms.db import transaction
from lms.people.queries import actor_of_person
from tests.factories import (
    PASSWORD,
    csrf_of,
    make_enrolment,
    make_organisation,
    make_person,
    signed_in,
)

LESSON = "/modules/FND103/lessons/10-units-and-solutions/"
_REQUESTS = 40  # of each side in a round


def main() -> None:
    """Run the rounds and print the median of each ratio."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    with tempfile.TemporaryDirectory() as folder:
        lesson, save, length = _product(Path(folder))
        page, write = _probe(Path(folder), length)
        pairs = {"lesson": (page, lesson), "autosave": (write, save)}
        for name, (probe, ours) in pairs.items():
            ratios = [_seconds(probe) / _seconds(ours) for _ in range(rounds)]
            print(f"{name}: {statistics.median(ratios):.2f} of the probe's rate (n={rounds})")


def _seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    for _ in range(_REQUESTS):
        act()
    return time.perf_counter() - start


def _product(folder: Path) -> tuple[Callable[[], object], Callable[[], object], int]:
    app = create_app(replace(Config(), data_dir=folder, secret_key="benchmark"))
    with app.app_context():
        upgrade()
        sync_all()
        with transaction():
            place = make_organisation()
            learner = make_person(place, "learner", login="bench@test.example", password=PASSWORD)
            enrolment = make_enrolment(learner, place, place)
            by = actor_of_person(learner.id)
            version = version_by_id(enrolment.module_version_id)
            attempt = start_attempt(enrolment=enrolment, version=version, locale="en", by=by)
            [essay] = [i.id for i in attempts.items_of(attempt.id) if i.kind == "essay"]
            address = f"/attempts/{attempt.id}/"
    client = signed_in(app, "bench@test.example")
    token = csrf_of(client, address)
    numbers = iter(range(1, 10**9))

    def save() -> None:
        sent = {
            "item": essay,
            "client": "benchmark",
            "sequence": next(numbers),
            "seen": 0,
            "given": {f"item-{essay}-text": ["An answer of ordinary length."]},
            "claimed": "2026-01-01T00:00:00Z",
        }
        answer = client.post(f"{address}responses", json=sent, headers={"X-CSRFToken": token})
        assert answer.status_code == 200, answer.text

    return lambda: client.get(LESSON), save, len(client.get(LESSON).data)


def _probe(folder: Path, length: int) -> tuple[Callable[[], object], Callable[[], object]]:
    app = Flask("probe")
    app.secret_key = "benchmark"
    base = sqlite3.connect(folder / "probe.db", isolation_level=None, check_same_thread=False)
    base.execute("PRAGMA synchronous=FULL")
    base.execute("CREATE TABLE page (id INTEGER PRIMARY KEY, text TEXT)")
    base.execute("INSERT INTO page VALUES (1, ?)", ("x" * length,))

    @app.get("/")
    def page() -> str:
        session.get("who")
        base.execute("SELECT id FROM page").fetchone()
        (text,) = base.execute("SELECT text FROM page WHERE id = 1").fetchone()
        return render_template_string("<main>{{ text }}</main>", text=text)

    @app.post("/")
    def write() -> str:
        session.get("who")
        base.execute("BEGIN IMMEDIATE")
        base.execute("INSERT INTO page (text) VALUES ('answer')")
        base.execute("COMMIT")
        return "saved"

    client = app.test_client()
    return lambda: client.get("/"), lambda: client.post("/", data={"answer": "1"})


if __name__ == "__main__":
    main()
