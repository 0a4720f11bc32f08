"""Looks at a page as a stern reader would: width, targets, the rules of accessibility."""

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Page

AXE = Path(__file__).parent / "axe" / "node_modules" / "axe-core" / "axe.min.js"
View = tuple[int, Literal["light", "dark"]]
VIEWS: list[View] = [(320, "light"), (320, "dark"), (1280, "light"), (1280, "dark")]
# Each language sees both widths and both schemes; together they see every pair of the two.
HALVES: dict[str, list[View]] = {
    "en": [(320, "light"), (1280, "dark")],
    "ar": [(320, "dark"), (1280, "light")],
}
# Whatever a thumb has to hit. Links in running text are excepted, as WCAG 2.5.8 does.
_TARGETS = """
button, summary, select, textarea, .button, .menu a, .crumbs a, .foot a, .jump a, .options label,
.check-one, .brand, input:not([type=hidden], [type=radio], [type=checkbox])
"""
_SMALL = """(targets) => [...document.querySelectorAll(targets)]
  .filter((one) => one.checkVisibility())
  .map((one) => [one.getBoundingClientRect(), one])
  .filter(([box]) => box.height < 43.5 || box.width < 43.5)
  .map(([box, one]) => `${one.outerHTML.slice(0, 80)} is ${box.width} × ${box.height}`)"""
_WIDER = """() => {
  const room = document.documentElement.clientWidth;
  if (document.scrollingElement.scrollWidth <= room) return [];
  const clipped = (one) => {
    for (let up = one.parentElement; up && up !== document.body; up = up.parentElement)
      if (getComputedStyle(up).overflowX !== "visible") return true;
    return false;
  };
  const wide = [...document.body.querySelectorAll("*")].filter((one) => {
    const box = one.getBoundingClientRect();
    return (box.right > room + 1 || box.left < -1) && box.width > 1 && !clipped(one);
  });
  return ["wider than the window: " + wide.slice(-3).map((o) => o.outerHTML.slice(0, 120))];
}"""
# Text that a page in Arabic shows in Latin letters alone, though it is no name, code or content.
_FOREIGN = """() => {
  const kept = "script, style, svg, math, code, kbd, bdi, select, textarea, [translate=no], " +
    "[lang]:not(html, [lang=ar])";
  const found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const within = texts.currentNode.parentElement;
    const text = texts.currentNode.data.replace(/\\u2068.*?\\u2069/gu, "").trim();
    const latin = /[A-Za-z]{3}/.test(text) && !/\\p{Script=Arabic}|UTC|^Enter$/u.test(text);
    if (latin && !within.closest(kept)) found.push("not in Arabic: " + text);
  }
  return found;
}"""
_JUDGE = """async () => (await axe.run(document)).violations.map((one) =>
  `${one.id}: ` + one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | "))"""


@lru_cache(maxsize=1)
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")


def faults(page: Page, *, axe: bool, views: Sequence[View] = VIEWS) -> list[str]:
    """Return what is wrong with the page as it stands, in each width and scheme."""
    if axe:
        page.evaluate(_axe())
    found: list[str] = []
    for width, scheme in views:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        wrong = [*wider(page), *page.evaluate(_SMALL, _TARGETS)]
        if axe:
            wrong += page.evaluate(_JUDGE)
        found += [f"{width} {scheme}: {one}" for one in wrong]
    return found


def wider(page: Page) -> list[str]:
    """Return what makes the page scroll sideways, if it does."""
    return list(page.evaluate(_WIDER))


def foreign(page: Page) -> list[str]:
    """Return what a page in Arabic leaves in English."""
    return list(page.evaluate(_FOREIGN))


def speak(page: Page, tag: str) -> None:
    """Let the hub speak another language to this browser from now on."""
    page.context.add_cookies([{"name": "lang", "value": tag, "url": page.url}])


def told(found: dict[str, Any]) -> str:
    """Return the pages that have faults, readable."""
    return json.dumps({name: wrong for name, wrong in found.items() if wrong}, indent=1)
