"""Read whom a hub still lacks before anybody can be certified; lists of people are beside."""

from sqlalchemy import func, select

from lms.db import db
from lms.people.models import Person, RoleHeld

# Fewer cannot bring a module into service, teach it and enrol somebody in it.
NEEDED = {"reviewer": 2, "owner": 1, "instructor": 1, "coordinator": 1}


def lacking() -> dict[str, int]:
    """Return by role how many people the hub has, for each role of which it has too few."""
    rows = db.session.execute(
        select(RoleHeld.role, func.count(RoleHeld.person_id.distinct()))
        .join(Person, Person.id == RoleHeld.person_id)
        .where(RoleHeld.ended_at.is_(None), Person.disabled_at.is_(None))
        .group_by(RoleHeld.role)
    )
    have: dict[str, int] = {row[0]: row[1] for row in rows}
    return {role: have.get(role, 0) for role, few in NEEDED.items() if have.get(role, 0) < few}
