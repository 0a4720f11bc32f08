"""Tables behind pages and files: the same numbers, rounded once, for both."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from lms.psychometrics.figures import QuestionFigures, Sample, chosen_of
from lms.psychometrics.rules.items import BLANK, OptionStatistics
from lms.web.i18n import gettext as _
from lms.web.i18n import say

BINS = 10
Cell = str | int | float | None


def rounded(value: float | None) -> float | None:
    """Return a figure as every table has it: two decimals."""
    return None if value is None else round(value, 2)


def question_head() -> list[str]:
    """Return the header of the table of questions."""
    return [_("Question"), _("Kind"), _("People"), _("Difficulty"), _("from"), _("to"),
            _("Item-rest r"), _("from"), _("to"), _("Item-total r"), _("Efficiency"),
            _("Put in a year"), _("Look at")]  # fmt: skip


def question_row(one: QuestionFigures) -> list[Cell]:
    """Return a question as a row of that table."""
    own = one.statistics
    difficulty = own.difficulty_interval or (None, None)
    r = own.item_rest_interval or (None, None)
    flags = " ".join(say(flag.said, **flag.params) for flag in one.flags)
    figures = (own.difficulty, *difficulty, own.item_rest, *r, own.item_total, own.efficiency)
    numbers = map(rounded, figures)
    return [one.question.code, one.question.kind, own.n, *numbers, one.exposure.year, flags]


def option_head() -> list[str]:
    """Return the header of the distractor table."""
    return [_("Option"), _("Right"), _("People"), _("Share"), _("Mean of the paper"),
            _("Option-rest r")]  # fmt: skip


def option_row(one: OptionStatistics) -> list[Cell]:
    """Return an option as a row of that table."""
    name = _("no answer") if one.option == BLANK else one.option
    right = _("yes") if one.right else _("no")
    return [name, right, one.n, *map(rounded, (one.share, one.mean_total, one.rest_r))]


def answer_head() -> list[str]:
    """Return the header of the rows behind a question's figures."""
    return [_("Attempt"), _("Language"), _("Chosen"), _("Score"), _("Rest of the paper")]


def answer_rows(of: Sample, place: int, option: str | None = None) -> list[list[Cell]]:
    """Return who answered what, by codes of attempts; of one option where it is named."""
    rows: list[list[Cell]] = []
    for sitting, answer, score, others in of.rows(place):
        chosen = chosen_of(answer.given)
        if option is not None and option not in (chosen or {BLANK}):
            continue
        share = None if np.isnan(others) else rounded(others)
        rows.append([sitting.attempt[:6], sitting.locale, ", ".join(sorted(chosen)),
                     rounded(score), share])  # fmt: skip
    return sorted(rows, key=lambda row: -(row[4] if isinstance(row[4], float) else -1.0))


def paper_head() -> list[str]:
    """Return the header of the rows behind a version's figures."""
    return [_("Attempt"), _("Language"), _("Questions"), _("Share of the points")]


def paper_rows(of: Sample) -> list[list[Cell]]:
    """Return each paper that counts, by the code of its attempt, the best first."""
    put = (~np.isnan(of.scores)).sum(axis=1)
    rows: list[list[Cell]] = [
        [one.attempt[:6], one.locale, int(put[at]), rounded(float(of.totals[at]))]
        for at, one in enumerate(of.sittings)
        if put[at]
    ]
    return sorted(rows, key=lambda row: -float(row[3] or 0))


def bins(of: Sample) -> list[int]:
    """Return how many papers came to each tenth of the points; all right is in the last."""
    known = of.totals[~np.isnan(of.totals)]
    places = np.minimum((known * BINS + 1e-9).astype(int), BINS - 1)
    counts: Sequence[Any] = np.bincount(places, minlength=BINS).tolist()
    return [int(one) for one in counts]
