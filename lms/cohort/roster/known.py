"""What the hub knows of people, places and modules, as planning sees it: plain values. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """An organisation; `mine`: whether who imports coordinates it."""

    id: str
    name: str
    mine: bool


@dataclass(frozen=True)
class Someone:
    """A person who has the sign-in name already."""

    id: str
    name: str
    place: Place
    disabled: bool = False


@dataclass(frozen=True)
class Learning:
    """A person's enrolment in a module, the running one before those that ended."""

    version_id: str
    version: str
    programme: str | None
    ended: bool


@dataclass(frozen=True)
class Module:
    """A module in service: the version that who enrols now gets."""

    code: str
    title: str
    version_id: str
    version: str
    practice: bool
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Programme:
    """A programme and the codes of its modules."""

    code: str
    title: str
    modules: tuple[str, ...]


@dataclass(frozen=True)
class Known:
    """What the hub knows of what a roster names.

    Attributes:
        places: organisations by folded name; names are not unique.
        people: by sign-in name.
        learning: by person's id and module code.
        roles: words for the role of learner, folded.
        own: the organisation that an empty cell stands for, if who imports has just one.
    """

    places: Mapping[str, Sequence[Place]]
    people: Mapping[str, Someone]
    modules: Mapping[str, Module]
    programmes: Mapping[str, Programme]
    learning: Mapping[tuple[str, str], Learning]
    roles: frozenset[str] = frozenset({"", "learner"})
    own: Place | None = None
