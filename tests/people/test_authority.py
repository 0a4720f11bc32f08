"""The table of who may manage whom: nobody gains a power by giving a role or writing a slip."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.actor import SYSTEM, Actor, Role
from lms.people.rules import (
    ROLES,
    WHOLE_HUB,
    Subject,
    device_of,
    may_end,
    may_grant,
    may_manage,
    may_oversee,
    may_run,
)

# north and south stand below the hub, the lab below north.
PATHS = {"hub": "/h/", "north": "/h/n/", "lab": "/h/n/l/", "south": "/h/s/", "other": "/o/"}


def _roles(*held: tuple[str, str]) -> tuple[Role, ...]:
    return tuple(Role(name, place, PATHS[place]) for name, place in held)


def by(*held: tuple[str, str]) -> Actor:
    return Actor("me", "Me", _roles(*held))


def subject(home: str, *held: tuple[str, str]) -> Subject:
    return Subject("them", PATHS[home], _roles(*held))


ROOT, NORTH = by(("administrator", "hub")), by(("administrator", "north"))
COORDINATOR, LEARNER = by(("coordinator", "north")), by(("learner", "hub"))

MANAGE = [
    # The administrator at the root manages everybody, another one too.
    (ROOT, subject("south", ("owner", "south")), True),
    (ROOT, subject("hub", ("administrator", "hub")), True),
    (ROOT, subject("other", ("administrator", "other")), True),
    # Of a subtree: those who belong there and hold nothing beyond it.
    (NORTH, subject("lab", ("learner", "lab")), True),
    (NORTH, subject("north", ("instructor", "north"), ("coordinator", "lab")), True),
    (NORTH, subject("north", ("administrator", "north")), True),
    (NORTH, subject("south", ("learner", "south")), False),
    (NORTH, subject("hub", ("learner", "hub")), False),
    (NORTH, subject("north", ("administrator", "hub")), False),
    (NORTH, subject("north", ("learner", "north"), ("instructor", "south")), False),
    (NORTH, subject("north", ("reviewer", "north")), False),
    (NORTH, subject("north", ("owner", "lab")), False),
    # A coordinator: learners of the subtree and nobody else, no colleague either.
    (COORDINATOR, subject("north", ("learner", "north")), True),
    (COORDINATOR, subject("lab"), True),
    (COORDINATOR, subject("lab", ("learner", "lab")), True),
    (COORDINATOR, subject("north", ("learner", "hub")), False),
    (COORDINATOR, subject("north", ("learner", "south")), False),
    (COORDINATOR, subject("north", ("administrator", "north")), False),
    (COORDINATOR, subject("north", ("administrator", "lab")), False),
    (COORDINATOR, subject("north", ("coordinator", "north")), False),
    (COORDINATOR, subject("north", ("instructor", "lab")), False),
    (COORDINATOR, subject("north", ("learner", "north"), ("regulator", "north")), False),
    (COORDINATOR, subject("south"), False),
    # Others manage nobody.
    (LEARNER, subject("lab"), False),
    (by(("instructor", "hub"), ("owner", "hub"), ("regulator", "hub")), subject("lab"), False),
    (SYSTEM, subject("hub", ("administrator", "hub")), True),
]


@pytest.mark.parametrize(("actor", "whom", "may"), MANAGE)
def test_one_manages_whom_one_oversees_as_long_as_they_hold_no_more_than_one_may_give(
    actor: Actor, whom: Subject, may: bool
) -> None:
    assert may_manage(actor, whom) is may


@pytest.mark.parametrize(
    ("actor", "role", "place", "may"),
    [
        (ROOT, "administrator", "hub", True),
        (ROOT, "owner", "lab", True),
        (NORTH, "administrator", "north", True),
        (NORTH, "administrator", "lab", True),
        (NORTH, "administrator", "hub", False),
        (NORTH, "administrator", "south", False),
        (NORTH, "reviewer", "north", False),  # would sign content for the whole hub
        (NORTH, "owner", "lab", False),
        (NORTH, "regulator", "north", False),
        (COORDINATOR, "learner", "lab", True),
        (COORDINATOR, "learner", "hub", False),
        (COORDINATOR, "instructor", "north", False),
        (COORDINATOR, "coordinator", "north", False),
        (COORDINATOR, "administrator", "lab", False),
        (LEARNER, "learner", "hub", False),
    ],
)
def test_roles_are_given_below_oneself_and_no_stronger_than_one_s_own(
    actor: Actor, role: str, place: str, may: bool
) -> None:
    assert may_grant(actor, role, PATHS[place]) is may


def test_an_administrator_ends_a_guest_s_role_at_their_place_and_no_other() -> None:
    guest = subject("south", ("instructor", "north"), ("administrator", "south"))
    assert may_end(NORTH, guest, "instructor", PATHS["north"])
    assert not may_end(NORTH, guest, "administrator", PATHS["south"])
    assert not may_end(COORDINATOR, guest, "instructor", PATHS["north"])


def test_a_coordinator_ends_learner_roles_of_whom_they_manage_alone() -> None:
    mine = subject("north", ("learner", "north"))
    chief = subject("north", ("learner", "north"), ("administrator", "north"))
    assert may_end(COORDINATOR, mine, "learner", PATHS["north"])
    assert not may_end(COORDINATOR, chief, "learner", PATHS["north"])


HELD = st.lists(st.tuples(st.sampled_from(ROLES), st.sampled_from(sorted(PATHS))), max_size=3)


@given(HELD, HELD, st.sampled_from(sorted(PATHS)))
def test_who_manages_somebody_could_have_given_each_role_they_hold(mine, theirs, home) -> None:
    actor, whom = by(*mine), subject(home, *theirs)
    if may_manage(actor, whom):
        assert may_oversee(actor, whom.home)
        for role in whom.roles:
            assert may_grant(actor, role.name, role.path)
            if role.name != "learner":
                assert may_run(actor, role.path)
            if role.name in WHOLE_HUB or (role.path == PATHS["hub"] and role.name != "learner"):
                assert actor.at_root("administrator")


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0",
         "Firefox · Linux"),
        ("Mozilla/5.0 (Linux; Android 13) AppleWebKit/537 Chrome/120 Mobile Safari/537",
         "Chrome · Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17 Safari/604",
         "Safari · iPhone"),
        ("curl/8", None),
        ("", None),
    ],
)  # fmt: skip
def test_a_device_is_told_by_its_kind_alone(agent: str, said: str | None) -> None:
    assert device_of(agent) == said
