"""What whole facts of each kind of evidence measure, by the names that clauses write. Pure."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

Facts = Mapping[str, Any]
# One value, or several of which each has to be within the limits.
Measured = Mapping[str, Fraction | tuple[Fraction, ...]]

GLOVES = ("left_glove", "right_glove")
OTHER_PLATES = ("left_forearm", "right_forearm", "chest", "hood")
PLATES = (*GLOVES, *OTHER_PLATES)
CRITERIA = ("technical", "sources", "risk", "clarity")  # of every essay: map, section 0
MOST_POINTS = 4  # of a criterion

# The measures that a clause's `passes` may name, as programmes write them.
GROWTH = "units with growth"
GLOVE_COLONIES, PLATE_COLONIES = "colonies on a glove plate", "colonies on any other plate"
EFFICIENCY, CRITICAL, FALSE = (
    "efficiency in the reject zone",
    "critical defects found",
    "false rejects",
)
POINTS, WEAKEST = "share of the points", "points of the weakest criterion"
KAPPA = "agreement (κ)"
WITHIN, RIGHT, RATIO = (
    "values within the tolerance of their sample",
    "samples classed right",
    "each value against its reference value",
)


def growth(facts: Facts) -> Measured:
    """Return how many units grew something."""
    return {GROWTH: Fraction(facts["grown"])}


def colonies(facts: Facts) -> Measured:
    """Return the most colonies (CFU) on a glove's plate, and on any other."""
    return {
        GLOVE_COLONIES: Fraction(max(facts[site] for site in GLOVES)),
        PLATE_COLONIES: Fraction(max(facts[site] for site in OTHER_PLATES)),
    }


def inspection(facts: Facts) -> Measured:
    """Return what somebody found in an inspection kit, in %."""
    return {
        EFFICIENCY: Fraction(100 * facts["zone_found"], facts["zone"]),
        CRITICAL: Fraction(100 * facts["critical_found"], facts["critical"]),
        FALSE: Fraction(100 * facts["false"], facts["good"]),
    }


def essay(facts: Facts) -> Measured:
    """Return the share of an essay's points (%), and the points of its weakest criterion."""
    given = [facts[name] for name in CRITERIA]
    whole = Fraction(100 * sum(given), MOST_POINTS * len(CRITERIA))
    return {POINTS: whole, WEAKEST: Fraction(min(given))}


def ratings(facts: Facts) -> Measured:
    """Return how far a learner's ratings agree with those of the others, where there are any."""
    if "own" not in facts:
        return {}
    found = kappa(spoken(facts["own"]), spoken(facts["others"]))
    return {} if found is None else {KAPPA: found}


def panel(facts: Facts) -> Measured:
    """Return what a panel came to: shares in %, values against their references in %."""
    found: dict[str, Fraction | tuple[Fraction, ...]] = {}
    for measure, name in ((WITHIN, "within"), (RIGHT, "right")):
        if name in facts:
            found[measure] = Fraction(100 * facts[name], facts["samples"])
    if "kappa" in facts:
        found[KAPPA] = Fraction(facts["kappa"])
    if "lowest" in facts:
        found[RATIO] = (Fraction(facts["lowest"]), Fraction(facts["highest"]))
    return found


def nothing(_facts: Facts) -> Measured:
    """Return no measure: the assessors' word is all."""
    return {}


def spoken(text: str) -> list[str]:
    """Return ratings as they were typed: by spaces, commas or lines; upper case is not told."""
    return text.replace(",", " ").replace(";", " ").casefold().split()


def kappa(first: Sequence[str], second: Sequence[str]) -> Fraction | None:
    """Return Cohen's kappa of two raters over the same things.

    Returns:
        At most 1, exact; None where chance alone makes them agree in all (one rating for all).

    Source: Cohen 1960, Educ. Psychol. Meas. 20, 37.
    """
    n = len(first)
    agreed = Fraction(sum(a == b for a, b in zip(first, second, strict=True)), n)
    words = set(first) | set(second)
    chance = sum((Fraction(first.count(w) * second.count(w), n * n) for w in words), Fraction(0))
    return None if chance == 1 else (agreed - chance) / (1 - chance)
