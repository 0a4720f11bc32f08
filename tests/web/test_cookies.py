"""Which answers know who asks, and where one comes back to after signing in again."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask

from lms.web import access
from tests.factories import count_queries, csrf_of, signed_in
from tests.walk import Hub


def test_static_file_asks_for_nobody_and_renews_no_cookie(
    walked: Flask, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(walked, "learner@walk")
    sheet = client.get("/").text.split('rel="stylesheet" href="')[1].split('"')[0]
    later = access._minute() + timedelta(minutes=10) // timedelta(minutes=1)
    monkeypatch.setattr(access, "_minute", lambda: later)
    answers = []
    assert count_queries(walked, lambda: answers.append(client.get(sheet))) == []
    assert answers[0].status_code == 200
    assert "Set-Cookie" not in answers[0].headers


@pytest.mark.parametrize(
    ("sender", "back"),
    [
        ("http://localhost/modules/FND103/?lang=en", "/modules/FND103/?lang=en"),
        ("https://elsewhere.example/modules/", "/"),
        ("", "/"),
    ],
)
def test_button_pressed_after_the_session_ended_leads_back_to_its_page(
    walked: Flask, hub: Hub, monkeypatch: pytest.MonkeyPatch, sender: str, back: str
) -> None:
    client = signed_in(walked, "learner@walk")
    token = csrf_of(client, "/")
    later = access._minute() + 24 * 60
    monkeypatch.setattr(access, "_minute", lambda: later)
    answer = client.post("/sign-out", data={"csrf_token": token}, headers={"Referer": sender})
    assert answer.status_code == 303
    assert parse_qs(urlsplit(answer.location).query)["next"] == [back]
