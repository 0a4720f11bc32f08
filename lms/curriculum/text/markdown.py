"""Markdown → sanitised HTML: lessons whole, prompts, single lines. What is wrong with a text is
said by the checker; what cannot be shown safely is left out. Words of the interface in a lesson
(“Show the answer”) stay marks until it is served, so that they follow the reader's language."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import nh3
from markdown_it.common.utils import escapeHtml

from lms.curriculum.text.markdown_html import (
    CONTAINERS,
    Picture,
    Pictures,
    parser,
    plain,
    render,
    renderer,
)
from lms.errors import N_

__all__ = [
    "LABELS",
    "LessonPage",
    "Picture",
    "Pictures",
    "inline",
    "label",
    "lesson",
    "limits_in",
    "part",
    "prompt",
]

LABELS = {
    "example": N_("Worked example"),
    "check": N_("Check yourself"),
    "caution": N_("Caution"),
    "key": N_("Remember"),
    "answer": N_("Show the answer"),
    "table": N_("Table"),
}
_LIMIT = re.compile(r'href="#limit-([^"]+)"')
_FIGURE = re.compile(r'(<figure>)(<img src="([^"]+)"[^>]*>)')
_HEADING = re.compile(r"(</?h)([234])(?=[ >])")
_PLACE = re.compile(r' (id="|href="#)(?!limit-)')
_MARK = re.compile("\ue000([a-z]+)\ue001")
_MATHML = {
    "math", "mrow", "mi", "mo", "mn", "mtext", "mspace", "mfrac", "msqrt", "mroot", "msub", "msup",
    "msubsup", "munder", "mover", "munderover", "mtable", "mtr", "mtd", "mstyle", "mpadded",
    "mphantom", "menclose",
}  # fmt: skip  # read as a list of elements
_HTML = (
    "h2 h3 h4 p ul ol li table thead tbody tr th td strong em code pre blockquote a sup sub "
    "figure figcaption img details summary div span br hr"
)
_TAGS = _MATHML | set(_HTML.split())
_SHAPE = {"mathvariant", "stretchy", "fence", "form", "separator", "movablelimits", "displaystyle"}
_ATTRIBUTES: dict[str, set[str]] = {tag: set(_SHAPE) for tag in _MATHML} | {
    "math": {"xmlns", "display"},
    "mo": _SHAPE | {"minsize", "maxsize", "lspace", "rspace", "accent"},
    "mspace": {"width", "linebreak"},
    "mfrac": {"linethickness"},
    "mover": {"accent"},
    "munder": {"accentunder"},
    "mtable": {"displaystyle", "rowspacing", "columnspacing", "columnalign"},
    "mtd": {"columnalign"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height", "loading"},
    "ol": {"start"},
    "th": {"scope"},
    "div": {"tabindex", "role", "aria-label"},
    "h2": {"id"},
    "h3": {"id"},
    "h4": {"id"},
}
_CLASSES = {
    "p": {"title"},
    "div": {"scroll", "math", "block", *CONTAINERS},
    "span": {"math", "inline"},
    "td": {"number"},
    "th": {"number"},
}


@dataclass(frozen=True)
class LessonPage:
    """A lesson as it is stored for reading: HTML without its first heading, marks unfilled."""

    title: str
    html: str


def lesson(text: str, pictures: Pictures) -> LessonPage:
    """Return a lesson's title and its HTML.

    Args:
        pictures: tells of a path such as `figures/name.svg` where it is fetched; None where it
            is unknown, and then the description stands in its place.
    """
    tokens = parser().parse(text)
    title = ""
    if len(tokens) > 2 and tokens[0].tag == "h1":
        title, tokens = plain(tokens[1]), tokens[3:]
    return LessonPage(title, _clean(render(tokens, pictures)))


def prompt(text: str, pictures: Pictures | None = None, say: Callable[[str], str] = str) -> str:
    """Return the HTML of a question's text: paragraphs, lists, tables, equations, figures."""
    return label(_clean(render(parser().parse(text), pictures or (lambda path: None))), say)


def inline(text: str) -> str:
    """Return the HTML of a single line, such as an option."""
    return _clean(renderer().renderInline(text))


def label(html: str, say: Callable[[str], str]) -> str:
    """Fill the marks of stored HTML with words in the reader's language."""
    return _MARK.sub(lambda found: escapeHtml(say(LABELS[found[1]])), html)


def zoomable(html: str) -> str:
    """Let each figure of stored HTML lead to the drawing alone, which a phone can enlarge."""
    return _FIGURE.sub(r'\1<a href="\3">\2</a>', html)


def sourced(html: str, address: str) -> str:
    """Let each † of stored HTML lead to its place on the page at `address`."""
    return _LIMIT.sub(lambda found: f'href="{escapeHtml(address)}#limit-{found[1]}"', html)


def part(html: str, place: str) -> str:
    """Return stored HTML as a part of a longer page one folder up: headings one rank lower, their
    places its own, figures loaded at once, answers open."""
    lower = _HEADING.sub(lambda found: f"{found[1]}{int(found[2]) + 1}", html)
    own = _PLACE.sub(lambda found: f" {found[1]}{place}-", lower)
    return (
        own.replace('src="../../files/', 'src="../files/')
        .replace(' loading="lazy"', "")
        .replace("<details>", "<details open>")
    )


def limits_in(html: str) -> list[str]:
    """Return the ids of the † limits that stored HTML cites, each once, in order."""
    return list(dict.fromkeys(_LIMIT.findall(html)))


def _clean(html: str) -> str:
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        allowed_classes=_CLASSES,
        url_schemes={"https"},
        link_rel="noopener noreferrer",
    )
