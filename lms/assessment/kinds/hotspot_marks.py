"""What is drawn over a figure after the release: the key's regions and one's own marks. Pure."""

import re
from collections.abc import Mapping

from lms.assessment.kinds.hotspot_table import FIGURE
from lms.assessment.kinds.regions import Point, Region
from lms.curriculum.kind import Plain, Render

_SOURCE = re.compile(r'<img src="([^"]+)"')
_MARK = 26  # how many marks would stand side by side in the figure


def overlay(
    shown: Plain, regions: list[Region], marked: set[str], marks: list[Plain], block: Render
) -> Plain | None:
    """Return the figure with what lies over it, in its own units; None where nothing draws it.

    Args:
        marked: ids of the regions in which a mark lies.
        marks: as `mark` returns them.
        block: renders the figure, whose address is taken from there.
    """
    written = FIGURE.search(shown["prompt"])
    source = _SOURCE.search(block(written[0])) if written else None
    if source is None:
        return None
    width, height = shown["size"]
    return {
        "source": source[1],
        "width": width,
        "height": height,
        "radius": round(max(width, height) / _MARK),
        "regions": [
            {**_outline(one), "correct": one["correct"]}
            for one in regions
            if one["correct"] or one["id"] in marked
        ],
        "marks": [one for one in marks if one["at"]],
    }


def mark(
    number: int, given: Mapping[str, str], point: Point | None, place: str, right: bool
) -> Plain:
    """Return one mark: as typed, in the figure's units, and the place of the key around it."""
    at = {"x": f"{float(point[0]):g}", "y": f"{float(point[1]):g}"} if point else None
    typed = {"x": given["x"], "y": given["y"]}
    return typed | {"number": number, "at": at, "place": place, "right": right}


def _outline(region: Region) -> Plain:
    numbers = region["numbers"]
    if region["shape"] == "polygon":
        return {"shape": "polygon", "points": " ".join(f"{x},{y}" for x, y in numbers)}
    if region["shape"] == "circle":
        return {"shape": "circle", "x": numbers[0], "y": numbers[1], "radius": numbers[2]}
    left, top, right, bottom = numbers
    return {
        "shape": "rectangle", "x": left, "y": top, "width": right - left, "height": bottom - top
    }  # fmt: skip
