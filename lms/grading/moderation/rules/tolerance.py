"""How far two marks of one answer may differ before a third person sets the mark. Pure."""

from collections.abc import Mapping

from lms.assessment.rules import RUBRIC_TOP

APART = 2  # levels in one criterion
TOTAL = 10  # per cent of the points that the rubric has


def is_within(first: Mapping[str, int], second: Mapping[str, int]) -> bool:
    """Tell whether two marks by the same rubric are close enough for the first to stand.

    No criterion differs by two levels, the totals by no more than a tenth of all points, and no
    criterion is at 0 for one of the two alone: a 0 fails the attempt.

    Args:
        first, second: the level for each criterion, from 0 to 4.
    """
    if first.keys() != second.keys():
        return False  # the rubric changed in between: a person looks
    pairs = [(first[name], second[name]) for name in first]
    if any(abs(a - b) >= APART or (a == 0) != (b == 0) for a, b in pairs):
        return False
    apart = abs(sum(a for a, _b in pairs) - sum(b for _a, b in pairs))
    return apart * 100 <= TOTAL * RUBRIC_TOP * len(pairs)
