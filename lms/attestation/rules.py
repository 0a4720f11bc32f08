"""What a piece of evidence comes to, and whether a clause is met by all of them. Pure."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from lms.attestation.kinds import KINDS, LOG, is_read, moment
from lms.attestation.measures import Facts
from lms.competency.rules import add_months

Clause = Mapping[str, Any]
# provisional: the laboratory's result is to come; second: another assessor has to sign;
# disagreed: that one saw it otherwise, so that it says nothing.
Verdict = Literal["passed", "failed", "provisional", "second", "disagreed", "withdrawn"]
ASSESSOR, ASSESSOR_LEVEL = "WFD-03", 3


def key_of(clause: Clause, programme: str) -> str:
    """Return by what evidence finds its clause: its kind and a digest of its words.

    A clause that several programmes share has one key, so that who showed it for one has shown
    it for the others; a kind that is each programme's own has a key for each.
    """
    kind = clause["kind"]
    own = kind == LOG or KINDS[kind].own
    said = [kind, clause["text"], programme if own else ""]
    return f"{kind.lower()}-{hashlib.sha256(chr(10).join(said).encode()).hexdigest()[:16]}"


def is_here(clause: Clause) -> bool:
    """Tell whether a clause is shown by attested evidence, and not within modules."""
    return clause["kind"] in (*KINDS, LOG) and not clause.get("modules")


def signatures_needed(clause: Clause, levels: Mapping[str, int]) -> int:
    """Return how many assessors sign: as many as the clause says, a founding assessor in a pair.

    Args:
        levels: what the first assessor holds today. Who does not hold WFD-03 at 3 is a founding
            assessor (curriculum map, section 0, "Sign-off independence").
    """
    accredited = levels.get(ASSESSOR, 0) >= ASSESSOR_LEVEL
    return min(2, max(int(clause.get("assessors", 1)), 1 if accredited else 2))


def within_limits(clause: Clause, facts: Facts) -> bool:
    """Tell whether whole facts pass a clause; a measure that nobody takes is not passed."""
    kind = KINDS[clause["kind"]]
    measured, passes = kind.measure(facts), clause.get("passes", ())
    if kind.measures and not passes and not kind.judged:
        return False  # no limit is stated: nothing can be within it
    return (
        facts.get("outcome", "passed") == "passed"
        and _in_time(clause, facts)
        and all(_fits(one, measured.get(one["measure"], ())) for one in passes)
    )


def _in_time(clause: Clause, facts: Facts) -> bool:
    """Tell whether it was handed in soon enough, where a clause says how soon."""
    if "within_days" not in clause:
        return True
    return (
        "from_on" in facts
        and (moment(facts, "done_on") - moment(facts, "from_on")).days <= clause["within_days"]
    )


def _fits(bound: Mapping[str, Any], measured: Fraction | tuple[Fraction, ...]) -> bool:
    """Tell whether all values of a measure are within a bound; none are not."""
    values = measured if isinstance(measured, tuple) else (measured,)
    least, most = (Fraction(Decimal(bound.get(name, "0"))) for name in ("least", "most"))
    return bool(values) and all(
        ("least" not in bound or least <= one) and ("most" not in bound or one <= most)
        for one in values
    )


def finds_the_same(clause: Clause, facts: Facts, second: Facts) -> bool:
    """Tell whether two who judged alone came to the same verdict."""
    return within_limits(clause, facts) == within_limits(clause, {**facts, **second})


@dataclass(frozen=True)
class Piece:
    """A piece of evidence as it stands.

    Attributes:
        agreed: what the second assessor said; None: nothing yet.
        assessors: how many sign it.
    """

    done_on: date
    facts: Facts
    assessors: int = 1
    agreed: bool | None = None
    withdrawn: bool = False


def verdict(clause: Clause, piece: Piece) -> Verdict:
    """Return what a piece of evidence comes to under a clause."""
    if piece.withdrawn:
        return "withdrawn"
    if piece.agreed is False:
        return "disagreed"
    if not is_read(clause["kind"], piece.facts):
        return "provisional"
    if piece.assessors > 1 and piece.agreed is None:
        return "second"
    return "passed" if within_limits(clause, piece.facts) else "failed"


@dataclass(frozen=True)
class Standing:
    """How a learner stands in a clause.

    Attributes:
        count: passes that count; of: passes that it asks for.
        met: whether it asks for nothing more today.
        failed: whether the newest result is a failure, which undoes what was shown before.
        waiting: pieces that wait for the laboratory or for a second assessor.
    """

    count: int
    of: int
    met: bool
    failed: bool
    waiting: int


def standing(clause: Clause, pieces: Sequence[Piece], day: date) -> Standing:
    """Return how a clause stands on a day.

    The newest result decides: a failed gowning or media fill suspends what was shown before
    (curriculum map, section 0) until it is passed again. Passes one after the other are counted
    back from the newest result; a piece that still waits between them breaks the row, one that
    waits after them does not.
    """
    found = [(one.done_on, verdict(clause, one)) for one in sorted(pieces, key=lambda p: p.done_on)]
    found = [pair for pair in found if pair[1] not in ("withdrawn", "disagreed")]
    waiting = sum(said not in ("passed", "failed") for _day, said in found)
    while found and found[-1][1] not in ("passed", "failed"):
        found.pop()
    failed = bool(found) and found[-1][1] == "failed"
    passed = [when for when, said in _counting(clause, found) if said == "passed"]
    if months := clause.get("every_months"):
        passed = [when for when in passed if day <= add_months(when, months)]
    count, of = 0 if failed else len(passed), int(clause.get("count", 1))
    return Standing(min(count, of), of, count >= of and not failed, failed, waiting)


def _counting(
    clause: Clause, found: Sequence[tuple[date, Verdict]]
) -> Sequence[tuple[date, Verdict]]:
    """Return the results that may count: of those one after the other the last unbroken row."""
    if not clause.get("consecutive"):
        return found
    row = []
    for pair in reversed(found):
        if pair[1] != "passed":
            break
        row.append(pair)
    return row
