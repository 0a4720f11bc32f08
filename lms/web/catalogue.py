"""Message catalogues: read from .po files, or made up for the pseudo-locales. Knows no Flask."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from gettext import c2py
from pathlib import Path

from babel import Locale
from babel.messages.pofile import read_po

# Pseudo-locales prove that every string is translatable: one accented, one right to left.
PSEUDO = {"en_XA": "Åççéñţš", "ar_XB": "⟦RTL⟧"}
OPEN, CLOSE = "⟦", "⟧"
_PLACEHOLDER = re.compile(r"(%\(\w+\)[sd]|%%)")
_ACCENTED = str.maketrans("aceginorstuyzACEGINORSTUYZ", "áçéĝíñöŕšţûýžÁÇÉĜÍÑÖŔŠŢÛÝŽ")
_RLO, _PDF = "\u202e", "\u202c"


def english_plural(count: int) -> int:
    """Return which of two forms `count` takes where one is one and everything else many."""
    return int(count != 1)


@dataclass(frozen=True)
class Catalogue:
    """The words of one language; a message without a translation stands for itself."""

    tag: str
    direction: str = "ltr"
    name: str = ""
    messages: dict[str, tuple[str, ...]] = field(default_factory=dict)
    which: Callable[[int], int] = english_plural

    @property
    def html_lang(self) -> str:
        """Return the tag as HTML and HTTP write it."""
        return self.tag.replace("_", "-")

    @property
    def format_tag(self) -> str:
        """Return the Babel locale that formats dates and numbers for this language."""
        return {"en": "en_GB", "en_XA": "en_GB", "ar_XB": "en_GB"}.get(self.tag, self.tag)

    def text(self, message: str) -> str:
        """Return the translation of `message`, its placeholders not yet filled."""
        return self.messages.get(message, (message,))[0] or message

    def plural(self, one: str, many: str, count: int) -> str:
        """Return the form of the pair that `count` takes in this language."""
        forms = self.messages.get(one)
        if forms is None or len(forms) < 2:
            return one if count == 1 else many
        return forms[self.which(count)] or (one if count == 1 else many)

    def mark(self, text: str) -> str:
        """Return formatted text (a date) as it is; pseudo-locales mark it as having passed."""
        return text


class PseudoCatalogue(Catalogue):
    """Accented (or reversed), longer by a third and in brackets; placeholders stay whole."""

    def text(self, message: str) -> str:
        if not message or message.startswith(OPEN):
            return message
        parts = _PLACEHOLDER.split(message)
        bent = "".join(p if i % 2 else self._bend(p) for i, p in enumerate(parts))
        # The padding is digits-free words so that a line breaks as real text would.
        length = sum(len(p) for p in parts[::2]) * 35 // 100
        pad = (" ··" * (length // 3 + 1))[:length].rstrip()
        return f"{OPEN}{bent}{pad}{CLOSE}"

    def plural(self, one: str, many: str, count: int) -> str:
        return self.text(one if count == 1 else many)

    def mark(self, text: str) -> str:
        return self.text(text.replace("%", "%%")).replace("%%", "%")

    def _bend(self, text: str) -> str:
        if self.direction == "ltr":
            return text.translate(_ACCENTED)
        return re.sub(r"\w+", lambda m: f"{_RLO}{m[0]}{_PDF}", text)


@lru_cache(maxsize=64)
def load(tag: str, folders: tuple[Path, ...]) -> Catalogue:
    """Return the catalogue of `tag` from `<folder>/<tag>/LC_MESSAGES/messages.po` of each folder.

    Raises:
        babel.UnknownLocaleError: `tag` is neither a locale nor a pseudo-locale.
    """
    if tag in PSEUDO:
        direction = "rtl" if tag == "ar_XB" else "ltr"
        return PseudoCatalogue(tag, direction, PSEUDO[tag])
    locale = Locale.parse(tag)
    messages: dict[str, tuple[str, ...]] = {}
    which: Callable[[int], int] = english_plural
    for folder in folders:
        path = folder / tag / "LC_MESSAGES" / "messages.po"
        if path.exists():
            found, which = _read(path)
            messages |= found
    name = locale.get_display_name() or tag
    return Catalogue(tag, locale.text_direction, name[0].upper() + name[1:], messages, which)


def _read(path: Path) -> tuple[dict[str, tuple[str, ...]], Callable[[int], int]]:
    with path.open("rb") as file:
        catalog = read_po(file)
    messages: dict[str, tuple[str, ...]] = {}
    for message in catalog:
        if message.id and message.string and not message.fuzzy:
            key = message.id if isinstance(message.id, str) else message.id[0]
            said = message.string
            messages[key] = (said,) if isinstance(said, str) else tuple(said)
    return messages, c2py(catalog.plural_expr)
