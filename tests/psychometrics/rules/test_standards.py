"""Cuts by judges and by the borderline line, worked by hand."""

import math

import numpy as np
import pytest

from lms.psychometrics.rules.standards import angoff, borderline_regression


def test_the_angoff_cut_is_the_sum_of_means():
    """Judges' cuts 1.2 and 1.6: cut 1.4, sd .2828, error .2."""
    found = angoff(np.array([[0.5, 0.7], [0.7, 0.9]]))
    assert found.cut == pytest.approx(1.4)
    assert found.error == pytest.approx(0.2)
    assert found.means == pytest.approx((0.6, 0.8))


def test_a_judge_who_left_a_cell_empty_is_left_out():
    found = angoff(np.array([[0.5, 0.7], [math.nan, 0.9]]))
    assert (found.judges, found.error) == (1, None)
    assert angoff(np.array([[math.nan]])) is None


def test_points_weigh_the_angoff_cut():
    assert angoff(np.array([[0.5, 0.5]]), np.array([1.0, 3.0])).cut == 2


def test_borderline_regression_by_hand():
    """Ratings 1 2 3, scores 40 60 90: slope 25, intercept 13.33, at 2: 63.33."""
    found = borderline_regression(np.array([40.0, 60.0, 90.0]), np.array([1.0, 2.0, 3.0]), 2)
    assert (found.slope, found.cut) == pytest.approx((25, 190 / 3))
    # residuals 1.667 −3.333 1.667: squares 16.667; scores' squares 1266.667
    assert found.r_squared == pytest.approx(1 - 16.6667 / 1266.6667, abs=1e-5)
    assert found.residual == pytest.approx(math.sqrt(16.6667), abs=1e-4)
    assert found.error == pytest.approx(math.sqrt(16.6667 / 3), abs=1e-4)


@pytest.mark.parametrize("ratings", [[2, 2, 2], [2], []])
def test_no_line_through_one_rating(ratings):
    scores = np.arange(len(ratings), dtype=float)
    assert borderline_regression(scores, np.array(ratings, dtype=float), 2) is None
