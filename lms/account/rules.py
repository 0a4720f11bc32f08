"""What a slip's code looks like, how it is read back from paper, how long it counts. Pure."""

import secrets
from datetime import datetime, timedelta

COUNTS_FOR = timedelta(days=14)
GROUPS, LENGTH = 3, 4
# Crockford's base 32: no letter that is read as another, no word by accident.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


def new_code() -> str:
    """Return a random code of 60 bits in groups, as in 7K4M-2QXA-9DWP."""
    return "-".join(
        "".join(secrets.choice(_ALPHABET) for _ in range(LENGTH)) for _ in range(GROUPS)
    )


def plain_code(typed: str) -> str:
    """Return a code as it is compared: capitals, misread letters mended, no blanks or dashes."""
    letters = "".join(c for c in typed.upper() if c.isalnum())
    return letters.translate(_MISREAD)


def is_good(*, written_at: datetime, used: bool, newer: bool, now: datetime) -> bool:
    """Tell whether a slip still opens an account: once, in its time, as the newest of its person.

    Args:
        newer: whether another slip was written for the same person since.
    """
    return not used and not newer and now < written_at + COUNTS_FOR
