"""The browser's half of saving: nothing typed is lost by cuts, reloads, crashes or second tabs.

The pages and scripts are the real ones; every request of the browser is handed to the app's test
client, so that a test decides which of them meets a cut cable.
"""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask, jsonify, render_template_string, request
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from lms import clock
from lms.web.access import public
from tests.tools import wired
from tests.web.hub import Hub

pytestmark = pytest.mark.browser
HOME = "https://hub.example"
PAGE = """{% extends "web/layout.html" %}{% import "web/macros.html" as ui with context %}
{% block head %}{{ ui.attempt_scripts() }}{% endblock %}
{% block main %}<div class="attempt-bar">{{ ui.countdown(deadline, now) }}
{{ ui.save_state() }}</div>
{{ ui.takeover() }}<ol class="jump"><li><a href="#q1">1</a></li><li><a href="#q2">2</a></li></ol>
{% call ui.form_tag(action="/submit", id="attempt", **{"data-attempt": "a1",
  "data-save-url": "/save", "data-takeover-url": "/takeover", "data-seen": seen}) %}
<fieldset id="q1" data-item="i1"><legend>One</legend>
{% for v in ("alpha", "beta") %}<label><input type="radio" name="i1:choice" value="{{ v }}"
 {%- if stored.get("i1", {}).get("choice") == [v] %} checked{% endif %}>{{ v }}</label>{% endfor %}
</fieldset>
<fieldset id="q2" data-item="i2"><legend>Two</legend>
<textarea name="i2:text" aria-label="Essay">
{{- stored.get("i2", {}).get("text", [""])[0] }}</textarea>
</fieldset>
<input type="hidden" name="client">{{ ui.button("Submit", name="act", value="submit") }}
{% endcall %}{% endblock %}"""


@pytest.fixture
def hub(app: Flask) -> Hub:
    hub = Hub()

    @app.get("/attempt")
    @public
    def attempt():
        now = clock.now()
        return render_template_string(
            PAGE, now=now, deadline=now + timedelta(seconds=hub.seconds), seen=len(hub.events),
            stored=hub.effective(),
        )  # fmt: skip

    @app.post("/save")
    @public
    def save():
        if hub.answer_with:
            status, body = hub.answer_with.pop(0)
        else:
            status, body = hub.save(request.get_json())
        return (jsonify(body) if isinstance(body, dict) else body), status

    @app.post("/takeover")
    @public
    def takeover():
        hub.lease = request.get_json()["client"]
        return jsonify(saved=len(hub.events))

    @app.post("/submit")
    @public
    def submit():
        hub.submitted.append(request.form.to_dict())
        return "<!doctype html><title>Done</title><h1>Submitted</h1>"

    return hub


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    with wired.launched() as browser:
        yield browser


@pytest.fixture
def context(chrome: Browser, app: Flask, hub: Hub) -> Iterator[BrowserContext]:
    client = app.test_client()

    def serve(route: Route) -> None:
        asked = route.request
        if hub.cut and asked.method == "POST":
            return route.abort("internetdisconnected")
        answer = wired.ask(client, route, HOME)
        if hub.lose_answers and asked.method == "POST":
            return route.abort("connectionreset")
        wired.give(route, answer)

    context = chrome.new_context()
    context.set_default_timeout(8000)
    context.route("**/*", serve)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return opened(context)


def opened(context: BrowserContext) -> Page:
    page = context.new_page()
    page.goto(f"{HOME}/attempt")
    expect(page.locator("[data-clock]")).to_contain_text("left")
    return page


def says(page: Page, text: str) -> None:
    expect(page.locator("[data-save]")).to_contain_text(text, timeout=8000)


def test_answer_is_saved_when_it_changes(page, hub):
    page.get_by_label("beta").check()
    says(page, "Saved on the server")
    (event,) = hub.events
    assert (event["item"], event["given"]) == ("i1", {"choice": ["beta"]})
    assert event["sequence"] == 1
    expect(page.locator(".jump a").first).to_have_class("done")


def test_autosave_is_small_in_both_directions(page, hub):
    with page.expect_response("**/save") as caught:
        page.get_by_label("alpha").check()
    asked, answer = caught.value.request, caught.value
    sent = len(asked.post_data_buffer) + sum(len(k) + len(v) + 4 for k, v in asked.headers.items())
    told = len(answer.body()) + sum(len(k) + len(v) + 4 for k, v in answer.headers.items())
    assert sent <= 1024
    assert told <= 1024


def test_typing_is_kept_through_a_cut_and_a_reload_and_sent_once(page, hub):
    hub.cut = True
    page.get_by_label("Essay").fill("Typed while the cable was cut")
    page.get_by_label("alpha").check()
    says(page, "Not saved yet: no connection")
    page.reload()
    expect(page.get_by_label("Essay")).to_have_value("Typed while the cable was cut")
    expect(page.get_by_label("alpha")).to_be_checked()
    hub.cut = False
    says(page, "Saved on the server")
    assert hub.effective() == {
        "i1": {"choice": ["alpha"]},
        "i2": {"text": ["Typed while the cable was cut"]},
    }
    assert [event["sequence"] for event in hub.events] == [1, 2]
    assert len({event["client"] for event in hub.events}) == 1


