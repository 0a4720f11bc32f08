"""Findings about drawings: no title or description, text beyond the edge or over other text."""

import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from itertools import combinations

from lms.curriculum.checking.figure import read_figure
from lms.curriculum.reviewing.finding import Finding
from lms.curriculum.reviewing.lettering import SVG, Box, Line, frames, lines
from lms.curriculum.reviewing.matter import Matter, Place

FEWEST_CHARACTERS = 20  # of a description: “A figure” tells nobody anything
BEYOND_BOX, FEWEST_LETTERS = 4.0, 3  # the same over a box within; of a text that has to fit
BEYOND = 2.0  # units over the edge that an estimate may be wrong by
OVER_WIDTH, OVER_HEIGHT = 4.0, 0.25  # shared width in units, shared height of the smaller text


def figures(matter: Matter) -> Iterator[Finding]:
    """Find what is wrong with each of a module's drawings."""
    for path, data in matter.folder.files.items():
        if path.startswith("figures/") and path.endswith(".svg"):
            drawing = read_figure(path, data)
            if drawing.width:  # what is no drawing is for the check to say
                root = ElementTree.fromstring(data)
                yield from _described(matter, Place(path), root)
                yield from _inside(matter, Place(path), root)
                yield from _framed(matter, Place(path), root)
                yield from _apart(matter, Place(path), root)


def _described(matter: Matter, place: Place, root: ElementTree.Element) -> Iterator[Finding]:
    for name, least in (("title", 1), ("desc", FEWEST_CHARACTERS)):
        told = root.find(f"{SVG}{name}")
        text = " ".join("".join(told.itertext()).split()) if told is not None else ""
        if len(text) < least:
            what = "the drawing has no <%(name)s> that says what it shows"
            mend = "say it in words, for those who cannot see it"
            at = Place(place.file, name)
            yield matter.finding("figure-undescribed", at, what, mend, {"name": name}, about=name)


def _inside(matter: Matter, place: Place, root: ElementTree.Element) -> Iterator[Finding]:
    left, top, width, height = (float(n) for n in root.get("viewBox", "").replace(",", " ").split())
    page = Box(left - BEYOND, top - BEYOND, left + width + BEYOND, top + height + BEYOND)
    for line in lines(root):
        box = line.box
        over = max(
            page.left - box.left, page.top - box.top, box.right - page.right,
            box.bottom - page.bottom,
        )  # fmt: skip
        if over > 0:
            what = "“%(text)s” reaches about %(over)s units beyond the edge"
            mend = "move it, shorten it, or part it into lines"
            params = {"text": line.text, "over": round(over + BEYOND)}
            yield matter.finding(
                "figure-text-overflows", place, what, mend, params, about=line.text
            )


def _framed(matter: Matter, place: Place, root: ElementTree.Element) -> Iterator[Finding]:
    """Find text that is wider than the box around it; a mark of one or two letters may sit on
    an edge."""
    boxes = frames(root)
    page = max((_area(box) for box in boxes), default=0)
    for line in lines(root):
        around = [box for box in boxes if _holds(box, line) and _area(box) < page]
        if not around or not line.straight or len(line.text) < FEWEST_LETTERS:
            continue
        box = min(around, key=_area)
        over = max(box.left - line.box.left, line.box.right - box.right)
        if over > BEYOND_BOX:
            what = "“%(text)s” reaches about %(over)s units beyond its box"
            mend = "widen the box, shorten the text, or part it into lines"
            told = {"text": line.text, "over": round(over)}
            yield matter.finding("figure-text-overflows", place, what, mend, told, about=line.text)


def _holds(box: Box, line: Line) -> bool:
    middle = (line.box.left + line.box.right) / 2, (line.box.top + line.box.bottom) / 2
    inside = box.left <= middle[0] <= box.right and box.top <= middle[1] <= box.bottom
    return inside and box.bottom - box.top >= line.size


def _area(box: Box) -> float:
    return (box.right - box.left) * (box.bottom - box.top)


def _apart(matter: Matter, place: Place, root: ElementTree.Element) -> Iterator[Finding]:
    for one, two in combinations([line for line in lines(root) if line.straight], 2):
        if _overlap(one, two):
            what = "“%(one)s” and “%(two)s” stand over each other"
            mend = "move one of them"
            params = {"one": one.text, "two": two.text}
            about = f"{one.text} / {two.text}"
            yield matter.finding("figure-text-overlaps", place, what, mend, params, about=about)


def _overlap(one: Line, two: Line) -> bool:
    width, height = one.box.shared(two.box)
    smaller = min(one.size, two.size)
    return width > OVER_WIDTH and height > OVER_HEIGHT * smaller
