"""A blinded panel from its sealing to the signature: nobody sees a reference too early."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms.columns import digest
from lms.db import transaction
from lms.records.verify import verify
from tests.attestation import acts
from tests.attestation.acts import PANEL, Site
from tests.factories import PASSWORD, csrf_of, signed_in

KEY = acts.key(PANEL)
SAMPLES = "A1; 4.217; 5 %\nA2; 10.93; 0.3\nA3; 0.0517; 10 %"
REFERENCES = ("4.217", "10.93", "0.0517")


def _post(client: FlaskClient, page: str, **fields: Any) -> Any:
    once = client.get(page).text.partition('name="once" value="')[2][:26]
    sent = {"csrf_token": csrf_of(client, page), "once": once} | fields
    return client.post(page, data=sent)


@pytest.fixture
def panel(taught: Flask, site: Site) -> str:
    """The address of a panel that waits for its candidate's values."""
    page = f"/evidence/panels/learners/{site.enrolment}/{KEY}/"
    maker = signed_in(taught, "instructor@walk")
    answer = _post(
        maker, page, title="Protein", sort="number", unit="g/L", samples=SAMPLES, password=PASSWORD
    )
    assert answer.status_code == 303, answer.text
    return answer.location


def _hand_in(client: FlaskClient, panel: str, *values: str, **more: str) -> Any:
    given = {f"value-{at}": value for at, value in enumerate(values)}
    return _post(client, f"{panel}values", **given, **({"sure": "y"} | more))


def _hides(*pages: Any) -> bool:
    return not any(one in page.text for one in REFERENCES for page in pages)


def test_no_page_shows_a_reference_before_the_values_are_in(taught: Flask, panel: str) -> None:
    learner, maker, other = (
        signed_in(taught, one) for one in ("learner@walk", "instructor@walk", "second@x")
    )
    assert _hides(learner.get(panel), learner.get(f"{panel}values"), maker.get(panel),
                  other.get(panel), other.get("/evidence/desk/"))  # fmt: skip
    assert other.get(f"{panel}assess").status_code == 404
    for who in (learner, maker, other):
        assert who.get(f"{panel}sealed.json").status_code == 404


def test_a_panel_is_handed_in_scored_signed_and_seconded(
    taught: Flask, site: Site, panel: str
) -> None:
    learner, maker, other = (
        signed_in(taught, one) for one in ("learner@walk", "instructor@walk", "second@x")
    )
    shown = learner.get(panel).text.partition("SHA-256")[2].partition('translate="no">')[2][:64]
    wrong = _hand_in(learner, panel, "4.2", "10,9", "0.05")
    assert wrong.status_code == 422
    assert 'value="10,9"' in wrong.text
    assert _hand_in(learner, panel, "4.2", "11.0", "0.05").status_code == 303
    assert learner.get(f"{panel}values").status_code == 404  # once
    assert maker.get(f"{panel}assess").status_code == 404  # who knows the references
    assert "Panels to score" in other.get("/evidence/desk/").text
    seen = other.get(f"{panel}assess").text
    assert all(one in seen for one in REFERENCES)
    assert "Within the limits" in seen
    answer = _post(other, f"{panel}assess", independent="y", password=PASSWORD)
    assert answer.status_code == 303, answer.text
    again = _post(other, f"{panel}assess", independent="y", password=PASSWORD)
    assert again.location == answer.location
    file = learner.get(f"{panel}sealed.json").data
    assert digest(file) == shown
    assert all(one in learner.get(panel).text for one in REFERENCES)
    second = _post(maker, f"{answer.location}second", agrees="yes", independent="y",
                   password=PASSWORD)  # fmt: skip
    assert second.status_code == 303
    assert "Within the limits" in learner.get(answer.location).text
    with transaction(write=False):
        assert not verify().mismatches


def test_values_outside_their_tolerance_fail_the_panel(taught: Flask, panel: str) -> None:
    _hand_in(signed_in(taught, "learner@walk"), panel, "42.2", "11.0", "0.05")
    assert "Not passed" in signed_in(taught, "second@x").get(f"{panel}assess").text


def test_samples_that_cannot_be_read_are_shown_again_as_typed(taught: Flask, site: Site) -> None:
    page = f"/evidence/panels/learners/{site.enrolment}/{KEY}/"
    answer = _post(signed_in(taught, "instructor@walk"), page, title="Protein", sort="number",
                   samples="A1; 4,2; 5", password=PASSWORD)  # fmt: skip
    assert answer.status_code == 422
    assert "A1; 4,2; 5" in answer.text


def test_a_panel_is_not_attested_by_hand(taught: Flask, site: Site) -> None:
    first = signed_in(taught, "instructor@walk")
    assert first.get(f"/evidence/learners/{site.enrolment}/{KEY}/").status_code == 404
