"""What a page may load, who may frame it, how long it is kept."""

import re

import pytest

from lms.web.assets import asset_url


def test_page_carries_a_policy_without_inline_code(client):
    headers = client.get("/note").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("path", ["/note", "/nowhere", "/raise/not-allowed"])
def test_no_page_has_inline_style_script_or_handler(client, path):
    page = client.get(path).get_data(as_text=True)
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)|javascript:", page)


def test_page_with_a_session_is_stored_nowhere(client):
    assert client.get("/nowhere").headers["Cache-Control"] == "no-cache"
    assert client.get("/note").headers["Cache-Control"] == "no-store"


def test_json_headers_are_few(client):
    answer = client.get("/raise/rule", headers={"Accept": "application/json"})
    assert "Content-Security-Policy" not in answer.headers
    assert sum(len(name) + len(value) + 4 for name, value in answer.headers) < 250


def test_drawing_opened_by_itself_can_do_nothing(app, client):
    with app.test_request_context("/"):
        address = asset_url("mark.svg")
    assert "sandbox" in client.get(address).headers["Content-Security-Policy"]
