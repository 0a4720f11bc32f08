"""How our Markdown becomes HTML, token by token; sanitising and the door are `markdown.py`'s."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin

from lms.curriculum.text import latex

CONTAINERS = ("example", "check", "caution", "key")
_TABLE_CLASS = {"text-align:right": "number"}


@dataclass(frozen=True)
class Picture:
    """Where a figure is fetched, and its size in its own units."""

    url: str
    width: int
    height: int


Pictures = Callable[[str], Picture | None]


@lru_cache(maxsize=2)
def parser(raw_html: bool = False) -> MarkdownIt:
    """Return the parser of our Markdown; it keeps nothing of what it parses.

    Args:
        raw_html: whether HTML becomes tokens of its own (to find it) or plain text (to show it).
    """
    return _made(raw_html)


def _made(raw_html: bool = False) -> MarkdownIt:
    md = MarkdownIt("commonmark", {"html": raw_html}).enable("table")
    # A line of dashes parts question and answer; under text it would make that a heading.
    md.disable("lheading")
    md.use(dollarmath_plugin, allow_space=False, allow_labels=False, renderer=_equation)
    for name in CONTAINERS:
        md.use(container_plugin, name)
    # Rules are put in order at their first use, and threads share this parser: do it before.
    for ruler in (md.core.ruler, md.block.ruler, md.inline.ruler, md.inline.ruler2):
        ruler.getRules("")
    return md


@lru_cache(maxsize=1)
def renderer() -> MarkdownIt:
    """Return the parser with our rules of rendering."""
    md = _made()
    for name in CONTAINERS:
        md.add_render_rule(f"container_{name}_open", _open_note)
        md.add_render_rule(f"container_{name}_close", _close_note)
    rules = {
        "image": _figure,
        "link_open": _open_link,
        "link_close": _close_link,
        "table_open": _open_table,
        "table_close": _close_table,
        "math_block": _block_equation,
    }
    for name, rule in rules.items():
        md.add_render_rule(name, rule)
    return md


def render(tokens: list[Token], pictures: Pictures) -> str:
    """Return the HTML of block tokens, not yet sanitised."""
    md = renderer()
    arranged = _with_answers(_with_figures(_with_classes(_with_ids(tokens))))
    return str(md.renderer.render(arranged, md.options, {"pictures": pictures}))


def mark(name: str) -> str:
    """Return the place of an interface word, filled when the page is served."""
    return f"\ue000{name}\ue001"


def plain(token: Token) -> str:
    """Return the text of an inline token without its marks."""
    return "".join(child.content for child in token.children or () if child.type != "image")


def is_figure(token: Token) -> bool:
    """Tell whether an inline token holds one image and nothing else."""
    return [child.type for child in token.children or ()] == ["image"]


# --- arranging the tokens -------------------------------------------------------------------


def _with_ids(tokens: list[Token]) -> list[Token]:
    seen: dict[str, int] = {}
    for token, after in pairwise(tokens):
        if token.type == "heading_open":
            slug = re.sub(r"\W+", "-", plain(after).casefold()).strip("-") or "part"
            seen[slug] = seen.get(slug, 0) + 1
            token.attrSet("id", slug if seen[slug] == 1 else f"{slug}-{seen[slug]}")
    return tokens


def _with_classes(tokens: list[Token]) -> list[Token]:
    """Say alignment by class, since no style attribute may stand in a page; head columns."""
    for index, token in enumerate(tokens):
        if token.type in ("td_open", "th_open"):
            name = _TABLE_CLASS.get(str(token.attrs.pop("style", "")))
            if name:
                token.attrSet("class", name)
        if token.type == "th_open" and tokens[index + 1].content:
            token.attrSet("scope", "col")
        elif token.type == "th_open":  # an empty corner heads nothing
            token.tag = tokens[index + 2].tag = "td"
    return tokens


def _with_figures(tokens: list[Token]) -> list[Token]:
    """Take the paragraph away from around a figure."""
    gone = set()
    for index, token in enumerate(tokens):
        if token.type == "inline" and is_figure(token) and tokens[index - 1].tag == "p":
            gone |= {index - 1, index + 1}
    return [token for index, token in enumerate(tokens) if index not in gone]


def _with_answers(tokens: list[Token]) -> list[Token]:
    """Fold what follows the line of dashes in a check under a summary."""
    arranged: list[Token] = []
    in_check = answering = False
    for token in tokens:
        if token.type == "container_check_open":
            in_check = True
        elif token.type == "hr" and in_check and not answering:
            answering = True
            token = _html(f"<details><summary>{mark('answer')}</summary>")
        elif token.type == "container_check_close":
            if answering:
                arranged.append(_html("</details>"))
            in_check = answering = False
        arranged.append(token)
    return arranged


def _html(html: str) -> Token:
    return Token("html_block", "", 0, content=html)


# --- rules of rendering: (renderer, tokens, index, options, env) ------------------------------


def _equation(content: str, options: dict[str, Any]) -> str:
    block = options.get("display_mode", False)
    return latex.to_mathml(content, block) or f"<code>{escapeHtml(content)}</code>"


def _block_equation(_: Any, tokens: Sequence[Token], index: int, *more: Any) -> str:
    # As a wide table does: on a phone a long equation scrolls in its own box.
    content = _equation(tokens[index].content.strip(), {"display_mode": True})
    return f'<div class="math block" tabindex="0">\n{content}\n</div>\n'


def _open_note(self: Any, tokens: Sequence[Token], index: int, *more: Any) -> str:
    name, _, title = tokens[index].info.strip().partition(" ")
    said = f": {escapeHtml(title.strip())}" if title.strip() else ""
    return f'<div class="{name}"><p class="title">{mark(name)}{said}</p>\n'


def _close_note(*_: Any) -> str:
    return "</div>\n"


def _open_table(*_: Any) -> str:
    # A wide table scrolls in its own box, which the keyboard reaches and a reader hears named.
    label = mark("table")
    return f'<div class="scroll" tabindex="0" role="group" aria-label="{label}"><table>\n'


def _close_table(*_: Any) -> str:
    return "</table></div>\n"


def _figure(self: Any, tokens: Sequence[Token], index: int, _: Any, env: dict[str, Any]) -> str:
    token = tokens[index]
    picture = env["pictures"](str(token.attrs.get("src", ""))) if "pictures" in env else None
    if picture is None:
        return escapeHtml(token.content)
    caption = str(token.attrs.get("title", ""))
    # Fetched as the reader comes near: who stops after the first page pays for no more.
    image = (
        f'<img src="{escapeHtml(picture.url)}" alt="{escapeHtml(token.content)}" '
        f'width="{picture.width}" height="{picture.height}" loading="lazy">'
    )
    below = f"<figcaption>{escapeHtml(caption)}</figcaption>" if caption else ""
    return f"<figure>{image}{below}</figure>\n"


def _open_link(self: Any, tokens: Sequence[Token], index: int, *_: Any) -> str:
    href = str(tokens[index].attrs.get("href", ""))
    if href.startswith("ref:"):
        return f'<a href="#limit-{escapeHtml(href.removeprefix("ref:"))}">'
    return f'<a href="{escapeHtml(href)}">'


def _close_link(self: Any, tokens: Sequence[Token], index: int, *_: Any) -> str:
    opening = next(token for token in reversed(tokens[:index]) if token.type == "link_open")
    is_limit = str(opening.attrs.get("href", "")).startswith("ref:")
    return "<sup>†</sup></a>" if is_limit else "</a>"
