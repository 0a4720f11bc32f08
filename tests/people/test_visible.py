"""The truth table of who sees which record, and the same said a second time, in Python."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms.actor import Actor, Role
from lms.columns import Id
from lms.db import db, transaction, writing_connection
from lms.people.models import Organisation
from lms.people.queries import visible
from lms.people.rules import ROLES
from tests.factories import make_organisation

TABLE = sa.Table(
    "seen",
    sa.MetaData(),
    sa.Column("id", sa.String(20), primary_key=True),
    sa.Column("person", Id),
    sa.Column("sending", Id),
    sa.Column("delivering", Id),
)
# Who learns, who sends them, who teaches them. North has a site below it; east and west stand
# beside it; all are below the hub. "moved" went from north to west, between two enrolments.
RECORDS = {
    "own": ("me", "site", "east"),
    "from north": ("other", "north", "east"),
    "from site": ("other", "site", "east"),
    "at site": ("other", "east", "site"),
    "west only": ("other", "west", "west"),
    "before moving": ("moved", "north", "east"),
    "after moving": ("moved", "west", "west"),
}
ALL = set(RECORDS)
PLACES = ("hub", "north", "site", "east", "west")
CASES = [
    ([], {"own"}),
    ([("learner", "hub")], {"own"}),
    ([("instructor", "site")], {"own", "at site"}),
    ([("instructor", "north")], {"own", "at site"}),
    ([("instructor", "east")], {"own", "from north", "from site", "before moving"}),
    ([("instructor", "west")], {"own", "west only", "after moving"}),
    ([("instructor", "hub")], ALL),
    ([("coordinator", "site")], {"own", "from site", "at site"}),
    # The former employer keeps its own period and sees nothing of what came after.
    ([("coordinator", "north")], {"own", "from north", "from site", "at site", "before moving"}),
    ([("coordinator", "west")], {"own", "west only", "after moving"}),
    ([("coordinator", "east")], {"own", "from north", "from site", "at site", "before moving"}),
    ([("coordinator", "hub")], ALL),
    ([("administrator", "hub")], {"own"}),
    ([("regulator", "hub")], {"own"}),
    ([("reviewer", "hub"), ("owner", "hub")], {"own"}),
    ([("instructor", "site"), ("coordinator", "west")],
     {"own", "at site", "west only", "after moving"}),
]  # fmt: skip


@pytest.fixture
def tree(app: Flask) -> dict[str, Role]:
    """The places as roles that nobody holds yet, and the records."""
    with transaction():
        hub = make_organisation("hub")
        north = make_organisation("north", hub)
        made: list[Organisation] = [hub, north, make_organisation("site", north)]
        made += [make_organisation("east", hub), make_organisation("west", hub)]
        found = {place.name: Role("", place.id, place.path) for place in made}
    with writing_connection() as connection:
        TABLE.create(connection)
        for id, (person, sending, delivering) in RECORDS.items():
            connection.execute(
                sa.insert(TABLE).values(
                    id=id,
                    person=person,
                    sending=found[sending].organisation_id,
                    delivering=found[delivering].organisation_id,
                )
            )
    return found


def _seen(tree: dict[str, Role], roles: list[tuple[str, str]]) -> set[str]:
    held = tuple(replace(tree[place], name=role) for role, place in roles)
    statement = visible(
        sa.select(TABLE.c.id),
        Actor("me", "Me", held),
        person=TABLE.c.person,
        sending=TABLE.c.sending,
        delivering=TABLE.c.delivering,
    )
    with transaction(write=False):
        return set(db.session.scalars(statement))


def test_each_role_at_each_place_sees_exactly_its_records(tree) -> None:
    for roles, expected in CASES:
        assert _seen(tree, roles) == expected, roles


UNDER = {"hub": set(PLACES), "north": {"north", "site"}} | {p: {p} for p in PLACES[2:]}


def _expected(roles: list[tuple[str, str]]) -> set[str]:
    """Say the rule again: own, taught below me, sent or taught below what I coordinate."""
    seen = set()
    for id, (person, sending, delivering) in RECORDS.items():
        for role, place in [("", "hub"), *roles]:
            below = UNDER[place]
            if (
                person == "me"
                or (role == "instructor" and delivering in below)
                or (role == "coordinator" and {sending, delivering} & below)
            ):
                seen.add(id)
    return seen


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.sampled_from(ROLES), st.sampled_from(PLACES)), max_size=4))
def test_any_set_of_roles_sees_what_the_rule_says(tree, roles) -> None:
    assert _seen(tree, roles) == _expected(roles)
