"""Claims about certificates as a plugin: reserved in the act itself, shown to whom they concern."""

import json
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from certificates import queries
from certificates.models import Certificate
from certificates.rules import state
from lms.db import db, transaction
from lms.jobs.actions import sweep
from tests import walk
from tests.certificates.samples import NUMBER
from tests.factories import PASSWORD, make_organisation, make_person, signed_in
from tests.tools import verapdf

# The scripts of the demonstration.
SCRIPTS = {
    "latin": ("Ḥawwāʾ D’Arcy-Ångström", None),
    "hangul": ("Hana Demo", "하나 데모"),
    "arabic": ("Nour Demo", "نور ديمو"),
    "ethiopic": ("Tigist Demo", "ትዕግስት ዴሞ"),
    "devanagari": ("Asha Demo", "आशा डेमो"),
}


def _achieve(hub: walk.Hub, name: str, **kwargs: Any) -> str:
    """Let one more learner pass; returns their number."""
    learner = walk.newcomer(hub, name, **kwargs)
    walk.pass_module(hub, learner)
    with transaction(write=False):
        mine = sa.select(Certificate.number).where(Certificate.person_id == learner.id)
        return db.session.scalars(mine).one()


def test_the_release_itself_reserves_and_approves_the_certificate(walked, hub) -> None:
    number = _achieve(hub, "Bilal Demo")
    with transaction(write=False):
        one = queries.by_number(number)
        assert one is not None
        assert (one.state, [act.act for act in one.acts], one.file) == (
            "approved",
            ["approved"],
            None,
        )
        assert state(one.rule_acts) == "approved"


def test_the_facts_are_frozen_when_it_is_reserved(walked: Flask, hub: walk.Hub) -> None:
    with transaction(write=False):
        facts = queries.every()[0].certificate.facts
    assert facts["holder"] == {"name": "Learner Walk"}
    assert facts["site"] == {"name": "Delivering site"}
    with transaction():
        db.session.execute(sa.text("UPDATE person SET name = 'Renamed Later'"))
    with transaction(write=False):
        assert queries.every()[0].certificate.facts == facts


# --- whom it concerns ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("login", "sees"),
    [
        ("learner@walk", True),
        ("coordinator@walk", True),
        ("instructor@walk", True),
        ("administrator@walk", False),
        ("reviewer@walk", False),
        ("owner@walk", False),
    ],
)
def test_a_file_is_for_its_holder_and_those_who_see_their_records(walked, login, sees) -> None:
    with transaction(write=False):
        number = queries.every()[0].certificate.number
    client = signed_in(walked, login)
    answer = client.get(f"/certificates/{number}.pdf")
    assert answer.status_code == (200 if sees else 404)
    assert (number in client.get("/certificates/").text) is sees
    if sees:
        assert answer.mimetype == "application/pdf"
        assert f'filename="{number}.pdf"' in answer.headers["Content-Disposition"]


def test_a_stranger_signs_in_first_and_another_site_finds_nothing(walked, hub) -> None:
    with transaction(write=False):
        number = queries.every()[0].certificate.number
    assert walked.test_client().get(f"/certificates/{number}.pdf").status_code == 303
    with transaction():
        other = make_organisation("Elsewhere")
        make_person(other, "instructor", "coordinator", login="far@x.example", password=PASSWORD)
    client = signed_in(walked, "far@x.example")
    assert client.get(f"/certificates/{number}.pdf").status_code == 404
    assert number not in client.get("/certificates/").text


@pytest.mark.parametrize("number", [NUMBER, "x", "..", "%2e%2e%2fetc", "0" * 300])
def test_a_number_that_is_nobody_s_is_not_found(walked: Flask, number: str) -> None:
    client = signed_in(walked, "learner@walk")
    assert client.get(f"/certificates/{number}.pdf").status_code == 404


def test_an_unsealed_certificate_has_no_file_yet_and_the_holder_sees_that_it_is_made(
    walked, hub
) -> None:
    number = _achieve(hub, "Bilal Demo", login="bilal@x.example", password=PASSWORD)
    client = signed_in(walked, "bilal@x.example")
    assert client.get(f"/certificates/{number}.pdf").status_code == 404
    assert "Your certificate is being made" in client.get("/").text
    while sweep():
        pass
    assert client.get(f"/certificates/{number}.pdf").status_code == 200
    assert "Your certificate is ready" in client.get("/").text


# --- the commands ----------------------------------------------------------------------------


def test_the_list_tells_number_verdict_and_state(walked: Flask, hub: walk.Hub) -> None:
    waiting = _achieve(hub, "Bilal Demo")
    done = walked.test_cli_runner().invoke(args=["certificates", "list", "--json"])
    rows = {row["number"]: row for row in json.loads(done.output)["certificates"]}
    assert (rows[waiting]["verdict"], rows[waiting]["state"]) == ("unknown", "approved")
    (sealed,) = [row for number, row in rows.items() if number != waiting]
    assert (sealed["verdict"], sealed["state"]) == ("valid", "sealed")


def test_export_writes_the_stored_bytes(walked: Flask, tmp_path: Path) -> None:
    with transaction(write=False):
        number = queries.every()[0].certificate.number
    file = tmp_path / "one.pdf"
    run = walked.test_cli_runner().invoke
    assert run(args=["certificates", "export", number.lower(), str(file)]).exit_code == 0
    served = signed_in(walked, "learner@walk").get(f"/certificates/{number}.pdf").data
    assert file.read_bytes() == served
    assert run(args=["certificates", "export", NUMBER, str(file)]).exit_code == 2


# --- the paper -------------------------------------------------------------------------------


@pytest.mark.slow
def test_certificates_issued_here_pass_both_standards_in_every_script(
    walked: Flask, hub: walk.Hub, tmp_path: Path
) -> None:
    files = {}
    for script, (name, native) in SCRIPTS.items():
        login = f"{script}@x.example"
        _achieve(hub, name, native_name=native, login=login, password=PASSWORD)
        files[script] = tmp_path / f"{script}.pdf"
    while sweep():
        pass
    for script, file in files.items():
        client = signed_in(walked, f"{script}@x.example")
        with transaction(write=False):
            number = next(
                one.certificate.number
                for one in queries.every()
                if one.certificate.facts["holder"]["name"] in SCRIPTS[script]
            )
        file.write_bytes(client.get(f"/certificates/{number}.pdf").data)
    for file, judged in verapdf.validate(files.values(), ("3a", "ua1")).items():
        for flavour, judgement in judged.items():
            assert judgement.passed, (file, flavour, judgement.rules)
        assert set(judged) == {"3a", "ua1"}
