"""A marker meets the agreed levels before the live answers of a question open."""

import pytest

from lms.db import db, transaction
from lms.errors import Conflict, NotAllowed, RuleBroken
from lms.grading import actions as grading
from lms.grading.calibration import actions, leading, queries
from lms.grading.calibration.models import Anchor, Calibration
from lms.grading.turns.actions import take_any
from lms.records.queries import is_signed
from tests import walk
from tests.factories import count_queries


def _mark(site, by):
    with transaction():
        return grading.mark_answer(
            item_id=site.item, levels=site.levels(3), comment="", read_number=0, by=by
        ).id


def test_a_question_without_enough_anchors_is_open_to_all(site):
    site.agree(3)
    site.agree(1)
    assert not site.is_closed(site.one)
    _mark(site, site.one)


def test_live_marking_opens_with_the_levels_met(site):
    for points in (4, 2, 0):
        site.agree(points)
    assert site.is_closed(site.one)
    with transaction():
        assert take_any(by=site.one, first=site.question) is None
    with pytest.raises(RuleBroken):
        _mark(site, site.one)
    site.meet(site.one)
    assert not site.is_closed(site.one)
    assert site.is_closed(site.two)  # everybody for themselves
    with transaction():
        assert take_any(by=site.one, first=site.question)
    _mark(site, site.one)


def test_who_does_not_meet_them_tries_again_and_every_try_is_kept(site):
    for points in (4, 2, 1):
        site.agree(points)
    site.meet(site.one, off=2)
    assert site.is_closed(site.one)
    site.meet(site.one)
    assert not site.is_closed(site.one)
    with transaction(write=False):
        rows = db.session.scalars(db.select(Calibration).order_by(Calibration.number)).all()
        assert [(row.number, row.passed) for row in rows] == [(1, False), (2, True)]


def test_one_level_off_everywhere_passes_and_a_missed_0_does_not(site):
    for points in (3, 2, 1):
        site.agree(points)
    site.meet(site.one, off=1)
    assert not site.is_closed(site.one)
    site.agree(0)
    site.meet(site.two, off=1)
    assert site.is_closed(site.two)


def test_the_first_levels_count_for_then_the_agreed_ones_are_known(site):
    first, *_others = [site.agree(points) for points in (4, 2, 1)]
    site.give(first, 0, site.one)
    site.give(first, 4, site.one)
    with transaction(write=False):
        found = queries.course(site.question, site.one)
        assert found.marks[first, 1].levels == site.levels(0)


def test_the_last_answer_of_a_try_sent_twice_begins_no_new_try(site):
    anchors = [site.agree(points) for points in (4, 2, 1)]
    for anchor, points in zip(anchors, (1, 2, 1), strict=True):
        site.give(anchor, points, site.one, number=1)
    site.give(anchors[-1], 1, site.one, number=1)
    with transaction(write=False):
        found = queries.course(site.question, site.one)
        assert found.number == 2
        assert len(found.waiting) == 3
    site.meet(site.one)
    site.give(anchors[-1], 1, site.one, number=2)  # the one that opened the question
    site.agree(3)
    with pytest.raises(Conflict):
        site.give(anchors[0], 4, site.two, number=2)


def test_whoever_met_them_is_not_asked_again(site):
    anchors = [site.agree(points) for points in (4, 2, 1)]
    site.meet(site.one)
    with pytest.raises(Conflict):
        site.give(anchors[0], 4, site.one)


def test_whoever_agreed_on_a_level_is_not_asked(site):
    with pytest.raises(NotAllowed):
        site.agree(3, by=site.one)  # an instructor of one site binds nobody
    for points in (4, 2, 1):
        site.agree(points)
    with transaction(write=False):
        assert queries.closed_to(site.owner, [site.question]) == set()


def test_withdrawing_the_last_missing_answer_lets_a_try_be_finished(site):
    anchors = [site.agree(points) for points in (4, 3, 2, 1)]
    for anchor, points in zip(anchors[:3], (4, 3, 2), strict=True):
        site.give(anchor, points, site.one)
    with transaction():
        actions.withdraw_anchor(anchor_id=anchors[3], reason="Hard to read.", by=site.owner)
    assert site.is_closed(site.one)
    with transaction():
        actions.finish_try(question_id=site.question, by=site.one)
    assert not site.is_closed(site.one)


def test_an_anchor_is_signed_and_at_most_five_stand(site):
    for points in (4, 3, 2, 1, 0):
        site.agree(points)
    with pytest.raises(RuleBroken):
        site.agree(2)
    with transaction(write=False):
        assert all(is_signed(row, "agreed") for row in db.session.scalars(db.select(Anchor)))


def test_an_anchor_needs_a_reason_for_each_level(site):
    with transaction(), pytest.raises(RuleBroken):
        actions.agree_on_anchor(
            question_id=site.question,
            text="An answer",
            levels=site.levels(2),
            reasons={site.criteria[0]: " "},
            item_id=None,
            read_number=0,
            checked=walk.checked(site.owner),
            by=site.owner,
        )


def test_released_work_is_offered_without_a_name(site):
    walk.grade(site.attempt, site.one)
    walk.release(site.attempt, site.one)
    with transaction(write=False):
        (given,) = leading.released_answers(site.question, site.owner)
        assert given.item_id == site.item
        assert given.levels == site.levels(3)
        assert leading.released_answer(site.question, "0" * 26, site.owner) is None


def test_a_lead_sees_what_lacks_anchors_in_as_many_queries_whatever_there_is(site):
    def look():
        return {row.question.id: row for row in leading.listed(site.owner)}

    with transaction(write=False):
        before = len(count_queries(site.app, look))
        assert look()[site.question].is_short
    for points in (4, 2, 1):
        site.agree(points)
    site.meet(site.one)
    with transaction(write=False):
        few = len(count_queries(site.app, look))
        assert few <= before + 1  # the rubrics of those that have some
        assert not look()[site.question].is_short
        assert look()[site.question].passed == 1
    site.agree(3)
    site.meet(site.two)
    with transaction(write=False):
        assert len(count_queries(site.app, look)) == few


def test_off_closes_nothing(site):
    for points in (4, 2, 1):
        site.agree(points)
    site.app.config["CALIBRATION"] = "off"
    assert not site.is_closed(site.one)
