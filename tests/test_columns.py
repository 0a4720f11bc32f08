"""Claims about ids, canonical bytes and column types: what goes in comes out, on both databases."""

import json
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import StatementError

from lms.columns import Canonical, ExactDecimal, Id, UtcDateTime, canonical, digest, new_id
from lms.db import db, transaction, writing_connection

TABLE = sa.Table(
    "kept",
    sa.MetaData(),
    sa.Column("id", Id, primary_key=True),
    sa.Column("number", ExactDecimal),
    sa.Column("moment", UtcDateTime),
    sa.Column("value", Canonical),
)


@pytest.fixture
def table(app: Flask) -> sa.Table:
    """A table with a column of each type, beside the migrated ones."""
    with writing_connection() as connection:
        TABLE.create(connection)
    return TABLE


def _kept(table: sa.Table, **values: Any) -> Any:
    with transaction():
        id = new_id()
        db.session.execute(sa.insert(table).values(id=id, **values))
    with transaction(write=False):
        return db.session.execute(sa.select(table).where(table.c.id == id)).one()


@pytest.mark.parametrize(
    "text", ["0.1", "0.10", "1E+3", "-0", "0.1000000000000000055511151231257827", "99999999999.9"]
)
def test_a_decimal_comes_back_digit_by_digit(table, text) -> None:
    assert str(_kept(table, number=Decimal(text)).number) == text


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 11, 22, 23, 59, 59, 999_999, UTC),
        datetime(2026, 11, 22, tzinfo=UTC),
        datetime(2026, 11, 23, 8, 30, tzinfo=timezone(timedelta(hours=9))),
        datetime(2026, 3, 29, 2, 30, tzinfo=timezone(timedelta(hours=-11, minutes=-30))),
    ],
)
def test_a_moment_comes_back_as_the_same_moment_in_utc(table, moment) -> None:
    back = _kept(table, moment=moment).moment
    assert back == moment
    assert back.tzinfo is UTC


def test_a_moment_without_a_zone_is_refused(table) -> None:
    with pytest.raises(StatementError, match="time zone"):
        _kept(table, moment=datetime(2026, 11, 22))  # noqa: DTZ001 - the point of the test


def test_moments_sort_as_time_goes_whatever_their_zone(table) -> None:
    seoul = timezone(timedelta(hours=9))
    moments = [
        datetime(2026, 1, 1, 8, 59, tzinfo=seoul),
        datetime(2026, 1, 1, 0, 0, tzinfo=UTC),
        datetime(2026, 1, 1, 0, 0, 0, 1, UTC),
        datetime(2026, 1, 1, 9, 1, tzinfo=seoul),
    ]
    for moment in reversed(moments):
        _kept(table, moment=moment)
    with transaction(write=False):
        column = table.c.moment
        assert db.session.scalars(sa.select(column).order_by(column)).all() == moments
        after = sa.select(sa.func.count()).where(column > moments[1])
        assert db.session.scalar(after) == 2


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(value=st.dictionaries(st.text(), JSON, max_size=4))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_what_is_digested_is_what_is_stored(table, value) -> None:
    row = _kept(table, value=value)
    assert row.value == value
    with transaction(write=False):
        stored = db.session.scalar(
            sa.select(sa.type_coerce(table.c.value, sa.LargeBinary)).where(table.c.id == row.id)
        )
    assert bytes(stored) == canonical(value)
    assert digest(row.value) == digest(bytes(stored)) == digest(value)


@given(value=st.dictionaries(st.text(), JSON, max_size=6))
def test_equal_values_have_equal_bytes_whatever_the_order_of_their_keys(value) -> None:
    turned = dict(reversed(value.items()))
    assert canonical(turned) == canonical(value)
    assert json.loads(canonical(value)) == value


def test_an_id_is_26_letters_and_128_random_bits() -> None:
    ids = {new_id() for _ in range(2000)}
    assert len(ids) == 2000
    assert {len(id) for id in ids} == {26}
    assert set("".join(ids)) == set("0123456789abcdefghjkmnpqrstvwxyz")
    assert {id[0] for id in ids} <= set("01234567")  # 130 bits of letters hold 128
