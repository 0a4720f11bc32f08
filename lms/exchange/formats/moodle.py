"""Reads Moodle XML: each `<question>` by its type, its texts in whatever format they say.

Source: "Moodle XML format" of the Moodle documentation, and what its exporter writes.
"""

import re
from decimal import Decimal
from fractions import Fraction
from functools import partial

from lms.errors import N_
from lms.exchange import building, numbers
from lms.exchange.bounds import MOST_ITEMS, too_many
from lms.exchange.building import Choice
from lms.exchange.formats.moodle_cloze import gaps_of
from lms.exchange.item import Found, Table
from lms.exchange.markup.from_html import from_html
from lms.exchange.markup.plain import escaped, one_line
from lms.exchange.numbers import Tier
from lms.exchange.pictures import Gallery, from_base64
from lms.exchange.xml import FILE, Node

_HUNDRED = 100
_OURS = re.compile(r"(outcome|lesson|critical|scoring)\s*[=:]\s*(.+)")
_FIGURE = re.compile(r"!\[([^\[\]\n]{0,400})\]\((@@PLUGINFILE@@/[^\s()]{1,200})\)")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def read(root: Node) -> list[Found]:
    """Return every question of a `<quiz>`; categories only group them."""
    gallery = Gallery()
    questions = [one for one in root.all("question") if one.get("type") != "category"]
    if len(questions) > MOST_ITEMS:
        raise too_many()
    return [_with_files(one, gallery) for one in questions]


def _with_files(node: Node, gallery: Gallery) -> Found:
    """Return a question, and say which of its files stand nowhere in its texts."""
    held = {one.get("name"): partial(_bytes, one) for one in node.below(FILE) if one.get("name")}
    found = _question(node, gallery.within(held))
    for name in sorted(held.keys() - found.gallery.asked):
        found.change(N_("The file “%(name)s” stands nowhere in it and was left out."), name=name)
    return found


def _bytes(file: Node) -> bytes:
    return from_base64(file.text()) if file.get("encoding") == "base64" else b""


def _question(node: Node, gallery: Gallery) -> Found:
    kind = node.get("type")
    found = Found(node.text("name", "text"), node.line, kind, gallery=gallery)
    prompt = words(node.first("questiontext"), found)
    found.name = found.name or one_line(prompt)
    build = _TYPES.get(kind)
    if kind in ("cloze", "multianswer"):
        return _cloze(found, node)
    if kind == "description":
        return found.refuse(N_("This text has no answers: it asks nothing."))
    if build is None:
        return found.refuse(N_("There is no kind of question “%(kind)s” here."), kind=kind)
    if not prompt:
        return found.refuse(N_("There is no text of the question."))
    table = build(found, node)
    if table is None:
        return found
    return _whole(found, node, {"prompt": prompt} | table)


def _whole(found: Found, node: Node, table: Table) -> Found:
    """Add to what was asked and answered the id, tags, feedback and points."""
    head: Table = {}
    if _ID.fullmatch(id := node.text("idnumber")):
        head["id"] = id
    for tag in node.below("tag"):
        if ours := _OURS.fullmatch(tag.text("text")):
            head[ours[1]] = ours[2].strip()
    if why := words(node.first("generalfeedback"), found):
        table["why"] = why
    found.table = head | _points(found, node) | table
    if node.text("hidden") == "1":
        found.change(N_("It was hidden in its source."))
    return found


def _cloze(found: Found, node: Node) -> Found:
    text = node.first("questiontext")
    if text is None:
        return found.refuse(N_("There is no text of the question."))
    format = text.get("format", "html")
    table = gaps_of(found, text.text("text"), lambda marked: as_markdown(marked, format, found))
    return _whole(found, node, table) if table else found


def _points(found: Found, node: Node) -> Table:
    grade = numbers.number(node.text("defaultgrade") or "1")
    if grade is None or grade != grade.to_integral_value() or not 1 <= grade <= 100:
        found.change(N_("Its points are 1 now: ours are whole numbers from 1 to 100."))
        return {}
    return {"points": int(grade)} if grade != 1 else {}


def words(node: Node | None, found: Found, *, line: bool = False) -> str:
    """Return the text of an element as our Markdown, from the format that it names."""
    if node is None:
        return ""
    text = node.text("text") if node.first("text") else node.text()
    return as_markdown(text, node.get("format", "html"), found, line=line)


def as_markdown(text: str, format: str, found: Found, *, line: bool = False) -> str:
    """Return a text in one of Moodle's formats as our Markdown."""
    if format == "markdown":
        return one_line(text) if line else with_pictures(text, found)
    if format == "plain_text":
        return escaped(one_line(text) if line else text)
    if format == "moodle_auto_format":
        text = text.replace("\n", "<br>")
    return from_html(text, found, line=line)


