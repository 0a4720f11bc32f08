"""Ids, canonical bytes, digests, and the column types that keep values exact on both databases."""

import hashlib
import json
import os
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import rfc8785
import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import MappedColumn, mapped_column
from sqlalchemy.types import TypeDecorator

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def new_id() -> str:
    """Return a random 128-bit id as 26 lower-case Crockford base-32 characters."""
    number = int.from_bytes(os.urandom(16))
    return "".join(_ALPHABET[(number >> shift) & 31] for shift in range(125, -1, -5))


def canonical(value: Any) -> bytes:
    """Return `value` as RFC 8785 canonical JSON bytes; numbers with a fraction go as strings."""
    return rfc8785.dumps(value)


def digest(value: Any) -> str:
    """Return the SHA-256 (hex) of bytes, or of the canonical bytes of any other value."""
    return hashlib.sha256(value if isinstance(value, bytes) else canonical(value)).hexdigest()


class Id(TypeDecorator[str]):
    """A random id. Text on both databases, so that a row can be named in a support call."""

    impl = sa.String(26)
    cache_ok = True


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC moment, kept as ISO 8601 text with microseconds: equal bytes everywhere."""

    impl = sa.String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        return None if value is None else self.text(value)

    @staticmethod
    def text(moment: datetime) -> str:
        """Return a moment as it is stored."""
        if moment.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be recorded")
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return datetime.strptime(value, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


class ExactDecimal(TypeDecorator[Decimal]):
    """A Decimal exactly as given (SQLite would keep a float)."""

    impl = sa.String(64)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


class Canonical(TypeDecorator[Any]):
    """A JSON value kept as its canonical bytes: what is digested is what is stored."""

    impl = sa.LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        return None if value is None else canonical(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)


def added(before: int | str | None, *args: Any) -> MappedColumn[Any]:
    """Return a column that came to a table of training records after it was shipped.

    Args:
        before: the value of all rows that were there already. While a row holds it, its digest
            leaves the column out (`is_absent`): so that what was digested before the column
            came verifies for ever, and whoever sets a changed value back to it is found.
    """
    default = None if before is None else str(before)
    return mapped_column(*args, default=before, server_default=default, info={"before": before})


def is_absent(column: sa.Column[Any], value: Any) -> bool:
    """Tell whether a row's digest leaves a column out: it came later and holds what was before."""
    return "before" in column.info and column.info["before"] == value
