"""Whether a set of rubric levels is complete and in range. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from lms.assessment.rules import RUBRIC_TOP
from lms.errors import N_, RuleBroken


def check_levels(criteria: Sequence[Mapping[str, Any]], levels: Mapping[str, int]) -> None:
    """Refuse levels that leave a criterion out, name another, or lie outside 0 to 4.

    Raises:
        RuleBroken: at the field of the first criterion concerned.
    """
    for criterion in criteria:
        points = levels.get(criterion["id"])
        if points is None:
            raise RuleBroken(
                N_("Choose a level for “%(criterion)s”."),
                field=f"level-{criterion['id']}",
                criterion=criterion["title"],
            )
        if not 0 <= points <= RUBRIC_TOP:
            raise RuleBroken(N_("A level lies between 0 and 4."))
    if set(levels) - {criterion["id"] for criterion in criteria}:
        raise RuleBroken(N_("The rubric has no such criterion."))
