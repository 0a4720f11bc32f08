"""ICC against a published table."""

import numpy as np
import pytest

from lms.grading.moderation.rules.icc import icc_2_1

# Shrout and Fleiss 1979, table 2: six people, four judges.
PUBLISHED = np.array(
    [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]],
    dtype=float,
)


def test_icc_of_the_published_table():
    value, interval = icc_2_1(PUBLISHED)
    assert value == pytest.approx(0.29, abs=0.005)
    assert interval == pytest.approx((0.019, 0.761), abs=0.001)


def test_icc_counts_a_constant_shift_as_disagreement():
    """ICC(3,1) would be 1 here: it asks for the order alone."""
    value, interval = icc_2_1(np.array([[1.0, 3.0], [2.0, 4.0], [3.0, 5.0]]))
    assert value == pytest.approx(1 / (1 + 2))  # rows 2, columns 6, error 0: 2 / (2 + 2·6/3)
    assert interval is None


@pytest.mark.parametrize("table", [np.ones((4, 2)), np.ones((1, 3)), np.ones((0, 2))])
def test_icc_is_not_defined_without_differences(table):
    assert icc_2_1(table) is None
