"""Runs migrations in one writing transaction of the app's own engine, so that a kill undoes all."""

from alembic import context
from flask import current_app
from sqlalchemy.types import TypeDecorator

from lms.db import db, writing_connection


def plain_type(kind: str, item: object, _context: object) -> str | bool:
    """Write our column types as what they are in the database: a migration outlives our code."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    return False


metadata = current_app.extensions["migrate"].db.metadata

with writing_connection() as connection:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=db.engine.dialect.name == "sqlite",
        compare_type=True,
        render_item=plain_type,
    )
    context.run_migrations()
