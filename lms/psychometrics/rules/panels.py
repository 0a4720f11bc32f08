"""How a panel of judges goes on: which round is open, what a sheet must hold, what comes out. Pure.

Two rounds: in the first nobody sees what others said; before the second everybody sees the mean of
each question. The sheets of the second round make the cut.
"""

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from typing import Any, Literal

import numpy as np

from lms.errors import N_, Conflict, RuleBroken
from lms.psychometrics.rules.standards import FEWEST_JUDGES, Angoff, angoff

State = Literal["first", "second", "closed"]
SECOND, CLOSED = "second", "closed"
STATES: dict[State, str] = {
    "first": N_("First round"),
    "second": N_("Second round"),
    "closed": N_("Closed"),
}


def state_of(steps: Collection[str]) -> State:
    """Return where a panel stands, from the steps it has taken."""
    if CLOSED in steps:
        return "closed"
    return "second" if SECOND in steps else "first"


def round_of(state: State) -> int:
    """Return the round that is open (or was last), 1 or 2."""
    return 1 if state == "first" else 2


def check_sheet(state: State, questions: Collection[str], ratings: Mapping[str, int]) -> None:
    """Refuse a sheet that leaves a question out, names another, or lies outside 0 to 100.

    Raises:
        Conflict: the panel is closed.
        RuleBroken: at the field of the first question concerned.
    """
    if state == "closed":
        raise Conflict(N_("This panel is closed."))
    for one in questions:
        if one not in ratings:
            raise RuleBroken(N_("Judge every question."), field=f"rate-{one}")
        if not 0 <= ratings[one] <= 100:
            raise RuleBroken(N_("Give a number from 0 to 100."), field=f"rate-{one}")
    if set(ratings) - set(questions):
        raise RuleBroken(N_("This panel does not judge such a question."))


def check_step(sheets: int) -> None:
    """Refuse to go on with fewer judges than a cut can be defended with.

    Raises:
        RuleBroken: with how many there are and are needed.
    """
    if sheets < FEWEST_JUDGES:
        raise RuleBroken(
            N_("A cut needs at least %(fewest)s judges in a round; %(count)s have judged so far."),
            fewest=FEWEST_JUDGES,
            count=sheets,
        )


def cut_of(questions: Mapping[str, str], sheets: Sequence[Mapping[str, int]]) -> Angoff | None:
    """Return the cut of some sheets, in points; None without any.

    Args:
        questions: by id the points as text.
        sheets: by id the number from 0 to 100, every question in each.
    """
    ids = sorted(questions)
    ratings = np.array([[sheet[id] / 100 for id in ids] for sheet in sheets], dtype=float)
    points = np.array([float(Fraction(questions[id])) for id in ids])
    return angoff(ratings.reshape(len(sheets), len(ids)), points)


def outcome(questions: Mapping[str, str], sheets: Sequence[Mapping[str, int]]) -> dict[str, Any]:
    """Return what a round came to, as it is stored: shares of the points as text.

    A drawn paper is judged by the means of its own questions: a harder draw has a lower cut.

    Raises:
        RuleBroken: there is no sheet.
    """
    found = cut_of(questions, sheets)
    if found is None:
        raise RuleBroken(N_("Nobody has judged yet."))
    whole = float(sum(Fraction(points) for points in questions.values()))
    return {
        "judges": found.judges,
        "cut": f"{found.cut / whole:.4f}",
        "error": None if found.error is None else f"{found.error / whole:.4f}",
        "means": {id: f"{mean:.4f}" for id, mean in zip(sorted(questions), found.means,
                                                        strict=True)},
    }  # fmt: skip
