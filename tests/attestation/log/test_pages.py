"""A workplace log from the learner's page to the supervisor's signature and back."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms import clock
from lms.attestation import queries
from lms.db import db, transaction
from lms.people.models import Organisation
from lms.records.verify import verify
from tests import walk
from tests.attestation import acts
from tests.attestation.acts import LOG, Site
from tests.factories import PASSWORD, count_queries, csrf_of, make_person, signed_in

KEY = acts.key(LOG)
ENTRY: dict[str, str] = {
    "task": "FND-02", "hours": "2.5", "codes": "batch 26-041", "text": "Balance of <a> buffer",
    "supervisor": "Shift lead",
}  # fmt: skip


def _post(client: FlaskClient, page: str, **fields: Any) -> Any:
    once = client.get(page).text.partition('name="once" value="')[2][:26]
    sent = {"csrf_token": csrf_of(client, page), "once": once} | fields
    return client.post(page, data=sent)


def _write(client: FlaskClient, **fields: Any) -> Any:
    page = f"/evidence/log/{KEY}/add"
    return _post(client, page, **(ENTRY | {"done_on": acts.day(1)} | fields))


def _answer_page(client: FlaskClient) -> str:
    return client.get("/evidence/desk/").text.partition('href="/evidence/log/entries/')[2][:26]


def _answer(client: FlaskClient, entry: str, **fields: Any) -> Any:
    page = f"/evidence/log/entries/{entry}/answer"
    return _post(client, page, **({"password": PASSWORD} | fields))


def test_an_entry_counts_once_its_supervisor_has_countersigned(taught: Flask, site: Site) -> None:
    learner, first = signed_in(taught, "learner@walk"), signed_in(taught, "instructor@walk")
    assert _write(learner).status_code == 303
    log = f"/evidence/log/{KEY}/"
    assert "Waits for the supervisor" in learner.get(log).text
    assert "0 of 1" in learner.get(log).text
    entry = _answer_page(first)
    assert "Balance of &lt;a&gt; buffer" in first.get(f"/evidence/log/entries/{entry}/answer").text
    assert _answer(first, entry, accepts="yes", password="not this").status_code == 422
    assert _answer(first, entry, accepts="yes").status_code == 303
    text = learner.get(log).text
    assert "1 of 1" in text
    assert "1 of 2" in text
    file = learner.get(f"/evidence/log/{KEY}.csv").text
    assert "FND-02,2.5,batch 26-041" in file
    assert "countersigned" in file
    with transaction(write=False):
        assert not verify().mismatches


def test_an_entry_goes_back_with_a_reason_and_is_written_anew(taught: Flask, site: Site) -> None:
    learner, first = signed_in(taught, "learner@walk"), signed_in(taught, "instructor@walk")
    _write(learner)
    entry = _answer_page(first)
    assert _answer(first, entry, accepts="no").status_code == 422
    _answer(first, entry, accepts="no", reason="Which batch?")
    assert "Which batch?" in learner.get(f"/evidence/log/{KEY}/").text
    change = f"/evidence/log/entries/{entry}/change"
    assert 'value="batch 26-041"' in learner.get(change).text
    again = ENTRY | {"done_on": acts.day(1), "codes": "batch 26-042"}
    assert _post(learner, change, **again).status_code == 303
    assert _answer(first, entry, accepts="yes").status_code == 422  # that revision is past
    assert _answer(first, _answer_page(first), accepts="yes").status_code == 303


def test_a_countersignature_is_taken_back_with_a_reason(taught: Flask, site: Site) -> None:
    learner, first = signed_in(taught, "learner@walk"), signed_in(taught, "instructor@walk")
    for task in LOG["tasks"]:
        _write(learner, task=task)
        _answer(first, _answer_page(first), accepts="yes")
    assert _met(site)
    page = f"/evidence/log/learners/{site.enrolment}/{KEY}/"
    text = first.get(page).text
    assert "Take the countersignature back" in text, text
    entry = text.partition("/evidence/log/entries/")[2][:26]
    answer = _answer(first, entry, accepts="no", reason="The batch record says another operator")
    assert answer.status_code == 303, answer.text
    assert not _met(site)


def _met(site: Site) -> bool:
    clause = {name: value for name, value in LOG.items() if name != "level_3"}
    with transaction(write=False):
        return queries.has_met(
            site.learner.id, {"id": "X01", "evidence": [clause]}, "WL", clock.today()
        )


@pytest.mark.parametrize(
    "wrong", [{"hours": "25"}, {"hours": ""}, {"task": "DSP-01"}, {"done_on": "2099-01-01"}]
)
def test_a_refused_entry_is_shown_again_with_what_was_typed(
    taught: Flask, site: Site, wrong: dict[str, str]
) -> None:
    answer = _write(signed_in(taught, "learner@walk"), **wrong)
    assert answer.status_code == 422
    assert "Balance of &lt;a&gt; buffer" in answer.text


def test_who_supervises_at_the_sending_site_countersigns_and_a_stranger_does_not(
    taught: Flask, site: Site
) -> None:
    with transaction():
        place = db.session.get_one(Organisation, site.hub.sending)
        make_person(place, "instructor", login="lead@x", password=PASSWORD)
        other = walk.make_organisation("Elsewhere")
        make_person(other, "instructor", login="far@x", password=PASSWORD)
    learner = signed_in(taught, "learner@walk")
    _write(learner)
    entry = _answer_page(signed_in(taught, "instructor@walk"))
    far = signed_in(taught, "far@x")
    assert far.get(f"/evidence/log/entries/{entry}/answer").status_code == 404
    page = f"/evidence/log/learners/{site.enrolment}/{KEY}/"
    assert far.get(page).status_code == 404
    assert _answer(signed_in(taught, "lead@x"), entry, accepts="yes").status_code == 303


def test_a_long_log_asks_as_many_questions_as_a_short_one(taught: Flask, site: Site) -> None:
    learner = signed_in(taught, "learner@walk")
    _write(learner)
    few = len(count_queries(taught, lambda: learner.get(f"/evidence/log/{KEY}/")))
    for ago in (2, 3, 4):
        _write(learner, done_on=acts.day(ago))
    many = len(count_queries(taught, lambda: learner.get(f"/evidence/log/{KEY}/")))
    assert many == few
