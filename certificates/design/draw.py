"""Draws the static art of the certificate, `art.svg`, from formulas; run when the design changes.

A seed train as a seed head: five vessels whose cells number 1, 3, 8, 21 and 55, set out like the
seeds of a sunflower (Vogel's model: r = c*sqrt(n), golden angle), inside a woven border. Colours
are solid tints: PDF/A printers and photocopiers keep them, and no transparency is needed.
"""

import math
from collections.abc import Callable
from pathlib import Path

WIDTH, HEIGHT = 297.0, 210.0  # A4 landscape, mm
UNITS = 50  # user units a millimetre: whole numbers everywhere keep the PDF small
INK, TINT, PALE, SEED = "#14524a", "#a9c6bd", "#f0f5f2", "#b07d2b"
GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
Point = tuple[float, float]

_INSET, _CORNER = 11.4, 3.4  # centre line of the border: distance from the edge, corner radius
_STRANDS, _WAVES, _STEPS = 6, 78, 3


def main() -> None:
    """Write art.svg beside this file."""
    parts = [_watermark(), _border(), _train()]
    Path(__file__).with_name("art.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH:g}mm" height="{HEIGHT:g}mm" '
        f'viewBox="0 0 {WIDTH * UNITS:g} {HEIGHT * UNITS:g}" fill="none" stroke-linecap="round">\n'
        + "\n".join(parts)
        + "\n</svg>\n",
        encoding="utf-8",
    )


def _seed_head(centre: Point, count: int, radius: float) -> list[Point]:
    spread = radius / math.sqrt(count - 0.5)
    points = []
    for n in range(count):
        distance, angle = spread * math.sqrt(n + 0.5 if count > 1 else 0), n * GOLDEN_ANGLE
        points.append(
            (centre[0] + distance * math.cos(angle), centre[1] + distance * math.sin(angle))
        )
    return points


def _dots(points: list[Point], size: float, colour: str) -> str:
    """Draw dots as lines of no length with round ends: a tenth of the bytes of circles."""
    path = "".join(f"M{x * UNITS:.0f} {y * UNITS:.0f}h1" for x, y in points)
    return f'<path stroke="{colour}" stroke-width="{size * UNITS:.0f}" d="{path}"/>'


def _watermark() -> str:
    """Return the pale seed head behind the holder's name; outer seeds are the larger ones."""
    points = _seed_head((WIDTH / 2, 91), 377, 53)
    rings, per_ring = [], 58
    for start in range(0, len(points), per_ring):
        size = 0.9 + 1.5 * start / len(points)
        rings.append(_dots(points[start : start + per_ring], size, PALE))
    return "\n".join(rings)


def _train() -> str:
    """Return the seed train itself: five vessels on one line, the first seed in its own colour."""
    counts, radii, gap = (1, 3, 8, 21, 55), (0.0, 1.1, 2.2, 3.9, 6.7), 4.6
    x = WIDTH / 2 - (2 * sum(radii) + gap * (len(counts) - 1)) / 2
    parts = []
    for count, radius in zip(counts, radii, strict=True):
        colour = SEED if count == 1 else INK
        parts.append(_dots(_seed_head((x + radius, 27.5), count, radius), 1.25, colour))
        x += 2 * radius + gap
    return "\n".join(parts)


def _border() -> str:
    """Return the woven band between two hairlines."""
    length = _perimeter()
    parts = []
    for strand in range(_STRANDS):
        shift = 2 * math.pi * strand / _STRANDS

        def offset(s: float, shift: float = shift) -> float:
            turn = 2 * math.pi * _WAVES * s / length
            return math.sin(turn + shift) * (1.35 + 0.6 * math.cos(turn / 6))

        parts.append(f'<path stroke="{TINT}" stroke-width="8" d="{_along(offset)}"/>')
    for away, width in ((-2.7, 25), (2.7, 11)):
        parts.append(_frame(_INSET + away, max(0.0, _CORNER - away), width))
    return "\n".join(parts)


def _frame(inset: float, radius: float, width: int) -> str:
    across, down = (WIDTH - 2 * inset) * UNITS, (HEIGHT - 2 * inset) * UNITS
    return (
        f'<rect x="{inset * UNITS:.0f}" y="{inset * UNITS:.0f}" width="{across:.0f}" '
        f'height="{down:.0f}" rx="{radius * UNITS:.0f}" stroke="{INK}" stroke-width="{width}"/>'
    )


def _perimeter() -> float:
    straight = 2 * (WIDTH + HEIGHT - 4 * _INSET - 4 * _CORNER)
    return straight + 2 * math.pi * _CORNER


def _along(offset: Callable[[float], float]) -> str:
    """Trace the border's centre line displaced by offset(s), as cubic Béziers (Hermite)."""
    length = _perimeter()
    pieces = _WAVES * _STEPS
    step = length / pieces

    def at(s: float) -> Point:
        (x, y), (nx, ny) = _centre_line(s % length)
        return x + nx * offset(s), y + ny * offset(s)

    x, y = at(0)
    here = (round(x * UNITS), round(y * UNITS))
    path = [f"M{here[0]} {here[1]}c"]
    for piece in range(pieces):
        s, e = piece * step, (piece + 1) * step
        leave, arrive, end = _slope(at, s), _slope(at, e), at(e)
        controls = (
            (at(s)[0] + leave[0] * step / 3, at(s)[1] + leave[1] * step / 3),
            (end[0] - arrive[0] * step / 3, end[1] - arrive[1] * step / 3),
            end,
        )
        numbers = [round(p[axis] * UNITS) - here[axis] for p in controls for axis in (0, 1)]
        path.append(" ".join(map(str, numbers)) + " ")
        here = (here[0] + numbers[4], here[1] + numbers[5])
    return "".join(path).rstrip() + "z"


def _slope(at: Callable[[float], Point], s: float, tiny: float = 1e-4) -> Point:
    before, after = at(s - tiny), at(s + tiny)
    return (after[0] - before[0]) / (2 * tiny), (after[1] - before[1]) / (2 * tiny)


def _centre_line(s: float) -> tuple[Point, Point]:
    """Return the point and the outward normal of the rounded rectangle at arc length s, mm."""
    left, top = _INSET, _INSET
    right, bottom, r = WIDTH - _INSET, HEIGHT - _INSET, _CORNER
    quarter = math.pi * r / 2
    sides = (
        ((left + r, top), (1, 0), right - left - 2 * r, (right - r, top + r), -math.pi / 2),
        ((right, top + r), (0, 1), bottom - top - 2 * r, (right - r, bottom - r), 0.0),
        ((right - r, bottom), (-1, 0), right - left - 2 * r, (left + r, bottom - r), math.pi / 2),
        ((left, bottom - r), (0, -1), bottom - top - 2 * r, (left + r, top + r), math.pi),
    )
    for (x, y), (dx, dy), straight, (cx, cy), begin in sides:
        if s <= straight:
            return (x + dx * s, y + dy * s), (dy, -dx)
        s -= straight
        if s <= quarter:
            angle = begin + s / r
            normal = (math.cos(angle), math.sin(angle))
            return (cx + r * normal[0], cy + r * normal[1]), normal
        s -= quarter
    return _centre_line(0.0)


if __name__ == "__main__":
    main()
