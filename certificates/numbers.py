"""The number printed on a certificate: drawn, checked and read here, stored elsewhere."""

import re
import secrets
import unicodedata
from collections.abc import Iterator

# Crockford's base 32: no I, L, O (read as 1, 1, 0) and no U, so that a number survives being
# copied by hand and read out over a telephone.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PREFIX = "ST"
BODY = 12  # characters of five random bits each: 60 bits
_LONGEST_TYPED = 300
_MISREAD = str.maketrans("OIL", "011")
_MOST_WORDS = 6  # of a number copied with blanks for hyphens
# Between the numbers of a list, in whatever script it was typed: lines, tabs, commas, semicolons.
_SEPARATORS = re.compile(r"[\n\r\t\v\f,;|\u2028\u2029\u060c\u061b\u1363\u3001\uff0c\uff1b]+")
_WRAPPED = "\"'()[]{}<>\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb*#:."
_BETWEEN = re.compile(r"[\s._\-\u2010-\u2015\u2212]+")


def _field_powers() -> tuple[list[int], list[int]]:
    """Return the exponent and logarithm tables of GF(32) over x^5 + x^2 + 1."""
    powers, logarithms, value = [0] * 31, [0] * 32, 1
    for exponent in range(31):
        powers[exponent], logarithms[value] = value, exponent
        value <<= 1
        if value & 32:
            value ^= 0b100101
    return powers, logarithms


_POWERS, _LOGARITHMS = _field_powers()


def check_character(body: str) -> str:
    """Return the character that completes a number.

    body: characters of ALPHABET, at most 30. The check is a weighted sum over GF(32) with the
    weights a, a^2, a^3 … (a shortened Reed-Solomon code with one check symbol). The field has no
    zero divisors and the weights differ, so every single wrong character, every exchange of two
    characters (also of the last with the check) and every twin error (aa for bb) is caught, and
    the check stays in the same 32 characters, unlike ISO 7064 mod 37,36.
    """
    total = 0
    for weight, character in enumerate(reversed(body), start=1):
        digit = ALPHABET.index(character)
        if digit:
            total ^= _POWERS[(_LOGARITHMS[digit] + weight) % 31]
    return ALPHABET[total]


def new_number() -> str:
    """Draw a number with 60 random bits, as it is printed: ST-XXXX-XXXX-XXXX-C."""
    return _printed("".join(secrets.choice(ALPHABET) for _ in range(BODY)))


def _printed(body: str) -> str:
    groups = [body[start : start + 4] for start in range(0, BODY, 4)]
    return "-".join([PREFIX, *groups, check_character(body)])


def read_number(text: str) -> str | None:
    """Read a number as people type, paste or scan it; None when it cannot be one.

    text: lower case, blanks, other or missing hyphens, O for 0, I and L for 1, other digits and
    wide letters, a missing ST, or the whole address behind the QR code are all understood.
    Returns the number as printed.
    """
    if len(text) > _LONGEST_TYPED:
        return None
    characters = _BETWEEN.sub("", "".join(map(_western_digit, _behind_address(text)))).upper()
    if len(characters) == len(PREFIX) + BODY + 1 and characters.startswith(PREFIX):
        characters = characters[len(PREFIX) :]
    characters = characters.translate(_MISREAD)
    if len(characters) != BODY + 1 or any(c not in ALPHABET for c in characters):
        return None
    number = _printed(characters[:BODY])
    return number if number.endswith(characters[BODY]) else None


def _behind_address(text: str) -> str:
    """Return the last part of an address, what else is typed as it is; compatible letters alike."""
    text = unicodedata.normalize("NFKC", text).strip()
    return re.split(r"[?#]", text, maxsplit=1)[0].rstrip("/").rsplit("/", 1)[-1]


def _western_digit(character: str) -> str:
    return str(unicodedata.decimal(character, character))


def read_list(text: str) -> tuple[list[str], list[str]]:
    """Find the numbers in a pasted list: a column, a whole table, an e-mail.

    Returns what is a number or was meant as one, as it was typed and in its order (so that a
    slip of the pen is answered and not passed over), and the rest: names, headings, dates.
    """
    found: list[str] = []
    rest: list[str] = []
    for piece in _SEPARATORS.split(text):
        for part in _parts(piece.split()):
            (found if _meant_as_number(part) else rest).append(part)
    return found, rest


def _parts(words: list[str]) -> Iterator[str]:
    """Yield each number among the words of a line, and what stands between them together."""
    between: list[str] = []
    while words:
        count, part = _leading_number(words)
        if not count and not _meant_as_number(part):
            between.append(words.pop(0))
            continue
        if between:
            yield " ".join(between)
            between = []
        yield part
        words = words[max(count, 1) :]
    if between:
        yield " ".join(between)


def _leading_number(words: list[str]) -> tuple[int, str]:
    """Return how many words make the number that a line begins with (0: none), and its text."""
    for count in range(min(len(words), _MOST_WORDS), 0, -1):
        part = " ".join(words[:count]).strip(_WRAPPED)
        if read_number(part):
            return count, part
    return 0, words[0].strip(_WRAPPED)


def _meant_as_number(text: str) -> bool:
    """Tell a number, also one cut short or misspelt, from a name, a date or a heading."""
    if read_number(text):
        return True
    core = _BETWEEN.sub("", _behind_address(text)).upper()
    if not any(character.isdecimal() for character in core) or not core.isalnum():
        return False
    least = len(PREFIX) + 1 if core.startswith(PREFIX) else BODY - 1
    return least <= len(core) <= len(PREFIX) + BODY + 5
