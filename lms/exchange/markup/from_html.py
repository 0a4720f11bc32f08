"""HTML of question files as our Markdown; what has no place in it is said, not shown.

Nothing of the HTML passes through: text is escaped, and the few elements that mean something are
written anew. So no script, style, address or handler can come along.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from lms.errors import N_
from lms.exchange.bounds import LONGEST_TEXT, clean
from lms.exchange.item import Found
from lms.exchange.markup.plain import escaped, one_line

_TAG = re.compile(
    r"</?[A-Za-z][^<>]*>|&(#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});|<!--"
)
_EQUATION = re.compile(
    r"\\\((?P<line>.{1,2000}?)\\\)|\\\[(?P<block>.{1,2000}?)\\\]|\$\$(?P<dollars>[^$]{1,2000})\$\$",
    re.DOTALL,
)
_BLOCKS = {"p", "div", "section", "article", "blockquote", "center", "h1", "h2", "h3", "h4", "h5",
           "h6", "dl", "dt", "dd", "hr", "figure", "figcaption", "table", "caption",
           "prompt", "itembody", "rubricblock"}  # fmt: skip
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`", "tt": "`"}
_GONE = {"script", "style", "iframe", "object", "embed", "video", "audio", "form", "input",
         "select", "textarea", "button", "svg", "applet", "canvas"}  # fmt: skip
_RAISED = dict(zip("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ", strict=True))
_LOWERED = dict(zip("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True))
_DEEPEST = 60


def looks_like_html(text: str) -> bool:
    """Tell whether a text has an element, a comment or a character's name of HTML in it."""
    return _TAG.search(text) is not None


def from_html(html: str, found: Found, *, line: bool = False) -> str:
    """Return HTML as Markdown, and note in `found` what could not come along.

    Args:
        line: whether the text stands on one line, as an option does.
    """
    if len(html) > LONGEST_TEXT * 5:
        found.change(N_("A very long text was cut."))
        html = html[: LONGEST_TEXT * 5]
    reader = _Reader(found)
    reader.feed(html)
    reader.close()
    text = reader.whole()
    return one_line(text.replace("\\\n", " ")) if line else text


@dataclass
class _Open:
    """An element that is being read: its name, the words so far, the blocks below it."""

    tag: str
    words: list[str] = field(default_factory=list)
    blocks: list[str] = field(default_factory=list)
    href: str = ""
    cells: list[list[str]] = field(default_factory=list)
    number: int = 0


class _Reader(HTMLParser):
    def __init__(self, found: Found) -> None:
        super().__init__(convert_charrefs=True)
        self.found = found
        self.open = [_Open("")]
        self.gone = ""  # the element whose content is left out
        self.depth_gone = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if self.gone:
            self.depth_gone += tag == self.gone
        elif tag in _GONE:
            self.found.change(N_("“<%(tag)s>” was left out."), tag=tag)
            if tag not in ("input", "embed"):
                self.gone, self.depth_gone = tag, 1
        elif tag == "br":
            self._now.words.append("\\\n")
        elif tag == "img":
            self._picture(given)
        elif tag == "math":
            self._mathml(given)
        else:
            self._opened(tag, given)

    def _opened(self, tag: str, given: dict[str, str]) -> None:
        if tag in _BLOCKS:
            _paragraph(self._now)
        if tag in ("ul", "ol", "table", "pre"):
            _paragraph(self._now)
        known = tag in _MARKS or tag in ("ul", "ol", "li", "table", "td", "th", "pre", "sup", "sub")
        if tag == "tr" and (table := self._above("table")):
            table.cells.append([])
        if (known or tag == "a") and len(self.open) < _DEEPEST:
            self.open.append(_Open(tag, href=given.get("href", "")))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in ("br", "img", "input", "embed"):
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.gone:
            self.depth_gone -= tag == self.gone
            if not self.depth_gone:
                self.gone = ""
            return
        if tag in _BLOCKS and tag != "table":
            _paragraph(self._now)
        if any(one.tag == tag for one in self.open[1:]):
            while self.open[-1].tag != tag:
                self._close()
            self._close()

    def handle_data(self, data: str) -> None:
        if self.gone:
            return
        if any(one.tag == "pre" for one in self.open):
            self._now.words.append(clean(data))
            return
        at = 0
        for equation in _EQUATION.finditer(data):
            self._words(data[at : equation.start()])
            latex = one_line(equation["line"] or equation["block"] or equation["dollars"])
            at = equation.end()
            if not latex or "$" in latex:
                self._words(equation[0])
            elif equation["line"]:
                self._now.words.append(f"${latex}$")
            else:
                _paragraph(self._now)
                self._now.blocks.append(f"$${latex}$$")
        self._words(data[at:])

    def _words(self, data: str) -> None:
        spaced = re.sub(r"\s+", " ", clean(data.replace("\u00a0", " ")))
        if not spaced:
            return
        left = " " if spaced[0] == " " else ""
        right = " " if spaced[-1] == " " and spaced.strip() else ""
        # At the start of a line a sign may mean more than inside it.
        text = escaped(spaced)
        self._now.words.append(f"{left}{text}{right}")

    @property
    def _now(self) -> _Open:
        return self.open[-1]

    def _above(self, tag: str) -> _Open | None:
        return next((one for one in reversed(self.open) if one.tag == tag), None)

    def _picture(self, given: dict[str, str]) -> None:
        alt = one_line(given.get("alt", ""))
        source = given.get("src", "")
        name = "…" if source.startswith("data:") else source.rpartition("/")[2][:60]
        self.found.change(
            N_("The picture “%(name)s” was left out: draw it as a figure."), name=name or alt or "…"
        )
        self._now.words.append(escaped(f" (TODO: {alt or name or 'picture'}) "))

    def _mathml(self, given: dict[str, str]) -> None:
        latex = one_line(given.get("alttext", "")).replace("$", "")
        self.gone, self.depth_gone = "math", 1
        if latex:
            self._now.words.append(f"${latex}$")
        else:
            self.found.change(N_("“<%(tag)s>” was left out."), tag="math")

    def _close(self) -> None:
        done, into = self.open.pop(), self.open[-1]
        _CLOSING.get(done.tag, _close_mark)(self, done, into)

    def whole(self) -> str:
        """Return all that was read."""
        while len(self.open) > 1:
            self._close()
        _paragraph(self.open[0])
        return "\n\n".join(self.open[0].blocks)


