"""Regions of a figure: circles, rectangles, polygons; whether a point lies in one. Exact, pure."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

Point = tuple[Fraction, Fraction]
# A region as it is stored: its shape, and its numbers in the figure's own units.
Region = dict[str, Any]


def holds(region: Region, point: Point) -> bool:
    """Tell whether a point lies in a region; its edge counts as inside."""
    x, y = point
    if region["shape"] == "circle":
        left, top, radius = region["numbers"]
        return (x - left) ** 2 + (y - top) ** 2 <= Fraction(radius) ** 2
    if region["shape"] == "rectangle":
        left, top, right, bottom = region["numbers"]
        return bool(left <= x <= right and top <= y <= bottom)
    return _in_polygon(region["numbers"], point)


def _in_polygon(corners: Sequence[Sequence[int]], point: Point) -> bool:
    """Tell whether a point lies on an edge, or has an odd number of edges to its right."""
    x, y = point
    inside = False
    for (x1, y1), (x2, y2) in pairwise([*corners, corners[0]]):
        cross = (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1)
        between = min(x1, x2) <= x <= max(x1, x2) and min(y1, y2) <= y <= max(y1, y2)
        if cross == 0 and between:
            return True
        if (y1 > y) != (y2 > y) and x < x1 + Fraction((x2 - x1) * (y - y1), y2 - y1):
            inside = not inside
    return inside


def anchor(region: Region) -> Point | None:
    """Return a point well inside a region, for who chooses it from a list; None: there is none."""
    numbers = region["numbers"]
    if region["shape"] == "circle":
        return Fraction(numbers[0]), Fraction(numbers[1])
    if region["shape"] == "rectangle":
        return Fraction(numbers[0] + numbers[2], 2), Fraction(numbers[1] + numbers[3], 2)
    ring = [*numbers, *numbers[:2]]
    corners = [numbers, *(ring[at : at + 3] for at in range(len(numbers)))]
    middles = [_middle(some) for some in corners]
    return next((one for one in middles if _in_polygon(numbers, one)), None)


def _middle(corners: Sequence[Sequence[int]]) -> Point:
    count = len(corners)
    return (
        Fraction(sum(corner[0] for corner in corners), count),
        Fraction(sum(corner[1] for corner in corners), count),
    )
