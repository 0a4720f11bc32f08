"""Read organisations for those who look after them, narrowed to what they oversee."""

from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy import func, or_, select

from lms.actor import Actor
from lms.db import db
from lms.errors import NotFound
from lms.people import rules
from lms.people.models import Organisation, Person

MOST_PLACES = 300
OVERSEE = ("administrator", "coordinator")


@dataclass(frozen=True)
class Place:
    """An organisation, how many people belong to it or below it, and what is shown below it."""

    organisation: Organisation
    people: int = 0
    below: tuple["Place", ...] = ()


def inside(column: Any, by: Actor) -> sa.ColumnElement[bool]:
    """Return the condition that a path lies where `by` oversees people."""
    if rules.runs_hub(by):
        return sa.true()
    return or_(sa.false(), *(column.like(path + "%") for path in by.paths(*OVERSEE)))


def places(by: Actor, words: str = "") -> tuple[list[Place], bool]:
    """Return the organisations that `by` oversees as trees, and whether there are more.

    Two queries, whatever their number.

    Args:
        words: keep those with this in their name; then they come as a list without a tree.
    """
    statement = select(Organisation).where(inside(Organisation.path, by))
    if words:
        statement = statement.where(Organisation.name.icontains(words, autoescape=True))
    rows = db.session.scalars(statement.order_by(Organisation.path).limit(MOST_PLACES + 1)).all()
    counts = _people_by_path(by)

    def people(path: str) -> int:
        return sum(number for at, number in counts.items() if at.startswith(path))

    found = [Place(one, people(one.path)) for one in rows[:MOST_PLACES]]
    trees = sorted(found, key=_by_name) if words else _trees(found)
    return trees, len(rows) > MOST_PLACES


def _by_name(place: Place) -> tuple[str, str]:
    return place.organisation.name.casefold(), place.organisation.id


def _people_by_path(by: Actor) -> dict[str, int]:
    statement = (
        select(Organisation.path, func.count(Person.id))
        .join(Person, Person.organisation_id == Organisation.id)
        .where(inside(Organisation.path, by))
        .group_by(Organisation.path)
    )
    return {row[0]: row[1] for row in db.session.execute(statement)}


def _trees(found: list[Place]) -> list[Place]:
    """Put each organisation below the one above it; those with nothing above are the roots."""
    known = {place.organisation.id for place in found}
    below: dict[str | None, list[Place]] = {}
    for place in sorted(found, key=_by_name):
        above = place.organisation.parent_id
        below.setdefault(above if above in known else None, []).append(place)

    def grown(place: Place) -> Place:
        return replace(place, below=tuple(map(grown, below.get(place.organisation.id, ()))))

    return [grown(place) for place in below.get(None, [])]


def organisation(organisation_id: str, by: Actor) -> Organisation:
    """Return an organisation that `by` oversees.

    Raises:
        NotFound: there is none of this id, or it is not theirs to see.
    """
    statement = select(Organisation).where(
        Organisation.id == organisation_id, inside(Organisation.path, by)
    )
    found = db.session.scalars(statement).first()
    if found is None:
        raise NotFound()
    return found


def organisation_to_run(organisation_id: str, by: Actor) -> Organisation:
    """Return an organisation that `by` administers.

    Raises:
        NotFound: there is none of this id, or it is not theirs to change.
    """
    found = organisation(organisation_id, by)
    if not rules.may_run(by, found.path):
        raise NotFound()
    return found


def above(place: Organisation, by: Actor) -> list[Organisation]:
    """Return the organisations above one, from the root down, that `by` oversees."""
    ids = place.path.strip("/").split("/")[:-1]
    statement = select(Organisation).where(Organisation.id.in_(ids), inside(Organisation.path, by))
    return list(db.session.scalars(statement.order_by(Organisation.path)))


def below(place: Organisation, by: Actor) -> Place:
    """Return an organisation with its people counted and what is below it: two queries."""
    rows = db.session.scalars(
        select(Organisation)
        .where(Organisation.path.like(place.path + "%"))
        .order_by(Organisation.path)
        .limit(MOST_PLACES)
    )
    counts = _people_by_path(by)
    found = [
        Place(one, sum(n for at, n in counts.items() if at.startswith(one.path))) for one in rows
    ]
    return _trees(found)[0]


def choices(by: Actor, also: str = "") -> list[tuple[Organisation, int]]:
    """Return organisations for a list to choose from, each with its depth in the tree.

    Args:
        also: the id of one that must be among them, however many there are.
    """
    statement = select(Organisation).where(inside(Organisation.path, by))
    first = statement.order_by(sa.desc(Organisation.id == also), Organisation.path)
    found = [Place(one) for one in db.session.scalars(first.limit(MOST_PLACES))]
    flat: list[tuple[Organisation, int]] = []

    def put(place: Place, depth: int) -> None:
        flat.append((place.organisation, depth))
        for one in place.below:
            put(one, depth + 1)

    for tree in _trees(found):
        put(tree, 0)
    return flat
