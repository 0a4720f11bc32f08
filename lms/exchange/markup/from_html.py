"""HTML of question files as our Markdown; what has no place in it is said, not shown.

Nothing of the HTML passes through: text is escaped, and the few elements that mean something are
written anew. So no script, style, address or handler can come along.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from html.parser import HTMLParser
from posixpath import basename
from urllib.parse import unquote

from lms.errors import N_
from lms.exchange.bounds import LONGEST_TEXT, clean
from lms.exchange.item import Found
from lms.exchange.markup.html_parts import CLOSING, MARKS, Open, close_mark, paragraph
from lms.exchange.markup.plain import escaped, one_line
from lms.exchange.pictures import from_base64

_TAG = re.compile(
    r"</?[A-Za-z][^<>]*>|&(#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});|<!--"
)
_INLINED = re.compile(r"data:[\w.+/;=-]{0,80};base64,([A-Za-z0-9+/=%\s]*)")
_DECLARED = re.compile(r"<[!?][^<>]*>")
_LOOSE = re.compile(r"<(?!/?[A-Za-z][^<>]*>)")
_EQUATION = re.compile(
    r"\\\((?P<line>.{1,2000}?)\\\)|\\\[(?P<block>.{1,2000}?)\\\]|\$\$(?P<dollars>[^$]{1,2000})\$\$",
    re.DOTALL,
)
_BLOCKS = {"p", "div", "section", "article", "blockquote", "center", "h1", "h2", "h3", "h4", "h5",
           "h6", "dl", "dt", "dd", "hr", "figure", "figcaption", "table", "caption",
           "prompt", "itembody", "rubricblock"}  # fmt: skip
_BRACKETS = str.maketrans("[]\\`$<", "()/'  ")  # none may stand in a figure's description
_VERBATIM = ("code", "tt")
_GONE = {"script", "style", "iframe", "object", "embed", "video", "audio", "form", "input",
         "select", "textarea", "button", "svg", "applet", "canvas"}  # fmt: skip
_DEEPEST = 60


def looks_like_html(text: str) -> bool:
    """Tell whether a text has an element, a comment or a character's name of HTML in it."""
    return _TAG.search(text) is not None


def from_html(html: str, found: Found, *, line: bool = False) -> str:
    """Return HTML as Markdown, and note in `found` what could not come along.

    Args:
        line: whether the text stands on one line, as an option does.
    """
    html = _apart(html, found)
    if len(html) > LONGEST_TEXT * 5:
        found.change(N_("A very long text was cut."))
        html = html[: LONGEST_TEXT * 5]
    reader = _Reader(found, line)
    reader.feed(_tamed(html))
    reader.close()
    text = reader.whole()
    return one_line(text.replace("\\\n", " ")) if line else text


def _apart(html: str, found: Found) -> str:
    """Return HTML whose pictures written into it are files of the gallery instead."""
    inlined: dict[str, Callable[[], bytes]] = {}

    def moved(match: re.Match[str]) -> str:
        name = f"inlined-{len(inlined) + 1}"
        inlined[name] = partial(from_base64, unquote(match[1]))
        return name

    html = _INLINED.sub(moved, html)
    if inlined:
        found.gallery = replace(found.gallery, held={**found.gallery.held, **inlined})
    return html


def _tamed(html: str) -> str:
    """Return HTML whose every “<” begins an element that ends.

    The parser behind looks for an end again and again where there is none; and comments of word
    processors hold half of what they wrote.
    """
    pieces: list[str] = []
    at = 0
    while (start := html.find("<!--", at)) >= 0:
        end = html.find("-->", start + 4)
        pieces.append(html[at:start])
        at = len(html) if end < 0 else end + 3
    pieces.append(html[at:])
    return _LOOSE.sub("&lt;", _DECLARED.sub("", "".join(pieces)))


class _Reader(HTMLParser):
    def __init__(self, found: Found, line: bool = False) -> None:
        super().__init__(convert_charrefs=True)
        self.found = found
        self.line = line
        self.open = [Open("")]
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
            paragraph(self._now)
        if tag in ("ul", "ol", "table", "pre"):
            paragraph(self._now)
        known = tag in MARKS or tag in ("ul", "ol", "li", "table", "td", "th", "pre", "sup", "sub")
        if tag == "tr" and (table := self._above("table")):
            table.cells.append([])
        if (known or tag == "a") and len(self.open) < _DEEPEST:
            self.open.append(Open(tag, href=given.get("href", "")))

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
            paragraph(self._now)
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
                paragraph(self._now)
                self._now.blocks.append(f"$${latex}$$")
        self._words(data[at:])

    def _words(self, data: str) -> None:
        spaced = re.sub(r"\s+", " ", clean(data.replace("\u00a0", " ")))
        if not spaced:
            return
        left = " " if spaced[0] == " " else ""
        right = " " if spaced[-1] == " " and spaced.strip() else ""
        # At the start of a line a sign may mean more than inside it.
        verbatim = any(one.tag in _VERBATIM for one in self.open)
        text = spaced.strip().replace("`", "'") if verbatim else escaped(spaced)
        self._now.words.append(f"{left}{text}{right}")

    @property
    def _now(self) -> Open:
        return self.open[-1]

    def _above(self, tag: str) -> Open | None:
        return next((one for one in reversed(self.open) if one.tag == tag), None)

    def _picture(self, given: dict[str, str]) -> None:
        alt = one_line(given.get("alt", ""))
        source = given.get("src", "")
        path = self.found.picture(source, alt)
        if path.startswith("figures/") and len(self.open) == 1 and not self.line:
            paragraph(self._now)
            said = one_line((alt or basename(path)).translate(_BRACKETS))
            self._now.blocks.append(f"![{said}]({path})")
            return
        name = source.rpartition("/")[2][:60]
        self._now.words.append(escaped(f" (TODO: {' '.join(filter(None, (path, alt or name)))}) "))

    def _mathml(self, given: dict[str, str]) -> None:
        latex = one_line(given.get("alttext", "")).replace("$", "")
        self.gone, self.depth_gone = "math", 1
        if latex:
            self._now.words.append(f"${latex}$")
        else:
            self.found.change(N_("“<%(tag)s>” was left out."), tag="math")

    def _close(self) -> None:
        done, into = self.open.pop(), self.open[-1]
        CLOSING.get(done.tag, close_mark)(self.found, done, into, self._above("table"))

    def whole(self) -> str:
        """Return all that was read."""
        while len(self.open) > 1:
            self._close()
        paragraph(self.open[0])
        return "\n\n".join(self.open[0].blocks)
