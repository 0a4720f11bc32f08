"""A second marker is somebody else and sees no first mark; beyond tolerance a third sets it."""

import re

import pytest

from lms import clock
from lms.assessment.results import result_of
from lms.db import db, transaction
from lms.errors import Conflict, NotFound, RuleBroken
from lms.grading import queries as marking
from lms.grading.actions import mark_answer
from lms.grading.appeals import queries as appeals
from lms.grading.models import Comparison, Mark, SecondCall
from lms.grading.moderation import actions, queries
from lms.grading.turns.actions import take_back
from lms.grading.turns.rules import KEPT
from lms.records.verify import verify
from tests import walk
from tests.factories import PASSWORD, actor_for, csrf_of, make_organisation, make_person, signed_in


def _piles(by):
    with transaction(write=False):
        return [pile.count for pile in queries.piles(by, clock.now())]


def _take(by, question=""):
    with transaction():
        return actions.take_next(first=question, by=by)


def test_a_fail_is_called_for_and_the_first_marker_is_not_the_second(site):
    assert _piles(site.two) == []
    site.mark_first(0)
    with transaction(write=False):
        assert db.session.scalars(db.select(SecondCall.why)).one() == "failed"
    assert (_piles(site.one), _piles(site.two), _piles(site.three)) == ([], [1], [1])
    with pytest.raises(NotFound), transaction():
        actions.mark_second(
            item_id=site.item, levels=site.levels(0), note="", read_number=0, by=site.one
        )


def test_without_the_setting_nobody_is_called_and_what_was_called_is_let_go(site, new_taught):
    site.mark_first(0)
    with new_taught(second_marking="off").app_context():
        learner = walk.newcomer(site.hub, "Somebody Else")
        other = walk.sit(walk.take_part(site.hub, learner), learner)
        walk.grade(other, site.one, 0)
        with transaction(write=False):
            assert len(db.session.scalars(db.select(SecondCall)).all()) == 1
        walk.release(site.attempt, site.one)
        walk.release(other, site.one)


def test_the_first_mark_may_change_until_a_second_marker_begins(site):
    site.mark_first(0)
    with transaction():
        take_back(item_id=site.item, by=site.one)
    assert _piles(site.two) == []
    _mark_again(site, 2, 1)
    assert _take(site.two) == site.item
    with pytest.raises(Conflict, match="second marker"), transaction():
        take_back(item_id=site.item, by=site.one)
    with pytest.raises(Conflict, match="second marker"), transaction():
        mark_answer(
            item_id=site.item, levels=site.levels(3), comment="", read_number=3, by=site.one
        )


def _mark_again(site, read, points):
    with transaction():
        criteria = marking.rubric_of(marking.answer(site.item, site.one).question.id)
        levels = {one["id"]: points for one in criteria.key["criteria"]}
        mark_answer(item_id=site.item, levels=levels, comment="", read_number=read, by=site.one)
    walk.sign_marks(site.one)


def test_what_lies_before_one_second_marker_is_not_given_to_another(site):
    site.mark_first(0)
    assert (_take(site.two), _take(site.three)) == (site.item, None)
    with pytest.raises(NotFound), transaction(write=False):
        queries.second(site.item, site.three, clock.now())
    with transaction(write=False):
        later = clock.now() + KEPT
        assert queries.second(site.item, site.three, later).own is None


def test_the_first_mark_is_hidden_from_everybody_else_while_the_second_is_open(site):
    site.mark_first(0)
    with transaction(write=False):
        assert marking.answer(site.item, site.one).mark
        with pytest.raises(NotFound):
            marking.answer(site.item, site.two)


