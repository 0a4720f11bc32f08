"""Languages and variants: Mantel–Haenszel by hand, who is compared with whom."""

import math

import numpy as np
import pytest

from lms.psychometrics.rules.groups import bands, by_group, compare, mantel_haenszel, spread


def _people(cells: list[tuple[int, int, int, int]]):
    """Make people of bands given as reference right, wrong, focal right, wrong."""
    rows = [
        (right, focal, band)
        for band, four in enumerate(cells)
        for count, (focal, right) in zip(
            four, [(False, True), (False, False), (True, True), (True, False)], strict=True
        )
        for _ in range(count)
    ]
    right, focal, band = zip(*rows, strict=True)
    return np.array(right), np.array(focal), np.array(band)


def test_mantel_haenszel_by_hand():
    """Odds (3 + 2.8)/(1 + .8); chi² (4 − .5)²/3.6552 = 3.351; se of ln odds .5594."""
    found = mantel_haenszel(*_people([(10, 5, 6, 9), (12, 3, 8, 7)]))
    assert found.odds == pytest.approx(5.8 / 1.8)
    assert found.delta == pytest.approx(-2.35 * math.log(5.8 / 1.8))
    se = 0.559375
    low, high = (math.log(5.8 / 1.8) + side * 1.959964 * se for side in (-1, 1))
    assert found.interval == pytest.approx((math.exp(low), math.exp(high)), rel=1e-4)
    # the chance of a chi² with one degree of freedom is that of a normal one twice
    assert found.p == pytest.approx(math.erfc(math.sqrt(12.25 / 3.655172 / 2)), rel=1e-4)


def test_bands_without_both_groups_say_nothing():
    assert mantel_haenszel(*_people([(10, 5, 0, 0), (0, 0, 4, 4)])) is None


def test_bands_are_about_equal_and_at_most_five():
    found = bands(np.arange(100, dtype=float))
    assert np.bincount(found).tolist() == [20] * 5
    assert set(bands(np.ones(9))) == {0}


def test_a_group_below_ten_is_only_counted():
    item = np.array([1.0] * 9 + [0.0] * 12)
    found = by_group(item, ["fr"] * 9 + ["en"] * 12)
    assert [(one.name, one.n, one.difficulty) for one in found] == [("en", 12, 0), ("fr", 9, None)]
    assert compare(item, item, ["fr"] * 9 + ["en"] * 12) == []


def test_small_groups_are_compared_by_the_plain_difference():
    item = np.array([1.0] * 11 + [0.0] + [0.0] * 10 + [1.0] * 2)
    (found,) = compare(item, np.ones(24) * 0.5, ["en"] * 12 + ["fr"] * 12)
    assert (found.verdict, found.matched) == ("look", None)
    assert found.difference == pytest.approx(2 / 12 - 11 / 12)


def test_a_difference_that_like_scores_explain_is_none():
    """Those who know less happen to be of one language: matched, the item behaves alike."""
    rng = np.random.default_rng(7)
    skill = np.concatenate([rng.normal(1, 1, 400), rng.normal(-1, 1, 400)])
    right = (skill + rng.normal(0, 1, 800) > 0).astype(float)
    (found,) = compare(right, np.round(skill, 1), ["en"] * 400 + ["fr"] * 400)
    assert abs(found.difference) > 0.3
    assert found.verdict == "alike"


def test_an_item_that_one_language_makes_harder_is_found():
    rng = np.random.default_rng(7)
    skill = rng.normal(0, 1, 800)
    shift = np.repeat([0.0, 1.5], 400)
    right = (skill - shift + rng.normal(0, 1, 800) > 0).astype(float)
    (found,) = compare(right, skill, ["en"] * 400 + ["fr"] * 400)
    assert found.verdict == "different"
    assert found.matched.delta < -1


def test_variants_spread_between_the_easiest_and_the_hardest():
    item = np.array([1.0] * 10 + [0.0] * 10 + [1.0] * 3)
    assert spread(by_group(item, ["a"] * 10 + ["b"] * 10 + ["c"] * 3)) == 1
    assert spread(by_group(item, ["a"] * 23)) is None
