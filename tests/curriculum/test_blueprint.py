"""Filling a paper: no question twice, as full as can be, earlier candidates first."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from lms.curriculum.blueprint import Candidate, Line, drawable, fill


def bank(**outcomes: str) -> list[Candidate]:
    return [Candidate(name, "single", outcome, True) for name, outcome in outcomes.items()]


def test_line_draws_by_name_by_outcome_or_by_kind() -> None:
    essay = Candidate("essay", "essay", "LO1", False)
    candidates = [*bank(a="LO1", b="LO2"), essay]
    assert fill([Line(2, outcomes=["LO1"])], candidates) == [["a"]]
    assert fill([Line(3)], candidates) == [["a", "b"]]
    assert fill([Line(1, kinds=["essay"])], candidates) == [["essay"]]
    assert fill([Line(1, questions=["essay"])], candidates) == [["essay"]]


def test_line_without_another_choice_gets_its_own() -> None:
    lines = [Line(2, outcomes=["LO1"]), Line(1, questions=["a"])]
    assert fill(lines, bank(a="LO1", b="LO1", c="LO1")) == [["b", "c"], ["a"]]


def test_least_seen_questions_come_first_even_where_lines_compete() -> None:
    # z was seen before: it stays out as long as a fresh question can fill every line.
    candidates = bank(a="LO1", b="LO2", z="LO1")
    lines = [Line(1, questions=["a", "z"]), Line(1, questions=["a", "b"])]
    assert fill(lines, candidates) == [["a"], ["b"]]


def test_case_is_drawn_whole_and_its_questions_by_no_other_line() -> None:
    inside = [Candidate(name, "single", "LO1", True, case="c1") for name in ("x", "y")]
    candidates = drawable([*bank(a="LO1"), *inside])
    assert [one.id for one in candidates] == ["a", "c1"]
    lines = [Line(2, outcomes=["LO1"]), Line(1, questions=["x"]), Line(1, cases=["c1", "c2"])]
    assert fill(lines, candidates) == [["a"], [], ["c1"]]


def test_case_may_bear_the_id_of_a_question() -> None:
    candidates = drawable([*bank(a="LO1"), Candidate("x", "single", "LO1", True, case="a")])
    assert fill([Line(1, cases=["a"]), Line(2)], candidates) == [["a"], ["a"]]


banks = st.lists(st.sampled_from(["LO1", "LO2", "LO3"]), max_size=7).map(
    lambda outcomes: bank(**{f"q{place}": outcome for place, outcome in enumerate(outcomes)})
)
blueprints = st.lists(
    st.builds(
        Line,
        st.integers(1, 3),
        st.lists(st.sampled_from(["LO1", "LO2", "LO3"]), min_size=1, unique=True),
    ),
    min_size=1,
    max_size=3,
)


@given(blueprints, banks)
def test_paper_is_disjoint_fits_its_lines_and_is_as_full_as_any(
    lines: list[Line], candidates: list[Candidate]
) -> None:
    filled = fill(lines, candidates)
    drawn = [name for row in filled for name in row]
    assert len(drawn) == len(set(drawn))
    by_id = {candidate.id: candidate for candidate in candidates}
    for line, row in zip(lines, filled, strict=True):
        assert len(row) <= line.count
        assert all(line.takes(by_id[name]) for name in row)
    larger = combinations(candidates, len(drawn) + 1)
    assert not any(fits(lines, chosen) for chosen in larger)


def fits(lines: list[Line], chosen: tuple[Candidate, ...]) -> bool:
    """Hall's condition: every set of questions has room enough in the lines that take any."""
    return all(
        size <= sum(line.count for line in lines if any(map(line.takes, some)))
        for size in range(1, len(chosen) + 1)
        for some in combinations(chosen, size)
    )
