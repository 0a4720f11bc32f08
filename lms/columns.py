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
