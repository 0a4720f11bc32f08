"""Read who is qualified to mark which module: levels held, approvals, and where they teach."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import aliased

from lms import clock
from lms.actor import Actor
from lms.competency.models import LevelHeld
from lms.curriculum.models import ModuleVersion
from lms.db import db
from lms.errors import NotFound
from lms.grading.markers import rules
from lms.grading.models import MarkerApproval, MarkerApprovalEnd
from lms.people.models import Organisation, Person, RoleHeld


@dataclass(frozen=True)
class Qualified:
    """Who is qualified in the hub today.

    Attributes:
        levels: what each person who may assess others holds, by competency.
        approved: module codes by person.
        paths: the subtrees at which each of these persons, and who asked, is an instructor.
    """

    levels: Mapping[str, Mapping[str, int]]
    approved: Mapping[str, set[str]]
    paths: Mapping[str, list[str]]

    def ground(
        self, version: ModuleVersion, by: Actor, besides: Collection[str] = ()
    ) -> str | None:
        """Return on what ground `by` marks a module; None: they are not qualified.

        Args:
            besides: ids of people who must not mark what is marked, since they did already.
        """
        others = (self.levels.keys() | self.approved.keys()) - {by.id, *besides}
        qualified = [one for one in others if self._is_qualified(version, one)]
        return rules.ground(
            accredited=self._is_accredited(version, by.id),
            approved=version.code in self.approved.get(by.id, ()),
            covered=rules.is_covered(
                by.paths("instructor"), [self.paths.get(one, []) for one in qualified]
            ),
        )

    def _is_accredited(self, version: ModuleVersion, person_id: str) -> bool:
        asked = [one["id"] for one in version.manifest.get("competency", ())]
        return rules.is_accredited(asked, self.levels.get(person_id, {}))

    def _is_qualified(self, version: ModuleVersion, person_id: str) -> bool:
        approved = version.code in self.approved.get(person_id, ())
        return approved or self._is_accredited(version, person_id)


def qualified() -> Qualified:
    """Return who is qualified today: two queries, four where anybody is."""
    approved: dict[str, set[str]] = defaultdict(set)
    for person_id, code in db.session.execute(
        select(MarkerApproval.person_id, MarkerApproval.module_code).where(_stands())
    ):
        approved[person_id].add(code)
    assessors: set[str] = set(
        db.session.scalars(_held().where(LevelHeld.competency == rules.ASSESSOR))
    )
    levels: dict[str, dict[str, int]] = defaultdict(dict)
    if assessors:
        held = _held().with_only_columns(LevelHeld.person_id, LevelHeld.competency, LevelHeld.level)
        for person_id, competency, level in db.session.execute(
            held.where(LevelHeld.person_id.in_(assessors))
        ):
            levels[person_id][competency] = level
    people = assessors.union(approved)
    return Qualified(levels, approved, _paths(people) if people else {})


def _held() -> Select[*tuple[Any, ...]]:
    """Select who holds what at the level of an assessor today, in earnest."""
    newer = aliased(LevelHeld)
    superseded = exists().where(
        newer.person_id == LevelHeld.person_id,
        newer.competency == LevelHeld.competency,
        newer.practice == LevelHeld.practice,
        newer.number > LevelHeld.number,
    )
    return select(LevelHeld.person_id).where(
        ~LevelHeld.practice,
        LevelHeld.level >= rules.LEVEL,
        sa.or_(LevelHeld.expires_on.is_(None), LevelHeld.expires_on >= clock.today()),
        ~superseded,
    )


def _paths(people: set[str]) -> dict[str, list[str]]:
    statement = (
        select(RoleHeld.person_id, Organisation.path)
        .join(Organisation, Organisation.id == RoleHeld.organisation_id)
        .join(Person, Person.id == RoleHeld.person_id)
        .where(
            RoleHeld.person_id.in_(people),
            RoleHeld.role == "instructor",
            RoleHeld.ended_at.is_(None),
            Person.disabled_at.is_(None),
        )
    )
    found: dict[str, list[str]] = defaultdict(list)
    for person_id, path in db.session.execute(statement):
        found[person_id].append(path)
    return found


def _stands() -> ColumnElement[bool]:
    """Return the condition that an approval was not ended."""
    return ~exists().where(MarkerApprovalEnd.approval_id == MarkerApproval.id)


# --- approvals, for who gives them ------------------------------------------------------------


@dataclass(frozen=True)
class Approved:
    """An approval that stands, with who it is for and who gave it."""

    row: MarkerApproval
    person: Person
    by: str


def approvals(by: Actor, limit: int = 500) -> list[Approved]:
    """Return the approvals that stand of the instructors whom `by` may approve, by name."""
    giver = aliased(Person)
    statement = (
        select(MarkerApproval, Person, giver.name)
        .join(Person, Person.id == MarkerApproval.person_id)
        .join(giver, giver.id == MarkerApproval.approved_by)
        .where(_stands(), _teaches_under(by))
        .order_by(Person.name, MarkerApproval.module_code, MarkerApproval.id)
        .limit(limit)
    )
    return [Approved(*row) for row in db.session.execute(statement)]


def approval(approval_id: str, by: Actor) -> Approved:
    """Return one approval that stands. Raises NotFound: none, or not of theirs."""
    found = [one for one in approvals(by) if one.row.id == approval_id]
    if not found:
        raise NotFound()
    return found[0]


def approvable(by: Actor, limit: int = 1000) -> list[Person]:
    """Return the instructors whom `by` may approve, by name; nobody approves themselves."""
    statement = select(Person).where(
        Person.disabled_at.is_(None), Person.id != by.id, _teaches_under(by)
    )
    return list(db.session.scalars(statement.order_by(Person.name, Person.id).limit(limit)))


def modules() -> list[tuple[str, str]]:
    """Return code and title of every module, by code."""
    statement = select(ModuleVersion.code, ModuleVersion.title).order_by(
        ModuleVersion.code, ModuleVersion.number
    )
    return list({row[0]: (row[0], row[1]) for row in db.session.execute(statement)}.values())


def _teaches_under(by: Actor) -> ColumnElement[bool]:
    """Return the condition that a person is an instructor at or below what `by` answers for:
    content owners for the whole hub, coordinators for their subtrees."""
    teaches = exists().where(
        RoleHeld.person_id == Person.id,
        RoleHeld.role == "instructor",
        RoleHeld.ended_at.is_(None),
        RoleHeld.organisation_id == Organisation.id,
    )
    if by.has("owner"):
        return teaches
    paths = by.paths("coordinator")
    return teaches.where(sa.or_(sa.false(), *(Organisation.path.startswith(p) for p in paths)))
