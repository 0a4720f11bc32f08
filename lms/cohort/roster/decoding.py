"""Bytes of a file to text: which encoding it is in, and what to do where it is none. Pure."""

import codecs
import re

from lms.errors import N_, RuleBroken, TooLarge

MOST_BYTES = 1024 * 1024
_NOT_TEXT = (
    (b"PK\x03\x04", N_("This is an Excel workbook. In Excel choose “Save as”, “CSV UTF-8”.")),
    (b"\xd0\xcf\x11\xe0", N_("This is an old Excel file. In Excel choose “Save as”, “CSV UTF-8”.")),
    (b"%PDF", N_("This is a PDF. Send the table it was made from, saved as CSV.")),
)
# Guessed only to be named: the file is not read with a guess, or names would come out wrong.
_OLD = (
    ("euc_kr", "EUC-KR (Korean)", "가", "힣"),
    ("shift_jis", "Shift-JIS (Japanese)", "ぁ", "ヿ"),
    ("gb18030", "GB 18030 (Chinese)", "一", "鿿"),
    ("cp1256", "Windows-1256 (Arabic)", "ء", "ي"),
    ("cp1251", "Windows-1251 (Cyrillic)", "А", "я"),
)


def decoded(content: bytes) -> str:
    """Return the text of a CSV file, which must be UTF-8, with or without its mark.

    Raises:
        TooLarge: more than MOST_BYTES.
        RuleBroken: no text, or text in another encoding; says which and what to do.
    """
    if len(content) > MOST_BYTES:
        raise TooLarge(N_("The file is larger than 1 MB. Send it in parts."))
    for start, said in _NOT_TEXT:
        if content.startswith(start):
            raise RuleBroken(said, field="file")
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise _encoding("UTF-16 (Unicode text)", 1)
    if b"\0" in content:
        raise RuleBroken(N_("This is no text file. Send a table saved as CSV UTF-8."), field="file")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _encoding(_named(content), line) from None


def _encoding(name: str, line: int) -> RuleBroken:
    return RuleBroken(
        N_(
            "The file is not in UTF-8; from line %(line)s on it looks like %(encoding)s."
            " Names would come out wrong. Save it as “CSV UTF-8” and send it again."
        ),
        field="file",
        line=line,
        encoding=name,
    )


def _named(content: bytes) -> str:
    """Return the old encoding in which what is not ASCII is mostly words of its script.

    A letter alone between ASCII is an accent of the Western one.
    """
    for codec, name, first, last in _OLD:
        try:
            text = content.decode(codec)
        except UnicodeDecodeError:
            continue
        odd = sum(ord(c) > 127 for c in text)
        words = re.findall(f"[{first}-{last}]{{2,}}", text)
        if sum(map(len, words)) > 0.7 * odd:
            return name
    return "Windows-1252 (Western)"
