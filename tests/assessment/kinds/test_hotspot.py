"""Hotspot: regions exact to their edges; pointing, typing and choosing give the same answer."""

from copy import deepcopy
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.assessment.kinds.hotspot import Hotspot
from lms.assessment.kinds.regions import anchor, holds
from lms.curriculum.kind import QuestionRefused
from lms.curriculum.text import markdown

KIND = Hotspot()
TABLE: dict[str, Any] = {
    "id": "sampling", "kind": "hotspot", "outcome": "LO1", "lesson": "l", "why": "So.",
    "prompt": "Where?\n\n![A vessel](figures/vessel.svg)", "size": [640, 300],
    "region": [
        {"id": "valve", "text": "The valve", "circle": [160, 60, 30], "correct": True,
         "why": "Right."},
        {"id": "drain", "text": "The drain", "rectangle": [320, 150, 401, 210], "correct": True,
         "why": "Right too."},
        {"id": "vent", "text": "The vent", "polygon": [[500, 10], [600, 10], [600, 100]],
         "why": "It lets air out."},
    ],
}  # fmt: skip
MADE = KIND.parse(TABLE)
SHAPES = MADE.key["regions"]


def score(form: dict[str, list[str]], locale: str = "en") -> Fraction:
    found = KIND.score(MADE.shown, MADE.key, {}, KIND.read(form), locale)
    assert sum((part for _, part in found.parts), Fraction(0)) == found.fraction
    return found.fraction


def typed(*points: tuple[str, str]) -> dict[str, list[str]]:
    form = {}
    for number, (x, y) in enumerate(points, 1):
        form |= {f"left-{number}": [x], f"top-{number}": [y]}
    return form


def listed(*ids: str) -> dict[str, list[str]]:
    places = {place["id"]: f"{place['x']} {place['y']}" for place in MADE.shown["places"]}
    return {"place": [places[id] for id in ids]}


def test_pointing_typing_and_choosing_give_the_same_answer() -> None:
    assert KIND.read(listed("valve")) == KIND.read(typed(("25", "20")))
    assert KIND.read(listed("valve") | typed(("25", "20"), ("", ""))) == KIND.read(listed("valve"))
    assert KIND.read(listed("valve", "drain")) == KIND.read(listed("drain", "valve"))


@pytest.mark.parametrize("id", ["valve", "drain", "vent"])
def test_place_chosen_from_the_list_lies_in_its_own_region(id: str) -> None:
    (point,) = KIND.read(listed(id))["points"]  # type: ignore[index]
    at = Fraction(point["x"]) * 640 / 100, Fraction(point["y"]) * 300 / 100
    assert [one["id"] for one in SHAPES if holds(one, at)] == [id]


def test_list_of_all_right_places_earns_all_points() -> None:
    assert score(listed("valve", "drain")) == 1
    assert score(listed("valve", "drain", "vent")) == Fraction(1, 2)


def test_decimal_comma_is_read_by_the_locale_alone() -> None:
    assert score(typed(("25,5", "20")), "fr") == Fraction(1, 2)
    assert score(typed(("25,5", "20"))) == 0


@given(st.integers(-50, 700), st.integers(-50, 350))
def test_a_point_is_judged_by_the_shape_and_by_nothing_else(x: int, y: int) -> None:
    point = Fraction(x), Fraction(y)
    circle = (x - 160) ** 2 + (y - 60) ** 2 <= 900
    triangle = 500 <= x <= 600 and 10 <= y <= 100 and 10 * (y - 10) <= 9 * (x - 500)
    assert [holds(one, point) for one in SHAPES] == [
        circle, 320 <= x <= 401 and 150 <= y <= 210, triangle,
    ]  # fmt: skip


corners = st.tuples(st.integers(0, 20), st.integers(0, 20))


@given(st.lists(corners, min_size=3, max_size=8), st.integers(0, 7))
def test_edges_of_a_polygon_are_inside_and_turning_it_changes_nothing(
    points: list[tuple[int, int]], turn: int
) -> None:
    polygon = {"shape": "polygon", "numbers": [list(one) for one in points]}
    turned = {"shape": "polygon", "numbers": polygon["numbers"][turn:] + polygon["numbers"][:turn]}
    around = {"shape": "polygon", "numbers": polygon["numbers"][::-1]}
    (x1, y1), (x2, y2) = points[0], points[1]
    assert holds(polygon, (Fraction(x1 + x2, 2), Fraction(y1 + y2, 2)))
    for x in range(0, 21, 4):
        at = Fraction(x), Fraction(2 * x + 1, 3)
        assert holds(polygon, at) is holds(turned, at) is holds(around, at)
    middle = anchor(polygon)
    assert middle is None or holds(polygon, middle)


@given(st.permutations(["valve", "drain", "vent"]), st.integers())
def test_order_of_the_list_never_changes_a_score(order: list[str], seed: int) -> None:
    assert score(listed(*order)) == Fraction(1, 2)
    variant = KIND.draw(MADE.shown, MADE.key, Random(seed))
    assert sorted(variant["order"]) == ["drain", "valve", "vent"]


