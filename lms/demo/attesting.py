"""What the demonstration shows beside modules: evidence, a workplace log, panels in each state."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from lms import clock
from lms.actor import Actor
from lms.attestation import actions
from lms.attestation.lines import Line, own_lines
from lms.attestation.log import actions as log
from lms.attestation.models import Attestation, Panel
from lms.attestation.panel import actions as panels
from lms.columns import new_id
from lms.db import db, transaction
from lms.demo.signing import checked, member

ASEPTIC, ASSAY = "aseptic", "assay"
_WORK = (
    ("FFP-02", "3.5", "Demo line 2, batch DEMO-26-118", "Set-up and two interventions in grade A."),
    ("FFP-03", "0.5", "Demo room 041", "Gowned for grade A/B, second time this week."),
    ("FFP-04", "4", "Demo line 2", "Filled vials."),
)
_SAMPLES = "E-17; 0.50; 0.25\nE-23; 5.0; 2.5\nE-31; 1.2; 0.6\nE-44; 0.12; 0.06"
_VALUES = {"E-17": "0.46", "E-23": "5.8", "E-31": "1.05", "E-44": "0.13"}
_COUNTS = "M-1; 3; 1\nM-2; 0; 0\nM-3; 18; 3"


def play_evidence() -> None:
    """Let two instructors attest, score and countersign what two learners showed; once."""
    with transaction():
        if db.session.scalar(select(Attestation.id).limit(1)):
            return
        first, second = member("instructor"), member("instructor2")
        learner = member(ASEPTIC)
        lines = own_lines(learner, clock.today())
        if not lines:
            return  # a hub without this programme has a smaller demonstration
        _show(lines, first, second)
        _log(_line(lines, "WL"), learner, first)
        _panels(first, second)


def _line(lines: list[Line], kind: str, place: int = 0) -> Line:
    return [one for one in lines if one.clause["kind"] == kind][place]


def _day(ago: int) -> str:
    return (clock.today() - timedelta(days=ago)).isoformat()


def _show(lines: list[Line], first: Actor, second: Actor) -> None:
    """Plates that wait for the laboratory, a media fill passed, a defence to be seconded."""
    _attest(_line(lines, "GP"), {"done_on": _day(2), "batch": "DEMO plates 26-07"}, first)
    fill = {
        "done_on": _day(18), "batch": "DEMO media fill 4", "part": "Set-up and filling",
        "units": 5200, "read_on": _day(3), "report": "DEMO micro 26-311", "promotion": True,
        "grown": 0,
    }  # fmt: skip
    row = _attest(_line(lines, "APS"), fill, first)
    told = actions.Told(agrees=True, independent=True)
    actions.second(attestation_id=row.id, told=told, checked=checked(second), by=second)
    defence = {
        "done_on": _day(1), "way": "oral", "subject": "A glove that tore in grade A",
        "asked": "What stays in the line, what goes, who is told? All three were answered.",
        "outcome": "passed",
    }  # fmt: skip
    _attest(_line(lines, "OD"), defence, second)


def _attest(line: Line, facts: dict[str, Any], by: Actor) -> Attestation:
    return actions.attest(
        once=new_id(),
        enrolment_id=line.enrolment.id,
        key=line.key,
        said=actions.Said(facts, independent=True),
        checked=checked(by),
        by=by,
    )


def _log(line: Line, learner: Actor, supervisor: Actor) -> None:
    """Three entries: countersigned, waiting, sent back."""
    rows = [
        log.write_entry(
            once=new_id(),
            key=line.key,
            work=log.Work(
                clock.today() - timedelta(days=ago),
                task,
                Decimal(hours),
                codes,
                text,
                "Demo Shift Lead",
            ),
            by=learner,
        )
        for ago, (task, hours, codes, text) in enumerate(_WORK, 1)
    ]
    for row, reason in ((rows[0], ""), (rows[2], "Which batch was it? Write its number.")):
        log.answer_entry(
            entry_id=row.id,
            accepts=not reason,
            reason=reason,
            checked=checked(supervisor),
            by=supervisor,
        )


def _panels(maker: Actor, assessor: Actor) -> None:
    """A panel that is scored and signed, and one that waits for the learner's values."""
    learner = member(ASSAY)
    lines = own_lines(learner, clock.today())
    endotoxin, plates = (_line(lines, "BP", place) for place in (0, 1))
    row = _make(endotoxin, "Demo endotoxin panel 3", "EU/mL", _SAMPLES, maker)
    panels.hand_in(panel_id=row.id, given=_VALUES, by=learner)
    panels.assess(panel_id=row.id, independent=True, checked=checked(assessor), by=assessor)
    _make(plates, "Demo settle plates 9", "CFU", _COUNTS, maker)


def _make(line: Line, title: str, unit: str, samples: str, by: Actor) -> Panel:
    return panels.make_panel(
        once=new_id(),
        enrolment_id=line.enrolment.id,
        key=line.key,
        title=title,
        sort="number",
        unit=unit,
        samples=samples,
        checked=checked(by),
        by=by,
    )
