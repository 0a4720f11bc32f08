"""What stored answers come to: figures of a version and of each question. Reads, writes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from lms.actor import Actor
from lms.curriculum.case import case_of
from lms.curriculum.models import ModuleVersion, Question, QuestionKey
from lms.errors import NotFound
from lms.psychometrics import queries
from lms.psychometrics.models import QuestionReview
from lms.psychometrics.queries import Exposure, Sitting
from lms.psychometrics.rules.correlation import Numbers
from lms.psychometrics.rules.flags import (
    FOR_CORRELATION,
    FOR_DIFFICULTY,
    Flag,
    Strength,
    by_weight,
    flags_of,
    flags_of_groups,
    flags_of_use,
    strength,
)
from lms.psychometrics.rules.groups import (
    Comparison,
    GroupStatistics,
    by_group,
    compare,
)
from lms.psychometrics.rules.items import (
    ItemStatistics,
    OptionStatistics,
    Table,
    item_statistics,
    option_statistics,
    rest,
    totals,
)
from lms.psychometrics.rules.reliability import (
    Reliability,
    as_testlets,
    drawn_reliability,
    near,
    reliability,
)


@dataclass(frozen=True)
class Sample:
    """The answers that count: persons (first finished attempts) × questions, NaN: not drawn."""

    version: ModuleVersion
    practice: bool
    sittings: Sequence[Sitting]
    pairs: Sequence[tuple[Question, QuestionKey]]
    scores: Table
    cells: dict[tuple[int, int], queries.Answer]

    @cached_property
    def points(self) -> Numbers:
        """Return the points of each question."""
        return np.array([float(Fraction(one.points)) for one, _key in self.pairs])

    @cached_property
    def totals(self) -> Numbers:
        """Return each person's share of the points of the own paper, NaN without any."""
        return totals(self.scores, self.points)

    def place(self, question_id: str) -> int:
        """Return the column of a question, from 0.

        Raises:
            NotFound: no machine marks it.
        """
        for at, (one, _key) in enumerate(self.pairs):
            if one.id == question_id:
                return at
        raise NotFound()

    def rows(self, place: int) -> list[tuple[Sitting, queries.Answer, float, float]]:
        """Return what a question's figures rest on: sitting, answer, score, share on the rest."""
        others = rest(self.scores, place, self.points)
        return [
            (one, self.cells[row, place], float(self.scores[row, place]), float(others[row]))
            for row, one in enumerate(self.sittings)
            if (row, place) in self.cells
        ]


def sample(version: ModuleVersion, by: Actor, *, practice: bool) -> Sample:
    """Return the answers at a version that count: three queries.

    Raises:
        NotFound: `by` answers for no content.
    """
    pairs = queries.machine_questions(version)
    sittings = queries.sittings(version, by, practice=practice)
    rows = {one.attempt: place for place, one in enumerate(sittings)}
    columns = {question.id: place for place, (question, _key) in enumerate(pairs)}
    scores = np.full((len(sittings), len(pairs)), np.nan)
    cells = {}
    for answer in queries.answers(version, by, practice=practice):
        if answer.question in columns and answer.attempt in rows:
            cell = rows[answer.attempt], columns[answer.question]
            scores[cell] = float(Fraction(answer.fraction))
            cells[cell] = answer
    return Sample(version, practice, sittings, pairs, scores, cells)


# --- a version ------------------------------------------------------------------------------


@dataclass(frozen=True)
class PaperFigures:
    """The papers of a version as a whole; shares of the points, from 0 to 1.

    cut: what a pass needs. near: how many stand within one SEM of it. passing: at or above it.
    """

    n: int
    strength: Strength
    mean: float | None
    reliability: Reliability | None
    cut: float | None
    near: int | None


def paper_figures(of: Sample) -> PaperFigures:
    """Return the figures of whole papers, as far as the number of people allows."""
    known = of.totals[~np.isnan(of.totals)]
    n = known.size
    written = of.version.manifest["pass"].get("knowledge")
    cut = None if written is None else float(Fraction(written))
    trusted = _reliability(of) if n >= FOR_CORRELATION else None
    return PaperFigures(
        n=n,
        strength=strength(n),
        mean=float(known.mean()) if n >= FOR_DIFFICULTY else None,
        reliability=trusted,
        cut=cut,
        near=near(known, cut, trusted.sem) if trusted and cut is not None else None,
    )


