"""A stored lesson's HTML as the parts that its headings make, in plain text. Pure."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

_HEADINGS = {"h2", "h3", "h4"}
# Between these a reader sees a gap; without one, two cells would become one word.
_APART = {"p", "li", "td", "th", "tr", "div", "br", "figcaption", "summary", "h2", "h3", "h4"}


@dataclass
class Section:
    """A heading with its anchor, and the text up to the next heading; "" before the first."""

    anchor: str = ""
    heading: str = ""
    text: str = ""


@dataclass
class _Reader(HTMLParser):
    """Collects text by headings; the words of the interface (`title` lines, summaries) stay out."""

    sections: list[Section] = field(default_factory=lambda: [Section()])

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._in_heading = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag in _HEADINGS:
            self.sections.append(Section(anchor=values.get("id") or ""))
            self._in_heading = True
        elif tag == "img":
            self._add(f" {values.get('alt') or ''} ")
        elif tag in _APART:
            self._add(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _HEADINGS:
            self._in_heading = False
        if tag in _APART:
            self._add(" ")

    def handle_data(self, data: str) -> None:
        self._add(data)

    def _add(self, text: str) -> None:
        section = self.sections[-1]
        if self._in_heading:
            section.heading += text
        else:
            section.text += text


def sections(html: str) -> list[Section]:
    """Return the parts of a lesson in order; marks of the interface's words are left out."""
    reader = _Reader()
    reader.feed(_without_marks(html))
    reader.close()
    for one in reader.sections:
        one.text = " ".join(one.text.split())
        one.heading = " ".join(one.heading.split())
    return [one for one in reader.sections if one.text or one.heading]


def _without_marks(html: str) -> str:
    """Take the places of interface words out (see `curriculum.text.markdown.label`)."""
    out = []
    for part in html.split("\ue000"):
        out.append(part.partition("\ue001")[2] if "\ue001" in part else part)
    return "".join(out)
