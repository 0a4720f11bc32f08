"""Texts of GIFT: signs that are escaped, and the format that a text says it is in."""

import re
from dataclasses import dataclass

from lms.exchange.item import Found
from lms.exchange.markup.from_html import from_html, looks_like_html
from lms.exchange.markup.plain import escaped, one_line

_SIGNS = "\\:#={}~"
_HIDDEN = {sign: chr(0xF8E0 + place) for place, sign in enumerate(_SIGNS)}
_LINE = chr(0xF8EF)
_BACK = str.maketrans({hidden: sign for sign, hidden in _HIDDEN.items()} | {_LINE: "\n"})
_ESCAPE = re.compile(r"\\([\\:#={}~n])")
_OURS = re.compile(f"[{chr(0xF8E0)}-{_LINE}]")
_FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]", re.IGNORECASE)


def hidden(text: str) -> str:
    """Return a text whose escaped signs mean nothing any more: they are put back by `shown`."""
    text = _OURS.sub("", text)
    return _ESCAPE.sub(lambda found: _HIDDEN.get(found[1], _LINE), text)


def shown(text: str) -> str:
    """Return a text with the signs that were escaped."""
    return text.translate(_BACK).strip()


def written(text: str) -> str:
    """Return a text as GIFT writes it, on one line."""
    text = re.sub(r"([\\:#={}~])", r"\\\1", text)
    return text.replace("\n", "\\n")


def has_format(text: str) -> bool:
    """Tell whether a text begins with what would be read as its format."""
    return _FORMAT.match(text) is not None


@dataclass
class GiftText:
    """A text and its format: "html", "plain", "markdown", or "moodle" where it says nothing."""

    text: str
    format: str = "moodle"

    @classmethod
    def of(cls, text: str, format: str = "moodle") -> "GiftText":
        """Return a text apart from the format named before it, else in the question's."""
        said = _FORMAT.match(text)
        return cls(text[said.end() :], said[1].lower()) if said else cls(text, format)

    def markdown(self, found: Found, *, line: bool = False) -> str:
        """Return the text as our Markdown, and note in `found` what could not come along.

        Args:
            line: whether it stands on one line, as an option does.
        """
        text = shown(self.text)
        if self.format == "markdown":
            return one_line(text) if line else text
        if self.format == "html" or (self.format == "moodle" and looks_like_html(text)):
            if self.format == "moodle":
                text = text.replace("\n", "<br>")
            return from_html(text, found, line=line)
        return escaped(one_line(text) if line else text)