def _reliability(of: Sample) -> Reliability:
    """Return alpha where everybody had the same items, else that of drawn papers; cases as one."""
    put = np.array([not np.isnan(column).all() for column in of.scores.T], dtype=bool)
    told = [(case_of(one.shown) or {"id": ""})["id"] for one, _key in of.pairs]
    groups = [name for name, kept in zip(told, put.tolist(), strict=True) if kept]
    table, points = as_testlets(of.scores[:, put], groups, of.points[put])
    if np.isnan(table).any():
        return drawn_reliability(table)
    found, whole = reliability(table, points), float(points.sum()) or 1.0
    sd, sem = (None if one is None else one / whole for one in (found.sd, found.sem))
    return replace(found, sd=sd, sem=sem)


# --- a question -----------------------------------------------------------------------------


@dataclass(frozen=True)
class QuestionFigures:
    """One question: what may be said of it, what to look at, and what was decided last."""

    question: Question
    key: QuestionKey
    strength: Strength
    statistics: ItemStatistics
    options: Sequence[OptionStatistics]
    languages: Sequence[GroupStatistics]
    comparisons: Sequence[Comparison]
    exposure: Exposure
    older: int  # answers that an older key scored
    flags: Sequence[Flag]
    review: QuestionReview | None

    @property
    def calls(self) -> bool:
        """Tell whether something here calls for a look; a mere note does not."""
        return any(flag.tone != "info" for flag in self.flags)

    def plain(self) -> dict[str, Any]:
        """Return what is kept with a review: text and whole numbers."""
        own = self.statistics
        return {
            "n": own.n,
            "difficulty": _text(own.difficulty),
            "item_rest": _text(own.item_rest),
            "efficiency": _text(own.efficiency),
            "flags": [flag.code for flag in self.flags],
        }


def _text(value: float | None) -> str | None:
    return None if value is None else f"{value:.3f}"


def question_figures(
    of: Sample,
    place: int,
    exposure: Exposure | None,
    review: QuestionReview | None,
    variant_spread: float | None = None,
) -> QuestionFigures:
    """Return the figures of the question in a column; what too few people carry is None."""
    question, key = of.pairs[place]
    item, others = of.scores[:, place], rest(of.scores, place, of.points)
    whole = item_statistics(of.scores, place, of.points)
    options = _options(of, place, others) if question.kind in queries.WITH_OPTIONS else []
    languages = [one.locale for one in of.sittings]
    comparisons = compare(item, others, languages)
    put = exposure or Exposure(0, 0, 0)
    flags = [
        *flags_of(whole, options),
        *flags_of_groups(comparisons),
        *flags_of_use(put.year, put.papers, variant_spread),
    ]
    return QuestionFigures(
        question=question,
        key=key,
        strength=strength(whole.n),
        statistics=_held_back(whole),
        options=[_option_held_back(one, whole.n) for one in options],
        languages=by_group(item, languages),
        comparisons=comparisons,
        exposure=put,
        older=sum(
            of.cells[row, place].key != key.id
            for row in range(len(of.sittings))
            if (row, place) in of.cells
        ),
        flags=by_weight(flags),
        review=review,
    )


def _held_back(item: ItemStatistics) -> ItemStatistics:
    if item.n < FOR_DIFFICULTY:
        item = replace(item, difficulty=None, difficulty_interval=None)
    if item.n < FOR_CORRELATION:
        item = replace(
            item, item_total=None, item_rest=None, item_rest_interval=None, efficiency=None
        )
    return item


def _option_held_back(option: OptionStatistics, n: int) -> OptionStatistics:
    return option if n >= FOR_CORRELATION else replace(option, mean_total=None, rest_r=None)


def _options(of: Sample, place: int, others: Numbers) -> list[OptionStatistics]:
    question, key = of.pairs[place]
    chosen = [
        chosen_of(of.cells[row, place].given) if (row, place) in of.cells else None
        for row in range(len(of.sittings))
    ]
    ids = [option["id"] for option in question.shown["options"]]
    return option_statistics(chosen, ids, frozenset(key.key["correct"]), of.totals, others)


def chosen_of(given: Any) -> frozenset[str]:
    """Return the options of a stored response to a choice, single or multiple; none of a blank."""
    if not given:
        return frozenset()
    return frozenset([given["choice"]] if "choice" in given else given["choices"])


def every_question(of: Sample) -> list[QuestionFigures]:
    """Return the figures of each question of a version, those to look at first: three queries."""
    exposures = queries.exposures(of.version)
    reviews = queries.standing_reviews(of.version.id)
    found = [
        question_figures(of, place, exposures.get(one.id), reviews.get(one.id))
        for place, (one, _key) in enumerate(of.pairs)
    ]
    order = {"bad": 0, "wait": 1, "info": 2}
    return sorted(
        found,
        key=lambda one: (
            min((order[flag.tone] for flag in one.flags), default=3),
            -one.statistics.n,
            one.question.code,
        ),
    )
