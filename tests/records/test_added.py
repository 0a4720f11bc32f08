"""A column that came later: what was digested before it came verifies, and hiding is found."""

import sqlalchemy as sa
from flask import Flask

from lms.assessment.models import Result
from lms.columns import is_absent
from lms.db import db, transaction
from lms.records import queries
from lms.records.verify import verify_rows

NUMBER = Result.__table__.c.number


def test_a_row_that_holds_what_was_before_is_digested_as_before_the_column_came(walked: Flask):
    with transaction(write=False):
        row = db.session.scalars(sa.select(Result)).one()
        assert row.number == 1
        assert {"number", "counts_from"}.isdisjoint(queries.state(row))


def test_a_changed_value_is_part_of_the_digest():
    assert is_absent(NUMBER, 1)
    assert not is_absent(NUMBER, 2)


def test_setting_the_column_of_a_row_is_found(walked: Flask):
    with transaction():
        db.session.execute(sa.text("UPDATE result SET number = 2"))
    with transaction(write=False):
        _count, wrong = verify_rows(Result)
        assert [one.what for one in wrong] == ["the row differs from what its event recorded"]