def test_within_tolerance_the_first_mark_stands_and_the_result_may_go_out(site):
    site.mark_first(3)
    with pytest.raises(RuleBroken, match="second marker"):
        walk.release(site.attempt, site.one)
    with transaction(write=False):
        assert not marking.count_ready(site.one)
    assert site.mark_second(3)
    with transaction(write=False):
        assert marking.count_ready(site.one) == 1
        assert {mark.number for mark in db.session.scalars(db.select(Mark))} == {1}
    walk.release(site.attempt, site.one)
    with transaction(write=False):
        assert result_of(site.attempt).passed
        assert appeals.involved(site.attempt) == {site.one.id, site.two.id}
        assert not verify().mismatches


def test_beyond_tolerance_a_third_person_sets_the_mark_with_a_reason(site):
    site.mark_first(0)
    assert not site.mark_second(3)
    with pytest.raises(RuleBroken, match="moderates"):
        walk.release(site.attempt, site.one)
    for marker in (site.one, site.two):
        with pytest.raises(NotFound):
            site.moderate(marker, 3)
    with pytest.raises(RuleBroken, match="why"):
        site.moderate(site.three, 3, reason=" ")
    site.moderate(site.three, 3)
    walk.release(site.attempt, site.one)
    with transaction(write=False):
        assert result_of(site.attempt).passed
        assert not verify().mismatches
    with pytest.raises(NotFound):
        site.moderate(site.three, 3)


def test_a_second_mark_that_is_signed_changes_no_more(site):
    site.mark_first(0)
    with transaction():
        site.give(1, 0)
    with pytest.raises(Conflict), transaction():
        site.give(1, 0)  # a double click
    with transaction():
        site.give(2, 1)
    with transaction():
        marks = [one.own.id for one in queries.unsigned(site.two, clock.now())]
        actions.sign_seconds(mark_ids=marks, checked=walk.checked(site.two), by=site.two)
    with transaction(write=False):
        assert not db.session.scalars(db.select(Comparison.within)).one()
    with pytest.raises(NotFound), transaction():
        site.give(3, 2)


def test_an_instructor_elsewhere_meets_none_of_it(site):
    site.mark_first(0)
    with transaction():
        id = make_person(make_organisation("Elsewhere"), "instructor").id
    stranger = actor_for(id)
    assert _piles(stranger) == []
    assert _take(stranger) is None
    site.mark_second(3)
    with pytest.raises(NotFound):
        site.moderate(stranger, 3)


def test_the_pages_lead_from_the_pile_to_the_moderated_mark(site):
    site.mark_first(0)
    two, three = (signed_in(site.app, login) for login in ("two", "three"))
    assert "/grading/second/" in two.get("/").text
    desk = two.get("/grading/second/").text
    take = re.findall(r"/grading/second/questions/[0-9a-z]{26}/next", desk)[0]
    sent = {"csrf_token": csrf_of(two, "/grading/second/")}
    page = two.post(take, data=sent).headers["Location"]
    shown = two.get(page).text
    assert "Clear." not in shown  # the first marker's comment
    assert not re.search(r'value="\d" checked', shown)
    names = set(re.findall(r'name="(level-[^"]+)"', shown))
    form = {"csrf_token": csrf_of(two, page), "read_number": "0"} | dict.fromkeys(names, "3")
    assert two.post(page, data=form).status_code == 303
    sign = two.get("/grading/second/sign").text
    chosen = re.findall(r'name="chosen" value="([0-9a-z]{26})"', sign)
    sent = {"csrf_token": csrf_of(two, "/grading/second/sign")}
    done = two.post("/grading/second/sign", data=sent | {"chosen": chosen, "password": PASSWORD})
    assert "third person" in two.get(done.headers["Location"]).text
    page = re.findall(
        r"/grading/second/moderate/[0-9a-z]{26}/", three.get("/grading/second/").text
    )[0]
    assert re.search(r'name="read_number"[^>]*value="1"', three.get(page).text)
    form = {"csrf_token": csrf_of(three, page), "reason": "Seen.", "password": PASSWORD}
    form["read_number"] = "1"
    assert three.post(page, data=form | dict.fromkeys(names, "3")).status_code == 303
    with transaction(write=False):
        assert marking.count_ready(site.one) == 1
