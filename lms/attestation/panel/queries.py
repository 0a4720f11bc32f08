"""Read blinded panels as somebody may see them: what is sealed stays out until values are in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from lms.actor import Actor
from lms.attestation.models import Attestation, Panel, PanelValues
from lms.curriculum.models import Definition
from lms.db import db
from lms.errors import NotFound
from lms.learning.models import Enrolment
from lms.learning.queries import seen_by
from lms.people.models import Person

LIST_LIMIT = 100  # panels that wait on a page


@dataclass(frozen=True)
class Shown:
    """A panel with the names that belong to it.

    Attributes:
        values: what the candidate handed in; None: nothing yet.
        signed: the piece of evidence that an assessor made of it.
    """

    row: Panel
    learner: Person
    definition: Definition
    maker: Person
    values: PanelValues | None
    signed: str | None

    @property
    def stage(self) -> str:
        """Return what it waits for: values, an assessor, or nothing."""
        return "values" if self.values is None else "signed" if self.signed else "assessor"


_Maker = aliased(Person)


def _shown() -> Select[*tuple[Any, ...]]:
    return (
        select(Panel, Person, Definition, _Maker, PanelValues, Attestation.id)
        .join(Enrolment, Enrolment.id == Panel.enrolment_id)
        .join(Person, Person.id == Panel.person_id)
        .join(_Maker, _Maker.id == Panel.made_by)
        .join(Definition, Definition.id == Panel.definition_id)
        .outerjoin(PanelValues, PanelValues.panel_id == Panel.id)
        .outerjoin(Attestation, Attestation.once == Panel.id)
    )


def panel(panel_id: str, by: Actor) -> Shown:
    """Return a panel as its candidate sees it, or an instructor who teaches them.

    Raises:
        NotFound: there is none of this id, or it is not theirs to see.
    """
    statement = seen_by(_shown().where(Panel.id == panel_id), by.only("instructor"))
    row = db.session.execute(statement).first()
    if row is None:
        raise NotFound()
    return Shown(*row)


def to_assess(panel_id: str, by: Actor) -> Shown:
    """Return a panel whose values are in and that `by` may assess.

    Raises:
        NotFound: not theirs, their own, one that they made, or without values.
    """
    found = panel(panel_id, by)
    if by.id in (found.row.person_id, found.row.made_by) or found.values is None:
        raise NotFound()
    return found


def panels_for(person_id: str, key: str) -> Sequence[Shown]:
    """Return a candidate's panels for a clause, the newest first."""
    statement = _shown().where(Panel.person_id == person_id, Panel.clause == key)
    rows = db.session.execute(statement.order_by(Panel.made_at.desc()))
    return [Shown(*row) for row in rows]


def made_once(once: str, by: Actor) -> Panel | None:
    """Return what a form made when it was sent before."""
    statement = select(Panel).where(Panel.once == once, Panel.made_by == by.id)
    return db.session.scalars(statement).first()


def own_open(by: Actor) -> Sequence[Shown]:
    """Return the actor's own panels that wait for values."""
    statement = _shown().where(Panel.person_id == by.id, PanelValues.id.is_(None))
    return [Shown(*row) for row in db.session.execute(statement.order_by(Panel.made_at))]


def unscored(by: Actor) -> Sequence[Shown]:
    """Return the panels with values that wait for an assessor, `by` among them, oldest first."""
    statement = _shown().where(
        PanelValues.id.is_not(None), Attestation.id.is_(None), Panel.made_by != by.id
    )
    statement = seen_by(statement, by.only("instructor")).where(Panel.person_id != by.id)
    rows = db.session.execute(statement.order_by(PanelValues.handed_at).limit(LIST_LIMIT))
    return [Shown(*row) for row in rows]
