"""Markdown as a review reads it: blocks of plain text with line, kind and what they point to."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from lms.curriculum.text.markdown_html import parser

HEADING, PARAGRAPH, CELL, CAPTION, EQUATION = "heading", "paragraph", "cell", "caption", "equation"
SYMBOL = "\N{WHITE SQUARE}"  # where an equation stands in plain text


@dataclass(frozen=True)
class Block:
    """One paragraph, list item, heading, table cell, caption or equation.

    Attributes:
        text: without marks of Markdown, each equation as one SYMBOL.
        line: its first line in the file, from 1.
        inside: the ::: block that it stands in, "" outside.
        latex: its equations.
        links: addresses that it points to, `ref:…` among them.
        figures: paths of the figures that it shows.
        code: what stands in it as code.
    """

    kind: str
    text: str
    line: int
    inside: str = ""
    latex: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()

    @property
    def cites(self) -> frozenset[str]:
        """Return the ids of the † limits that it cites."""
        return frozenset(x.removeprefix("ref:") for x in self.links if x.startswith("ref:"))


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return parser()


@lru_cache(maxsize=4096)  # more texts than a module has: each rule asks for all of them
def blocks(text: str) -> Sequence[Block]:
    """Return the blocks of a Markdown text in reading order."""
    found: list[Block] = []
    tokens = _parser().parse(text)
    inside, line = "", 1
    for before, token in zip([None, *tokens], tokens, strict=False):
        line = token.map[0] + 1 if token.map else line
        if token.type.startswith("container_"):
            inside = token.type.split("_")[1] if token.nesting == 1 else ""
            title = token.info.strip().partition(" ")[2] if token.nesting == 1 else ""
            if title:
                found.append(Block(HEADING, title.strip(), line, inside))
        elif token.type == "math_block":
            found.append(Block(EQUATION, SYMBOL, line, inside, (token.content.strip(),)))
        elif token.type == "inline":
            found.extend(_inline(token, _kind(before), line, inside))
    return tuple(found)


def plain_text(text: str) -> str:
    """Return a Markdown text without its marks."""
    return " ".join(block.text for block in blocks(text) if block.kind != EQUATION)


def _kind(before: Token | None) -> str:
    kind = before.type if before else ""
    if kind == "heading_open":
        return HEADING
    return CELL if kind in ("td_open", "th_open") else PARAGRAPH


def _inline(token: Token, kind: str, line: int, inside: str) -> list[Block]:
    words: list[str] = []
    latex, links, figures, captions = [], [], [], []
    for child in token.children or ():
        if child.type in ("text", "code_inline"):
            words.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            words.append(" ")
        elif child.type in ("math_inline", "math_inline_double"):
            words.append(SYMBOL)
            latex.append(child.content)
        elif child.type == "link_open":
            links.append(str(child.attrs.get("href", "")))
        elif child.type == "image":
            figures.append(str(child.attrs.get("src", "")))
            captions.append(str(child.attrs.get("title", "")))
    text = "".join(words).strip()
    found = [Block(CAPTION, caption, line, inside) for caption in captions if caption]
    if text or figures or links:
        found.insert(0, Block(kind, text, line, inside, tuple(latex), tuple(links), tuple(figures)))
    return found
