"""A closer look at one question: time, variants, who chooses what. Reads nothing by itself."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lms.psychometrics import queries
from lms.psychometrics.figures import Sample, chosen_of
from lms.psychometrics.rules.flags import FOR_CORRELATION, FOR_DIFFICULTY
from lms.psychometrics.rules.groups import GroupStatistics, by_group, spread

RAPID = 0.10  # of the median time: who answers faster has hardly read


@dataclass(frozen=True)
class Time:
    """How long people took: the median in seconds, and how many hardly read it."""

    n: int
    median: float | None
    rapid: int | None


def time_of(seconds: Sequence[float]) -> Time:
    """Return the median time, and how many took less than a tenth of it.

    Source of the tenth: Wise and Ma 2012, the normative threshold NT10.
    """
    n = len(seconds)
    if n < FOR_DIFFICULTY:
        return Time(n, None, None)
    median = float(np.median(np.array(seconds)))
    return Time(n, median, sum(one < RAPID * median for one in seconds))


def variants_of(of: Sample, place: int, drawn: dict[str, Any]) -> list[GroupStatistics]:
    """Return how hard each variant was; the order of options makes no variant."""
    names, scores = [], []
    for row in range(len(of.sittings)):
        answer = of.cells.get((row, place))
        values = answer and {k: v for k, v in drawn.get(answer.item, {}).items() if k != "order"}
        if values:
            names.append(json.dumps(values, sort_keys=True, ensure_ascii=False))
            scores.append(of.scores[row, place])
    return by_group(np.array(scores, dtype=float), names)


def variant_spread(found: Sequence[GroupStatistics]) -> float | None:
    """Return how far the easiest variant lies from the hardest, of those put to 10 or more."""
    return spread(list(found))


def thirds(of: Sample, place: int) -> list[tuple[str, list[float]]]:
    """Return for each option its share among the lower, middle and upper third on the rest.

    Empty with fewer people than correlations take.
    """
    question, _key = of.pairs[place]
    rows = sorted(of.rows(place), key=lambda row: row[3])
    if len(rows) < FOR_CORRELATION or question.kind not in queries.WITH_OPTIONS:
        return []
    parts = np.array_split(np.arange(len(rows)), 3)
    picks = [chosen_of(answer.given) for _sitting, answer, _score, _rest in rows]
    return [
        (
            option["id"],
            [sum(option["id"] in picks[at] for at in part) / len(part) for part in parts],
        )
        for option in question.shown["options"]
    ]
