"""Claims about uploads: all mistakes at once, pages before storing, stored once, by who may."""

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms.curriculum import queries as curriculum
from lms.db import transaction
from tests import walk
from tests.archives import module_files, packed
from tests.factories import csrf_of, signed_in
from tests.web.untranslated import untranslated

HOME = "/content/uploads/"
EVIL = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script>x()</script></svg>'


@pytest.fixture
def reviewer(taught: Flask) -> FlaskClient:
    walk.people_of_a_hub()
    return signed_in(taught, "reviewer@walk")


def _send(client: FlaskClient, files: dict[str, bytes] | bytes):
    data = files if isinstance(files, bytes) else packed(files)
    sent = {"csrf_token": csrf_of(client, HOME), "archive": (io.BytesIO(data), "m.zip")}
    return client.post(HOME, data=sent, content_type="multipart/form-data")


def _stored(code: str):
    with transaction(write=False):
        version = curriculum.newest_version(code)
        return (version.source, version.number) if version else None


def test_sound_module_is_read_first_and_stored_on_a_word(reviewer) -> None:
    place = _send(reviewer, module_files("TST103")).headers["Location"]
    assert _stored("TST103") is None
    lesson = reviewer.get(f"{place}lessons/20-balances/").text
    figure = lesson.split('<img src="')[1].split('"')[0]
    assert reviewer.get(figure).mimetype == "image/svg+xml"
    assert "A mass balance of 112 %" in reviewer.get(f"{place}questions/").text
    assert "Self-corrected" in reviewer.get(f"{place}practicals/histidine-buffer/").text
    assert "Checks the balance" in reviewer.get(f"{place}practicals/histidine-buffer/").text
    token = {"csrf_token": csrf_of(reviewer, place)}
    for said in ("Stored as a draft", "Nothing was changed"):
        answer = reviewer.post(place, data=token)
        assert answer.status_code == 303
        assert answer.headers["Location"].startswith("/content/")
        assert said in reviewer.get(answer.headers["Location"]).text
    assert _stored("TST103") == ("uploads", 1)


def test_all_mistakes_are_shown_with_their_place_and_nothing_is_kept(reviewer) -> None:
    files = module_files("TST103")
    files["module.toml"] = files["module.toml"].replace(b"[paper]", b"[papre]")
    files["lessons/20-balances.md"] += b"\n<script>alert(1)</script>\n"
    files["figures/evil.svg"] = EVIL
    answer = _send(reviewer, files)
    assert answer.status_code == 422
    for place in ("module.toml", "lessons/20-balances.md", "figures/evil.svg"):
        assert f">{place}<" in answer.text
    assert "<script>alert" not in answer.text
    assert "Nothing was uploaded yet" in answer.text


def test_what_is_no_module_is_refused_with_words(reviewer) -> None:
    for data in (b"", b"no zip", packed({"a.txt": b"x"}), packed({"../module.toml": b"x"})):
        answer = _send(reviewer, data)
        assert (answer.status_code, "cannot be stored yet" in answer.text) == (422, True)


def test_id_of_a_bundled_module_stays_with_its_source(reviewer) -> None:
    place = _send(reviewer, module_files("FND103")).headers["Location"]
    answer = reviewer.post(place, data={"csrf_token": csrf_of(reviewer, place)})
    assert answer.status_code == 422
    assert "is taken" in answer.text


def test_changed_text_needs_a_new_version(reviewer) -> None:
    for files, status in ((module_files("TST103"), 303), (_changed(module_files("TST103")), 422)):
        place = _send(reviewer, files).headers["Location"]
        answer = reviewer.post(place, data={"csrf_token": csrf_of(reviewer, place)})
        assert answer.status_code == status, answer.text
    assert "differs from version" in answer.text


def test_corrected_key_of_the_same_version_is_taken_over(reviewer) -> None:
    files = module_files("TST103")
    corrected = {
        name: data.replace(b'relative = "0.02"', b'relative = "0.03"')
        for name, data in files.items()
    }
    assert corrected != files
    for sent, said in ((files, "Stored as a draft"), (corrected, "keys of this version are corr")):
        place = _send(reviewer, sent).headers["Location"]
        answer = reviewer.post(place, data={"csrf_token": csrf_of(reviewer, place)})
        assert said in reviewer.get(answer.headers["Location"]).text


def test_pages_of_an_upload_are_translatable(reviewer) -> None:
    place = _send(reviewer, module_files("TST103")).headers["Location"]
    parts = ("", "lessons/20-balances/", "questions/", "practicals/histidine-buffer/")
    for path in (*(f"{place}{part}" for part in parts), HOME, f"{HOME}guide/"):
        assert untranslated(reviewer.get(f"{path}?lang=en_XA").text) == [], path


def _changed(files: dict[str, bytes]) -> dict[str, bytes]:
    files["lessons/20-balances.md"] += b"\nOne more line.\n"
    return files


@pytest.mark.parametrize("who", ["learner", "instructor", "coordinator", "administrator"])
def test_others_upload_nothing(taught: Flask, who: str) -> None:
    walk.people_of_a_hub()
    assert signed_in(taught, f"{who}@walk").get(HOME).status_code == 403


def test_reviewers_read_a_stored_practical_as_its_observer_will(reviewer) -> None:
    with transaction(write=False):
        version = curriculum.newest_version("FND103")
        assert version is not None
        place = f"/content/{version.id}/"
    assert "practicals/histidine-buffer/" in reviewer.get(place).text
    page = reviewer.get(f"{place}practicals/histidine-buffer/").text
    assert "Checks the balance" in page
    assert page.count('value="not-observed"') == page.count("<fieldset")
    assert reviewer.get(f"{place}practicals/none/").status_code == 404


def test_example_module_can_be_taken_from_the_hub_and_brought_back(reviewer) -> None:
    answer = reviewer.get(f"{HOME}example/module.zip")
    assert _send(reviewer, answer.data).status_code == 303


def test_guide_is_read_in_the_hub_and_its_links_lead_somewhere(reviewer) -> None:
    page = reviewer.get(f"{HOME}guide/").text
    inner = {part.split('"')[0] for part in page.split('href="#')[1:]}
    assert len(inner) > 15
    assert [name for name in inner if f'id="{name}"' not in page] == []
