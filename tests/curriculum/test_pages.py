"""Catalogue, module, lesson, files and the approval desk, as people of each role meet them."""

import re

import pytest

from lms import clock
from lms.curriculum import actions, queries, subjects
from lms.curriculum.sync import sync_all
from lms.db import transaction
from tests.factories import (
    PASSWORD,
    actor_for,
    count_queries,
    make_organisation,
    make_person,
    proof_of,
    signed_in,
)

LESSON = "/modules/TST101/lessons/10-dilution/"


@pytest.fixture
def hub(new_app, curriculum):
    """An app with the small module stored and one person of each role that matters here."""
    app = new_app(plugins=[], curriculum_dirs=(curriculum.folder,))
    with app.app_context():
        sync_all()
        with transaction():
            place = make_organisation()
            for role in ("learner", "reviewer", "owner"):
                make_person(
                    place, role, name=role.title(), login=f"{role}@x.example", password=PASSWORD
                )
        yield app


@pytest.fixture
def learner(hub):
    return signed_in(hub, "learner@x.example")


@pytest.fixture
def reviewer(hub):
    return signed_in(hub, "reviewer@x.example")


def _version_id():
    with transaction(write=False):
        return queries.newest_version("TST101").id


def _make_effective():
    with transaction():
        place = make_organisation()
        ids = [make_person(place, role).id for role in ("reviewer", "reviewer", "owner")]
    ana, ben, olu = [actor_for(id) for id in ids]
    steps = [(actions.review, ana, {}), (actions.review, ben, {}), (actions.approve, olu, {}),
             (actions.make_effective, olu, {"on": clock.today()})]  # fmt: skip
    for action, by, more in steps:
        with transaction():
            version = queries.newest_version("TST101")
            seen = subjects.subject_of(version, clock.today()).digest
            action(version=version, seen=seen, by=by, proof=proof_of(by), **more)


def test_pages_ask_a_stranger_to_sign_in(hub):
    for page in ("/modules/", "/modules/TST101/", LESSON, "/content/"):
        answer = hub.test_client().get(page)
        assert answer.status_code == 303
        assert "/sign-in" in answer.location


def test_catalogue_and_module_say_that_a_draft_is_for_practice(learner):
    for page in ("/modules/", "/modules/TST101/", LESSON):
        answer = learner.get(page)
        assert answer.status_code == 200
        assert "Practice" in answer.text


def test_effective_module_says_so(hub, learner):
    _make_effective()
    assert "Practice" not in learner.get("/modules/").text
    assert "Effective" in learner.get("/modules/TST101/").text
    assert "Practice" not in learner.get("/modules/TST101/").text


def test_lesson_shows_equation_figure_check_and_source_of_its_limit(learner):
    text = learner.get(LESSON).text
    assert "<msub>" in text
    assert re.search(r'<img src="\.\./\.\./files/figures/flask\.svg\?v=[0-9a-f]{16}"', text)
    assert "<summary>Show the answer</summary>" in text
    assert 'href="sources#limit-LIMIT-1"' in text
    sources = learner.get(f"{LESSON}sources").text
    assert 'id="limit-LIMIT-1"' in sources
    assert "A document, 2026; 4.2" in sources
    assert "\ue000" not in text


def test_last_lesson_leads_back_to_its_module(learner):
    assert 'rel="up" href="/modules/TST101/"' in learner.get(LESSON).text


def test_lesson_speaks_the_reader_s_language_around_the_text(learner):
    text = learner.get(f"{LESSON}?lang=en_XA").text
    assert "Show the answer" not in text
    assert "⟦" in text.split("<summary>")[1][:5]


def test_lesson_costs_at_most_six_queries(hub, learner):
    learner.get(LESSON)
    asked = count_queries(hub, lambda: learner.get(LESSON))
    assert len(asked) <= 6, asked


def test_catalogue_costs_the_same_for_many_modules(hub, learner, curriculum):
    learner.get("/modules/")
    before = len(count_queries(hub, lambda: learner.get("/modules/")))
    home = curriculum.folder / "foundations/tst101-dilution"
    for number in range(102, 106):
        for path in [p for p in home.rglob("*") if p.is_file()]:
            place = f"foundations/tst{number}/{path.relative_to(home).as_posix()}"
            text = path.read_text(encoding="utf-8").replace("TST101", f"TST{number}")
            curriculum.write(place, text)
    assert len(sync_all().stored) == 4
    page = learner.get("/modules/")
    assert page.text.count('class="big" href=') == 5
    assert len(count_queries(hub, lambda: learner.get("/modules/"))) == before


