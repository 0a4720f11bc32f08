"""Findings about printed calculations that do not come out: `a · b = c` in prose and equations.

Every chain of equals signs is read; where both sides are numbers it is worked out again, by its
numbers and by its units, and compared at the precision that is printed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from lms.curriculum.reviewing.arithmetic import Unread, Value, work_out
from lms.curriculum.reviewing.finding import Finding
from lms.curriculum.reviewing.latex_text import spoken
from lms.curriculum.reviewing.matter import Item, Matter, Place
from lms.curriculum.reviewing.printed import Token, tokens
from lms.curriculum.reviewing.prose import HEADING, SYMBOL, blocks

_EQUALS = re.compile(r"\s*(=|≈|≅|\bis about\b)\s*")
_BREAK = re.compile(r"[.;:,?!](?=\s|$)|[“”\"|→⇒↔]|\s[–—]\s|\n")
_GOES_ON = re.compile(r"\s*[×÷]")
_PLACEHOLDER = re.compile(r"\{[A-Za-z_]\w*\}")
HALF, ONE = Decimal("0.5000001"), Decimal("1.0000001")  # of the last printed digit
PER_CENT = Decimal("0.01")
ROUGH = Decimal("0.05")  # of the value, after ≈


@dataclass
class Recomputed:
    """How many printed results were worked out again, and what could not be read.

    Attributes:
        by_place: results per module.
        unread: module's place, file, place in it and text of each.
    """

    by_place: dict[str, int] = field(default_factory=dict)
    unread: list[tuple[str, str, str, str]] = field(default_factory=list)

    def under(self, place: str) -> "Recomputed":
        """Return what concerns one folder."""
        homes = {home for home in self.by_place if f"{home}/".startswith(f"{place}/")}
        counts = {home: n for home, n in self.by_place.items() if home in homes}
        return Recomputed(counts, [one for one in self.unread if one[0] in homes])

    @property
    def count(self) -> int:
        """Return how many results were worked out again."""
        return sum(self.by_place.values())

    def plain(self) -> dict[str, Any]:
        """Return the counts and what could not be read, as it goes into JSON."""
        unread = [{"file": f, "place": key, "text": text} for _, f, key, text in self.unread]
        return {"results": self.count, "unread": unread}


@dataclass(frozen=True)
class _Side:
    """One side of an equals sign: its value, or None and whether it is a calculation at all."""

    text: str
    value: Value | None
    calculates: bool
    rough: bool = False


def recompute(matter: Matter, told: Recomputed) -> Iterator[Finding]:
    """Find printed results of a module that do not come out, and count the rest."""
    home = matter.folder.place("")
    told.by_place.setdefault(home, 0)
    for place, text in _texts(matter):
        pairs = [pair for pair in _pairs(text) if pair[1].value is not None]
        read = {id(right) for left, right in pairs if left.value is not None}
        for left, right in pairs:
            if left.value is None or right.value is None:
                # A symbol before the numbers, `3 (n + 1) = 3 × 235 = 705`, leaves nothing unread.
                if left.calculates and id(right) not in read:
                    file = matter.folder.place(place.file)
                    told.unread.append((home, file, place.key, f"{left.text} = {right.text}"))
                continue
            told.by_place[home] += 1
            if not comes_out(left.value, right.value, right.rough):
                what = "%(left)s is %(result)s, not %(right)s"
                mend = "work it out again, with its units"
                params = {
                    "left": left.text,
                    "right": right.text,
                    "result": f"{_result(left.value, right.value):.6g}",
                }
                about = f"{left.text} = {right.text}"
                yield matter.finding("does-not-recompute", place, what, mend, params, about=about)


def _texts(matter: Matter) -> Iterator[tuple[Place, str]]:
    for lesson in matter.lessons:
        for block in lesson.blocks:
            if block.kind != HEADING:
                place = Place(lesson.file, f"line {block.line}")
                for text in _read(block.text, block.latex):
                    yield place, text
    wrong = {place for item in matter.items for place in _wrong_options(item)}
    for place, text in matter.authored:
        if place not in wrong and not _PLACEHOLDER.search(text):
            for block in blocks(text):
                for one in _read(block.text, block.latex):
                    yield place, one


def _wrong_options(item: Item) -> Iterator[Place]:
    """Yield where wrong options stand: they may well be wrong."""
    for index, option in enumerate(item.options):
        if not option.get("correct"):
            yield Place(item.place.file, f"{item.place.key}.option[{index}].text", item.place.about)


def _read(text: str, latex: tuple[str, ...]) -> Iterator[str]:
    """Yield a block's text with its equations in their places, and each part between breaks."""
    pieces = text.split(SYMBOL)
    whole = pieces[0]
    for equation, piece in zip(latex, pieces[1:], strict=False):
        whole += f" {spoken(equation)} {piece}"
    before = ""
    for part in _BREAK.split(whole):
        # “900 × 3.1 = 2790. ÷ 120 = 23” goes on from the result; “5 weeks: × 0.9” is a factor.
        if _GOES_ON.match(part) and _EQUALS.search(before):
            part = f"{_EQUALS.split(before)[-1]} {part}"
        if _EQUALS.search(part):
            yield part
        before = part


