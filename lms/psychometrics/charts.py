"""Small charts drawn as SVG from plain numbers; the table with the same numbers stands beside each.

Colours come from the stylesheet by class; no text here is anybody's name, and all of it is escaped.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

WIDTH = 340  # of the drawing, in its own units: a phone shows it almost as it is
_LEFT, _RIGHT = 42, 22
_PLOT = WIDTH - _LEFT - _RIGHT
_APART = 13.0  # of the names at the ends of lines


@dataclass(frozen=True)
class Whisker:
    """A share with its interval, from 0 to 1; without them only its name and count are drawn."""

    name: str
    value: float | None
    low: float | None
    high: float | None


def histogram(label: str, counts: Sequence[int], cut: float | None = None) -> Markup:
    """Return bars for bins of equal width from 0 to 100 %, with a line at the cut (0 to 1)."""
    most = max([*counts, 1])
    wide, tall = _PLOT / len(counts), 130
    bars = [
        _rect("bar", _LEFT + at * wide + 1, 20 + tall * (1 - count / most), wide - 2,
              tall * count / most)
        + (_text(_LEFT + (at + 0.5) * wide, 15 + tall * (1 - count / most), str(count))
           if count else Markup(""))
        for at, count in enumerate(counts)
    ]  # fmt: skip
    lines = [_line("axis", _LEFT, 20 + tall, WIDTH - _RIGHT, 20 + tall)]
    if cut is not None:
        x = _LEFT + cut * _PLOT
        lines.append(_line("cut", x, 4, x, 20 + tall))
    ticks = [_text(_LEFT + part * _PLOT, 38 + tall, f"{part:.0%}") for part in (0, 0.5, 1)]
    return _drawing(label, 46 + tall, [*bars, *lines, *ticks])


def whiskers(label: str, rows: Sequence[Whisker]) -> Markup:
    """Return a line for each row: the share as a dot, its interval as a bar."""
    parts: list[Markup] = []
    tall = 30 * len(rows)
    for part in (0, 0.5, 1):
        x = _LEFT + part * _PLOT
        parts += [_line("grid", x, 4, x, tall), _text(x, tall + 18, f"{part:.0%}")]
    for at, row in enumerate(rows):
        y = 30 * at + 16
        parts.append(_text(_LEFT - 6, y + 4, row.name, "end"))
        if row.low is not None and row.high is not None:
            parts.append(_line("whisker", _LEFT + row.low * _PLOT, y, _LEFT + row.high * _PLOT, y))
        if row.value is not None:
            at_x = _LEFT + row.value * _PLOT
            parts.append(_dot("dot", at_x, y))
    return _drawing(label, tall + 26, parts)


def traces(
    label: str, steps: Sequence[str], series: Sequence[tuple[str, Sequence[float], bool]]
) -> Markup:
    """Return a line for each option over groups of people, the right ones drawn strongly.

    Args:
        steps: names of the groups, from the lowest.
        series: name, share (0 to 1) in each group, whether it is right.
    """
    tall, right = 150, 16
    wide = (_PLOT - right) / (len(steps) - 1)
    parts = []
    for part in (0, 0.5, 1):
        y = 12 + tall * (1 - part)
        parts += [
            _line("grid", _LEFT, y, WIDTH - _RIGHT, y),
            _text(_LEFT - 6, y + 4, f"{part:.0%}", "end"),
        ]
    for _name, shares, strong in series:
        spots = [(_LEFT + at * wide, 12 + tall * (1 - share)) for at, share in enumerate(shares)]
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
        parts.append(
            Markup('<polyline class="{}" points="{}"/>').format(
                "right" if strong else "wrong", points
            )
        )
        parts += [_dot("right" if strong else "wrong", x, y) for x, y in spots]
    ends = sorted((12 + tall * (1 - shares[-1]), name) for name, shares, _strong in series)
    below = -_APART
    for y, name in ends:  # lines that end together still have names apart
        below = max(y, below + _APART)
        parts.append(_text(_LEFT + (len(steps) - 1) * wide + 8, below + 4, name, "start"))
    anchors = ["start", *["middle"] * (len(steps) - 2), "middle"]
    parts += [
        _text(_LEFT + at * wide, tall + 30, step, anchor)
        for at, (step, anchor) in enumerate(zip(steps, anchors, strict=True))
    ]
    return _drawing(label, max(tall + 40, below + 14), parts)


def scatter(
    label: str, spots: Sequence[tuple[int, float]], line: tuple[float, float], at: int
) -> Markup:
    """Return a dot for each person over the ratings 1 to 5, the line, and a mark at one rating.

    Args:
        spots: rating (1 to 5) and share (0 to 1) of each person.
        line: its value at 0 and its slope.
    """
    tall = 150
    intercept, slope = line

    def x(rating: float) -> float:
        return _LEFT + (rating - 0.5) / 5 * _PLOT

    def y(share: float) -> float:
        return 12 + tall * (1 - min(1.0, max(0.0, share)))

    parts = []
    for part in (0, 0.5, 1):
        parts += [
            _line("grid", _LEFT, y(part), WIDTH - _RIGHT, y(part)),
            _text(_LEFT - 6, y(part) + 4, f"{part:.0%}", "end"),
        ]
    parts += [_text(x(rating), tall + 30, str(rating)) for rating in range(1, 6)]
    parts += [_dot("wrong", x(rating), y(share)) for rating, share in spots]
    ends = [(x(rating), y(intercept + slope * rating)) for rating in (1, 5)]
    parts.append(_line("whisker", *ends[0], *ends[1]))
    parts.append(_line("cut", x(at), 12, x(at), 12 + tall))
    return _drawing(label, tall + 40, parts)


def _drawing(label: str, tall: float, parts: Sequence[Markup]) -> Markup:
    return Markup(
        '<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>'
    ).format(WIDTH, round(tall), label, Markup("").join(parts))


def _rect(kind: str, x: float, y: float, wide: float, tall: float) -> Markup:
    return Markup('<rect class="{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>').format(
        kind, x, y, wide, tall
    )


def _line(kind: str, x: float, y: float, to_x: float, to_y: float) -> Markup:
    return Markup('<line class="{}" x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}"/>').format(
        kind, x, y, to_x, to_y
    )


def _dot(kind: str, x: float, y: float) -> Markup:
    return Markup('<circle class="{}" cx="{:.1f}" cy="{:.1f}" r="4"/>').format(kind, x, y)


def _text(x: float, y: float, said: str, anchor: str = "middle") -> Markup:
    return Markup('<text x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>').format(
        x, y, anchor, escape(said)
    )
