"""Reads GIFT, the text format of Moodle: one question a block, its answers in braces.

Source: "GIFT format" of the Moodle documentation, and what its exporter writes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lms.errors import N_
from lms.exchange.bounds import MOST_ITEMS, too_many
from lms.exchange.formats.gift_answers import answered
from lms.exchange.formats.gift_text import GiftText, hidden, shown
from lms.exchange.item import Found
from lms.exchange.markup.plain import BLANK

_TITLE = re.compile(r"\s*::(.*?)::\s*", re.DOTALL)
_TAGS = re.compile(r"\[(id|tag):([^\]]{1,200})\]")
_OURS = re.compile(r"(outcome|lesson|critical|points|scoring|kind)[=:](.+)")


@dataclass
class _Block:
    line: int
    lines: list[str] = field(default_factory=list)
    tags: list[tuple[str, str]] = field(default_factory=list)


def read(text: str) -> list[Found]:
    """Return every question of a GIFT text, the ones that cannot be taken among them."""
    return [_question(block) for block in _blocks(text)]


def _blocks(text: str) -> Iterator[_Block]:
    """Yield what stands between blank lines; comments are read for their tags, then gone."""
    count = 0
    tags: list[tuple[str, str]] = []
    block: _Block | None = None
    for number, line in enumerate([*text.split("\n"), ""], 1):
        bare = line.strip()
        if bare.startswith("//"):
            (block.tags if block else tags).extend(_TAGS.findall(bare))
        elif bare.upper().startswith("$CATEGORY:"):
            tags = []
        elif bare:
            if block is None:
                block, tags = _Block(number, [], tags), []
            block.lines.append(line)
        elif block is not None:
            count += 1
            if count > MOST_ITEMS:
                raise too_many()
            yield block
            block = None


def _question(block: _Block) -> Found:
    text = hidden("\n".join(block.lines))
    found = Found("", block.line)
    title = _TITLE.match(text)
    if title:
        found.name = shown(title[1])
        text = text[title.end() :]
    start, end = text.find("{"), text.rfind("}")
    if start < 0 or end < start:
        return _no_answers(found, text, start, end)
    before, answers, after = text[:start], text[start + 1 : end], text[end + 1 :]
    if "{" in answers or "}" in answers:
        found.name = found.name or shown(before)
        said = N_("There is a second “{” or “}”; one that is meant as such is written “\\{”.")
        return found.refuse(said)
    prompt = GiftText.of(before)
    found.name = found.name or shown(prompt.text)
    words = prompt.markdown(found)
    if after.strip():
        tail = GiftText(after, prompt.format).markdown(found)
        words = f"{words} {BLANK} {tail}".strip()
    table = answered(found, answers, prompt.format)
    if table is not None:
        found.table = _of_tags(found, block.tags) | {"prompt": words} | table
        if not words:
            found.refuse(N_("There is no text before the answers."))
    return found


def _no_answers(found: Found, text: str, start: int, end: int) -> Found:
    if start >= 0 or end >= 0:
        found.name = found.name or shown(text)
        said = N_("The braces of the answers are not closed: “{” and “}” belong together.")
        return found.refuse(said)
    found.kind = "description"
    found.name = found.name or shown(text)
    return found.refuse(N_("This text has no answers in braces: it asks nothing."))


def _of_tags(found: Found, tags: list[tuple[str, str]]) -> dict[str, object]:
    """Return the keys that our own writer put into the comment before a question."""
    keys: dict[str, object] = {}
    for name, value in tags:
        ours = _OURS.fullmatch(value.strip())
        if name == "id":
            keys["id"] = value.strip()
        elif ours and ours[1] == "points":
            keys["points"] = int(ours[2]) if ours[2].isdecimal() and len(ours[2]) < 4 else 0
        elif ours and ours[1] != "kind":
            keys[ours[1]] = ours[2]
    return keys
