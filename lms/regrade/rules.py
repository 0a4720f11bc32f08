"""What a policy makes of an old and a newly computed score; who may sign together. Pure."""

from collections.abc import Collection
from fractions import Fraction
from typing import Literal

from lms.assessment.causes import DROPPED, FULL_MARKS, REGRADE
from lms.errors import N_, RuleBroken

Policy = Literal["both-ways", "never-lower", "full-marks", "drop"]
# The first two ask what the key makes of an answer: what people mark, they leave as it is.
POLICIES: dict[Policy, str] = {
    "both-ways": N_("Score anew by the corrected key, up or down"),
    "never-lower": N_("Score anew by the corrected key, nobody loses"),
    "full-marks": N_("Full marks for everybody who was given the question"),
    "drop": N_("Drop the question: it counts for nobody"),
}
# The policies that ask what the corrected key makes of the answer.
BY_KEY: frozenset[str] = frozenset({"both-ways", "never-lower"})

EFFECTIVE, DECLINED = "effective", "declined"


def planned(
    policy: Policy, old: Fraction | None, computed: Fraction
) -> tuple[Fraction | None, str] | None:
    """Return what an item earns under a policy, and why; None where its score stays.

    Args:
        old: what it earns now, from 0 to 1; None: the question was dropped before.
        computed: what the corrected key makes of the answer.
    """
    if policy == "drop":
        return None if old is None else (None, DROPPED)
    if policy == "full-marks":
        return None if old == 1 else (Fraction(1), FULL_MARKS)
    if computed == old or (policy == "never-lower" and old is not None and computed < old):
        return None
    return computed, REGRADE


def flip(old: bool, new: bool) -> str:
    """Return whether a result goes "up", "down", or "" where it stays passed or failed."""
    return "" if old == new else ("up" if new else "down")


def check_chosen(policy: str, questions: Collection[str], used: Collection[str]) -> None:
    """Refuse a policy that there is not, and questions that nobody answered.

    Raises:
        RuleBroken: at the field concerned.
    """
    if policy not in POLICIES:
        raise RuleBroken(N_("Choose how to score."), field="policy")
    if not questions or set(questions) - set(used):
        raise RuleBroken(N_("Choose at least one question."), field="questions")


def check_second(proposer: str, decider: str, *, owner_among: bool) -> None:
    """Refuse a run that its proposer wants to carry out alone, or that no content owner backs.

    Raises:
        RuleBroken: with what is missing.
    """
    if proposer == decider:
        raise RuleBroken(N_("You proposed this run. A second person carries it out."))
    if not owner_among:
        raise RuleBroken(N_("One of the two people must be a content owner."))
