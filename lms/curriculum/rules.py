"""What state a version is in on a day, who may act on it, which version readers get. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from lms.columns import digest
from lms.errors import N_, RuleBroken

CHECKED = "values-checked"
CORRECTED = "key-corrected"
IMPACT = "impact"
DRAFT, REVIEWED, APPROVED, EFFECTIVE, RETIRED = STATES = (
    "draft",
    "reviewed",
    "approved",
    "effective",
    "retired",
)
REVIEWS_NEEDED = 2  # curriculum map, section 0, content authority


def leads_to(most: int, *, workplace: bool) -> int:
    """Return the highest level of a competency that a module opens the way to.

    Level 3 is open after practice at the workplace wherever the module itself gives level 2
    (curriculum map, section 1.1, reading rule).

    Args:
        most: what the module gives by its own paper and practical; 0: nothing.
        workplace: whether it has hours at the workplace.
    """
    return 3 if most == 2 and workplace else most


@dataclass(frozen=True)
class Act:
    """A signed act as the rules see it; in a sequence, oldest first."""

    act: str
    person_id: str
    subject_digest: str
    as_regulator: bool = False
    effective_on: date | None = None


@dataclass(frozen=True)
class Standing:
    """A version of a module with its acts."""

    id: str
    number: int
    acts: Sequence[Act] = ()


def subject(shown: str, keys: Iterable[str], limits: Iterable[str]) -> str:
    """Return the digest of what a reviewer or owner signs.

    Args:
        shown: digest of everything shown.
        keys: digests of the keys in force.
        limits: digests of the † limits cited, as they stand in the register.
    """
    return digest({"shown": shown, "keys": sorted(keys), "limits": sorted(limits)})


def reviewers(acts: Iterable[Act], subject_digest: str) -> dict[str, bool]:
    """Return who reviewed this very subject, and whether each did so as a regulator."""
    return {
        act.person_id: act.as_regulator
        for act in acts
        if act.act == REVIEWED and act.subject_digest == subject_digest
    }


def state(
    acts: Sequence[Act], subject_digest: str, on: date, regulator_review: bool = False
) -> str:
    """Return the state of a version on a day.

    Reviews count for exactly what was reviewed: a key changed since asks for new ones. What was
    approved stays approved; later keys come in by a signed correction of their own.
    """
    for act in (RETIRED, EFFECTIVE):
        since = _since(acts, act)
        if since and since <= on:
            return act
    if any(act.act == APPROVED for act in acts):
        return APPROVED
    by = reviewers(acts, subject_digest)
    if len(by) >= REVIEWS_NEEDED and (any(by.values()) or not regulator_review):
        return REVIEWED
    return DRAFT


def is_effective(acts: Sequence[Act], on: date) -> bool:
    """Tell whether a version certifies on a day."""
    return state(acts, "", on) == EFFECTIVE


def in_service(versions: Sequence[Standing], on: date) -> tuple[Standing, bool] | None:
    """Return the version that readers get on a day, and whether it is only for practice.

    The one that became effective last; where none is effective, the newest that is not retired.
    """
    effective = [version for version in versions if is_effective(version.acts, on)]
    if effective:
        return max(effective, key=lambda v: (_since(v.acts, EFFECTIVE) or on, v.number)), False
    open_ones = [version for version in versions if state(version.acts, "", on) != RETIRED]
    return (max(open_ones, key=lambda v: v.number), True) if open_ones else None


def _since(acts: Sequence[Act], kind: str) -> date | None:
    """Return the day that was signed last for an act that counts from one."""
    days = [act.effective_on for act in acts if act.act == kind]
    return days[-1] if days else None


def open_acts(
    current: str, roles: Collection[str], *, proposals: bool = False, open_values: bool = False
) -> list[str]:
    """Return the acts that somebody of these roles may sign on a version in this state.

    Args:
        proposals: whether corrected keys wait for a signature.
        open_values: whether † values that it cites are not yet checked.

    What else may stand in the way (a second review by one person) the checks below say.
    """
    acts = []
    if "reviewer" in roles and current in (DRAFT, REVIEWED):
        acts += [REVIEWED, CHECKED] if open_values else [REVIEWED]
    if "owner" in roles:
        if current == REVIEWED:
            acts.append(APPROVED)
        if current == APPROVED:
            acts.append(EFFECTIVE)
        if current in (APPROVED, EFFECTIVE) and proposals:
            acts.append(CORRECTED)
        if current in (EFFECTIVE, RETIRED):
            acts.append(IMPACT)
        if current != RETIRED:
            acts.append(RETIRED)
    return acts


# --- who may act ----------------------------------------------------------------------------


def check_review(current: str, acts: Sequence[Act], subject_digest: str, person_id: str) -> None:
    """Refuse a review that is too late or a second one by the same person."""
    if current not in (DRAFT, REVIEWED):
        raise RuleBroken(N_("This version is approved already; reviews come before that."))
    if person_id in reviewers(acts, subject_digest):
        raise RuleBroken(N_("You have reviewed this version as it stands. It takes two people."))


def check_values(current: str, open_values: Collection[str]) -> None:
    """Refuse to sign values as checked that are past approval, or that nobody left open."""
    if current not in (DRAFT, REVIEWED):
        raise RuleBroken(N_("This version is approved already; reviews come before that."))
    if not open_values:
        raise RuleBroken(N_("No value marked † waits to be checked in this version."))


def check_approval(
    current: str,
    acts: Sequence[Act],
    subject_digest: str,
    person_id: str,
    open_limits: Collection[str],
) -> None:
    """Refuse an approval without two reviews, by a reviewer, or with † values unchecked."""
    if current != REVIEWED:
        raise RuleBroken(N_("Two reviewers have to sign this version before it is approved."))
    if person_id in reviewers(acts, subject_digest):
        raise RuleBroken(N_("You have reviewed this version. Somebody else approves it."))
    if open_limits:
        raise RuleBroken(
            N_(
                "A reviewer has first to sign that each value marked † stands so in its "
                "document. Not yet checked: %(limits)s."
            ),
            limits=", ".join(sorted(open_limits)),
        )


def check_effective(current: str, on: date, today: date) -> None:
    """Refuse to make effective what is not approved, or from a day that is over."""
    if current != APPROVED:
        raise RuleBroken(N_("Only an approved version can become effective."))
    if on < today:
        raise RuleBroken(N_("It cannot become effective on a day that is over."), field="on")


def check_retirement(current: str, on: date, today: date) -> None:
    """Refuse to retire what is retired, or from a day that is over."""
    if current == RETIRED:
        raise RuleBroken(N_("This version is retired already."))
    if on < today:
        raise RuleBroken(N_("It cannot be retired from a day that is over."), field="on")


def check_correction(current: str, proposals: int, note: str) -> None:
    """Refuse a key correction without a reason, without proposals, or on a draft."""
    if current not in (APPROVED, EFFECTIVE):
        raise RuleBroken(N_("Keys of a draft are corrected in its folder and need no signature."))
    if not proposals:
        raise RuleBroken(N_("No corrected key waits for a signature."))
    if not note.strip():
        raise RuleBroken(N_("Say what was wrong with the key."), field="note")


def check_impact(current: str, note: str) -> None:
    """Refuse a decision on impact for a version that never certified, or an empty one."""
    if current not in (EFFECTIVE, RETIRED):
        raise RuleBroken(N_("Nobody was certified on this version: there is no impact to decide."))
    if not note.strip():
        raise RuleBroken(N_("Say what follows for those who hold it already."), field="note")


def open_limits(
    limits: Mapping[str, Mapping[str, Any]], acts: Iterable[Act], subject_digest: str
) -> set[str]:
    """Return the † limits that still lack their clause, or somebody who checked them.

    A limit is checked where the register names who did and when, or by a signed act on exactly
    what the version and the register say now.
    """
    signed = any(act.act == CHECKED and act.subject_digest == subject_digest for act in acts)
    return {
        id
        for id, limit in limits.items()
        if not limit["clause"].strip()
        or not (signed or (limit["checked_by"].strip() and limit["checked_on"].strip()))
    }
