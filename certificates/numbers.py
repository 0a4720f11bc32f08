"""The number printed on a certificate: drawn, checked and read here, stored elsewhere."""

import re
import secrets
import unicodedata

# Crockford's base 32: no I, L, O (read as 1, 1, 0) and no U, so that a number survives being
# copied by hand and read out over a telephone.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PREFIX = "ST"
BODY = 12  # characters of five random bits each: 60 bits
_LONGEST_TYPED = 300
_MISREAD = str.maketrans("OIL", "011")
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
    text = unicodedata.normalize("NFKC", text).strip()
    text = re.split(r"[?#]", text, maxsplit=1)[0].rstrip("/").rsplit("/", 1)[-1]
    characters = _BETWEEN.sub("", "".join(map(_western_digit, text))).upper()
    if len(characters) == len(PREFIX) + BODY + 1 and characters.startswith(PREFIX):
        characters = characters[len(PREFIX) :]
    characters = characters.translate(_MISREAD)
    if len(characters) != BODY + 1 or any(c not in ALPHABET for c in characters):
        return None
    number = _printed(characters[:BODY])
    return number if number.endswith(characters[BODY]) else None


def _western_digit(character: str) -> str:
    return str(unicodedata.decimal(character, character))
