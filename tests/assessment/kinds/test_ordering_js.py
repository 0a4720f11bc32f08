"""Moving steps by button, key and list: the places are the answer, and each move is saved."""

from collections.abc import Iterator
from random import Random

import pytest
from flask import Flask, jsonify, render_template_string, request
from playwright.sync_api import Browser, Page, Route, expect

from lms.assessment.kinds.matching import Matching
from lms.assessment.kinds.ordering import Ordering
from lms.curriculum.kind import QuestionKind, own_fields
from lms.web.access import public
from tests.browser import keys
from tests.tools import wired
from tests.web.hub import Hub

pytestmark = pytest.mark.browser
HOME = "https://hub.example"
COMMON = {"id": "q", "outcome": "LO1", "lesson": "l", "prompt": "<p>Which?</p>", "why": "So."}
STEPS = [{"id": f"step-{one}", "text": f"Step {one}", "why": "So."} for one in "ABCD"]
PAIRS = {
    "target": [{"id": one, "text": one.upper()} for one in "xyz"],
    "stem": [{"id": one, "text": f"Stem {one}", "target": "x", "why": "So."} for one in "pq"],
}
PAGE = """{% extends "web/layout.html" %}{% import "web/macros.html" as ui with context %}
{% block head %}{{ ui.attempt_scripts() }}
<script type="module" src="{{ asset_url('ordering.js') }}"></script>{% endblock %}
{% block main %}{{ ui.save_state() }}{{ ui.takeover() }}
<ol class="jump"><li><a href="#q1">1</a></li><li><a href="#q2">2</a></li></ol>
{% call ui.form_tag(action="/submit", **{"data-attempt": "a1",
  "data-save-url": "/save", "data-takeover-url": "/takeover", "data-seen": 0}) %}
{% for item, template, shown in rows %}<div data-item="{{ item.id }}" id="q{{ item.number }}">
{% with given = stored.get(item.id), locked = false %}{% include template %}{% endwith %}
</div>{% endfor %}{% endcall %}{% endblock %}"""
KINDS: dict[str, tuple[QuestionKind, dict]] = {
    "o": (Ordering(), {"step": STEPS}),
    "m": (Matching(), PAIRS),
}


def _row(number: int, id: str) -> tuple[dict, str, dict]:
    kind, more = KINDS[id]
    question = kind.parse({**COMMON, "kind": kind.name, **more})
    variant = kind.draw(question.shown, question.key, Random(4))
    shown = kind.present(question.shown, variant)
    return {"id": id, "number": number, "points": 1}, kind.template, shown


@pytest.fixture
def hub(app: Flask) -> Hub:
    hub = Hub()

    @app.get("/attempt")
    @public
    def attempt():
        rows = [_row(1, "o"), _row(2, "m")]
        stored = {
            id: KINDS[id][0].read(own_fields(given, id)) for id, given in hub.effective().items()
        }
        return render_template_string(PAGE, rows=rows, stored=stored)

    @app.post("/save")
    @public
    def save():
        status, body = hub.save(request.get_json())
        return jsonify(body), status

    return hub


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    with wired.launched() as browser:
        yield browser


@pytest.fixture
def page(chrome: Browser, app: Flask, hub: Hub) -> Iterator[Page]:
    client = app.test_client()

    def serve(route: Route) -> None:
        asked = route.request
        if hub.cut and asked.method == "POST":
            return route.abort("internetdisconnected")
        answer = wired.ask(client, route, HOME)
        wired.give(route, answer)

    context = chrome.new_context()
    context.set_default_timeout(8000)
    context.route("**/*", serve)
    page = context.new_page()
    page.goto(f"{HOME}/attempt")
    expect(page.get_by_role("button", name="Move up")).to_have_count(4)
    yield page
    context.close()


def order(page: Page) -> str:
    """Return the letters of the steps from top to bottom."""
    return "".join(text.strip()[-1] for text in page.locator(".step label").all_inner_texts())


def places(page: Page) -> list[str]:
    """Return the places of the steps from top to bottom."""
    return [select.input_value() for select in page.locator(".step select").all()]


def saved(page: Page) -> None:
    expect(page.locator("[data-save]")).to_have_attribute("data-state", "saved")


def test_one_press_of_a_button_orders_all_steps_says_so_and_is_saved(page, hub):
    drawn = order(page)
    assert places(page) == ["", "", "", ""]
    button = page.get_by_role("button", name="Move up").nth(2)
    button.focus()
    page.keyboard.press("Enter")
    assert order(page) == drawn[0] + drawn[2] + drawn[1] + drawn[3]
    assert places(page) == ["1", "2", "3", "4"]
    assert page.evaluate("document.activeElement.dataset.move") == "up"
    expect(page.locator(".unseen[role=status]").last).to_have_text(f"Step {drawn[2]}: place 2 of 4")
    saved(page)
    (event,) = hub.events
    now = {f"o-place-step-{letter}": [str(at)] for at, letter in enumerate(order(page), 1)}
    assert event["given"] == {f"item-{name}": place for name, place in now.items()}
    expect(page.locator(".jump a").first).to_have_class("done")


def test_choosing_a_place_moves_the_step_there_and_the_others_make_room(page, hub):
    page.get_by_label("Step A").select_option("4")
    page.get_by_label("Step D").select_option("1")
    assert (order(page)[0], order(page)[3]) == ("D", "A")
    for place, letter in enumerate("ABCD", 1):
        page.get_by_label(f"Step {letter}").select_option(str(place))
    assert order(page) == "ABCD"
    saved(page)


def test_keyboard_alone_brings_steps_into_order(page, hub):
    right = {f"place-step-{letter}": [str(place)] for place, letter in enumerate("ABCD", 1)}
    keys.answer(page, "o", right)
    assert order(page) == "ABCD"
    given = {f"item-o-{name}": place for name, place in right.items()}
    for _ in range(50):  # the page says "saved" of what it sent before, until it sends again
        if hub.effective()["o"] == given:
            break
        page.wait_for_timeout(100)
    assert hub.effective()["o"] == given


def test_first_step_moves_no_further_up_and_keeps_the_focus(page, hub):
    step = page.locator(".step").nth(1)
    step.get_by_role("button", name="Move up").click()
    first = page.locator(".step").first.get_by_role("button", name="Move up")
    expect(first).to_be_focused()
    expect(first).to_have_attribute("aria-disabled", "true")
    before = order(page)
    first.press("Enter")
    assert order(page) == before
    expect(first).to_be_focused()


def test_order_is_shown_again_after_a_reload_and_after_a_cut(page, hub):
    page.get_by_label("Step D").select_option("1")
    saved(page)
    hub.cut = True
    page.get_by_label("Step C").select_option("1")
    kept = order(page)
    expect(page.locator("[data-save]")).to_have_attribute("data-state", "unsent")
    page.reload()
    expect(page.locator(".step label").first).to_have_text("Step C")
    assert order(page) == kept
    hub.cut = False
    page.reload()
    saved(page)
    page.reload()
    assert order(page) == kept
    assert places(page) == ["1", "2", "3", "4"]


def test_matching_is_saved_with_each_choice_and_counts_as_answered(page, hub):
    link = page.locator(".jump a").nth(1)
    expect(link).not_to_have_class("done")
    page.get_by_label("Stem q").select_option("y")
    saved(page)
    expect(link).to_have_class("done")
    assert hub.effective()["m"]["item-m-stem-q"] == ["y"]
    page.reload()
    expect(page.get_by_label("Stem q")).to_have_value("y")
