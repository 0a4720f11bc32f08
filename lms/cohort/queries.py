"""Read the enrolments that somebody may see, and the rosters that they brought in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from lms.actor import Actor
from lms.cohort.hub import like
from lms.cohort.models import RosterImport
from lms.curriculum.exams import is_module
from lms.curriculum.models import ModuleVersion
from lms.db import db
from lms.errors import NotFound
from lms.learning.models import Enrolment
from lms.learning.queries import seen_by
from lms.people.models import Organisation, Person

PAGE = 50
MOST_EXPORTED = 20_000

Sending, Delivering = aliased(Organisation), aliased(Organisation)
RUNNING, ENDED = "running", "ended"


def own_import(import_id: str, by: Actor) -> RosterImport:
    """Return a roster that the actor brought in.

    Raises:
        NotFound: there is none of this id, or somebody else did.
    """
    found = db.session.get(RosterImport, import_id)
    if found is None or found.person_id != by.id:
        raise NotFound()
    return found


def import_by_once(once: str, by: Actor) -> RosterImport | None:
    """Return the roster that was confirmed from this preview before."""
    statement = select(RosterImport).where(
        RosterImport.once == once, RosterImport.person_id == by.id
    )
    return db.session.scalars(statement).first()


# --- the list of enrolments -----------------------------------------------------------------


@dataclass(frozen=True)
class Wanted:
    """What a list is narrowed to; "" is everything. `what` is a module's or programme's code."""

    words: str = ""
    what: str = ""
    place: str = ""
    state: str = ""


@dataclass(frozen=True)
class Listed:
    """An enrolment with the names that it stands for."""

    enrolment: Enrolment
    person: Person
    version: ModuleVersion
    sending: Organisation
    delivering: Organisation

    @property
    def ended_at(self) -> datetime | None:
        """Return when it ended; None while it runs."""
        return self.enrolment.ended_at


def listed() -> sa.Select[*tuple[Any, ...]]:
    """Return the statement of all enrolments with their names; narrow it before use."""
    return (
        select(Enrolment, Person, ModuleVersion, Sending, Delivering)
        .join(Person, Person.id == Enrolment.person_id)
        .join(ModuleVersion, ModuleVersion.id == Enrolment.module_version_id)
        .join(Sending, Sending.id == Enrolment.sending_id)
        .join(Delivering, Delivering.id == Enrolment.delivering_id)
        .where(is_module())
    )


def narrowed(statement: sa.Select[Any], wanted: Wanted) -> sa.Select[Any]:
    """Narrow a statement like `listed` to what is wanted; the state apart."""
    if wanted.words:
        statement = statement.where(like(wanted.words))
    if wanted.what:
        what = wanted.what.upper()
        statement = statement.where(
            or_(ModuleVersion.code == what, Enrolment.programme_code == what)
        )
    if wanted.place:
        below = f"/{wanted.place}/"
        statement = statement.where(
            or_(
                *(path.contains(below, autoescape=True) for path in (Sending.path, Delivering.path))
            )
        )
    return statement


def enrolments(by: Actor, wanted: Wanted, page: int = 1, limit: int = PAGE) -> list[Listed]:
    """Return a page of the enrolments that `by` coordinates, by name; one more shows there is more.

    Args:
        page: from 1.
    """
    statement = narrowed(seen_by(listed(), by.only("coordinator")), wanted)
    if wanted.state in (RUNNING, ENDED):
        ended = Enrolment.ended_at.is_not(None)
        statement = statement.where(ended if wanted.state == ENDED else ~ended)
    statement = statement.order_by(Person.name, Person.id, ModuleVersion.code, Enrolment.id)
    rows = db.session.execute(statement.limit(limit + 1).offset((page - 1) * limit))
    return [Listed(*row) for row in rows]


def enrolment(enrolment_id: str, by: Actor) -> Listed:
    """Return an enrolment that `by` may see, ended or not.

    Raises:
        NotFound: there is none of this id, or it is not theirs to see.
    """
    statement = seen_by(listed().where(Enrolment.id == enrolment_id), by)
    row = db.session.execute(statement).first()
    if row is None:
        raise NotFound()
    return Listed(*row)
