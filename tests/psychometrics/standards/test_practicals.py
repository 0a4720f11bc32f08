"""Cuts of practicals: with thirty people a line, below that none; never a name."""

import pytest
from sqlalchemy import select

from lms.curriculum.models import Practical
from lms.db import db, transaction
from lms.psychometrics.standards import observed
from lms.psychometrics.standards.observed import Observed
from tests.factories import count_queries, signed_in


@pytest.fixture
def practical_id(walked) -> str:
    with transaction(write=False):
        return db.session.scalars(select(Practical.id).order_by(Practical.code)).first()


@pytest.fixture
def reviewer(walked):
    return signed_in(walked, "reviewer@walk")


def test_few_people_give_no_line(reviewer, practical_id):
    page = reviewer.get(f"/statistics/practicals/{practical_id}")
    assert page.status_code == 200
    assert "A line takes at least 30 people" in page.text
    assert '<svg class="chart"' not in page.text


def test_thirty_people_give_a_cut_at_the_chosen_rating(monkeypatch, reviewer, practical_id):
    """Shares of .5 + .1 · rating: at 3 .8, at 2 .7."""
    rows = [Observed(f"s{n}", 0.5 + 0.1 * (n % 5 + 1), n % 5 + 1) for n in range(30)]
    monkeypatch.setattr(observed, "observed", lambda _id, _by: rows)
    page = f"/statistics/practicals/{practical_id}"
    assert "80% of the steps" in reviewer.get(page).text
    text = reviewer.get(f"{page}?borderline=2").text
    assert "70% of the steps" in text
    assert text.count('class="wrong"') == 30
    assert "80% of the steps" in reviewer.get(f"{page}?borderline=nonsense").text


def test_thirty_people_of_one_rating_give_no_line(monkeypatch, reviewer, practical_id):
    rows = [Observed(f"s{n}", n / 30, 3) for n in range(30)]
    monkeypatch.setattr(observed, "observed", lambda _id, _by: rows)
    assert "A line takes" in reviewer.get(f"/statistics/practicals/{practical_id}").text


def test_the_list_takes_one_query_more_than_signing_in(walked, reviewer):
    found = count_queries(walked, lambda: reviewer.get("/statistics/practicals/"))
    assert len(found) <= 8


def test_nobody_else_reads_them(walked, practical_id):
    client = signed_in(walked, "instructor@walk")
    assert client.get(f"/statistics/practicals/{practical_id}").status_code == 403
