"""What a sheet comes to, what it still lacks, who must sign it, when another may begin. Pure.

Source of the pass rule: the curriculum map, section 0 (practical = all ★ plus the share of the
other steps), and the assessment page of the design, section 4.2.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from lms.errors import N_, RuleBroken
from lms.practicals.standing import (
    ACHIEVED,
    INDUCTION,
    NOT_DONE,
    NOT_OBSERVED,
    STEP,
    Standing,
)

# What a decided sheet came to.
PASSED, NOT_PASSED, REPEAT, STOPPED = "passed", "not-passed", "repeat", "stopped"
OBJECTED, DISAGREED, SET_ASIDE = "objected", "disagreed", "set-aside"

ASSESSOR = "WFD-03"  # the competency to assess others
ASSESSOR_LEVEL = 3


@dataclass(frozen=True)
class Outcome:
    """What a sheet comes to, and every reason for it; steps by id, in the practical's order.

    Attributes:
        share: of the ordinary steps that were observed; None where none was.
        order: pairs (first, later): `later` was tapped as achieved before `first`.
    """

    verdict: str
    share: Fraction | None
    critical_failed: tuple[str, ...]
    critical_unseen: tuple[str, ...]
    ordinary_failed: tuple[str, ...]
    order: tuple[tuple[str, str], ...]
    stop: str

    @property
    def passed(self) -> bool:
        """Tell whether the practical is passed."""
        return self.verdict == PASSED

    def plain(self) -> dict[str, Any]:
        """Return it as it is stored: the exact share as "4/5"."""
        return {
            "verdict": self.verdict,
            "share": None if self.share is None else str(self.share),
            "critical_failed": list(self.critical_failed),
            "critical_unseen": list(self.critical_unseen),
            "ordinary_failed": list(self.ordinary_failed),
            "order": [list(pair) for pair in self.order],
            "stop": self.stop,
        }


def step_values(practical: Mapping[str, Any], stands: Mapping[str, Standing]) -> dict[str, str]:
    """Return the value of each step, "" where none was tapped."""
    found = {step["id"]: stands.get(STEP + step["id"]) for step in practical["steps"]}
    return {id: one.value if one else "" for id, one in found.items()}


def outcome(practical: Mapping[str, Any], stands: Mapping[str, Standing]) -> Outcome:
    """Weigh a sheet by the practical's pass rule.

    Passed when every critical step is done or self-corrected, the share of the ordinary steps
    observed reaches `cut`, and nothing stopped it. A critical step that nobody observed means
    repeat; so does a sheet on which no ordinary step was. What was not tapped is not observed.
    """
    values = step_values(practical, stands)
    critical = [s["id"] for s in practical["steps"] if s.get("critical")]
    ordinary = [s["id"] for s in practical["steps"] if not s.get("critical")]
    seen = [id for id in ordinary if values[id] in (*ACHIEVED, NOT_DONE)]
    failed = tuple(id for id in seen if values[id] == NOT_DONE)
    share = Fraction(len(seen) - len(failed), len(seen)) if seen else None
    found = Outcome(
        verdict="",
        share=share,
        critical_failed=tuple(id for id in critical if values[id] == NOT_DONE),
        critical_unseen=tuple(id for id in critical if values[id] in ("", NOT_OBSERVED)),
        ordinary_failed=failed,
        order=broken_order(practical, stands),
        stop=_said(stands, "stop"),
    )
    verdict = _verdict(found, bool(ordinary), Fraction(practical["cut"]))
    return replace(found, verdict=STOPPED if is_stopped(practical, stands) else verdict)


def _verdict(found: Outcome, has_ordinary: bool, cut: Fraction) -> str:
    if found.critical_failed or (found.share is not None and found.share < cut):
        return NOT_PASSED
    if found.critical_unseen or (has_ordinary and found.share is None):
        return REPEAT
    return PASSED


def is_stopped(practical: Mapping[str, Any], stands: Mapping[str, Standing]) -> bool:
    """Tell whether safety stopped the practical: by word, or by a step whose failing does so."""
    values = step_values(practical, stands)
    return bool(_said(stands, "stop")) or any(
        step.get("stop") and values[step["id"]] == NOT_DONE for step in practical["steps"]
    )


def broken_order(
    practical: Mapping[str, Any], stands: Mapping[str, Standing]
) -> tuple[tuple[str, str], ...]:
    """Return the pairs (first, later) of which `later` was achieved before `first`.

    By the times that the devices claim; steps noted at the same moment break nothing.
    """
    since = {
        step["id"]: stands[STEP + step["id"]].achieved_at
        for step in practical["steps"]
        if STEP + step["id"] in stands
    }
    pairs = [(s["id"], later) for s in practical["steps"] for later in s.get("before", ())]
    broken = []
    for first, later in pairs:
        one, other = since.get(first), since.get(later)
        if one and other and other < one:
            broken.append((first, later))
    return tuple(broken)


def missing(practical: Mapping[str, Any], stands: Mapping[str, Standing]) -> tuple[str, ...]:
    """Return the subjects that must still be noted before the sheet can be signed.

    After a safety stop only the reason, the induction and what to write down of the place are.
    """
    needed = [name for name in (INDUCTION, *practical["record"]) if not _said(stands, name)]
    if is_stopped(practical, stands):
        return (*needed, *(() if _said(stands, "stop") else ("stop",)))
    values = step_values(practical, stands)
    steps = [STEP + id for id, value in values.items() if not value]
    return (*steps, *needed, *(() if _said(stands, "rating") else ("rating",)))


def _said(stands: Mapping[str, Standing], subject: str) -> str:
    return stands[subject].value.strip() if subject in stands else ""


def signatures_needed(practical: Mapping[str, Any], levels: Mapping[str, int]) -> int:
    """Return how many assessors must sign: 2 unless practical and observer allow 1.

    Args:
        levels: what the observer holds today. Who does not hold WFD-03 and every assessed
            competency at 3 is a founding assessor: these always sign in pairs.
    """
    held = (levels.get(name, 0) for name in (ASSESSOR, *practical["competencies"]))
    accredited = all(level >= ASSESSOR_LEVEL for level in held)
    return max(int(practical["signatures"]), 1 if accredited else 2)


OPEN, SECOND, LEARNER, DECIDED = "open", "second", "learner", "decided"


def stage(signed: Mapping[str, bool], assessors: int, *, decided: bool) -> str:
    """Return who is next on a sheet: its observer, a second assessor, its learner, or nobody.

    Args:
        signed: whether each part that has signed agrees: observer, second, learner.
        assessors: how many assessors the sheet needs, 1 or 2.
    """
    if decided:
        return DECIDED
    if "observer" not in signed:
        return OPEN
    return SECOND if assessors > 1 and "second" not in signed else LEARNER


def verdict_of_people(signed: Mapping[str, bool]) -> str | None:
    """Return what the people make of a sheet in spite of its taps; None when all agree."""
    if not signed.get("second", True):
        return DISAGREED
    return None if signed.get("learner", True) else OBJECTED


@dataclass(frozen=True)
class Earlier:
    """An earlier sheet of the same learner and practical: its verdict, None while it is open."""

    verdict: str | None
    practice: bool


def may_open(earlier: Sequence[Earlier], *, practice: bool) -> None:
    """Refuse a further sheet while one is open, or after a pass that counts.

    Args:
        practice: whether the new sheet would be practice; what was passed for practice only
            does not stand in the way once the content is effective.

    Raises:
        RuleBroken: with the words to show.
    """
    if any(sheet.verdict is None for sheet in earlier):
        raise RuleBroken(N_("A sheet of this practical is still open for this learner."))
    if any(s.verdict == PASSED and (practice or not s.practice) for s in earlier):
        raise RuleBroken(N_("This learner has passed this practical already."))
