"""Read panels of judges: where each stands, its sheets, its outcome."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from lms.actor import Actor
from lms.curriculum.models import ModuleVersion, Question
from lms.db import db
from lms.errors import NotFound
from lms.psychometrics.models import AngoffPanel, AngoffSheet, AngoffStep
from lms.psychometrics.queries import check_reader
from lms.psychometrics.rules.panels import State, round_of, state_of


@dataclass(frozen=True)
class Panel:
    """A panel with its version, its steps and every sheet of its judges."""

    row: AngoffPanel
    version: ModuleVersion
    steps: Mapping[str, AngoffStep]
    sheets: Sequence[AngoffSheet]

    @property
    def state(self) -> State:
        """Return where it stands."""
        return state_of(self.steps.keys())

    @property
    def round(self) -> int:
        """Return the round that is open, or was last."""
        return round_of(self.state)

    def of_round(self, number: int) -> list[AngoffSheet]:
        """Return the sheets of a round, in an order that says nothing of the judges."""
        return sorted((one for one in self.sheets if one.round == number), key=lambda one: one.id)

    def sheet_of(self, judge_id: str, number: int) -> AngoffSheet | None:
        """Return what a judge said in a round, if anything yet."""
        return next((one for one in self.of_round(number) if one.judge_id == judge_id), None)


def panel(panel_id: str, by: Actor) -> Panel:
    """Return a panel: three queries. Raises NotFound."""
    check_reader(by)
    row = db.session.execute(
        select(AngoffPanel, ModuleVersion)
        .join(ModuleVersion, ModuleVersion.id == AngoffPanel.module_version_id)
        .where(AngoffPanel.id == panel_id)
    ).first()
    if row is None:
        raise NotFound()
    steps = db.session.scalars(select(AngoffStep).where(AngoffStep.panel_id == panel_id))
    sheets = db.session.scalars(select(AngoffSheet).where(AngoffSheet.panel_id == panel_id))
    return Panel(row[0], row[1], {one.step: one for one in steps}, list(sheets))


def panels(by: Actor) -> list[tuple[AngoffPanel, ModuleVersion, State, int]]:
    """Return every panel with its version, where it stands, and how many sheets it has."""
    check_reader(by)
    count = (
        select(func.count(AngoffSheet.id))
        .where(AngoffSheet.panel_id == AngoffPanel.id)
        .scalar_subquery()
    )
    statement = (
        select(AngoffPanel, ModuleVersion, count)
        .join(ModuleVersion, ModuleVersion.id == AngoffPanel.module_version_id)
        .order_by(AngoffPanel.opened_at.desc())
        .limit(200)
    )
    taken: dict[str, set[str]] = {}
    for panel_id, step in db.session.execute(select(AngoffStep.panel_id, AngoffStep.step)):
        taken.setdefault(panel_id, set()).add(step)
    return [
        (row[0], row[1], state_of(taken.get(row[0].id, set())), row[2])
        for row in db.session.execute(statement)
    ]


def questions_by_id(panel: Panel) -> dict[str, Question]:
    """Return the questions of a panel by id, in the order of their lessons."""
    statement = (
        select(Question)
        .where(Question.id.in_(panel.row.questions))
        .order_by(Question.lesson, Question.code)
    )
    return {one.id: one for one in db.session.scalars(statement)}
