"""Our Markdown as well-formed HTML without attributes of style, for formats that take no other.

Equations stay LaTeX between \\( and \\), as most systems read them; `from_html` reads it all back.
"""

import html
from collections.abc import Sequence
from copy import copy
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from lms.curriculum.text.markdown_html import CONTAINERS, parser


@lru_cache(maxsize=1)
def _renderer() -> Any:
    made: Any = MarkdownIt("commonmark").enable("table").renderer
    made.rules |= {
        "math_inline": _equation,
        "math_block": _block_equation,
        "image": _image,
        "table_open": _tag,
        "th_open": _tag,
        "td_open": _tag,
        "fence": _code,
        "code_block": _code,
    }
    for name in CONTAINERS:
        made.rules |= {f"container_{name}_open": _div, f"container_{name}_close": _div}
    return made


def to_html(markdown: str) -> str:
    """Return a whole text as HTML blocks."""
    md = parser()
    return str(_renderer().render(md.parse(markdown), _options(), {})).strip()


def line_to_html(markdown: str) -> str:
    """Return one line, such as an option, as HTML without a paragraph around it."""
    md = parser()
    tokens = md.parseInline(markdown)
    return str(_renderer().render(tokens, _options(), {})).strip()


def _options() -> Any:
    options = copy(parser().options)
    options.xhtmlOut = True
    return options


def _equation(tokens: Sequence[Token], at: int, *_: Any) -> str:
    return f"\\({html.escape(tokens[at].content, quote=False)}\\)"


def _block_equation(tokens: Sequence[Token], at: int, *_: Any) -> str:
    return f"<p>\\[{html.escape(tokens[at].content.strip(), quote=False)}\\]</p>\n"


def _image(tokens: Sequence[Token], at: int, *_: Any) -> str:
    token = tokens[at]
    source = html.escape(str(token.attrs.get("src", "")))
    return f'<img src="{source}" alt="{html.escape(token.content)}" />'


def _tag(tokens: Sequence[Token], at: int, *_: Any) -> str:
    return f"<{tokens[at].tag}>"


def _div(tokens: Sequence[Token], at: int, *_: Any) -> str:
    return "<div>" if tokens[at].nesting == 1 else "</div>\n"


def _code(tokens: Sequence[Token], at: int, *_: Any) -> str:
    return f"<pre>{html.escape(tokens[at].content, quote=False)}</pre>\n"