def test_desk_costs_the_same_for_many_versions(hub, reviewer, curriculum):
    reviewer.get("/content/")
    before = len(count_queries(hub, lambda: reviewer.get("/content/")))
    for number in range(1, 5):
        curriculum.change_module("module.toml", f'"1.{number - 1}.0"', f'"1.{number}.0"')
        assert sync_all().stored
    assert len(count_queries(hub, lambda: reviewer.get("/content/"))) == before


def test_figure_is_kept_for_ever_and_can_run_nothing(learner):
    page = learner.get(LESSON).text
    address = re.search(r'src="\.\./\.\.(/files/[^"]+)"', page)[1]
    answer = learner.get(f"/modules/TST101{address}")
    assert answer.status_code == 200
    assert answer.mimetype == "image/svg+xml"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "immutable" in answer.headers["Cache-Control"]
    again = learner.get(
        f"/modules/TST101{address}", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert again.status_code == 304


@pytest.mark.parametrize(
    "path", ["figures/none.svg", "../module.toml", "module.toml", "figures/flask.svg?v=ffff"]
)
def test_other_files_are_not_given(learner, path):
    assert learner.get(f"/modules/TST101/files/{path}").status_code == 404


def test_unknown_module_lesson_and_version_are_not_found(learner):
    for page in (
        "/modules/XXX101/",
        "/modules/TST101/lessons/99-x/",
        "/modules/TST101/?version=9.9.9",
    ):
        assert learner.get(page).status_code == 404


def test_draft_beside_an_effective_version_is_for_the_desk_only(hub, learner, reviewer, curriculum):
    _make_effective()
    curriculum.change_module("module.toml", '"1.0.0"', '"1.1.0"')
    curriculum.change_module("lessons/10-dilution.md", "So much.", "Rather more.")
    assert sync_all().stored == ["TST101 1.1.0"]
    assert "So much." in learner.get(LESSON).text
    assert learner.get(f"{LESSON}?version=1.1.0").status_code == 404
    preview = reviewer.get(f"{LESSON}?version=1.1.0")
    assert "Rather more." in preview.text


def test_learner_may_not_open_the_desk(hub, learner):
    for page in (
        "/content/",
        f"/content/{_version_id()}/",
        f"/content/{_version_id()}/questions/",
    ):
        assert learner.get(page).status_code == 403


def _fields(page):
    return dict(re.findall(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"', page))


def test_reviewer_signs_with_the_password(hub, reviewer):
    address = f"/content/{_version_id()}/"
    assert "Waits for you" in reviewer.get("/content/").text
    fields = _fields(reviewer.get(address).text) | {"act": "reviewed", "note": "Read it all."}
    wrong = reviewer.post(address, data=fields | {"password": "not my password"})
    assert wrong.status_code == 422
    assert "Read it all." in wrong.text
    assert "Nobody has signed yet." in wrong.text
    right = reviewer.post(address, data=fields | {"password": PASSWORD})
    assert right.status_code == 303
    page = reviewer.get(address).text
    assert "Read it all." in page
    assert "Waits for you" not in reviewer.get("/content/").text
    twice = reviewer.post(address, data=fields | {"password": PASSWORD})
    assert twice.status_code == 422


def test_act_that_is_not_offered_is_refused(hub, reviewer):
    address = f"/content/{_version_id()}/"
    fields = _fields(reviewer.get(address).text)
    answer = reviewer.post(address, data=fields | {"act": "approved", "password": PASSWORD})
    assert answer.status_code == 422


def test_effective_needs_a_day(hub):
    owner = signed_in(hub, "owner@x.example")
    address = f"/content/{_version_id()}/"
    fields = _fields(owner.get(address).text)
    answer = owner.post(address, data=fields | {"act": "retired", "password": PASSWORD})
    assert answer.status_code == 422
    assert "Say from which day." in answer.text


def test_reviewer_sees_every_question_with_its_key(hub, reviewer):
    text = reviewer.get(f"/content/{_version_id()}/questions/").text
    for code in ("which", "volume", "report"):
        assert f'id="{code}"' in text
    assert "relative" in text


def test_figure_of_a_question_has_an_address_that_holds_anywhere(hub, reviewer, curriculum):
    curriculum.change_module("module.toml", '"1.0.0"', '"1.1.0"')
    curriculum.change_module(
        "questions/10-dilution.toml",
        'prompt = "Which?"',
        'prompt = "Which?\\n\\n![A flask](figures/flask.svg)"',
    )
    assert sync_all().stored == ["TST101 1.1.0"]
    text = reviewer.get(f"/content/{_version_id()}/questions/").text
    address = re.search(r'src="(/modules/TST101/files/figures/flask\.svg\?v=[0-9a-f]{16})"', text)
    assert reviewer.get(address[1]).status_code == 200
