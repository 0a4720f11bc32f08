"""The pages of evidence, as browsers without scripts use them."""

from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from lms.actor import SYSTEM
from lms.db import db, transaction
from lms.learning.actions import enrol
from lms.people.models import Organisation, Person
from tests import walk
from tests.attestation import acts
from tests.attestation.acts import FILL, PLATES, Site
from tests.factories import PASSWORD, count_queries, csrf_of, signed_in


def _post(client: FlaskClient, page: str, **fields: Any) -> Any:
    once = client.get(page).text.partition('name="once" value="')[2][:26]
    sent = {"csrf_token": csrf_of(client, page), "once": once, "password": PASSWORD} | fields
    return client.post(page, data=sent)


def test_evidence_goes_from_the_desk_to_the_learner(taught: Flask, site: Site) -> None:
    first, second = signed_in(taught, "instructor@walk"), signed_in(taught, "second@x")
    assert "Learner Walk" in first.get("/evidence/desk/").text
    page = f"/evidence/learners/{site.enrolment}/{acts.key(PLATES)}/"
    answer = _post(first, page, **acts.plates(read=False), independent="y")
    assert answer.status_code == 303, answer.text
    shown = answer.location
    assert "Waits for the laboratory" in first.get(shown).text
    assert "Enter the laboratory" in first.get(shown).text
    assert "Waiting for the laboratory" in second.get("/evidence/desk/").text
    answer = _post(first, f"{shown}change", **acts.plates(), independent="y")
    assert answer.status_code == 303, answer.text
    shown = answer.location
    assert "Waiting for your second signature" in second.get("/evidence/desk/").text
    answer = _post(second, f"{shown}second", agrees="yes", independent="y")
    assert answer.status_code == 303, answer.text
    learner = signed_in(taught, "learner@walk")
    text = learner.get("/evidence/").text
    assert "2 things are still missing" in text
    assert "Within the limits" in learner.get(f"/evidence/clauses/{acts.key(PLATES)}/").text
    assert "Revision 2" in learner.get(shown).text
    file = first.get("/evidence/desk.csv").text
    assert "Learner Walk,X01,GP,Plates,1,1,0,met" in file


def test_refused_facts_are_shown_again_with_what_was_typed(taught: Flask, site: Site) -> None:
    first = signed_in(taught, "instructor@walk")
    page = f"/evidence/learners/{site.enrolment}/{acts.key(FILL)}/"
    answer = _post(first, page, **acts.fill(read_on=acts.day(10)), independent="y")
    assert answer.status_code == 422
    assert "incubated for 14 days" in answer.text
    assert 'value="MF-3"' in answer.text
    wrong = _post(first, page, **acts.fill(), independent="y", password="not this one")
    assert wrong.status_code == 422
    assert "Nothing is missing" not in first.get("/evidence/desk/").text


def test_withdrawing_asks_for_a_reason_and_a_password(taught: Flask, site: Site) -> None:
    first = signed_in(taught, "instructor@walk")
    row = acts.attest(site, PLATES, acts.plates())
    page = f"/evidence/records/{row}/withdraw"
    assert _post(first, page, reason="").status_code == 422
    answer = _post(first, page, reason="Another person's plates")
    assert "Withdrawn" in first.get(answer.location).text


def test_the_desk_asks_as_many_questions_for_many_learners_as_for_one(
    taught: Flask, site: Site
) -> None:
    first = signed_in(taught, "instructor@walk")
    acts.attest(site, PLATES, acts.plates())
    few = len(count_queries(taught, lambda: first.get("/evidence/desk/")))
    for number in range(3):
        person = walk.newcomer(site.hub, f"Learner {number}")
        with transaction():
            enrolment = enrol(
                person=db.session.get_one(Person, person.id),
                version=walk.current_version(),
                programme_code="X01",
                sending=db.session.get_one(Organisation, site.hub.sending),
                delivering=db.session.get_one(Organisation, site.hub.delivering),
                by=SYSTEM,
            ).id
        one = Site(site.hub, enrolment, person, site.first, site.second, site.stranger)
        acts.attest(one, PLATES, acts.plates(chest=9))
    assert "Learner 2" in first.get("/evidence/desk/").text
    assert len(count_queries(taught, lambda: first.get("/evidence/desk/"))) == few
