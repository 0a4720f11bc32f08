"""Read programmes and completions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from lms.competency.models import LevelHeld
from lms.competency.queries import level_of
from lms.curriculum.models import Definition
from lms.curriculum.register import competency_titles
from lms.db import db
from lms.errors import NotFound
from lms.learning.models import Enrolment
from lms.people.models import Organisation, Person
from lms.programme.models import Completion
from lms.programme.opening import all_with_openness, beyond_levels, has_shown


def programme(code: str) -> Definition | None:
    """Return the newest stored version of a programme."""
    statement = (
        select(Definition)
        .where(Definition.kind == "programme", Definition.code == code)
        .order_by(Definition.number.desc())
        .limit(1)
    )
    return db.session.scalars(statement).first()


@dataclass(frozen=True)
class Competence:
    """A competency as a completion met it."""

    id: str
    title: str
    level: int
    expires_on: str | None


@dataclass(frozen=True)
class Achievement:
    """A completion with the names that it rests on, as plain values."""

    completion: Completion
    name: str
    native_name: str | None
    programme: str
    version: str
    approval: str
    competencies: tuple[Competence, ...]
    site: str


def achievement(completion_id: str) -> Achievement:
    """Return a completion with person, programme, competencies and delivering site by name.

    Raises:
        NotFound: there is no such completion.
    """
    row = db.session.execute(
        select(Completion, Person, Definition, Organisation)
        .join(Person, Person.id == Completion.person_id)
        .join(Definition, Definition.id == Completion.definition_id)
        .join(Organisation, Organisation.id == Completion.delivering_id)
        .where(Completion.id == completion_id)
    ).first()
    if row is None:
        raise NotFound()
    completion, person, definition, site = row
    titles = competency_titles()
    return Achievement(
        completion=completion,
        name=person.name,
        native_name=person.native_name,
        programme=definition.title,
        version=definition.version,
        approval=definition.content["approval"],
        competencies=tuple(
            Competence(
                c["competency"], titles.get(c["competency"], ""), c["level"], c["expires_on"]
            )
            for c in completion.basis["competencies"]
        ),
        site=site.name,
    )


def completions_of(person_id: str) -> Sequence[Completion]:
    """Return a person's completions, newest first."""
    statement = (
        select(Completion)
        .where(Completion.person_id == person_id)
        .order_by(Completion.recorded_at.desc())
    )
    return db.session.scalars(statement).all()


def still_stands(completion: Completion, without: Collection[str] = ()) -> bool:
    """Tell whether what counts today gives what a completion says that its person has shown.

    That is the levels of its day, and what the programme asks for beside them: of that the newest
    result decides.

    Args:
        without: ids of evidence to leave out: what would be, if it were withdrawn.
    """
    content = db.session.get_one(Definition, completion.definition_id).content
    return has_shown(completion.person_id, content, beyond_levels(content)) and all(
        level_of(
            completion.person_id,
            met["competency"],
            completion.completed_on,
            practice=completion.practice,
            without=without,
        ).level
        >= met["level"]
        for met in completion.basis["competencies"]
    )


def unnoted(on: date, limit: int) -> list[str]:
    """Return people who meet an open programme that they are enrolled for, without completion.

    Two queries for each open programme, whatever the number of people.
    """
    found: list[str] = []
    for definition, openness in all_with_openness(on):
        for practice in (False, True):
            opened = openness.practises if practice else openness.is_open
            if opened and len(found) < limit and definition.content["requires"]:
                found += _unnoted_of(definition, on, limit - len(found), practice=practice)
    return list(dict.fromkeys(found))


def _unnoted_of(definition: Definition, on: date, limit: int, *, practice: bool) -> list[str]:
    statement, content = _meeting(definition, on, practice=practice), definition.content
    kinds = beyond_levels(content)
    if not kinds:
        return list(db.session.scalars(statement.limit(limit)))
    people = db.session.scalars(statement).all()
    return [one for one in people if has_shown(one, content, kinds)][:limit]


def _meeting(definition: Definition, on: date, *, practice: bool) -> sa.Select[str]:
    noted = select(Completion.id).where(
        Completion.person_id == Enrolment.person_id,
        Completion.programme_code == definition.code,
        Completion.practice == practice,
    )
    statement = (
        select(Enrolment.person_id)
        .where(
            Enrolment.programme_code == definition.code,
            Enrolment.ended_at.is_(None),
            ~noted.exists(),
        )
        .group_by(Enrolment.person_id)
        .order_by(func.min(Enrolment.enrolled_at))
    )
    for required in definition.content["requires"]:
        statement = statement.where(
            _holds(required["competency"], required["level"], on, practice=practice)
        )
    for choice in definition.content.get("choice", ()):
        held = [
            sa.case((_holds(name, choice["level"], on, practice=practice), 1), else_=0)
            for name in choice["competencies"]
        ]
        statement = statement.where(sum(held[1:], start=held[0]) >= choice["choose"])
    return statement


def _holds(competency: str, level: int, on: date, *, practice: bool) -> sa.ColumnElement[bool]:
    """Return the condition that the enrolled person's newest level counts and suffices."""
    held, later = aliased(LevelHeld), aliased(LevelHeld)
    newer = select(later.id).where(
        later.person_id == held.person_id,
        later.competency == competency,
        later.practice == practice,
        later.number > held.number,
    )
    return (
        select(held.id)
        .where(
            held.person_id == Enrolment.person_id,
            held.competency == competency,
            held.practice == practice,
            held.level >= level,
            sa.or_(held.expires_on.is_(None), held.expires_on >= on),
            ~newer.exists(),
        )
        .exists()
    )
