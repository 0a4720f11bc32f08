"""Sign a sheet, each in their part; the last signature decides it and hands the evidence down."""

from dataclasses import dataclass

from lms import clock
from lms.actor import Actor
from lms.competency.actions import record_evidence
from lms.competency.rules import PRACTICAL, add_months
from lms.db import db
from lms.errors import N_, Conflict, RuleBroken
from lms.people.actions import Checked, confirm_proof
from lms.people.queries import hold_person
from lms.practicals import queries, rules
from lms.practicals.actions import SIGNED_ALREADY, append_result, close
from lms.practicals.models import SignOff
from lms.practicals.standing import current
from lms.records.actions import record, sign


@dataclass(frozen=True)
class Said:
    """What somebody says to a sheet when signing it.

    Attributes:
        independent: the assessor did not train this learner for this practical.
        note: an assessor's remark; why one disagrees or objects.
    """

    agrees: bool
    independent: bool
    note: str


def sign_sheet(
    *, sheet_id: str, read: str, said: Said, checked: Checked | None, by: Actor
) -> SignOff:
    """Sign a sheet as what one is to it: its observer, a second assessor, its learner.

    A second time gives the first signature back. The last signature decides the sheet.

    Args:
        read: the digest of the sheet that the page showed.

    Raises:
        NotFound: not a sheet that `by` may see.
        Conflict: it is not `by`'s turn any more, or the sheet is no longer as it was shown.
        RuleBroken: something is missing on it, or a wrong password.
    """
    proof = confirm_proof(checked)
    hold_person(queries.sheet(sheet_id, by).sheet.person_id)
    seen = queries.sheet(sheet_id, by)
    part = seen.part_of(by)
    if part in seen.signed and seen.signed[part].person_id == by.id:
        return seen.signed[part]
    if not seen.awaits(by):
        raise Conflict(SIGNED_ALREADY)
    _may_sign(seen, part, said)
    if queries.digest_of(seen, queries.taps_of(sheet_id)) != read:
        raise Conflict(N_("Something was noted on this sheet in the meantime. Look at it again."))
    if part == "observer":
        close(seen.sheet, by)
    row = _append(seen, part, read, said, by)
    yes, no = ("countersigned", "objected") if part == "learner" else ("observed", "disagreed")
    sign(row, meaning=yes if said.agrees else no, by=by, proof=proof)
    if part == "learner" or not said.agrees:
        _decide(seen, {**seen.signed, part: row}, by)
    return row


def _append(seen: queries.Seen, part: str, read: str, said: Said, by: Actor) -> SignOff:
    row = SignOff(
        sheet_id=seen.sheet.id,
        part=part,
        person_id=by.id,
        agrees=said.agrees,
        independent=said.independent,
        assessors=assessors_needed(seen),
        note=said.note.strip(),
        taps_digest=read,
        signed_at=clock.now(),
    )
    db.session.add(row)
    record(f"sheet.signed-by-{part}", row, by=by)
    return row


def _may_sign(seen: queries.Seen, part: str, said: Said) -> None:
    if part == "observer" and not said.agrees:
        raise RuleBroken(N_("The observer signs what was observed, or sets the sheet aside."))
    if part != "learner" and said.agrees and not said.independent:
        raise RuleBroken(
            N_("Who trained the learner for this practical cannot sign it. Ask a colleague."),
            field="independent",
        )
    if not said.agrees and not said.note.strip():
        raise RuleBroken(N_("Say in a few words what was different."), field="note")
    if part == "observer":
        stands = current(queries.taps_of(seen.sheet.id))
        if rules.missing(seen.practical.shown, stands):
            raise RuleBroken(N_("Something is still missing on this sheet."))


def assessors_needed(seen: queries.Seen) -> int:
    """Return how many assessors sign a sheet: as found when its observer signed, or would now."""
    if "observer" in seen.signed:
        return seen.signed["observer"].assessors
    levels = queries.levels_today(seen.sheet.opened_by, clock.today())
    return rules.signatures_needed(seen.practical.shown, levels)


def _decide(seen: queries.Seen, signed: dict[str, SignOff], by: Actor) -> None:
    """Append what the sheet came to, and hand the evidence of a pass down."""
    stands = current(queries.taps_of(seen.sheet.id))
    found = rules.outcome(seen.practical.shown, stands)
    verdict = rules.verdict_of_people({part: row.agrees for part, row in signed.items()})
    result = append_result(seen.sheet, found, verdict or found.verdict, "", by)
    if result.passed:
        months = seen.version.manifest.get("requalify_months")
        record_evidence(
            result,
            person_id=seen.sheet.person_id,
            shows=seen.practical.shown["competencies"],
            kind=PRACTICAL,
            practice=seen.sheet.practice,
            counts_until=add_months(clock.today(), months) if months else None,
            module_version_id=seen.version.id,
            by=by,
        )
