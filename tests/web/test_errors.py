"""Each refusal and failure is one page that says what happened, what was kept, what to do."""

import logging

import pytest

STATUSES = [
    ("not-found", 404),
    ("not-allowed", 403),
    ("conflict", 409),
    ("rule", 422),
    ("too-large", 413),
    ("throttled", 429),
    ("busy", 503),
    ("locked", 503),
    ("full", 507),
    ("bug", 500),
]


@pytest.fixture(autouse=True)
def _as_served(app):
    app.config["PROPAGATE_EXCEPTIONS"] = False


@pytest.mark.parametrize(("name", "status"), STATUSES)
def test_each_error_has_its_status_and_says_what_was_kept(client, name, status):
    answer = client.get(f"/raise/{name}")
    page = answer.get_data(as_text=True)
    assert answer.status_code == status
    assert "What was kept" in page
    assert "What to do" in page


@pytest.mark.parametrize(("name", "status"), STATUSES)
def test_scripts_get_json(client, name, status):
    answer = client.get(f"/raise/{name}", headers={"Accept": "application/json"})
    assert answer.status_code == status
    assert set(answer.get_json()) >= {"error", "message", "actions"}


def test_message_carries_its_parameters_and_actions(client):
    answer = client.get("/raise/conflict", headers={"Accept": "application/json"}).get_json()
    assert answer == {
        "error": "conflict",
        "message": "Mark 7 was changed.",
        "actions": ["reload"],
    }


def test_waiting_is_said_in_the_header(client):
    assert client.get("/raise/throttled").headers["Retry-After"] == "90"
    assert client.get("/raise/locked").headers["Retry-After"] == "2"


def test_only_refused_access_is_reported(client, refusals):
    for name in ("not-found", "rule", "conflict", "not-allowed"):
        client.get(f"/raise/{name}")
    assert [type(error).__name__ for error in refusals] == ["NotAllowed"]


def test_failure_is_logged_once_with_the_reference_that_the_page_shows(client, caplog):
    with caplog.at_level(logging.ERROR):
        page = client.get("/raise/bug").get_data(as_text=True)
    (record,) = caplog.records
    reference = record.args[0]
    assert reference in page
    assert record.exc_info[1].args == ("a bug of ours",)
    assert "a bug of ours" not in page


def test_unknown_address_and_wrong_method(client):
    assert client.get("/nowhere").status_code == 404
    answer = client.delete("/say")
    assert answer.status_code in (400, 405)


def test_stale_form_keeps_what_was_typed_but_no_password(client):
    typed = {"name": "Amina", "text": "word " * 30, "password": "hidden words", "csrf_token": "old"}
    answer = client.post("/note", data=typed, headers={"Sec-Fetch-Site": "same-origin"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert 'name="name" value="Amina"' in page
    assert "word word" in page
    assert "hidden words" not in page
    assert 'action="/note"' in page


def test_stale_form_of_another_site_is_not_offered_for_sending_again(client):
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {}):
        page = client.post("/note", data={"name": "planted"}, headers=headers)
        assert page.status_code == 400
        assert "planted" not in page.get_data(as_text=True)


def test_body_beyond_the_limit_is_413(post):
    assert post("/note", name="x" * 200_000).status_code == 413


def test_form_of_somebody_signed_out_is_kept(post):
    answer = post("/private", text="my long answer")
    assert answer.status_code == 401
    assert "my long answer" in answer.get_data(as_text=True)
