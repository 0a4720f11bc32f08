"""A file as an answer: taken by the plain form, kept by digest, fetched by who may, marked."""

import io
import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms.assessment import queries as attempts
from lms.assessment.models import AttemptItem, Response
from lms.db import db, transaction
from lms.store import actions as store
from tests import walk
from tests.assessment.asking import ask, open_paper
from tests.assessment.test_uploads import photograph
from tests.factories import PASSWORD, actor_for, csrf_of, signed_in
from tests.walk import Hub

LEVELS = ["nothing", "little", "half", "most", "all"]
TABLE: dict[str, Any] = {
    "id": "the-record", "kind": "file", "prompt": "Send the page.", "points": 4,
    "model_answer": "A page.", "types": ["jpeg", "pdf"], "megabytes": 1,
    "criterion": [{"id": "complete", "title": "Complete", "levels": LEVELS}],
}  # fmt: skip
Files = dict[str, tuple[bytes, str]]


class Sitting:
    """A learner at a paper that asks for a file, in a browser without scripts."""

    def __init__(self, app: Flask, hub: Hub) -> None:
        self.learner = walk.newcomer(hub, "Amina Okafor", login="amina@test", password=PASSWORD)
        self.attempt = open_paper(hub, self.learner)
        self.item = ask(self.attempt, TABLE)
        self.client: FlaskClient = signed_in(app, "amina@test")
        self.path = f"/attempts/{self.attempt}/"

    def send(self, data: bytes | None = None, name: str = "Amina Okafor.jpg", **more: str) -> Any:
        form: dict[str, Any] = {
            "csrf_token": csrf_of(self.client, self.path), "client": "form-" + self.learner.id[:8],
            "seen": "99",
        } | more  # fmt: skip
        if data is not None:
            form[f"item-{self.item}-file"] = (io.BytesIO(data), name)
        return self.client.post(self.path, data=form, content_type="multipart/form-data")

    def kept(self) -> Any:
        with transaction(write=False):
            response = attempts.effective(self.attempt).get(self.item)
            return response.given if response else "nothing"


@pytest.fixture
def sitting(walked: Flask, hub: Hub) -> Sitting:
    return Sitting(walked, hub)


def test_file_is_kept_by_digest_without_its_name_and_what_the_camera_wrote(
    sitting: Sitting,
) -> None:
    assert sitting.send(photograph()).status_code == 303
    file = sitting.kept()["file"]
    data = store.get(file["digest"])
    assert b"Abebe" not in data
    assert (file["type"], file["bytes"]) == ("jpeg", str(len(data)))
    with transaction(write=False):
        rows = db.session.query(Response).filter_by(item_id=sitting.item).all()
        assert "Amina" not in json.dumps([row.given for row in rows])
    assert file["digest"][:12] in sitting.client.get(sitting.path).text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<html>", "It is none of"),
        (b"MZ\x90\0", "It is none of"),
        (b"a text", "It is none of"),
        (b"%PDF-" + b"x" * 20_000, "It is larger than"),
    ],
)
def test_file_of_another_type_or_size_is_refused_and_the_one_before_stays(
    sitting: Sitting, data: bytes, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lms.assessment.intake.MEGABYTE", 20_000)
    sitting.send(photograph())
    before = sitting.kept()
    assert sitting.send(data, submit="yes").status_code == 303
    assert said in sitting.client.get(sitting.path).text
    assert sitting.kept() == before
    with transaction(write=False):
        assert attempts.own_attempt(sitting.attempt, sitting.learner)[2] is None  # not handed in


def test_saving_the_page_again_keeps_the_file_and_a_tick_takes_it_away(sitting: Sitting) -> None:
    sitting.send(photograph())
    kept = sitting.kept()
    sitting.send()
    assert sitting.kept() == kept
    sitting.send(**{f"item-{sitting.item}-remove": "yes"})
    assert sitting.kept() is None


def test_no_script_can_name_a_file_that_was_never_sent(sitting: Sitting) -> None:
    sitting.send(photograph())
    kept, digest = sitting.kept(), store.put(b"somebody else's secret")
    sent = {
        "item": sitting.item, "client": "a-tab-of-hers", "sequence": 1, "seen": 1, "claimed": "",
        "given": {f"item-{sitting.item}-digest": [digest], f"item-{sitting.item}-file": [digest]},
    }  # fmt: skip
    token = csrf_of(sitting.client, sitting.path)
    answer = sitting.client.post(
        f"{sitting.path}responses", json=sent, headers={"X-CSRFToken": token}
    )
    assert answer.status_code == 422
    assert sitting.kept() == kept


def test_file_is_fetched_by_its_learner_and_its_marker_and_by_nobody_else(
    walked: Flask, hub: Hub, sitting: Sitting
) -> None:
    sitting.send(photograph())
    own = sitting.client.get(f"/attempts/files/{sitting.item}")
    assert own.status_code == 200
    assert own.mimetype == "image/jpeg"
    other = walk.newcomer(hub, "Bea", login="bea@test", password=PASSWORD)
    assert other
    for login in ("bea@test", "instructor@walk", "administrator@walk"):
        client = signed_in(walked, login)
        assert client.get(f"/attempts/files/{sitting.item}").status_code == 404
    marker = signed_in(walked, "instructor@walk")
    assert marker.get(f"/grading/answers/{sitting.item}/file").status_code == 404  # not handed in
    sitting.send(submit="yes")
    answer = marker.get(f"/grading/answers/{sitting.item}/file")
    assert answer.data == own.data
    said = answer.headers["Content-Disposition"]
    assert said.startswith("attachment; filename=answer-")
    assert "Amina" not in said
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    page = marker.get(f"/grading/answers/{sitting.item}/").text
    assert f"/grading/answers/{sitting.item}/file" in page
    assert "Amina" not in page


def test_file_waits_for_a_person_and_counts_like_an_essay(
    walked: Flask, hub: Hub, sitting: Sitting
) -> None:
    sitting.send(photograph())
    sitting.send(submit="yes")
    walk.grade(sitting.attempt, actor_for(hub.instructor))
    walk.release(sitting.attempt, actor_for(hub.instructor))
    page = sitting.client.get(sitting.path).text
    assert "Complete: 3 of 4" in page
    assert f"/attempts/files/{sitting.item}" in page


def test_nothing_is_stored_for_a_form_that_is_refused_or_a_paper_that_is_handed_in(
    sitting: Sitting,
) -> None:
    before = set(store.names())
    assert sitting.send(photograph(), client="?").status_code == 422
    sitting.send(submit="yes")
    sitting.send(photograph())
    assert set(store.names()) == before


def test_twenty_files_are_taken_and_no_more(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lms.assessment.intake.MOST_TIMES", 1)
    sitting.send(photograph(3))
    before = sitting.kept()
    sitting.send(photograph(6))
    assert sitting.kept() == before
    with transaction(write=False):
        assert db.session.get_one(AttemptItem, sitting.item).kind == "file"
