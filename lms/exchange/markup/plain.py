"""Plain text as our Markdown and back: what a sign means is escaped, nothing else is touched."""

import re

from lms.curriculum.text.markdown_html import parser

BLANK = r"\____\_"  # a place for an answer, as `escaped` writes five underscores
# What begins something in our Markdown wherever it stands, …
_ANYWHERE = re.compile(r"[\\`*\[$|]|(?<!\w)_|_(?!\w)|<(?=[A-Za-z/!?])|&(?=#?\w{1,32};)")
# … and at the start of a line.
_START = re.compile(r"^(\s*)(#{1,6}(?=\s|$)|>|[-+](?=\s|$)|-{3,}|~~~|:::|={3,})", re.MULTILINE)
_NUMBERED = re.compile(r"^(\s*)(\d{1,9})([.)])(?=\s|$)", re.MULTILINE)
_LINE_END = re.compile(r"(?<!\n)\n(?!\n)")  # shown as one: it is no wrapped line
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_PLAIN_TOKENS = {
    "paragraph_open",
    "paragraph_close",
    "inline",
    "text",
    "softbreak",
    "hardbreak",
    "text_special",
}


def escaped(text: str) -> str:
    """Return plain text as Markdown that is shown exactly so."""
    lines = (line.strip() for line in text.strip().split("\n"))
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines))
    text = _ANYWHERE.sub(r"\\\g<0>", text)
    text = _START.sub(r"\1\\\2", text)
    text = _NUMBERED.sub(r"\1\2\\\3", text)
    return _LINE_END.sub("\\\\\n", text)


def one_line(text: str) -> str:
    """Return a text on one line, as an option or a step stands."""
    return " ".join(text.split())


def is_plain(markdown: str) -> bool:
    """Tell whether a Markdown text is nothing but words: `unescaped` loses nothing of it."""
    return escaped(unescaped(markdown)) == markdown and all(
        child.type in _PLAIN_TOKENS
        for token in parser().parse(markdown)
        for child in (token, *(token.children or ()))
    )


def words_of(markdown: str) -> str:
    """Return the words of a Markdown text, its formatting left out."""
    blocks = []
    for token in parser().parse(markdown):
        if token.type == "inline":
            kept = (
                c.content or " " * (c.type in ("softbreak", "hardbreak"))
                for c in token.children or ()
            )
            blocks.append("".join(kept))
        elif token.type in ("math_block", "code_block", "fence"):
            blocks.append(token.content)
    return "\n".join(one_line(block) for block in blocks if block.strip())


def unescaped(markdown: str) -> str:
    """Return a Markdown text with its escaped signs as they are shown; formatting stays."""
    return _ESCAPED.sub(r"\1", markdown.replace("\\\n", "\n"))
