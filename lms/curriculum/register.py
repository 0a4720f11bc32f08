"""Read what stands beside modules, newest as stored: framework, roles, programmes, † limits."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import func, select

from lms.curriculum.models import Definition
from lms.curriculum.needs import ref
from lms.db import db


def definitions(kind: str) -> list[Definition]:
    """Return the newest of each code of one kind, by code."""
    newest = (
        select(Definition.code, func.max(Definition.number).label("number"))
        .where(Definition.kind == kind)
        .group_by(Definition.code)
        .subquery()
    )
    statement = (
        select(Definition)
        .join(
            newest,
            sa.and_(Definition.code == newest.c.code, Definition.number == newest.c.number),
        )
        .where(Definition.kind == kind)
        .order_by(Definition.code)
    )
    return list(db.session.scalars(statement))


def newest_definition(kind: str, code: str) -> Definition | None:
    """Return the definition of a code that was stored last."""
    statement = (
        select(Definition)
        .where(Definition.kind == kind, Definition.code == code)
        .order_by(Definition.number.desc())
        .limit(1)
    )
    return db.session.scalars(statement).first()


def competencies() -> dict[str, dict[str, Any]]:
    """Return each competency of the framework by its id: one query."""
    return {c["id"]: c for one in definitions("framework") for c in one.content["competency"]}


def competency_titles() -> dict[str, str]:
    """Return the title of each competency of the framework by its id: one query."""
    return {id: one["title"] for id, one in competencies().items()}


def planned_titles() -> dict[str, str]:
    """Return the titles of all modules that are planned, written or not, by code: one query."""
    return {
        one["id"]: one["title"]
        for table in definitions("tracks")
        for one in table.content.get("planned", ())
    }


def roles() -> dict[str, tuple[str, frozenset[str]]]:
    """Return each role of the framework by its id: its title and its modules' codes."""
    return {
        role["id"]: (role["title"], frozenset(ref(code).module for code in role["modules"]))
        for table in definitions("roles")
        for role in table.content["role"]
    }


def limits() -> dict[str, dict[str, Any]]:
    """Return the † limits of the register by id, each with its document under `document`."""
    documents: dict[str, dict[str, str]] = {}
    found: dict[str, dict[str, str]] = {}
    for register in definitions("references"):
        documents |= {one["id"]: one for one in register.content["reference"]}
        found |= {one["id"]: one for one in register.content["limit"]}
    return {
        id: one | {"document": documents.get(one["reference"], {})} for id, one in found.items()
    }