def _paragraph(one: _Open) -> None:
    """End the words so far as a block of their own."""
    text = "".join(one.words)
    one.words.clear()
    text = re.sub(r" {2,}", " ", text)
    text = re.sub(r" ?(\\\n) ?", r"\1", text)
    text = re.sub(r"^(\\\n|\s)+|(\\\n|\s)+$", "", text)
    if text:
        one.blocks.append(text)


def _inside(done: _Open) -> str:
    _paragraph(done)
    return " ".join(one_line(block.replace("\\\n", " ")) for block in done.blocks)


def _close_mark(_reader: _Reader, done: _Open, into: _Open) -> None:
    before = " " if "".join(done.words)[:1] == " " else ""
    after = " " if "".join(done.words)[-1:] == " " else ""
    text, mark = _inside(done), _MARKS.get(done.tag, "")
    into.words.append(f"{before}{mark}{text}{mark}{after}" if text else before)


def _close_script(reader: _Reader, done: _Open, into: _Open) -> None:
    text = _inside(done)
    signs = _RAISED if done.tag == "sup" else _LOWERED
    if all(sign in signs for sign in text):
        into.words.append("".join(signs[sign] for sign in text))
    elif re.fullmatch(r"[A-Za-z0-9+−, ./-]{1,40}", text):
        raised = "^" if done.tag == "sup" else "_"
        into.words.append(f"${{}}{raised}{{\\text{{{text}}}}}$")
    else:
        reader.found.change(N_("A raised or lowered text stands on the line now."))
        into.words.append(text)


def _close_link(reader: _Reader, done: _Open, into: _Open) -> None:
    text = _inside(done)
    if text and re.fullmatch(r"https://[^\s()<>\\]{1,500}", done.href):
        into.words.append(f"[{text}]({done.href})")
    else:
        if done.href:
            reader.found.change(N_("A link was left out; its words stand."))
        into.words.append(text)


def _close_item(reader: _Reader, done: _Open, into: _Open) -> None:
    _paragraph(done)
    if not done.blocks:
        return
    into.number += 1
    mark = f"{into.number}. " if into.tag == "ol" else "- "
    body = "\n".join(done.blocks).replace("\n", "\n" + " " * len(mark))
    into.blocks.append(f"{mark}{body}")


def _close_list(_reader: _Reader, done: _Open, into: _Open) -> None:
    _paragraph(done)
    if done.blocks:
        into.blocks.append("\n".join(done.blocks))


def _close_pre(_reader: _Reader, done: _Open, into: _Open) -> None:
    text = "".join(done.words).replace("\\\n", "\n").strip("\n")
    if text.strip():
        into.blocks.append("\n".join(f"    {line}" for line in text.split("\n")))


def _close_cell(reader: _Reader, done: _Open, into: _Open) -> None:
    text = _inside(done)
    table = reader._above("table")
    if table and table.cells:
        table.cells[-1].append(text)
    else:
        into.words.append(text)


def _close_table(reader: _Reader, done: _Open, into: _Open) -> None:
    _paragraph(done)
    into.blocks += done.blocks
    rows = [row for row in done.cells if row]
    width = max((len(row) for row in rows), default=0)
    if not rows or width > 40:
        return
    filled = [row + [""] * (width - len(row)) for row in rows]
    lines = [f"| {' | '.join(row)} |" for row in filled]
    into.blocks.append("\n".join([lines[0], f"|{'---|' * width}", *lines[1:]]))


_CLOSING = {
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