def test_answer_given_in_the_very_moment_of_a_reload_is_kept(page, hub):
    hub.cut = True
    for text in ("One", "Two", "Three"):
        with page.expect_navigation():
            page.get_by_label("Essay").evaluate(
                """(essay, text) => {
                  essay.value = text;
                  essay.dispatchEvent(new Event("change", { bubbles: true }));
                  location.reload();
                }""",
                text,
            )
        expect(page.get_by_label("Essay")).to_have_value(text)
    hub.cut = False
    says(page, "Saved on the server")
    assert hub.effective()["i2"] == {"text": ["Three"]}


def test_answer_whose_acknowledgement_was_lost_neither_hides_the_next_nor_doubles(page, hub):
    hub.lose_answers = True
    page.get_by_label("Essay").fill("First")
    page.get_by_label("Essay").blur()
    says(page, "Not saved yet")
    page.get_by_label("Essay").fill("First and more")
    page.get_by_label("Essay").blur()
    hub.lose_answers = False
    says(page, "Saved on the server")
    assert [event["given"]["text"] for event in hub.events] == [["First"], ["First and more"]]


def test_browser_that_starts_again_goes_on_as_the_same_client(context, page, hub):
    page.get_by_label("alpha").check()
    says(page, "Saved on the server")
    hub.cut = True
    page.get_by_label("beta").check()
    says(page, "Not saved yet")
    page.close()
    hub.cut = False
    again = opened(context)
    says(again, "Saved on the server")
    assert hub.effective() == {"i1": {"choice": ["beta"]}}
    assert len({event["client"] for event in hub.events}) == 1


def test_second_tab_asks_before_it_takes_over_and_loses_nothing(context, page, hub):
    page.get_by_label("alpha").check()
    says(page, "Saved on the server")
    second = opened(context)
    second.get_by_label("Essay").fill("From the second tab")
    second.get_by_label("Essay").blur()
    expect(second.locator("[data-conflict]")).to_contain_text("Opened elsewhere.")
    assert "i2" not in hub.effective()
    second.get_by_role("button", name="Continue here").click()
    second.wait_for_function("!document.querySelector('[data-conflict]').checkVisibility()")
    expect(second.get_by_label("alpha")).to_be_checked()
    assert hub.effective()["i2"] == {"text": ["From the second tab"]}
    page.get_by_label("beta").check()
    expect(page.locator("[data-conflict]")).to_be_visible()
    assert hub.effective()["i1"] == {"choice": ["alpha"]}


def test_submitting_sends_what_is_unsent_first_and_only_once(page, hub):
    hub.cut = True
    page.get_by_label("beta").check()
    says(page, "Not saved yet")
    page.get_by_role("button", name="Submit").click()
    page.wait_for_timeout(300)
    assert hub.submitted == []
    hub.cut = False
    page.get_by_role("button", name="Submit").dblclick()
    page.wait_for_selector("h1:has-text('Submitted')")
    assert hub.effective() == {"i1": {"choice": ["beta"]}}
    assert len(hub.submitted) == 1
    assert hub.submitted[0]["act"] == "submit"
    assert hub.submitted[0]["client"] == hub.events[0]["client"]


def test_stale_token_is_renewed_without_a_word(page, hub):
    hub.answer_with = [(400, {"error": "csrf", "message": "Stale."})]
    page.get_by_label("alpha").check()
    says(page, "Saved on the server")
    assert hub.effective() == {"i1": {"choice": ["alpha"]}}


@pytest.mark.parametrize(
    "answer", [(200, "<h1>Hotel sign-in</h1>"), (502, "bad gateway"), (404, "x")]
)
def test_answer_that_is_not_ours_acknowledges_nothing(page, hub, answer):
    hub.answer_with = [answer]
    page.get_by_label("alpha").check()
    says(page, "Saved on the server")
    assert hub.effective() == {"i1": {"choice": ["alpha"]}}


def test_refused_answer_is_said_with_its_reason_and_the_rest_goes_on(page, hub):
    hub.answer_with = [(422, {"error": "rule-broken", "message": "The time was over at 14:00."})]
    page.get_by_label("alpha").check()
    says(page, "Not accepted: The time was over at 14:00.")
    page.get_by_label("Essay").fill("x")
    page.get_by_label("Essay").blur()
    page.wait_for_timeout(300)
    assert set(hub.effective()) == {"i2"}


def test_answer_that_is_too_late_is_no_reason_to_take_over(page, hub):
    hub.answer_with = [(409, {"error": "late", "message": "The time is over."})]
    page.get_by_label("alpha").check()
    says(page, "Not accepted: The time is over.")
    expect(page.locator("[data-conflict]")).to_be_hidden()


def test_signed_out_in_between_keeps_the_answer_and_says_what_to_do(page, hub):
    hub.answer_with = [(401, {"error": "signed-out"})]
    page.get_by_label("alpha").check()
    says(page, "Sign in again in a new tab")
    page.evaluate("dispatchEvent(new Event('focus'))")
    says(page, "Saved on the server")
    assert hub.effective() == {"i1": {"choice": ["alpha"]}}


def test_countdown_runs_by_the_server_and_ends_by_asking_it(context, hub):
    hub.seconds = 3
    page = context.new_page()
    page.goto(f"{HOME}/attempt")
    expect(page.locator("[data-clock]")).to_contain_text("0:0")
    hub.seconds = 3600
    expect(page.locator("[data-clock]")).to_contain_text("59:", timeout=8000)
