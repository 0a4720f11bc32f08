"""The tables as the database has them: their shape, their rows as stored, rows put back.

What a table is, is asked of the database and not of the models: an archive may be older than them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from lms.errors import N_, RuleBroken

REVISIONS = "alembic_version"  # kept by the migrations themselves
_ROWS_AT_ONCE = 500
_BY_TYPE: tuple[tuple[type[sa.types.TypeEngine[Any]], str], ...] = (
    (sa.LargeBinary, "binary"),
    (sa.Boolean, "boolean"),
    (sa.Date, "date"),
    (sa.Integer, "integer"),
    (sa.String, "text"),
)
_TYPES: dict[str, sa.types.TypeEngine[Any]] = {
    "binary": sa.LargeBinary(),
    "boolean": sa.Boolean(),
    "date": sa.Date(),
    "integer": sa.BigInteger(),
    "text": sa.Text(),
}


@dataclass(frozen=True)
class Shape:
    """A table: its columns with the kind of each, and whether its rows refer to one another."""

    name: str
    columns: dict[str, str]
    refers_to_itself: bool

    def table(self, name: str = "", **options: Any) -> sa.Table:
        """Return it as SQLAlchemy takes it, with values as they are stored."""
        columns = [sa.Column(column, _TYPES[kind]) for column, kind in self.columns.items()]
        return sa.Table(name or self.name, sa.MetaData(), *columns, **options)


def shapes(connection: Connection) -> list[Shape]:
    """Return every table but the migrations' own, each after those it refers to.

    Raises:
        RuleBroken: tables refer to each other in a circle, or hold values of an unknown kind.
    """
    inspector = sa.inspect(connection)
    names = [name for name in inspector.get_table_names() if name != REVISIONS]
    referred = {
        name: {key["referred_table"] for key in inspector.get_foreign_keys(name)} for name in names
    }
    others = {name: sorted(to - {name}) for name, to in sorted(referred.items())}
    try:
        order = list(TopologicalSorter(others).static_order())
    except CycleError:
        raise RuleBroken(N_("Tables refer to each other in a circle.")) from None
    return [
        Shape(
            name,
            {c["name"]: _kind(name, c["type"]) for c in inspector.get_columns(name)},
            name in referred[name],
        )
        for name in order
    ]


def _kind(table: str, type_: sa.types.TypeEngine[Any]) -> str:
    for known, kind in _BY_TYPE:
        if isinstance(type_, known):
            return kind
    raise RuleBroken(
        N_("The table %(table)s holds values of a kind that cannot be kept: %(kind)s."),
        table=table,
        kind=str(type_),
    )


def revision(connection: Connection) -> str | None:
    """Return the schema's revision; None before the first migration."""
    if not sa.inspect(connection).has_table(REVISIONS):
        return None
    column: sa.ColumnClause[str] = sa.column("version_num")
    return connection.scalar(sa.select(column).select_from(sa.table(REVISIONS)))


def first_with_rows(connection: Connection) -> str | None:
    """Return the name of some table that is not empty."""
    for shape in shapes(connection):
        statement = sa.select(sa.literal(1)).select_from(shape.table()).limit(1)
        if connection.scalar(statement) is not None:
            return shape.name
    return None


def rows(connection: Connection, shape: Shape) -> Iterator[Sequence[Any]]:
    """Yield a table's rows as they are stored, some at a time."""
    statement = sa.select(shape.table()).execution_options(yield_per=_ROWS_AT_ONCE)
    with connection.execute(statement) as found:  # its cursor on the server ends with the reader
        yield from found


def put_back(connection: Connection, shape: Shape, found: Iterable[Sequence[Any]]) -> None:
    """Insert rows as they were stored."""
    if not shape.refers_to_itself:
        _insert(connection, shape.table(), found)
        return
    # Rows may come before those they refer to. Both databases look at the end of a statement
    # whether all references hold, so one statement brings the whole table in.
    aside = shape.table(f"restored_{shape.name}", prefixes=["TEMPORARY"])
    aside.create(connection)
    _insert(connection, aside, found)
    columns = list(shape.columns)
    connection.execute(sa.insert(shape.table()).from_select(columns, sa.select(aside)))
    aside.drop(connection)


def _insert(connection: Connection, table: sa.Table, found: Iterable[Sequence[Any]]) -> None:
    names = table.columns.keys()
    remaining = iter(found)
    while some := list(islice(remaining, _ROWS_AT_ONCE)):
        connection.execute(sa.insert(table), [dict(zip(names, row, strict=True)) for row in some])
