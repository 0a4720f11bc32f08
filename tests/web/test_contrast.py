"""The colours of the stylesheet meet WCAG 2.2 AA, computed from its tokens, light and dark."""

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).parents[2] / "lms/web/static/style.css").read_text(encoding="utf-8")
TEXT = [
    *[(ink, ground) for ink in ("ink", "soft", "leaf") for ground in ("paper", "sheet", "sunk")],
    *[(tone, f"{tone}-bg") for tone in ("good", "wait", "bad", "info")],
    *[("ink", f"{tone}-bg") for tone in ("good", "wait", "bad", "info")],
    ("leaf", "info-bg"),
    ("leaf", "good-bg"),
    ("bad", "paper"),
    ("bad", "sheet"),
    ("good", "sheet"),
    ("on-act", "act"),
    ("on-band", "band"),
]
EDGES = [("edge", "paper"), ("edge", "sheet"), ("leaf", "paper"), ("bad", "paper")]


def tokens(scheme: str) -> dict[str, str]:
    light, dark = re.findall(r":root \{(.*?)\}", CSS, flags=re.S)[:2]
    found = dict(re.findall(r"--([\w-]+): (#\w+)", light))
    if scheme == "dark":
        found |= dict(re.findall(r"--([\w-]+): (#\w+)", dark))
    return found


def luminance(colour: str) -> float:
    """Return the relative luminance of #rgb or #rrggbb (WCAG 2.2)."""
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_is_21():
    assert contrast("#000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_is_readable(scheme):
    named = tokens(scheme)
    dim = {pair: round(contrast(named[pair[0]], named[pair[1]]), 2) for pair in TEXT}
    assert {pair: ratio for pair, ratio in dim.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_edges_of_controls_can_be_seen(scheme):
    named = tokens(scheme)
    dim = {pair: round(contrast(named[pair[0]], named[pair[1]]), 2) for pair in EDGES}
    assert {pair: ratio for pair, ratio in dim.items() if ratio < 3} == {}
