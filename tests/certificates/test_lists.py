"""What lists of certificates cost, and what a first page takes from them."""

import json

from flask import Flask

from certificates import queries
from lms.db import transaction
from tests import walk
from tests.factories import actor_for, count_queries
from tests.walk import Hub


def test_first_page_asks_for_ones_own_certificates_alone(walked: Flask, hub: Hub) -> None:
    learner, coordinator = actor_for(hub.learner), actor_for(hub.coordinator)
    with transaction(write=False):
        assert len(queries.own(learner, limit=3)) == 1
        assert not queries.own(coordinator, limit=3)
        assert len(queries.seen_by(coordinator)) == 1


def test_a_list_holds_the_newest_whole(walked: Flask, hub: Hub) -> None:
    walk.pass_module(hub, walk.newcomer(hub))
    coordinator = actor_for(hub.coordinator)
    with transaction(write=False):
        [newest, older] = queries.seen_by(coordinator)
        assert newest.certificate.reserved_at > older.certificate.reserved_at
        assert queries.seen_by(coordinator, limit=1) == [newest]
        assert queries.unsealed(10) == [newest.certificate.id]


def test_command_judges_every_certificate_in_one_query(walked: Flask, hub: Hub) -> None:
    walk.pass_module(hub, walk.newcomer(hub))
    runner = walked.test_cli_runner()
    lines: list[str] = []

    def run() -> None:
        lines.append(runner.invoke(args=["certificates", "list", "--json"]).output)

    assert len(count_queries(walked, run)) == 1
    assert [row["state"] for row in json.loads(lines[0])["certificates"]] == ["approved", "sealed"]
