"""Agree on anchors and withdraw them, as a lead; mark them, as a marker."""

from collections.abc import Mapping

from lms import clock
from lms.actor import Actor
from lms.columns import digest
from lms.db import insert_once
from lms.errors import N_, Conflict, NotFound, RuleBroken
from lms.grading.calibration import leading, queries
from lms.grading.calibration.models import Anchor, AnchorMark, AnchorWithdrawal, Calibration
from lms.grading.calibration.rules.passing import MOST, tally
from lms.grading.queries import rubric_of
from lms.grading.rules import check_levels
from lms.people.actions import Checked, confirm_proof
from lms.people.queries import hold_person
from lms.records.actions import record, sign

_OVERTAKEN = N_(
    "Somebody else added a calibration answer in the meantime. What you wrote is kept here: look"
    " at theirs, then send yours again."
)


def agree_on_anchor(
    *,
    question_id: str,
    text: str,
    levels: dict[str, int],
    reasons: Mapping[str, str],
    item_id: str | None,
    read_number: int,
    checked: Checked | None,
    by: Actor,
) -> Anchor:
    """Append an answer with its agreed levels, signed "agreed".

    Args:
        reasons: why each criterion has its level; the marker reads it after marking.
        item_id: the released answer that it was chosen from, None: it was written.
        read_number: the number of the question's newest anchor that the page showed.

    Raises:
        NotAllowed: `by` leads no markers.
        NotFound: no such question or answer.
        RuleBroken: a level, a reason or the text missing, five stand already, a wrong password.
        Conflict: somebody else added one since the page was opened.
    """
    proof = confirm_proof(checked)
    leading.check_lead(by)
    criteria = _check_anchor(question_id, text, levels, reasons)
    if item_id and leading.released_answer(question_id, item_id, by) is None:
        raise NotFound()
    row, created = insert_once(
        Anchor,
        ("question_id", "number"),
        question_id=question_id,
        number=read_number + 1,
        rubric_digest=digest(criteria),
        text=text.strip(),
        levels=levels,
        reasons={one["id"]: reasons[one["id"]].strip() for one in criteria},
        item_id=item_id or None,
        agreed_by=by.id,
        agreed_at=clock.now(),
    )
    if created:
        record("anchor.agreed", row, by=by)
        sign(row, meaning="agreed", by=by, proof=proof)
    elif row.agreed_by != by.id or row.text != text.strip():
        raise Conflict(_OVERTAKEN)
    return row


def _check_anchor(
    question_id: str, text: str, levels: dict[str, int], reasons: Mapping[str, str]
) -> list[dict[str, str]]:
    """Return the criteria of a question; refuse an anchor that says too little or is one too many.

    Raises:
        NotFound: no such question. RuleBroken: as `agree_on_anchor`.
    """
    queries.text_question(question_id)
    criteria: list[dict[str, str]] = rubric_of(question_id).key["criteria"]
    check_levels(criteria, levels)
    if not text.strip():
        raise RuleBroken(N_("Write the answer."), field="text")
    for criterion in criteria:
        if not reasons.get(criterion["id"], "").strip():
            raise RuleBroken(
                N_("Write why “%(criterion)s” has this level."),
                field=f"reason-{criterion['id']}",
                criterion=criterion["title"],
            )
    if len(queries.anchors_of([question_id]).get(question_id, [])) >= MOST:
        raise RuleBroken(
            N_("%(most)s calibration answers stand already. Withdraw one first."), most=MOST
        )
    return criteria


def withdraw_anchor(*, anchor_id: str, reason: str, by: Actor) -> AnchorWithdrawal:
    """Let an anchor be asked of nobody any more; who passed with it has passed.

    Raises:
        NotAllowed: `by` leads no markers.
        NotFound: no such anchor stands.
        RuleBroken: no reason.
    """
    leading.check_lead(by)
    anchor = queries.anchor_by_id(anchor_id)
    if not reason.strip():
        raise RuleBroken(N_("Write why it is withdrawn."), field="reason")
    row, created = insert_once(
        AnchorWithdrawal,
        ("anchor_id",),
        anchor_id=anchor.id,
        reason=reason.strip(),
        withdrawn_by=by.id,
        withdrawn_at=clock.now(),
    )
    if created:
        record("anchor.withdrawn", row, by=by)
    return row


def mark_anchor(*, anchor_id: str, levels: dict[str, int], number: int, by: Actor) -> AnchorMark:
    """Append what a marker gives an anchor; with the last one of a try, what the try comes to.

    Sent twice, the first counts: by then the agreed levels were shown.

    Args:
        number: of the try that the page showed; what ended meanwhile takes no more.

    Raises:
        NotFound: no such anchor stands, or the rubric changed since.
        RuleBroken: levels missing.
        Conflict: `by` has met the levels already, or agreed on them, or that try has ended.
    """
    hold_person(by.id)  # two tabs: one try
    anchor = queries.anchor_by_id(anchor_id)
    found = queries.course(anchor.question_id, by)
    if anchor not in found.anchors or found.is_short:
        raise NotFound()
    if given := found.marks.get((anchor_id, number)):
        return given
    if found.passed or any(one.agreed_by == by.id for one in found.anchors):
        raise Conflict(N_("This question is open to you already."))
    if number != found.number:
        raise Conflict(N_("Nothing was done: the page was too old. Try again."))
    check_levels(found.criteria, levels)
    row, created = insert_once(
        AnchorMark,
        ("anchor_id", "marker_id", "number"),
        anchor_id=anchor_id,
        marker_id=by.id,
        number=number,
        levels=levels,
        marked_at=clock.now(),
    )
    if created:
        record("anchor.marked", row, by=by)
        _finish_when_all(queries.course(anchor.question_id, by), by)
    return row


def finish_try(*, question_id: str, by: Actor) -> Calibration | None:
    """Say what a try comes to whose last missing anchor was withdrawn; else change nothing.

    Raises:
        NotFound: no such question, or it never had an anchor.
    """
    hold_person(by.id)
    return _finish_when_all(queries.course(question_id, by), by)


def _finish_when_all(found: queries.Course, by: Actor) -> Calibration | None:
    if found.waiting or found.is_short or found.passed:
        return None
    sums = tally(row for one in found.tried(found.number) for row in one.found)
    row, created = insert_once(
        Calibration,
        ("question_id", "marker_id", "number"),
        question_id=found.question.id,
        marker_id=by.id,
        number=found.number,
        rubric_digest=found.rubric_digest,
        close=sums.close,
        of=sums.of,
        gates=sums.gates,
        passed=sums.is_enough,
        finished_at=clock.now(),
    )
    if created:
        record("marker.calibrated" if row.passed else "marker.not-calibrated", row, by=by)
    return row
