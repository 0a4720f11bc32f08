"""Figures of stored answers: who counts, what counts, and what few people may not say."""

import math
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from lms import clock
from lms.assessment.models import AttemptItem, Score
from lms.curriculum.queries import version_by_id
from lms.db import db, transaction
from lms.errors import NotFound
from lms.psychometrics import closer, figures, queries
from tests import walk
from tests.factories import actor_for, count_queries
from tests.psychometrics.conftest import sit_in


def _sample(version, by, *, practice=False):
    return figures.sample(version_by_id(version), by, practice=practice)


def test_the_first_finished_attempt_of_a_person_counts_and_no_later_one(
    walked, hub, acting, version
):
    learner = walk.newcomer(hub)
    enrolment_id = walk.take_part(hub, learner)
    first = sit_in(enrolment_id, learner, "en", lambda _number: False)
    walk.grade(first, actor_for(hub.instructor))
    walk.release(first, actor_for(hub.instructor))
    clock.set_clock(lambda: datetime.now(UTC) + timedelta(days=2))
    second = sit_in(enrolment_id, learner, "en", lambda _number: True)
    with transaction(write=False):
        of = _sample(version, acting["owner"])
        codes = {one.attempt for one in of.sittings}
        assert first in codes
        assert second not in codes
        assert sorted(of.totals.tolist()) == [0, 1]


def test_an_open_attempt_does_not_count(walked, hub, acting, version):
    learner = walk.newcomer(hub)
    walk.take_part(hub, learner)
    with transaction(write=False):
        assert len(_sample(version, acting["owner"]).sittings) == 1


def test_practice_and_earnest_are_never_mixed(walked, acting, version):
    with transaction(write=False):
        assert not _sample(version, acting["owner"], practice=True).sittings
        (counted,) = queries.counted_versions(acting["owner"])
        assert (counted.earnest, counted.practice) == (1, 0)


@pytest.mark.parametrize(
    "read",
    [
        lambda _version, by: queries.counted_versions(by),
        lambda version, by: _sample(version, by),
        lambda _version, by: queries.question("none", by),
    ],
)
def test_who_answers_for_no_content_finds_nothing(acting, version, read):
    with transaction(write=False), pytest.raises(NotFound):
        read(version, acting["instructor"])


def test_what_was_not_drawn_is_missing_and_what_was_left_blank_is_zero(sit, acting, version):
    sit(1, right=lambda _number: False)
    with transaction(write=False):
        of = _sample(version, acting["owner"])
        assert sorted(of.totals.tolist()) == [0, 1]
        assert any(math.isnan(cell) for cell in of.scores.ravel()) or of.scores.shape[1] == sum(
            ~of.scores[0].astype(bool)
        )


def test_below_ten_people_only_counts_are_given(sit, acting, version):
    sit(1)
    with transaction(write=False):
        of = _sample(version, acting["owner"])
        found = figures.every_question(of)
        assert {one.strength for one in found} == {"counts"}
        for one in found:
            own = one.statistics
            assert (own.difficulty, own.item_rest, own.efficiency) == (None, None, None)
            assert not one.flags
        assert figures.paper_figures(of).mean is None


def test_from_ten_people_on_difficulty_has_an_interval_and_no_correlation(sit, acting, version):
    for number in range(11):
        sit(number, locale="en" if number % 2 else "fr")
    with transaction(write=False):
        of = _sample(version, acting["owner"])
        paper = figures.paper_figures(of)
        assert (paper.n, paper.strength, paper.reliability) == (12, "difficulty", None)
        known = [one for one in figures.every_question(of) if one.strength == "difficulty"]
        assert known, "some question stands in ten papers"
        for one in known:
            low, high = one.statistics.difficulty_interval
            assert low <= one.statistics.difficulty <= high
            assert one.statistics.item_rest is None
            assert all(option.rest_r is None for option in one.options)
            assert sum(group.n for group in one.languages) == one.statistics.n


def test_options_add_up_to_the_people_who_were_given_the_question(sit, acting, version):
    sit(1)
    with transaction(write=False):
        for one in figures.every_question(_sample(version, acting["owner"])):
            if one.question.kind == "single":
                assert sum(option.n for option in one.options) == one.statistics.n


def test_full_marks_given_by_a_policy_say_nothing_about_a_question(walked, acting, version):
    with transaction():
        score = db.session.scalars(
            select(Score).join(AttemptItem, AttemptItem.id == Score.item_id)
        ).first()
        decided = {"number": 2, "fraction": "0", "cause": "full-marks"}
        plain = {c.key: getattr(score, c.key) for c in Score.__table__.columns if c.key != "id"}
        db.session.add(Score(**plain | decided))
    with transaction(write=False):
        assert _sample(version, acting["owner"]).totals.tolist() == [1]


def test_a_version_is_read_in_the_same_number_of_queries_however_many_sat(
    walked, sit, acting, version
):
    def read():
        with transaction(write=False):
            of = _sample(version, acting["owner"])
            figures.every_question(of)

    before = len(count_queries(walked, read))
    for number in range(3):
        sit(number)
    assert len(count_queries(walked, read)) == before <= 8


def test_time_is_counted_from_what_was_saved_before(walked, acting, version):
    with transaction(write=False):
        of = _sample(version, acting["owner"])
        question = of.pairs[next(c for _r, c in of.cells)][0]
        (taken,) = queries.seconds(question, of.version, practice=False)
        assert 0 <= taken < 60


def test_fewer_than_ten_times_have_no_median():
    assert closer.time_of([1.0] * 9).median is None
    found = closer.time_of([1.0, *[60.0] * 10])
    assert (found.n, found.median, found.rapid) == (11, 60, 1)


def test_the_order_of_options_makes_no_variant(sit, acting, version):
    with transaction(write=False):
        of = _sample(version, acting["owner"])
        for place, (question, _key) in enumerate(of.pairs):
            drawn = queries.variants(question, of.version, practice=False)
            found = closer.variants_of(of, place, drawn)
            assert question.kind == "numeric" or not found
