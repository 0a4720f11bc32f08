"""How many questions of a programme's exam each module gets. Pure; no exam is held here."""

from collections.abc import Mapping
from fractions import Fraction


def questions_by_module(items: int, hours: Mapping[str, int]) -> dict[str, int]:
    """Return how many questions each module or single lesson gets, by its hours.

    Each gets one at least, for the exam runs over all of them; the rest goes by hours, and what
    does not divide goes to the largest remainders (Hamilton's method), the first in order first.

    Args:
        items: questions of the exam; not fewer than there are modules.
        hours: hours of each, 1 for a single lesson.
    """
    spare, total = items - len(hours), sum(hours.values())
    exact = {code: Fraction(spare * each, total) for code, each in hours.items()}
    given = {code: 1 + int(share) for code, share in exact.items()}
    left = items - sum(given.values())
    for code in sorted(exact, key=lambda code: int(exact[code]) - exact[code])[:left]:
        given[code] += 1
    return given
