"""Charts: as many marks as numbers, within the drawing, text escaped, each said in words."""

import re

from hypothesis import given
from hypothesis import strategies as st

from lms.psychometrics.charts import WIDTH, Whisker, histogram, traces, whiskers

SHARES = st.floats(0, 1)


def test_a_bar_for_each_bin_and_a_line_at_the_cut():
    drawn = histogram("Papers", [0, 3, 1], 0.8)
    assert drawn.count('class="bar"') == 3
    assert drawn.count('class="cut"') == 1
    assert 'aria-label="Papers"' in drawn
    assert 'class="cut"' not in histogram("Papers", [0, 0])


def test_names_are_escaped():
    drawn = whiskers("<b>", [Whisker("<script>", 0.5, 0.4, 0.6)])
    assert "<script>" not in drawn
    assert "<b>" not in drawn


def test_a_group_that_is_only_counted_has_no_dot():
    drawn = whiskers("Languages", [Whisker("en", 0.5, 0.4, 0.6), Whisker("fr", None, None, None)])
    assert drawn.count("<circle") == drawn.count('class="whisker"') == 1
    assert ">fr<" in drawn


@given(st.lists(st.tuples(SHARES, SHARES, SHARES), min_size=1, max_size=8))
def test_lines_stay_within_the_drawing_and_their_names_apart(rows):
    series = [(chr(65 + at), shares, at == 0) for at, shares in enumerate(rows)]
    drawn = traces("Options", ["low", "middle", "high"], series)
    assert drawn.count("<polyline") == len(rows)
    tall = float(re.search(r'viewBox="0 0 \d+ (\d+)"', drawn)[1])
    for x, y in re.findall(r'cx="([\d.]+)" cy="([\d.]+)"', drawn):
        assert 0 <= float(x) <= WIDTH
        assert 0 <= float(y) <= tall
    ends = [float(y) for y in re.findall(r'y="([\d.]+)" text-anchor="start">[A-H]<', drawn)]
    assert len(ends) == len(rows)
    for one, other in zip(sorted(ends), sorted(ends)[1:], strict=False):
        assert other - one >= 12.9
