"""What figures about a question call for a look, in words, and how many people that takes. Pure.

The limits are proposals for the hub's assessment board; a flag is a question to people, never a
decision. Mastery tests are easy by design: that most people are right is no fault in itself.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from lms.errors import N_
from lms.psychometrics.rules.groups import Comparison
from lms.psychometrics.rules.items import BLANK, ItemStatistics, OptionStatistics

Strength = Literal["counts", "difficulty", "weak", "full"]
Tone = Literal["bad", "wait", "info"]
STRENGTHS: dict[Strength, str] = {
    "counts": N_("Fewer than 10 people: counts only."),
    "difficulty": N_("10 to 29 people: the difficulty with its interval, no correlations."),
    "weak": N_("30 to 99 people: correlations are weak evidence."),
    "full": N_("100 people or more: full evidence."),
}
FOR_DIFFICULTY, FOR_CORRELATION, FOR_FULL = 10, 30, 100

HARD, EASY = 0.30, 0.95
WEAK_R = 0.15
WEAK_EFFICIENCY = 0.50
IDLE = 0.05
SPREAD = 0.20
EXPOSED_SHARE, EXPOSED_USES = 0.30, 200


@dataclass(frozen=True)
class Flag:
    """Something to look at: a code for scripts, a tone, and a translatable sentence."""

    code: str
    tone: Tone
    said: str
    params: Mapping[str, str] = field(default_factory=dict)


def strength(n: int) -> Strength:
    """Return what `n` people allow to be said about a question."""
    if n < FOR_DIFFICULTY:
        return "counts"
    if n < FOR_CORRELATION:
        return "difficulty"
    return "weak" if n < FOR_FULL else "full"


def flags_of(item: ItemStatistics, options: Sequence[OptionStatistics] = ()) -> list[Flag]:
    """Return what to look at in the figures of a question, as far as its number of people allows.

    Args:
        options: its distractor table, for kinds that have one.
    """
    found: list[Flag] = []
    if strength(item.n) == "counts" or item.difficulty is None:
        return found
    found += _difficulty(item.difficulty)
    found += _idle(options)
    if item.n >= FOR_CORRELATION:
        found += _correlation(item)
        found += _attractive(options)
    return by_weight(found)


def by_weight(flags: Iterable[Flag]) -> list[Flag]:
    """Return flags with what is worst first."""
    order = {"bad": 0, "wait": 1, "info": 2}
    return sorted(flags, key=lambda one: order[one.tone])


def _difficulty(p: float) -> Iterator[Flag]:
    if p < HARD:
        yield Flag("hard", "wait", N_("Hard: fewer than 30 % of the points were earned."))
    elif p > EASY:
        yield Flag("easy", "info", N_("Easy: more than 95 % of the points were earned."))


def _correlation(item: ItemStatistics) -> Iterator[Flag]:
    r = item.item_rest
    if r is not None and r < 0:
        yield Flag("key", "bad", N_("Who knows more is wrong here more often: suspect the key."))
    elif r is not None and r < WEAK_R:
        yield Flag("weak", "wait", N_("It hardly tells who knows more from who knows less."))
    if item.efficiency is not None and 0 <= item.efficiency < WEAK_EFFICIENCY:
        yield Flag("efficiency", "wait", N_("It tells people apart by less than half of what its"
                                            " difficulty allows."))  # fmt: skip


def _idle(options: Sequence[OptionStatistics]) -> Iterator[Flag]:
    idle = [
        one.option for one in options if not one.right and one.option != BLANK and one.share < IDLE
    ]
    if idle:
        yield Flag("idle", "info", N_("Hardly anybody chooses: %(options)s."),
                   {"options": ", ".join(idle)})  # fmt: skip


def _attractive(options: Sequence[OptionStatistics]) -> Iterator[Flag]:
    wrong = {
        one.option: one.rest_r
        for one in options
        if not one.right and one.option != BLANK and one.rest_r is not None
    }
    rights = [one.rest_r for one in options if one.right and one.rest_r is not None]
    best = max(rights, default=None)
    for option, r in wrong.items():
        if best is not None and r > best:
            said = N_("Who knows more chooses the wrong option “%(option)s” rather than the right"
                      " one: suspect the key.")  # fmt: skip
            yield Flag("above-key", "bad", said, {"option": option})
        elif r > 0:
            said = N_("Who knows more tends to the wrong option “%(option)s”.")
            yield Flag("attractive", "wait", said, {"option": option})


def flags_of_groups(comparisons: Sequence[Comparison]) -> Iterator[Flag]:
    """Return the languages in which a question behaves differently."""
    for one in comparisons:
        params = {"language": one.name, "reference": one.reference}
        if one.verdict == "different":
            yield Flag("language", "bad", N_("At like scores it behaves differently in %(language)s"
                       " than in %(reference)s."), params)  # fmt: skip
        elif one.verdict == "look":
            yield Flag("language-look", "wait", N_("In %(language)s it is not as hard as in"
                       " %(reference)s; the people may differ."), params)  # fmt: skip


def flags_of_use(attempts_with: int, attempts: int, variants: float | None) -> Iterator[Flag]:
    """Return whether a question is put too often, or its variants differ too much.

    Args:
        attempts_with: of the last 12 months, those that put it. attempts: all of them.
        variants: how far the easiest variant lies from the hardest (difficulty), if known.
    """
    if attempts_with > EXPOSED_USES or (
        attempts_with >= FOR_DIFFICULTY and attempts_with > EXPOSED_SHARE * attempts
    ):
        yield Flag("exposed", "info", N_("It stands in many papers: people may know it by now."))
    if variants is not None and variants > SPREAD:
        yield Flag("variants", "wait", N_("Its variants are not equally hard."))
