"""Which SVG is safe, light and readable: checked element by element; what is unknown is refused."""

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import dataclass

from lms.curriculum.checking.problem import Problem
from lms.errors import N_

_SVG = "{http://www.w3.org/2000/svg}"
_ELEMENT_NAMES = (
    "svg g path rect circle ellipse line polyline polygon text tspan title desc defs marker "
    "linearGradient radialGradient stop clipPath pattern mask"
)
_ATTRIBUTE_NAMES = (
    "id viewBox width height x y x1 y1 x2 y2 cx cy r rx ry fx fy d dx dy points transform rotate "
    "fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-dasharray "
    "stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit opacity color display "
    "font-family font-size font-weight font-style text-anchor dominant-baseline letter-spacing "
    "text-decoration textLength lengthAdjust baseline-shift alignment-baseline visibility "
    "marker-start marker-mid marker-end markerWidth markerHeight markerUnits refX refY orient "
    "offset stop-color stop-opacity gradientUnits gradientTransform spreadMethod clip-path "
    "clip-rule clipPathUnits patternUnits patternTransform patternContentUnits mask maskUnits "
    "preserveAspectRatio vector-effect paint-order role aria-labelledby aria-describedby "
    "aria-hidden aria-label lang version overflow shape-rendering text-rendering"
)
_ELEMENTS = frozenset(_ELEMENT_NAMES.split())
_ATTRIBUTES = frozenset(_ATTRIBUTE_NAMES.split())
_NUMBERS = re.compile(r"[\s,]+")
_LOCAL = re.compile(r"url\(\s*#[\w-]+\s*\)")
SMALLEST_TEXT = 13


@dataclass(frozen=True)
class Drawing:
    """A figure that could be read: its size in its own units, and what is wrong with it."""

    width: int
    height: int
    problems: list[Problem]


def read_figure(file: str, data: bytes) -> Drawing:
    """Return a figure's size and every problem it has."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data or b"<?xml-stylesheet" in data:
        return _unreadable(file, N_("a drawing may not bring its own document type or style sheet"))
    try:
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        return _unreadable(file, N_("this is not well-formed SVG: %(error)s"), error=str(error))
    if root.tag != f"{_SVG}svg":
        return _unreadable(file, N_("this is not an SVG drawing"))
    width, height = _size(root)
    problems = [*_check_root(file, root, width, height)]
    for element in root.iter():
        problems.extend(_check_element(file, element))
    return Drawing(width, height, problems)


def _unreadable(file: str, message: str, **params: str) -> Drawing:
    mend = N_("export it anew as plain SVG, as the guide says")
    return Drawing(0, 0, [Problem(file, "", message, mend, params)])


def _size(root: ElementTree.Element) -> tuple[int, int]:
    try:
        _, _, width, height = (float(n) for n in _NUMBERS.split(root.get("viewBox", "").strip()))
    except ValueError:
        return 0, 0
    return round(width), round(height)


def _check_root(file: str, root: ElementTree.Element, width: int, height: int) -> Iterator[Problem]:
    if width <= 0 or height <= 0:
        yield Problem(
            file,
            "viewBox",
            N_("the viewBox is missing or empty"),
            N_('write viewBox="0 0 640 400" in <svg>, with the size that it was drawn in'),
        )
    for name in ("title", "desc"):
        told = root.find(f"{_SVG}{name}")
        if told is None or not (told.text or "").strip():
            message = N_("the drawing does not say what it shows")
            mend = N_("put a <title> and a <desc> first in it")
            yield Problem(file, name, message, mend)


def _check_element(file: str, element: ElementTree.Element) -> Iterator[Problem]:
    tag = element.tag if isinstance(element.tag, str) else "?"
    name = tag.removeprefix(_SVG)
    if name not in _ELEMENTS:
        message = N_("<%(name)s> is not allowed in a drawing")
        mend = N_("take it out, or export the drawing as plain SVG, as the guide says")
        yield Problem(file, name, message, mend, {"name": name.split("}")[-1]})
        return
    for attribute, value in element.attrib.items():
        key = f"{name}.{attribute.split('}')[-1]}"
        if (
            attribute not in _ATTRIBUTES
            and attribute != "{http://www.w3.org/XML/1998/namespace}space"
        ):
            message = N_("the attribute %(name)s is not allowed in a drawing")
            mend = N_("take it out; colours are said by fill and stroke, each in its own attribute")
            yield Problem(file, key, message, mend, {"name": attribute.split("}")[-1]})
        elif "url(" in value and not _LOCAL.fullmatch(value.strip()):
            message = N_("a drawing may not fetch anything")
            yield Problem(file, key, message, N_("point to an id inside it"))
    yield from _check_text(file, name, element)


def _check_text(file: str, name: str, element: ElementTree.Element) -> Iterator[Problem]:
    family = element.get("font-family", "sans-serif")
    if family not in ("sans-serif", "inherit"):
        message = N_("the font “%(font)s” is not on every machine")
        mend = N_("use sans-serif")
        yield Problem(file, f"{name}.font-family", message, mend, {"font": family})
    size = element.get("font-size")
    if size is not None and _number(size) < SMALLEST_TEXT:
        message = N_("text of size %(size)s cannot be read on a phone")
        yield Problem(
            file, f"{name}.font-size", message, N_("make it 13 or larger"), {"size": size}
        )


def _number(text: str) -> float:
    try:
        return float(text.removesuffix("px"))
    except ValueError:
        return 0.0