def with_pictures(text: str, found: Found) -> str:
    """Return Markdown whose figures lie in the draft; those that cannot are told of."""

    def moved(figure: re.Match[str]) -> str:
        path = found.picture(figure[2], figure[1])
        if path.startswith("figures/"):
            return f"![{figure[1]}]({path})"
        return escaped(f"(TODO: {path or figure[1] or 'picture'})")

    return _FIGURE.sub(moved, text)


def _share(node: Node) -> Fraction:
    fraction = numbers.number(node.get("fraction", "0"))
    return Fraction(fraction or 0) / _HUNDRED


def _choices(found: Found, node: Node) -> list[Choice]:
    return [
        Choice(
            words(one, found, line=True),
            _share(one),
            words(one.first("feedback"), found, line=True),
        )
        for one in node.all("answer")
    ]


def _multichoice(found: Found, node: Node) -> Table:
    choices = _choices(found, node)
    if node.text("single") in ("true", "1"):
        return building.choose_one(found, choices)
    return building.choose_several(found, choices, weighted=True)


def _all_or_nothing(found: Found, node: Node) -> Table:
    choices = _choices(found, node)
    return building.choose_several(found, choices, weighted=False) | {"scoring": "exact"}


def _true_false(found: Found, node: Node) -> Table | None:
    said = {one.text.lower(): one for one in _choices(found, node)}
    if said.keys() != {"true", "false"}:
        found.refuse(N_("Its answers are not “true” and “false”."))
        return None
    right = said["true"].weight > said["false"].weight
    return building.true_or_false(right, said["true"].why, said["false"].why)


def _short(found: Found, node: Node) -> Table | None:
    patterns = [
        Choice(one.text("text"), _share(one), words(one.first("feedback"), found, line=True))
        for one in node.all("answer")
    ]
    return building.short(found, patterns, cased=node.text("usecase") == "1")


def _numerical(found: Found, node: Node) -> Table | None:
    tiers = []
    for one in node.all("answer"):
        answer = numbers.number(one.text("text"))
        off = numbers.number(one.text("tolerance") or "0")
        if one.text("text") == "*":
            found.change(N_("What is said of every other number was left out."))
        elif answer is None or off is None:
            said = N_("“%(text)s” is no number with a tolerance.")
            found.refuse(said, text=one.text("text")[:60])
            return None
        else:
            why = words(one.first("feedback"), found, line=True)
            tiers.append(Tier(_share(one), answer, abs(off), why))
    unit, units = _units(found, node)
    table = numbers.numbers(found, tiers, unit)
    if table and len(units) > 1:
        table["key"]["units"] = units
    return table


def _units(found: Found, node: Node) -> tuple[str, list[str]]:
    """Return the unit of the answer, and all that may be chosen; the first has the factor 1."""
    listed = list(node.below("unit"))
    if not listed:
        return "", []
    named = [(one.text("unit_name"), numbers.number(one.text("multiplier"))) for one in listed]
    main = next((name for name, factor in named if factor == 1), named[0][0])
    unit = numbers.known_unit(found, main)
    units = [known for name, _ in named if (known := numbers.known_unit(found, name))]
    if len(named) > 1:
        found.change(N_("Units are converted by our own table."))
    return unit, (units if unit in units else [])


def _matching(found: Found, node: Node) -> Table:
    stems: list[tuple[str, str]] = []
    more: list[str] = []
    for one in node.all("subquestion"):
        asked, target = words(one, found, line=True), one.text("answer", "text")
        if asked:
            stems.append((asked, escaped(one_line(target))))
        else:
            more.append(escaped(one_line(target)))
    return building.pairs(stems, more)


def _ordering(found: Found, node: Node) -> Table:
    steps = [words(one, found, line=True) for one in node.all("answer")]
    if node.text("selecttype") not in ("", "0"):
        found.change(N_("All its steps are asked for now, not a choice of them."))
    exact = node.text("gradingtype") in ("-1", "ALL_OR_NOTHING")
    return building.in_order(steps) | ({"scoring": "exact"} if exact else {})


def _essay(found: Found, node: Node) -> Table:
    table = building.essay()
    if note := words(node.first("graderinfo"), found):
        table["model_answer"] = note
    for theirs, ours in (("minwordlimit", "words_min"), ("maxwordlimit", "words_max")):
        limit = numbers.number(node.text(theirs) or "0") or Decimal(0)
        if 0 < limit <= 10_000:
            table[ours] = int(limit)
    if numbers.number(node.text("attachments") or "0"):
        found.change(N_("Files that learners may add were left out."))
    return table


_TYPES = {
    "multichoice": _multichoice,
    "multichoiceset": _all_or_nothing,
    "truefalse": _true_false,
    "shortanswer": _short,
    "numerical": _numerical,
    "matching": _matching,
    "match": _matching,
    "ordering": _ordering,
    "essay": _essay,
}
