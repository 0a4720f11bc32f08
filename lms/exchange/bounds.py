"""How large a file may be, and its bytes as text: what is beyond is refused, never guessed."""

import re

from lms.errors import N_
from lms.exchange.item import Unreadable

LARGEST = 24 * 1024 * 1024  # bytes of a file, packages included
LARGEST_TEXT = 4 * 1024 * 1024  # bytes of a file that people write by hand
LARGEST_WORDS = 2 * 1024 * 1024  # characters of text in XML: reading HTML takes seconds a million
LONGEST_LINE = 64 * 1024  # characters
LONGEST_TEXT = 20_000  # characters of one prompt or option
MOST_ITEMS = 2000
MOST_PARTS = 100  # options, steps, … of one question; the kinds allow far fewer

# What people choose from where a file is not UTF-8; Python's names.
ENCODINGS = (
    "utf-8", "utf-16", "windows-1252", "windows-1250", "windows-1251", "windows-1256",
    "iso-8859-15", "gb18030", "big5", "shift_jis", "euc-kr", "tis-620", "koi8-u", "macroman",
)  # fmt: skip  # read as a list
_CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]"
)


def text_of(data: bytes, encoding: str = "") -> str:
    """Return a text file's text, its lines ended by \\n.

    Args:
        encoding: one of ENCODINGS; "" is UTF-8, with or without its mark.

    Raises:
        Unreadable: too large, not of this encoding, a line too long, no text at all.
    """
    if len(data) > LARGEST_TEXT:
        raise too_large(LARGEST_TEXT)
    try:
        text = data.decode(encoding or "utf-8")
    except UnicodeError:
        if encoding:
            said = N_("This file cannot be read as %(encoding)s. Try another encoding.")
            raise Unreadable(said, encoding=encoding) from None
        said = N_("This file is not UTF-8. Save it as UTF-8, or say which encoding it has.")
        raise Unreadable(said, _line_of_fault(data)) from None
    if "\0" in text:
        raise Unreadable(N_("This is no text file."), text[: text.index("\0")].count("\n") + 1)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > LONGEST_LINE:
            said = N_("This line is longer than %(most)s characters.")
            raise Unreadable(said, number, most=str(LONGEST_LINE))
    return clean(text)


def _line_of_fault(data: bytes) -> int:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return data[: error.start].count(b"\n") + 1
    return 1


def clean(text: str) -> str:
    """Return a text without what no text file can hold: controls, halves of characters."""
    return _CONTROLS.sub("", text)


def too_large(most: int) -> Unreadable:
    """Return the refusal of a file of more than `most` bytes."""
    said = N_("This file is larger than %(most)s MiB. Send it in parts.")
    return Unreadable(said, most=str(most // 1024**2))


def too_wordy() -> Unreadable:
    """Return the refusal of a file with more text than can be read in a while."""
    said = N_(
        "There are more than %(most)s million characters of text in this file. Send it in parts."
    )
    return Unreadable(said, most=str(LARGEST_WORDS // 1024**2))


def too_many() -> Unreadable:
    """Return the refusal of a file of more than MOST_ITEMS questions."""
    said = N_("There are more than %(most)s questions in this file. Send it in parts.")
    return Unreadable(said, most=str(MOST_ITEMS))
