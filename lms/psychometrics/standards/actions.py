"""Open a panel, take a judge's sheet, go on to the next round or to the cut; all signed."""

from collections.abc import Mapping

from lms import clock
from lms.actor import Actor
from lms.curriculum.models import ModuleVersion
from lms.db import db, insert_once
from lms.errors import N_, Conflict, NotAllowed, RuleBroken
from lms.people.actions import Checked, confirm_proof
from lms.psychometrics.models import AngoffPanel, AngoffSheet, AngoffStep
from lms.psychometrics.queries import machine_questions
from lms.psychometrics.rules.panels import CLOSED, SECOND, check_sheet, check_step, outcome
from lms.psychometrics.standards import queries
from lms.records.actions import record, sign

SHORTEST = 2  # questions of a panel


def _check_owner(by: Actor) -> None:
    if not by.has("owner"):
        raise NotAllowed()


def open_panel(
    *, version: ModuleVersion, purpose: str, checked: Checked | None, by: Actor
) -> AngoffPanel:
    """Open a panel over the machine-marked questions of a version, signed "opened".

    Raises:
        NotAllowed: `by` is no content owner.
        RuleBroken: no purpose, hardly any question, or a wrong password.
    """
    proof = confirm_proof(checked)
    _check_owner(by)
    if not purpose.strip():
        raise RuleBroken(N_("Write what the cut is for."), field="purpose")
    questions = {one.id: one.points for one, _key in machine_questions(version)}
    if len(questions) < SHORTEST:
        raise RuleBroken(N_("This version has too few machine-marked questions for a panel."))
    row = AngoffPanel(
        module_version_id=version.id,
        purpose=purpose.strip(),
        questions=questions,
        opened_by=by.id,
        opened_at=clock.now(),
    )
    db.session.add(row)
    record("panel.opened", row, by=by)
    sign(row, meaning="opened", by=by, proof=proof)
    return row


def rate(
    *, panel_id: str, ratings: Mapping[str, int], checked: Checked | None, by: Actor
) -> AngoffSheet:
    """Keep what a judge says of every question in the round that is open, signed "judged".

    Args:
        ratings: by question, of a hundred barely competent people how many would be right.

    Raises:
        NotFound: no such panel, or `by` answers for no content.
        RuleBroken: a question left out, a number outside 0 to 100, no first sheet before the
            second round, or a wrong password.
        Conflict: the panel is closed, or this judge has judged in this round already.
    """
    proof = confirm_proof(checked)
    found = queries.panel(panel_id, by)
    check_sheet(found.state, found.row.questions, ratings)
    if found.round > 1 and found.sheet_of(by.id, 1) is None:
        raise RuleBroken(N_("Only who judged in the first round judges in the second."))
    row, created = insert_once(
        AngoffSheet,
        ("panel_id", "judge_id", "round"),
        panel_id=panel_id,
        judge_id=by.id,
        round=found.round,
        ratings=dict(ratings),
        rated_at=clock.now(),
    )
    if not created:
        raise Conflict(N_("You have judged in this round already: a sheet stays as it was signed."))
    record("panel.rated", row, by=by)
    sign(row, meaning="judged", by=by, proof=proof)
    return row


def go_on(*, panel_id: str, checked: Checked | None, by: Actor) -> AngoffStep:
    """Take a panel to its second round, or close it with its cut; signed.

    The cut changes no paper: it stands in the content, whose next version takes it over.

    Raises:
        NotFound: no such panel.
        NotAllowed: `by` is no content owner.
        RuleBroken: too few judges in this round, or a wrong password.
        Conflict: it is closed, or somebody else took it on in the meantime.
    """
    proof = confirm_proof(checked)
    _check_owner(by)
    found = queries.panel(panel_id, by)
    if found.state == "closed":
        raise Conflict(N_("This panel is closed."))
    sheets = found.of_round(found.round)
    check_step(len(sheets))
    row, created = insert_once(
        AngoffStep,
        ("panel_id", "step"),
        panel_id=panel_id,
        step=SECOND if found.state == "first" else CLOSED,
        outcome=outcome(found.row.questions, [one.ratings for one in sheets]),
        taken_by=by.id,
        taken_at=clock.now(),
    )
    if not created:
        raise Conflict(N_("Somebody else took this panel on in the meantime."))
    record(f"panel.{row.step}", row, by=by)
    sign(row, meaning=row.step, by=by, proof=proof)
    return row
