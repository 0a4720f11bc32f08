"""Calibration answers come again among live ones, look like these, and count for nobody."""

import pytest

from lms.db import db, transaction
from lms.errors import Conflict, NotFound
from lms.grading import actions as grading
from lms.grading import queries as marking
from lms.grading.calibration import leading, seeds
from lms.grading.calibration.models import AnchorSeed, SeedMark
from lms.grading.models import Mark
from lms.grading.turns import actions as turns
from lms.records.queries import is_signed
from tests import walk
from tests.factories import PASSWORD, csrf_of, signed_in


@pytest.fixture
def seeded(site, monkeypatch):
    """Two answers wait for a calibrated marker, and before the second comes an anchor."""
    learner = walk.newcomer(site.hub, "Bina Demo")
    walk.sit(walk.take_part(site.hub, learner), learner)
    for points in (4, 2, 1):
        site.agree(points)
    site.meet(site.one)
    monkeypatch.setattr("lms.grading.calibration.seeds.is_seeded", lambda *_ids: True)
    return site


def _first(site):
    with transaction():
        return turns.take_any(by=site.one, first=site.question)


def _mark(site, item, points=2, number=0):
    with transaction():
        return turns.mark_and_go_on(
            item_id=item,
            levels=site.levels(points),
            comment="",
            read_number=number,
            by=site.one,
        ).next


def _seed(site):
    """Mark the first answer; return the seed that comes next."""
    return _mark(site, _first(site))


def test_a_seed_comes_before_an_answer_and_leads_to_it(seeded):
    seed = _seed(seeded)
    with transaction(write=False):
        row = db.session.get_one(AnchorSeed, seed)
        assert row.marker_id == seeded.one.id
        behind = row.item_id
        marked = len(db.session.scalars(db.select(Mark)).all())
    assert _mark(seeded, seed) == behind
    assert _mark(seeded, behind) is None
    with transaction(write=False):
        assert len(db.session.scalars(db.select(Mark)).all()) == marked + 1
        assert marking.queue(seeded.one) == []


def test_its_page_shows_what_the_page_of_an_answer_shows(seeded):
    first = _first(seeded)
    login = "instructor"
    with transaction(write=False):
        login = db.session.execute(
            db.text("select login from person where id = :id"), {"id": seeded.one.id}
        ).scalar_one()
    client = signed_in(seeded.app, login)
    live = client.get(f"/grading/answers/{first}/").text
    seed = _mark(seeded, first)
    page = client.get(f"/grading/answers/{seed}/")
    assert page.status_code == 200
    assert "An answer worth" in page.text
    for told in ("alibration", "nchor", "greed"):
        assert page.text.count(told) == live.count(told)
    assert client.get(f"/grading/answers/{seed}/pass-on").status_code == 200
    form = {f"level-{name}": "2" for name in seeded.criteria} | {"read_number": "0"}
    form["csrf_token"] = csrf_of(client, f"/grading/answers/{seed}/")
    answer = client.post(f"/grading/answers/{seed}/", data=form)
    assert answer.status_code == 303
    assert seed in answer.location  # what the next page offers to take back
    assert client.get("/grading/sign").text.count('name="chosen"') == 2


def test_it_is_taken_back_passed_over_and_kept_like_an_answer(seeded):
    seed = _seed(seeded)
    with transaction(write=False):
        behind = db.session.get_one(AnchorSeed, seed).item_id
    with transaction():
        turns.renew(item_id=seed, by=seeded.one)
        assert turns.skip(item_id=seed, by=seeded.one) == behind
        assert turns.pass_on(item_id=seed, reason="I know whose it is.", by=seeded.one) == behind
    _mark(seeded, seed)
    with transaction():
        assert turns.take_back(item_id=seed, by=seeded.one) == seed
    with pytest.raises(Conflict):
        _mark(seeded, seed, number=1)
    assert _mark(seeded, seed, points=1, number=2) == behind


def test_it_is_signed_with_the_others_and_holds_no_result(seeded):
    seed = _seed(seeded)
    _mark(seeded, seed)
    with transaction():
        waiting = [*marking.unsigned(seeded.one), *seeds.unsigned(seeded.one)]
        ids = {one.mark.id for one in waiting if one.mark}
        assert len(ids) == 2
        signed = grading.sign_marks(mark_ids=ids, checked=walk.checked(seeded.one), by=seeded.one)
        assert len(signed) == 2
    with transaction(write=False):
        assert is_signed(db.session.scalars(db.select(SeedMark)).one(), "graded")
        assert seeds.unsigned(seeded.one) == []


def test_the_lead_alone_sees_that_a_marker_drifts(seeded):
    seed = _seed(seeded)
    _mark(seeded, seed, points=0)
    rubric = _rubric(seeded)
    with transaction(write=False):
        (one,) = leading.markers(seeded.question, rubric, seeded.owner)
        assert (one.seeds, one.drifts) == (1, True)
    lead = signed_in(seeded.app, "own", PASSWORD)
    assert "drift" in lead.get(f"/grading/anchors/{seeded.question}/").text
    sheet = lead.get(f"/grading/anchors/{seeded.question}/markers.csv").text.splitlines()
    assert len(sheet) == 2


def _rubric(site):
    with transaction(write=False):
        return site.anchors()[0].rubric_digest


def test_it_comes_once_before_an_answer_and_is_nobody_elses(seeded):
    seed = _seed(seeded)
    with transaction():
        behind = db.session.get_one(AnchorSeed, seed).item_id
        assert seeds.before(behind, seeded.one) == behind
        assert seeds.seed_of(seed, seeded.two) is None
        with pytest.raises(NotFound):
            turns.skip(item_id=seed, by=seeded.two)
