"""Claims about the operator's page: what it knows, and that it opens at the root alone."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from lms.db import transaction
from lms.hookspecs import impl
from lms.jobs import actions, faults
from lms.jobs.rules import Work
from lms.web.navigation import Card
from tests.factories import PASSWORD, make_organisation, make_person, signed_in

ROOT, SITE = "root@x.example", "site@x.example"


class Fragile:
    """A plugin whose card fails and whose work fails as long as it is told to."""

    name = "fragile"
    broken = True

    @impl
    def home(self, user: Any) -> Iterable[Card]:
        raise ZeroDivisionError("a mistake of the plugin")

    @impl
    def background_work(self) -> Iterable[Work]:
        def do(_item: str) -> None:
            if self.broken:
                raise ZeroDivisionError("a mistake in the work")

        return [Work("fragile.chore", lambda _limit: ["one"] if self.broken else [], do)]


@pytest.fixture
def fragile() -> Fragile:
    return Fragile()


@pytest.fixture
def app(new_app, fragile: Fragile) -> Flask:
    made = new_app(plugins=[fragile])
    with made.app_context(), transaction():
        hub = make_organisation()
        make_person(hub, "administrator", login=ROOT, password=PASSWORD)
        site = make_organisation(parent=hub)
        make_person(site, "administrator", login=SITE, password=PASSWORD)
    return made


def test_it_opens_to_administrators_at_the_root_alone(app) -> None:
    page = signed_in(app, ROOT)
    assert page.get("/operation/").status_code == 200
    assert 'href="/operation/"' in page.get("/").text
    site = signed_in(app, SITE)
    assert site.get("/operation/").status_code == 403
    assert 'href="/operation/"' not in site.get("/").text


def test_a_hook_that_failed_is_told_of_with_a_number_by_every_process(new_app, app, caplog) -> None:
    signed_in(app, SITE).get("/")
    page = signed_in(new_app(plugins=[]), ROOT).get("/operation/").text  # another process
    assert "fragile.home" in page
    reference = page.split("fragile.home")[1].split('class="code" translate="no">')[1][:10]
    assert f"failure {reference}" in caplog.text


def test_work_that_failed_is_told_of_until_it_waits_no_longer(app, fragile) -> None:
    with app.app_context():
        actions.sweep()
    page = signed_in(app, ROOT)
    assert "a mistake in the work" in page.get("/operation/").text
    fragile.broken = False
    with app.app_context():
        actions.sweep()
    assert "a mistake in the work" not in page.get("/operation/").text


def test_a_worker_is_seen_once_it_has_said_that_it_lives(app) -> None:
    page = signed_in(app, ROOT)
    assert "None was seen for a day" in page.get("/operation/").text
    with app.app_context():
        begun = faults.beat(actions.clock.now(), None)
        assert faults.beat(actions.clock.now(), begun) == begun
    assert "Last seen" in page.get("/operation/").text


def test_a_part_that_does_not_answer_is_named(app) -> None:
    page = signed_in(app, ROOT)
    app.config["QUEUE_URL"] = "redis://127.0.0.1:1/0"
    assert "No answer." in page.get("/operation/").text


def test_a_backup_is_known_after_it_was_made(app, tmp_path: Path) -> None:
    page = signed_in(app, ROOT)
    assert "None was made on this machine" in page.get("/operation/").text
    done = app.test_cli_runner().invoke(args=["backup", str(tmp_path / "a.tar")])
    assert done.exit_code == 0, done.output
    assert "The last was made" in page.get("/operation/").text


def test_a_monitor_reads_it_as_json(app) -> None:
    answer = signed_in(app, ROOT).get("/operation/", headers={"Accept": "application/json"})
    assert answer.json["state"] == "bad"  # no worker, no backup
    assert {one["name"] for one in answer.json["checks"]} >= {"Database", "Queue", "Disk"}