def _pairs(text: str) -> Iterator[tuple[_Side, _Side]]:
    """Yield each calculation with the printed result that follows it in its chain.

    A side between two equals signs may end one chain and begin the next: `= 0.67 and 10^0.67 =`.
    """
    parts = _EQUALS.split(text)
    sides, signs = parts[::2], parts[1::2]
    waiting = [_side(sides[0], _ending(tokens(sides[0])), whole=True)]
    for at, (sign, side) in enumerate(zip(signs, sides[1:], strict=True), 1):
        found, last = tokens(side), at == len(sides) - 1
        read = _side(side, found, whole=not last, rough=sign != "=")
        ends = not last and read.value is None and len(_ending(found)) < len(found)
        if ends:
            read = _side(side, found, whole=False, rough=sign != "=")
        if read.value is not None and read.value.step is not None:
            yield from ((before, read) for before in waiting if _fit(before, read))
            waiting = [read]
        else:
            waiting.append(read)
        if ends or last:
            yield from _backwards(waiting)
        if ends:
            waiting = [_side(side, _ending(found), whole=True)]


def _backwards(waiting: list[_Side]) -> Iterator[tuple[_Side, _Side]]:
    """Yield what follows the last printed result of a chain: `≈ 14 = 4.20 ÷ 0.30`."""
    result = waiting[0]
    if result.value is not None and result.value.step is not None:
        yield from ((side, result) for side in waiting[1:] if side.value is not None)


def _fit(left: _Side, right: _Side) -> bool:
    """Tell whether two sides say something that can be worked out: `9.54 mmol = 1.48 g` says what
    one is of the other, and no sum stands there."""
    if left.value is None or right.value is None or left.calculates:
        return left.value is not None or left.calculates
    return left.value.measures == right.value.measures


def _side(text: str, run: list[Token], whole: bool, rough: bool = False) -> _Side:
    """Read a side from its beginning; nothing may follow where it has to be read whole."""
    calculates = any(t.kind == "mark" and t.text not in "()[]" for t in run) and any(
        t.kind == "number" for t in run
    )
    try:
        value, used = work_out(run, whole)
    except Unread:
        return _Side(_said(text, run), None, calculates, rough)
    rest = run[used:]
    if rest and rest[0].kind in ("mark", "number", "raised") and rest[0].text not in "()[]":
        return _Side(_said(text, run), None, calculates, rough)
    return _Side(_said(text, run[:used]), value, calculates, rough)


def _ending(found: list[Token]) -> list[Token]:
    """Return the tokens after the last word: of “load 3885 g + 5 g” the numbers.

    A word that stands right behind a number is its unit; one that touches brackets, `L(116)`, is
    a symbol, and what it stands for is not printed.
    """
    start = 0
    for at, token in enumerate(found):
        before = found[at - 1] if at else None
        is_unit = before is not None and (before.kind == "number" or before.text in ")]/")
        if token.kind in ("other", "word") or (token.kind == "unit" and not is_unit):
            start = at + 1
    run = found[start:]
    symbol = found[start - 1] if start else None
    if symbol and run and symbol.kind in ("unit", "word") and run[0].text in ("(", "["):
        run = [] if symbol.at + len(symbol.text) == run[0].at else run
    return _closed(run)


def _closed(run: list[Token]) -> list[Token]:
    """Return what stands behind the last bracket that closes later: “18 lots (450 ÷ 25 = 18)”."""
    still_open: list[int] = []
    for at, token in enumerate(run):
        if token.sign == "(":
            still_open.append(at)
        elif token.sign == ")" and still_open:
            still_open.pop()
    return run[still_open[-1] + 1 :] if still_open else run


def _said(text: str, run: list[Token]) -> str:
    if not run:
        return " ".join(text.split())
    last = run[-1]
    end = last.at + len(last.text) + len(last.power)
    return " ".join(text[run[0].at : end].split())


def _result(left: Value, right: Value) -> Decimal:
    """Return the left side in the unit of the right one, if the units tell."""
    if left.measures is not None and left.measures == right.measures:
        return left.scaled / right.unit
    return left.number


def comes_out(left: Value, right: Value, rough: bool = False) -> bool:
    """Tell whether a calculation comes to a printed result at its precision.

    Half of the last digit may be missing by rounding, and what the decimals in the calculation
    leave open if they were rounded, but never more than one whole digit; after “about” a twentieth.
    """
    if right.step is None or right.zeros is None:
        return True
    step = right.zeros if left.blur else right.step  # 15 120 from decimals may read 15 100
    results = [_result(left, right)]
    # 3.76 ÷ 3.89 × 100 = 96.8 %, 20.9 × 0.96 = 20.1 %: but no mere ratio is its own percentage.
    if (left.product or right.unit < PER_CENT) and left.measures == right.measures == ():
        results.append(left.number)
    span = min(step * ONE, step * HALF + abs(right.number) * left.blur)
    if rough:
        span = max(span, abs(right.number) * ROUGH)
    return any(abs(result - right.number) <= span for result in results)
