"""What an element of HTML becomes when it ends: marks, lists, tables of our Markdown."""

import re
from dataclasses import dataclass, field

from lms.errors import N_
from lms.exchange.item import Found
from lms.exchange.markup.plain import one_line

MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`", "tt": "`"}
_RAISED = dict(zip("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ", strict=True))
_LOWERED = dict(zip("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True))


@dataclass
class Open:
    """An element that is being read: its name, the words so far, the blocks below it."""

    tag: str
    words: list[str] = field(default_factory=list)
    blocks: list[str] = field(default_factory=list)
    href: str = ""
    cells: list[list[str]] = field(default_factory=list)
    number: int = 0


def paragraph(one: Open) -> None:
    """End the words so far as a block of their own."""
    text = "".join(one.words)
    one.words.clear()
    text = re.sub(r" {2,}", " ", text)
    text = re.sub(r" ?(\\\n) ?", r"\1", text)
    text = re.sub(r"^(\\\n|\s)+|(\\\n|\s)+$", "", text)
    if text:
        one.blocks.append(text)


def inside(done: Open) -> str:
    """Return all of an element on one line."""
    paragraph(done)
    return " ".join(one_line(block.replace("\\\n", " ")) for block in done.blocks)


def close_mark(_found: Found, done: Open, into: Open, _table: Open | None) -> None:
    """End an element that marks its words, or one that means nothing."""
    before = " " if "".join(done.words)[:1] == " " else ""
    after = " " if "".join(done.words)[-1:] == " " else ""
    text, mark = inside(done), MARKS.get(done.tag, "")
    into.words.append(f"{before}{mark}{text}{mark}{after}" if text else before)


def _close_script(found: Found, done: Open, into: Open, _table: Open | None) -> None:
    text = inside(done)
    signs = _RAISED if done.tag == "sup" else _LOWERED
    if all(sign in signs for sign in text):
        into.words.append("".join(signs[sign] for sign in text))
    elif re.fullmatch(r"[A-Za-z0-9+−, ./-]{1,40}", text):
        raised = "^" if done.tag == "sup" else "_"
        into.words.append(f"${{}}{raised}{{\\text{{{text}}}}}$")
    else:
        found.change(N_("A raised or lowered text stands on the line now."))
        into.words.append(text)


def _close_link(found: Found, done: Open, into: Open, _table: Open | None) -> None:
    text = inside(done)
    if text and re.fullmatch(r"https://[^\s()<>\\]{1,500}", done.href):
        into.words.append(f"[{text}]({done.href})")
    else:
        if done.href:
            found.change(N_("A link was left out; its words stand."))
        into.words.append(text)


def _close_item(found: Found, done: Open, into: Open, _table: Open | None) -> None:
    paragraph(done)
    if not done.blocks:
        return
    into.number += 1
    mark = f"{into.number}. " if into.tag == "ol" else "- "
    body = "\n".join(done.blocks).replace("\n", "\n" + " " * len(mark))
    into.blocks.append(f"{mark}{body}")


def _close_list(_found: Found, done: Open, into: Open, _table: Open | None) -> None:
    paragraph(done)
    if done.blocks:
        into.blocks.append("\n".join(done.blocks))


def _close_pre(_found: Found, done: Open, into: Open, _table: Open | None) -> None:
    text = "".join(done.words).replace("\\\n", "\n").strip("\n")
    if text.strip():
        into.blocks.append("\n".join(f"    {line}" for line in text.split("\n")))


def _close_cell(_found: Found, done: Open, into: Open, table: Open | None) -> None:
    text = inside(done)
    if table and table.cells:
        table.cells[-1].append(text)
    else:
        into.words.append(text)


def _close_table(found: Found, done: Open, into: Open, _table: Open | None) -> None:
    paragraph(done)
    into.blocks += done.blocks
    rows = [row for row in done.cells if row]
    width = max((len(row) for row in rows), default=0)
    if not rows or width > 40:
        return
    filled = [row + [""] * (width - len(row)) for row in rows]
    lines = [f"| {' | '.join(row)} |" for row in filled]
    into.blocks.append("\n".join([lines[0], f"|{'---|' * width}", *lines[1:]]))


CLOSING = {
    "sup": _close_script,
    "sub": _close_script,
    "a": _close_link,
    "li": _close_item,
    "ul": _close_list,
    "ol": _close_list,
    "pre": _close_pre,
    "td": _close_cell,
    "th": _close_cell,
    "table": _close_table,
}
