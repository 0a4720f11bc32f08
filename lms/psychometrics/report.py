"""The statistics of a plain table as one report: as JSON for scripts, as text for people."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lms.psychometrics.rules.flags import STRENGTHS, Flag, flags_of, strength
from lms.psychometrics.rules.intervals import Interval
from lms.psychometrics.rules.items import (
    ItemStatistics,
    OptionStatistics,
    item_statistics,
    option_statistics,
    rest,
)
from lms.psychometrics.rules.reliability import Reliability, reliability
from lms.psychometrics.sheets import Answers


@dataclass(frozen=True)
class ItemReport:
    """One item with its options and what to look at."""

    item: str
    key: str
    statistics: ItemStatistics
    options: Sequence[OptionStatistics]
    flags: Sequence[Flag]


@dataclass(frozen=True)
class Report:
    """All that a table of answers shows. The unit of its sd and SEM is one right answer."""

    answers: Answers
    paper: Reliability
    mean: float
    items: Sequence[ItemReport]

    def plain(self) -> dict[str, Any]:
        """Return it for scripts: null where a figure is not defined; nothing is rounded."""
        return {
            "persons": len(self.answers.persons),
            "id_column": self.answers.id_column,
            "blanks": self.answers.blanks,
            "mean": self.mean,
            "sd": self.paper.sd,
            "divisor": "n-1",
            "alpha": self.paper.value,
            "alpha_interval": _pair(self.paper.interval),
            "sem": self.paper.sem,
            "evidence": strength(len(self.answers.persons)),
            "items": [_plain_item(one) for one in self.items],
        }


def report(answers: Answers) -> Report:
    """Return the statistics of a table of chosen options, each right or wrong by the key."""
    scores = answers.scores()
    total = scores.sum(axis=1)
    found = []
    for place, (item, key) in enumerate(zip(answers.items, answers.key, strict=True)):
        column = answers.column(place)
        options = option_statistics(
            [frozenset({cell}) if cell else frozenset() for cell in column],
            sorted({key, *column} - {""}),
            frozenset({key}),
            total,
            rest(scores, place),
        )
        statistics = item_statistics(scores, place)
        found.append(ItemReport(item, key, statistics, options, flags_of(statistics, options)))
    return Report(answers, reliability(scores), float(scores.sum(axis=1).mean()), found)


def _plain_item(one: ItemReport) -> dict[str, Any]:
    statistics = one.statistics
    return {
        "item": one.item,
        "key": one.key,
        "n": statistics.n,
        "difficulty": statistics.difficulty,
        "difficulty_interval": _pair(statistics.difficulty_interval),
        "item_total": statistics.item_total,
        "item_rest": statistics.item_rest,
        "item_rest_interval": _pair(statistics.item_rest_interval),
        "efficiency": statistics.efficiency,
        "flags": [flag.code for flag in one.flags],
        "distractors": [
            {
                "option": option.option,
                "key": option.right,
                "n": option.n,
                "share": option.share,
                "mean_total": option.mean_total,
                "option_rest": option.rest_r,
            }
            for option in one.options
        ],
    }


def _pair(interval: Interval | None) -> list[float] | None:
    return None if interval is None else [interval.low, interval.high]


def lines(found: Report) -> Iterator[str]:
    """Yield the report as text: the paper, then each item with its options and what to look at."""
    answers, paper = found.answers, found.paper
    if answers.id_column is not None:
        yield f"The first column, “{answers.id_column}”, is no item of the key: read as an id."
    if answers.repeated:
        yield f"Ids that stand more than once: {', '.join(answers.repeated[:5])}."
    if answers.blanks:
        yield f"Blank cells, scored 0: {answers.blanks}."
    yield f"{len(answers.persons)} persons, {len(answers.items)} items."
    yield STRENGTHS[strength(len(answers.persons))]
    yield f"Mean {found.mean:.2f}, sd {_number(paper.sd, 2)} (divisor n - 1)."
    yield f"Alpha {_number(paper.value)}{_around(paper.interval)}, SEM {_number(paper.sem, 2)}."
    yield ""
    wide = max(4, *(len(one) for one in answers.items))
    yield f"{'item':{wide}}  key  difficulty           item-total  item-rest  efficiency"
    for one in found.items:
        yield from _item_lines(one, wide)


def _item_lines(one: ItemReport, wide: int) -> Iterator[str]:
    own = one.statistics
    difficulty = f"{_number(own.difficulty)}{_around(own.difficulty_interval)}"
    yield (
        f"{one.item:{wide}}  {one.key:3}  {difficulty:19}  {_number(own.item_total):>10}"
        f"  {_number(own.item_rest):>9}  {_number(own.efficiency):>10}"
    )
    for option in one.options:
        mark = "*" if option.right else " "
        yield (
            f"{'':{wide}} {mark}{option.option or '(blank)':7} {option.n:5} = {option.share:4.0%}"
            f"   mean total {_number(option.mean_total)}, option-rest r {_number(option.rest_r)}"
        )
    for flag in one.flags:
        yield f"{'':{wide}}  ! {flag.said % flag.params if flag.params else flag.said}"


def _number(value: float | None, digits: int = 3) -> str:
    return "-" if value is None else f"{value:.{digits}f}"


def _around(interval: Interval | None) -> str:
    return "" if interval is None else f" ({interval.low:.2f} to {interval.high:.2f})"
