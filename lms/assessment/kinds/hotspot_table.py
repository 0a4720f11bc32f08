"""The `[[question]]` table of a hotspot: its regions, and all that can be wrong with them."""

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import Field

from lms.assessment.kinds.options import OptionId, partial_problems, tables, twice
from lms.assessment.kinds.regions import Point, Region, anchor, holds
from lms.curriculum.checking.problem import Problem
from lms.curriculum.drafts.schema import Strict, Text
from lms.curriculum.kind import Question, problem
from lms.errors import N_

SHAPES = {"circle": 3, "rectangle": 4, "polygon": 0}
FIGURE = re.compile(r"!\[[^\]]*\]\(figures/[^)\s]+[^)]*\)")
Length = Annotated[int, Field(ge=0, le=10_000)]
Corner = Annotated[list[Length], Field(min_length=2, max_length=2)]


class Place(Strict):
    """One `[[question.region]]`: a place in the figure, in its units, and what is said of it."""

    id: OptionId
    text: Text
    circle: Annotated[list[Length], Field(min_length=3, max_length=3)] | None = None
    rectangle: Annotated[list[Length], Field(min_length=4, max_length=4)] | None = None
    polygon: Annotated[list[Corner], Field(min_length=3, max_length=40)] | None = None
    correct: bool = False
    why: Text

    def region(self) -> Region:
        """Return it as it is stored in the key."""
        return {
            "id": self.id,
            "shape": next(shape for shape in SHAPES if getattr(self, shape) is not None),
            "numbers": self.circle or self.rectangle or self.polygon,
            "correct": self.correct,
            "why": self.why,
        }


class HotspotQuestion(Question):
    """`scoring` is "exact" for whatever is critical: half a safety rule is none."""

    size: Annotated[list[Annotated[int, Field(ge=1)]], Field(min_length=2, max_length=2)]
    scoring: Literal["net", "exact"] = "net"
    region: Annotated[list[Place], Field(min_length=2, max_length=20)]


def hotspot_problems(table: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what the shape cannot see: the figure, shapes, regions that are in each other's way."""
    if len(FIGURE.findall(str(table.get("prompt", "")))) != 1:
        message = N_("the prompt needs one figure, to be pointed at")
        yield problem("prompt", message, N_("write it as ![what is seen](figures/name.svg)"))
    places = tables(table, "region")
    for value in twice(place.get("id") for place in places):
        message = N_("two regions have the id “%(value)s”")
        yield problem("region", message, N_("change one of them"), value=value)
    if places and not any(place.get("correct") is True for place in places):
        message = N_("no region is marked correct")
        yield problem("region", message, N_("mark at least one with correct = true"))
    yield from partial_problems(table)
    regions = [_region(place) for place in places]
    for place, region in enumerate(regions):
        if len([shape for shape in SHAPES if shape in places[place]]) != 1:
            message = N_("the shape of this region is not said once")
            mend = N_("write one of circle, rectangle and polygon")
            yield problem(f"region[{place}]", message, mend)
        elif region is None:
            continue  # the shape of the table says what is wrong with its numbers
        elif found := _shape_problem(region, table.get("size")):
            yield problem(f"region[{place}].{region['shape']}", *found)
        elif not region["correct"] and _is_right(region, regions):
            message = N_("the middle of this wrong region lies in a right one")
            yield problem(f"region[{place}].{region['shape']}", message, N_("set them apart"))


def _region(place: Mapping[str, Any]) -> Region | None:
    """Return a region whose numbers make a shape, None where they do not."""
    given = [shape for shape in SHAPES if shape in place]
    if len(given) != 1:
        return None
    numbers, corners = place[given[0]], SHAPES[given[0]]
    rows = numbers if given[0] == "polygon" else [numbers]
    if not isinstance(rows, list) or not all(_whole(row, corners or 2) for row in rows):
        return None
    if given[0] == "polygon" and len(rows) < 3:
        return None
    return {"shape": given[0], "numbers": numbers, "correct": place.get("correct") is True}


def _whole(row: Any, count: int) -> bool:
    return isinstance(row, list) and len(row) == count and all(type(one) is int for one in row)


def _shape_problem(region: Region, size: Any) -> tuple[str, str] | None:
    numbers = region["numbers"]
    if region["shape"] == "rectangle" and not (numbers[0] < numbers[2] and numbers[1] < numbers[3]):
        return (
            N_("this rectangle has no inside"),
            N_("write left, top, right, bottom"),
        )
    if region["shape"] == "circle" and not numbers[2]:
        return N_("this circle has no inside"), N_("write x, y, radius")
    middle = anchor(region)
    if middle is None:
        return N_("this polygon has no inside"), N_("name its corners one after the other")
    if _whole(size, 2) and not (0 <= middle[0] <= size[0] and 0 <= middle[1] <= size[1]):
        return N_("this region lies outside the figure"), N_("see the size of the figure")
    if _whole(size, 2) and not holds(region, rounded(middle, size)):
        return N_("this region is too small to be marked"), N_("make it larger")
    return None


def _is_right(region: Region, regions: list[Region | None]) -> bool:
    middle = anchor(region)
    rights = [one for one in regions if one and one["correct"]]
    return middle is not None and any(holds(one, middle) for one in rights)


def rounded(point: Point, size: list[int]) -> Point:
    """Return a point as it comes back from who chooses it from the list."""
    x, y = (
        Fraction(percent(at, whole)) * whole / 100 for at, whole in zip(point, size, strict=True)
    )
    return x, y


def percent(value: Fraction, whole: int) -> str:
    """Return a length as a share of the figure in percent, to one decimal: "42.5"."""
    return f"{float(round(value * 100 / whole, 1)):g}"
