"""What may be decided about a question after its figures were looked at. Pure."""

from typing import Literal

from lms.errors import N_, RuleBroken

Decision = Literal["keep", "re-key", "revise", "retire"]
DECISIONS: dict[Decision, str] = {
    "keep": N_("Keep it as it is"),
    "re-key": N_("Correct its key"),
    "revise": N_("Revise it in the next version"),
    "retire": N_("Retire it: leave it out of the next version"),
}
WORDS: dict[Decision, str] = {
    "keep": N_("Kept"),
    "re-key": N_("Key to correct"),
    "revise": N_("To revise"),
    "retire": N_("To retire"),
}


def check_review(decision: str, reason: str) -> None:
    """Refuse a decision that there is none of, or one without a reason.

    Raises:
        RuleBroken: at the field concerned.
    """
    if decision not in DECISIONS:
        raise RuleBroken(N_("Choose what is to be done with the question."), field="decision")
    if not reason.strip():
        raise RuleBroken(N_("Write why: whoever reads the figures later asks."), field="reason")