def test_a_wrong_mark_more_never_raises_a_score() -> None:
    before = score(typed(("25", "20")))
    assert score(typed(("25", "20"), ("1", "1"))) <= before


def test_wrong_place_says_which_mistake_it_is() -> None:
    found = KIND.score(MADE.shown, MADE.key, {}, KIND.read(listed("vent")), "en")
    assert ("%(feedback)s", {"feedback": "It lets air out."}) in found.trace


def test_nothing_of_the_key_is_shown() -> None:
    shown = KIND.present(MADE.shown, {"order": ["vent", "valve", "drain"]})
    for secret in ("correct", "Right", "circle", "lets air", "160"):
        assert secret not in str(shown) + str(MADE.shown)


def test_after_release_each_place_says_why() -> None:
    told = KIND.explain(MADE.shown, MADE.key, {}, KIND.read(listed("valve", "vent")))["places"]
    assert [(one["text"], one["correct"], one["marked"]) for one in told] == [
        ("The valve", True, True), ("The drain", True, False), ("The vent", False, True),
    ]  # fmt: skip


@given(st.dictionaries(st.sampled_from(["place", "left-1", "top-1", "left-x", "top-2"]),
                       st.lists(st.text(max_size=8), min_size=1, max_size=3)))  # fmt: skip
def test_junk_is_read_as_nothing_or_scored_in_bounds(form: dict[str, list[str]]) -> None:
    assert 0 <= score(form) <= 1


def changed(at: int, without: str = "", **region: Any) -> dict[str, Any]:
    regions = deepcopy(TABLE["region"])
    regions[at].pop(without, None)
    regions[at] |= region
    return {"region": regions}


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"prompt": "Where?"}, "prompt"),
        ({"prompt": TABLE["prompt"] * 2}, "prompt"),
        ({"critical": "safety"}, "scoring"),
        ({"size": [640]}, "size"),
        ({"size": [100, 100]}, "region[0].circle"),
        (changed(1, id="valve"), "region"),
        (changed(0, without="circle"), "region[0]"),
        (changed(0, rectangle=[1, 1, 2, 2]), "region[0]"),
        (changed(0, circle=[160, 60]), "region[0].circle"),
        (changed(0, circle=[160, 60, 0]), "region[0].circle"),
        (changed(0, circle=[160, 60, -1]), "region[0].circle[2]"),
        (changed(0, circle=["a", 60, 1]), "region[0].circle[0]"),
        (changed(1, rectangle=[401, 150, 320, 210]), "region[1].rectangle"),
        (changed(2, polygon=[[500, 10], [600, 10]]), "region[2].polygon"),
        (changed(2, polygon=[[130, 40], [190, 40], [160, 90]]), "region[2].polygon"),
        (changed(0, without="why"), "region[0].why"),
        ({"region": TABLE["region"][2:]}, "region"),
        ({"region": "x"}, "region"),
    ],
)
def test_table_that_cannot_be_scored_is_refused(change: dict[str, Any], key: str) -> None:
    with pytest.raises(QuestionRefused) as refusal:
        KIND.parse(TABLE | change)
    assert key in {problem.key for problem in refusal.value.problems}


def rendered(text: str) -> str:
    picture = markdown.Picture("/modules/X/files/figures/vessel.svg?v=1", 640, 300)
    return markdown.prompt(text, pictures={"figures/vessel.svg": picture}.get)


def told_of(form: dict[str, list[str]]) -> dict[str, Any]:
    return KIND.explain(MADE.shown, MADE.key, {}, KIND.read(form), block=rendered)


def test_marks_lie_over_the_figure_with_what_was_right_and_what_was_hit() -> None:
    figure = told_of(typed(("25", "20"), ("90", "10"), ("1", "x")))["figure"]
    assert figure["source"].startswith("/modules/X/files/figures/vessel.svg")
    assert (figure["width"], figure["height"]) == (640, 300)
    assert [(one["shape"], one["correct"]) for one in figure["regions"]] == [
        ("circle", True), ("rectangle", True), ("polygon", False),
    ]  # fmt: skip
    assert [one["at"] for one in figure["marks"]] == [
        {"x": "160", "y": "60"},
        {"x": "576", "y": "30"},
    ]


def test_each_mark_is_listed_in_words_as_it_was_scored() -> None:
    told = told_of(typed(("25", "20"), ("90", "10"), ("50", "5"), ("7", "x")))["marks"]
    assert [(one["x"], one["place"], one["right"], one["at"] is None) for one in told] == [
        ("25", "The valve", True, False),
        ("50", "", False, False),
        ("7", "", False, True),
        ("90", "The vent", False, False),
    ]


def test_wrong_place_that_nobody_marked_is_not_drawn_and_no_figure_draws_nothing() -> None:
    figure = told_of({})["figure"]
    assert [one["correct"] for one in figure["regions"]] == [True, True]
    assert figure["marks"] == []
    assert KIND.explain(MADE.shown, MADE.key, {}, None)["figure"] is None
