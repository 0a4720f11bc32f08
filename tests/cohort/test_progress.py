"""Claims about progress: cell, filter, file and counts agree; only who may know sees any."""

import csv
import io
from datetime import timedelta

import pytest
from flask import Flask

from lms import clock
from lms.actor import Actor
from lms.assessment.models import RemediationPlan
from lms.cohort import rules
from lms.cohort.progress import matrix
from lms.cohort.progress.attention import attention, endings
from lms.cohort.progress.detail import detail
from lms.cohort.queries import Wanted
from lms.db import db, transaction
from lms.errors import NotFound
from tests import walk
from tests.cohort.conftest import Town
from tests.factories import actor_for, count_queries, signed_in


def _states(by: Actor, **wanted: str) -> dict[str, str]:
    with transaction(write=False):
        lines, _more = matrix.lines(by, Wanted(**wanted))
        return {
            line.person.name.removeprefix("Walker "): cell.standing.state
            for line in lines
            for cell in line.cells.values()
        }


def test_each_cell_says_how_far_its_person_is(town: Town) -> None:
    assert _states(town.chief) == {name: name for name in town.learners}


def test_every_filter_finds_exactly_the_cells_of_its_states(town: Town) -> None:
    everybody = _states(town.chief)
    for key, (_words, states) in rules.GROUPS.items():
        wanted = {name for name, state in everybody.items() if state in states}
        assert set(_states(town.chief, state=key)) == wanted, key


def _fail_again(town: Town) -> str:
    """Let the one who failed fail again two days later; returns the enrolment."""
    failed, instructor = town.learners["failed"], actor_for(town.hub.instructor)
    with transaction(write=False):
        (line,) = matrix.lines(failed, Wanted())[0]
        enrolment = line.cells["FND103"].listed.enrolment.id
    later = clock.now() + timedelta(days=2)
    clock.set_clock(lambda: later)
    attempt = walk.sit(enrolment, failed, right=False)
    walk.grade(attempt, instructor, points=1)
    walk.release(attempt, instructor)
    return enrolment


def test_attempts_used_up_is_found_by_cell_filter_and_count(town: Town) -> None:
    _fail_again(town)
    assert _states(town.chief)["failed"] == "used-up"
    assert set(_states(town.chief, state="used-up")) == {"failed"}
    with transaction(write=False):
        assert attention(town.chief).used_up == 1


def test_a_plan_takes_somebody_off_the_list_of_those_without_attempts(town: Town) -> None:
    enrolment = _fail_again(town)
    with transaction():
        plan = RemediationPlan(
            enrolment_id=enrolment,
            number=1,
            text="Balances, once more",
            lessons=[],
            instructor_id=town.hub.instructor,
            recorded_at=clock.now() + timedelta(hours=1),
        )
        db.session.add(plan)
    assert _states(town.chief)["failed"] == "failed"
    assert _states(town.chief, state="used-up") == {}


def test_who_has_not_begun_for_two_weeks_needs_attention(town: Town) -> None:
    with transaction(write=False):
        assert attention(town.chief).nothing
    later = clock.now() + timedelta(days=15)
    clock.set_clock(lambda: later)
    assert set(_states(town.chief, state="idle")) == {"not-started"}
    with transaction(write=False):
        assert attention(town.chief).idle == 1


def test_levels_that_end_are_counted_by_when_they_do(town: Town) -> None:
    with transaction(write=False):
        levels = endings(town.chief, 10_000)
        end = levels[0].level.expires_on
        assert {one.person.name for one in levels} == {"Walker practical"}

    def counted(days_before: int) -> tuple[dict[int, int], list[int]]:
        at = clock.now() + (end - clock.today()) - timedelta(days=days_before)
        clock.set_clock(lambda: at)
        with transaction(write=False):
            found = endings(town.chief, 90)
            told = attention(town.chief).expiring, [one.left for one in found]
        clock.set_clock(None)
        return told

    many = len(levels)
    assert counted(91) == ({7: 0, 30: 0, 90: 0}, [])
    assert counted(90) == ({7: 0, 30: 0, 90: many}, [90] * many)
    assert counted(30) == ({7: 0, 30: many, 90: many}, [30] * many)
    assert counted(7) == ({7: many, 30: many, 90: many}, [7] * many)
    assert counted(0) == ({7: many, 30: many, 90: many}, [0] * many)
    assert counted(-1) == ({7: 0, 30: 0, 90: 0}, [-1] * many)  # listed still, for a while
    assert counted(-91) == ({7: 0, 30: 0, 90: 0}, [])


# --- who sees what --------------------------------------------------------------------------


def test_instructors_see_whom_they_teach_and_learners_themselves(town: Town) -> None:
    everybody = set(town.learners)
    assert set(_states(actor_for(town.hub.coordinator))) == everybody
    assert set(_states(actor_for(town.hub.instructor))) == everybody
    assert set(_states(town.learners["open"])) == {"open"}
    for nobody in (town.hub.administrator, town.hub.reviewer, town.hub.learner):
        assert _states(actor_for(nobody)) == {}


def test_an_enrolment_in_full_names_no_answer_and_only_to_whom_it_concerns(town: Town) -> None:
    with transaction(write=False):
        (line,) = matrix.lines(town.learners["practical"], Wanted())[0]
        id = line.cells["FND103"].listed.enrolment.id
        found = detail(id, town.chief)
        assert [result.passed for _a, _s, result in found.attempts] == [True]
        assert [len(one.sheets) for one in found.practicals] == [0]
        assert {level.competency for level, _title in found.levels} >= {"FND-02"}
    for stranger in (town.learners["open"], actor_for(town.hub.administrator)):
        with transaction(write=False), pytest.raises(NotFound):
            detail(id, stranger)


# --- pages ----------------------------------------------------------------------------------


def test_the_file_says_what_the_page_says(town: Town, inside: Flask) -> None:
    client = signed_in(inside, "chief@walk")
    answer = client.get("/progress/progress.csv?state=waiting")
    (row,) = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert (row["Name"], row["State"]) == ("Walker waiting", "Waiting for a result")
    assert (row["Lessons read"], row["Attempts"]) == ("1", "1")


def test_a_red_cell_leads_to_enrolling_that_person(town: Town, inside: Flask) -> None:
    client = signed_in(inside, "chief@walk")
    text = client.get("/progress/?what=B01").text
    assert "Practical due: 0 of 1 passed" in text


def test_more_people_cost_no_more_queries(town: Town, inside: Flask) -> None:
    client = signed_in(inside, "chief@walk")
    pages = ("/progress/", "/enrolments/", "/progress/progress.csv", "/")
    few = {page: len(count_queries(inside, lambda page=page: client.get(page))) for page in pages}
    for number in range(20):
        walk.enrol_learner(town.hub, walk.newcomer(town.hub, f"More {number}"))
    for page in pages:
        many = count_queries(inside, lambda page=page: client.get(page))
        assert len(many) == few[page], "\n".join(many)
        assert len(many) <= 30


def test_lists_are_paged(town: Town, inside: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matrix, "PAGE", 4)
    client = signed_in(inside, "chief@walk")
    first, second = client.get("/progress/").text, client.get("/progress/?page=2").text
    for name in town.learners:
        assert (f"Walker {name}" in first) != (f"Walker {name}" in second), name
    assert "Next page" in first
    assert "Previous page" in second
    assert client.get("/progress/?page=99").status_code == 200
    assert client.get("/progress/?page=-1&state=%27&place=%25").status_code == 200
