"""Claims about the search page: what it shows, to whom, how often, and at what cost."""

import re

import pytest

from lms import clock
from lms.curriculum import actions as content
from lms.curriculum import queries as curriculum_queries
from lms.curriculum import subjects
from lms.curriculum.sync import sync_all
from lms.db import transaction
from lms.search.throttle import DROPS
from tests.curriculum.conftest import HOME
from tests.factories import actor_for, count_queries, make_organisation, make_person, proof_of
from tests.search.conftest import LESSON

MOST_QUERIES = 13


def test_a_result_leads_to_the_part_of_the_lesson_with_its_words_marked(people):
    page = people("learner").get("/search/?q=salt+water").text
    assert 'href="/modules/TST101/lessons/10-dilution/#salt-in-water"' in page
    assert "<mark>salt</mark>" in page
    assert "Also in this lesson:" in page


def test_a_misspelt_word_is_answered_by_a_question(people):
    page = people("learner").get("/search/?q=endotoxn+salt").text
    assert "Did you mean" in page
    assert 'href="/search/?q=endotoxin+salt"' in page


def test_nothing_asked_and_nothing_found_say_so(people):
    client = people("learner")
    assert "Nothing found" not in client.get("/search/").text
    assert "Nothing found" in client.get("/search/?q=zzzzzz").text


@pytest.mark.parametrize("page", ["0", "-1", "99999999999", "x", "٣"])
def test_any_page_number_shows_a_page(people, page):
    assert "<mark>" in people("learner").get(f"/search/?q=salt&page={page}").text


def test_what_is_typed_is_shown_as_text(people):
    page = people("learner").get("/search/?q=%3Cscript%3Ealert(1)%3C/script%3E+salt").text
    assert "<script>alert" not in page


def _draft(curriculum):
    """Make 1.0.0 effective, then store a draft with a word of its own."""
    with transaction():
        place = make_organisation()
        made = [make_person(place, *roles) for roles in (["reviewer"], ["reviewer"], ["owner"])]
        ids = [one.id for one in made]
    ana, ben, olu = (actor_for(id) for id in ids)
    for act, by, more in (
        (content.review, ana, {}),
        (content.review, ben, {}),
        (content.approve, olu, {}),
        (content.make_effective, olu, {"on": clock.today()}),
    ):
        with transaction():
            version = curriculum_queries.newest_version("TST101")
            seen = subjects.subject_of(version, clock.today()).digest
            act(version=version, seen=seen, by=by, proof=proof_of(by), **more)
    curriculum.write(f"{HOME}/lessons/10-dilution.md", LESSON.format(more="Nectar is sweet."))
    curriculum.change_module("module.toml", 'version = "1.0.0"', 'version = "1.1.0"')
    assert sync_all().stored == ["TST101 1.1.0"]


def test_a_draft_is_found_by_those_who_judge_it_and_only_where_they_ask(people, curriculum):
    _draft(curriculum)
    for role in ("learner", "coordinator", "reviewer", "owner"):
        asked = people(role).get("/search/?q=nectar&drafts=1").text
        assert ("version=1.1.0" in asked) == (role in ("reviewer", "owner")), role
        assert "Nothing found" in people(role).get("/search/?q=nectar").text
    assert "Did you mean" not in people("learner").get("/search/?q=nectat").text


def test_many_searches_in_a_short_time_are_told_to_wait(people, monkeypatch):
    client = people("learner")
    now = iter(range(1000))
    monkeypatch.setattr("lms.search.routes.time.monotonic", lambda: next(now) / 1e6)
    answers = [client.get("/search/?q=salt").status_code for _ in range(DROPS + 1)]
    assert answers == [200] * DROPS + [429]
    assert client.get("/search/").status_code == 200


def test_a_search_costs_the_same_queries_whatever_it_finds(hub, people):
    client = people("learner")
    costs = {}
    for text in ("endotoxin", "salt water buffer dilution small", "s"):
        client.get(f"/search/?q={text}")
        costs[text] = len(count_queries(hub, lambda text=text: client.get(f"/search/?q={text}")))
    assert len(set(costs.values())) <= 2, costs  # one letter has no beginnings to look up
    assert max(costs.values()) <= MOST_QUERIES, costs


def test_the_box_stands_on_every_page_but_the_search_and_the_paper(people):
    client = people("learner")
    box = re.compile(r'<form class="find" action="/search/">')
    assert box.search(client.get("/modules/").text)
    assert not box.search(client.get("/search/").text)
