"""What a learner reads after release: why, by outcome, what to read again, when again."""

import re
from datetime import timedelta

import pytest

from lms import clock
from lms.assessment import queries as attempts
from lms.db import transaction
from tests import walk
from tests.factories import PASSWORD, actor_for, count_queries, signed_in


@pytest.fixture
def hub(taught):
    people = walk.people_of_a_hub()
    walk.adopt(people)
    return people


@pytest.fixture(autouse=True)
def real_clock():
    yield
    clock.set_clock(None)


def later(**ahead):
    """Let the time be so much later than it is now."""
    when = clock.now() + timedelta(**ahead)
    clock.set_clock(lambda: when)


def learner_of(hub):
    return walk.newcomer(hub, login="learner@result", password=PASSWORD)


def sat(hub, enrolment, learner, *, right, points=3):
    """Sit, mark and release an attempt; returns it."""
    instructor = actor_for(hub.instructor)
    attempt = walk.sit(enrolment, learner, right=right)
    walk.grade(attempt, instructor, points)
    walk.release(attempt, instructor)
    return attempt


@pytest.fixture
def failed(taught, hub):
    learner = learner_of(hub)
    enrolment = walk.take_part(hub, learner)
    attempt = sat(hub, enrolment, learner, right=False, points=0)
    return enrolment, learner, attempt


def page(app, path):
    return signed_in(app, "learner@result").get(path).text


def test_failed_result_says_each_reason_and_links_its_questions(taught, failed):
    text = page(taught, f"/attempts/{failed[2]}/")
    assert "Not passed yet" in text
    assert "0%, needed: 80%" in text
    assert "0%, needed: 60%" in text
    assert "A criterion of the rubric has no points:" in text
    links = set(re.findall(r'href="#(item-\d+)"', text))
    assert links
    assert links <= set(re.findall(r'id="(item-\d+)"', text))


def test_result_draws_each_outcome_as_a_bar_with_its_number_beside(taught, failed):
    text = page(taught, f"/attempts/{failed[2]}/")
    by_outcome = text.split("By outcome")[1].split("What to read again")[0]
    assert by_outcome.count("<svg") == by_outcome.count('class="part" width="0.0"') >= 4
    assert by_outcome.count("<b>0%</b>") == by_outcome.count("<svg")


def test_result_names_the_lessons_to_read_again_under_their_outcome(taught, failed):
    text = page(taught, f"/attempts/{failed[2]}/")
    reading = text.split("What to read again</h2>")[1].split("Each question")[0]
    with transaction(write=False):
        version = walk.current_version()
        lessons, outcomes = version.manifest["lessons"], version.manifest["outcome"]
    linked = re.findall(r"/modules/FND103/lessons/([^/]+)/", reading)
    assert set(linked) <= set(lessons)
    assert len(set(linked)) > 1
    assert reading.count("<h3") == len(outcomes)


def test_result_module_page_and_home_say_alike_when_the_next_attempt_may_start(taught, failed):
    with transaction(write=False):
        at = attempts.attempts_of(failed[0])[-1][1].submitted_at + timedelta(hours=24)
    said = f"You can try again from {at.day} {at:%B %Y}, {at:%H:%M} UTC. 1 attempt is left."
    for path in (f"/attempts/{failed[2]}/", "/modules/FND103/", "/"):
        assert said in page(taught, path), path
    later(hours=24, minutes=1)
    for path in (f"/attempts/{failed[2]}/", "/modules/FND103/", "/"):
        assert "You can try again now. 1 attempt is left." in page(taught, path), path


def test_when_no_attempt_is_left_every_page_says_what_must_happen(taught, hub, failed):
    enrolment, learner, _first = failed
    later(hours=25)
    second = sat(hub, enrolment, learner, right=False)
    for path in (f"/attempts/{second}/", "/modules/FND103/", "/"):
        text = page(taught, path)
        assert "Your attempts are used up. An instructor must record" in text, path
        assert "attempt is left" not in text
        assert "Start the assessment" not in text
    assert "There is a later attempt" in page(taught, f"/attempts/{failed[2]}/")


def test_passed_result_says_which_levels_it_gave_until_when(taught, hub):
    learner = learner_of(hub)
    attempt = sat(hub, walk.take_part(hub, learner), learner, right=True)
    text = page(taught, f"/attempts/{attempt}/")
    gave = text.split("What it gave</h2>")[1].split("</ul>")[0]
    assert "FND-02" in gave
    assert re.search(r"level 1, until \d+ \w+ \d{4}", gave)
    assert "Every critical question is fully right." in text or "critical" not in text.lower()
    assert "Nothing: no question went wrong." in text
    assert "You have passed. It counts until" in text


def test_pass_that_ends_can_be_renewed_and_gives_a_later_date(taught, hub):
    learner = learner_of(hub)
    enrolment = walk.take_part(hub, learner)
    sat(hub, enrolment, learner, right=True)
    later(days=500)
    assert "you can renew it from" in page(taught, "/modules/FND103/")
    assert "Start the assessment" not in page(taught, "/modules/FND103/")
    later(days=200)
    for path in ("/modules/FND103/", "/"):
        assert "You can renew it now. 2 attempts are left." in page(taught, path), path
    again = sat(hub, enrolment, learner, right=True)
    text = page(taught, f"/attempts/{again}/")
    assert str(clock.today().year + 2) in text.split("What it gave</h2>")[1].split("</ul>")[0]
    assert "Start the assessment" not in page(taught, "/modules/FND103/")


def test_result_costs_the_same_for_a_first_and_a_second_attempt(taught, hub, failed):
    client = signed_in(taught, "learner@result")
    path = f"/attempts/{failed[2]}/"
    client.get(path)
    first = count_queries(taught, lambda: client.get(path))
    later(hours=25)
    second = sat(hub, failed[0], failed[1], right=False)
    client.get(f"/attempts/{second}/")
    assert len(count_queries(taught, lambda: client.get(f"/attempts/{second}/"))) == len(first)
