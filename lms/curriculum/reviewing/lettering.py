"""Where the letters of a drawing stand: each line of text with the box that it fills, estimated.

Widths are those of a usual sans-serif (between Arial, which is narrower, and DejaVu, which is
wider), in em; no font is read, so that a review says the same on every machine.
"""

import math
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import dataclass, replace

SVG = "{http://www.w3.org/2000/svg}"
_BY_WIDTH = {
    0.18: "’‘", 0.22: "'", 0.26: " !,.:;ijl·\xa0", 0.28: "J`", 0.30: "()", 0.32: "-[]",
    0.34: "If⁻⁺", 0.36: "t“”¹²³⁰⁴⁵⁶⁷⁸⁹₀₁₂₃₄", 0.38: "/\\{}•", 0.40: '"', 0.42: "r°", 0.44: "?_",
    0.48: "cszε", 0.50: "v–", 0.52: "FLxyγ", 0.54: "Skκλ", 0.56: "*ETYae|",
    0.58: "$+0123456789<=>XZ^~±×÷Δ", 0.60: "PVoδρ", 0.62: "KRbdghnpquµμασ", 0.64: "#ABCβ",
    0.66: "π", 0.72: "DGφ", 0.74: "&HU", 0.76: "N", 0.78: "OQwΩ½", 0.80: "…", 0.84: "%",
    0.90: "@M", 0.92: "W", 0.94: "m", 1.00: "—",
}  # fmt: skip  # read as a table
_WIDTH = {letter: width for width, letters in _BY_WIDTH.items() for letter in letters}
_OTHER_WIDTH = 0.62
_BOLD = 1.05
_ABOVE, _BELOW = 0.72, 0.20  # of the size, over and under the base line
_UNDRAWN = {f"{SVG}{name}" for name in ("defs", "title", "desc", "marker", "pattern", "mask")}
_CALL = re.compile(r"(\w+)\s*\(([^)]*)\)")
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_DOWN = {"middle": 0.36, "central": 0.36, "hanging": 0.72, "text-before-edge": 0.8}
Matrix = tuple[float, float, float, float, float, float]
_STILL: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True)
class Box:
    """A rectangle in the drawing's own units, y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def shared(self, other: "Box") -> tuple[float, float]:
        """Return width and height of what two boxes share; 0 or less where they do not."""
        return (
            min(self.right, other.right) - max(self.left, other.left),
            min(self.bottom, other.bottom) - max(self.top, other.top),
        )


@dataclass(frozen=True)
class Line:
    """A line of text, its box, and whether it runs along an axis of the drawing."""

    text: str
    box: Box
    straight: bool
    size: float


@dataclass(frozen=True)
class _Pen:
    """What text inherits from what it stands in."""

    matrix: Matrix = _STILL
    size: float = 16
    anchor: str = "start"
    bold: bool = False
    baseline: str = ""

    def entering(self, element: ElementTree.Element) -> "_Pen":
        get = element.get
        return replace(
            self,
            matrix=_times(self.matrix, _matrix(get("transform", ""))),
            size=_first(get("font-size", ""), self.size),
            anchor=get("text-anchor", self.anchor),
            bold=get("font-weight", "bold" if self.bold else "") in ("bold", "600", "700", "800"),
            baseline=get("dominant-baseline", self.baseline),
        )


def width(text: str, size: float, bold: bool = False) -> float:
    """Return about how wide a text is, in the units of its size."""
    return sum(_WIDTH.get(c, _OTHER_WIDTH) for c in text) * size * (_BOLD if bold else 1)


def lines(root: ElementTree.Element) -> list[Line]:
    """Return every line of text of a drawing."""
    return list(_walk(root, _Pen()))


def frames(root: ElementTree.Element) -> list[Box]:
    """Return every rectangle of a drawing that is not turned: what text may stand in."""
    return list(_frames(root, _Pen()))


def _frames(element: ElementTree.Element, pen: _Pen) -> Iterator[Box]:
    if element.tag in _UNDRAWN or element.get("display") == "none":
        return
    pen = pen.entering(element)
    if element.tag == f"{SVG}rect":
        x, y, wide, high = (_first(element.get(n, ""), 0) for n in ("x", "y", "width", "height"))
        yield _around([_at(pen.matrix, a, b) for a in (x, x + wide) for b in (y, y + high)])
    for child in element:
        yield from _frames(child, pen)


def _around(corners: list[tuple[float, float]]) -> Box:
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _walk(element: ElementTree.Element, pen: _Pen) -> Iterator[Line]:
    if element.tag in _UNDRAWN or element.get("display") == "none":
        return
    pen = pen.entering(element)
    if element.tag == f"{SVG}text":
        yield from _text(element, pen)
        return
    for child in element:
        yield from _walk(child, pen)


def _text(element: ElementTree.Element, pen: _Pen) -> Iterator[Line]:
    """Yield the lines of a <text>: a <tspan> with an x begins a new one."""
    x, y = _first(element.get("x", ""), 0), _first(element.get("y", ""), 0)
    begun: list[tuple[str, float, float, _Pen]] = [(element.text or "", x, y, pen)]
    for span in element:
        inner = pen.entering(span)
        y = _first(span.get("y", ""), y) + _first(span.get("dy", ""), 0)
        if span.get("x") is not None or span.get("y") is not None:
            x = _first(span.get("x", ""), x)
            begun.append(((span.text or "") + (span.tail or ""), x, y, inner))
        else:
            text, *place = begun[-1]
            begun[-1] = (text + (span.text or "") + (span.tail or ""), *place)  # type: ignore[assignment]
    for text, left, base, its in begun:
        if words := " ".join(text.split()):
            yield _line(words, left, base, its)


def _line(text: str, x: float, y: float, pen: _Pen) -> Line:
    long = width(text, pen.size, pen.bold)
    left = x - {"middle": long / 2, "end": long}.get(pen.anchor, 0)
    y += _DOWN.get(pen.baseline, 0) * pen.size
    top, bottom = y - _ABOVE * pen.size, y + _BELOW * pen.size
    box = _around([_at(pen.matrix, a, b) for a in (left, left + long) for b in (top, bottom)])
    straight = min(abs(pen.matrix[0]), abs(pen.matrix[1])) < 1e-6
    size = pen.size * math.hypot(pen.matrix[0], pen.matrix[1])
    return Line(text, box, straight, size)


def _at(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _times(one: Matrix, two: Matrix) -> Matrix:
    a, b = _at(one, two[0], two[1]), _at(one, two[2], two[3])
    e, f = one[4], one[5]
    return (a[0] - e, a[1] - f, b[0] - e, b[1] - f, *_at(one, two[4], two[5]))


def _matrix(transform: str) -> Matrix:
    whole = _STILL
    for name, arguments in _CALL.findall(transform):
        whole = _times(whole, _step(name, [float(n) for n in _NUMBER.findall(arguments)]))
    return whole


def _step(name: str, numbers: list[float]) -> Matrix:
    match name, numbers:
        case "translate", [x, *more]:
            return (1, 0, 0, 1, x, more[0] if more else 0)
        case "scale", [x, *more]:
            return (x, 0, 0, more[0] if more else x, 0, 0)
        case "matrix", [a, b, c, d, e, f]:
            return (a, b, c, d, e, f)
        case "rotate", [angle, *centre]:
            cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
            turn: Matrix = (cos, sin, -sin, cos, 0, 0)
            if len(centre) == 2:
                x, y = centre
                return _times(_times((1, 0, 0, 1, x, y), turn), (1, 0, 0, 1, -x, -y))
            return turn
    return _STILL


def _first(text: str, default: float) -> float:
    found = _NUMBER.search(text)
    return float(found[0]) if found else default
