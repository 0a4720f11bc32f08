"""A sheet from its opening to its result: who may, what counts, what follows."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from lms import clock
from lms.competency.models import Evidence
from lms.competency.queries import levels_of
from lms.db import db, transaction
from lms.errors import Conflict, NotFound, RuleBroken
from lms.practicals import actions, queries
from lms.practicals.models import Sheet, Tap
from lms.practicals.standing import NOT_DONE
from lms.records.models import Signature
from lms.records.verify import verify
from tests import walk
from tests.practicals import acts
from tests.practicals.conftest import Site


def count(model: type) -> int:
    with transaction(write=False):
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def signed_by_all(site: Site, **changed: str) -> str:
    sheet = acts.observe(site.enrolment, site.first, **changed)
    for person in (site.first, site.second, site.learner):
        acts.sign(sheet, person)
    return sheet


def critical(site: Site) -> str:
    steps = acts.practical_of(site.enrolment).shown["steps"]
    return f"step:{next(step['id'] for step in steps if step['critical'])}"


def test_practical_that_all_signed_gives_evidence_once(site: Site) -> None:
    sheet = signed_by_all(site)
    assert acts.result_of(sheet)["verdict"] == "passed"
    shows = acts.practical_of(site.enrolment).shown["competencies"]
    with transaction(write=False):
        rows = db.session.scalars(select(Evidence)).all()
        assert {row.competency: row.level for row in rows} == shows
        assert {(row.kind, row.practice, row.person_id) for row in rows} == {
            ("practical", True, site.learner.id)
        }
        levels = levels_of(site.learner.id, practice=True)
        assert {row.level for row in levels.values()} == {1}  # no paper yet
        meanings = db.session.scalars(select(Signature.meaning).order_by(Signature.at)).all()
        assert meanings == ["observed", "observed", "countersigned"]
        assert verify().mismatches == ()


def test_practical_on_top_of_a_passed_paper_gives_level_2(site: Site) -> None:
    walk.adopt(site.hub)
    walk.pass_module(site.hub, site.learner)
    signed_by_all(site)
    with transaction(write=False):
        levels = levels_of(site.learner.id, practice=False)
        assert levels["FND-02"].level == 2
        assert len(levels["FND-02"].basis) == 2


def test_failed_practical_gives_no_evidence_and_opens_the_next(site: Site) -> None:
    sheet = signed_by_all(site, **{critical(site): NOT_DONE})
    assert acts.result_of(sheet)["verdict"] == "not-passed"
    assert count(Evidence) == 0
    assert acts.open_sheet(site.enrolment, site.first) != sheet


def test_safety_stop_is_signed_with_its_reason_alone(site: Site) -> None:
    sheet = acts.open_sheet(site.enrolment, site.first)
    values = acts.values_of(acts.practical_of(site.enrolment), stop="Broken glass by hand")
    steps = [name for name in values if name.startswith("step:")]
    acts.note(sheet, site.first, {k: v for k, v in values.items() if k not in steps[2:]})
    for person in (site.first, site.second, site.learner):
        acts.sign(sheet, person)
    assert acts.result_of(sheet)["verdict"] == "stopped"
    assert count(Evidence) == 0


def test_objection_gives_no_evidence_whatever_the_taps_say(site: Site) -> None:
    sheet = acts.observe(site.enrolment, site.first)
    acts.sign(sheet, site.first)
    acts.sign(sheet, site.second)
    with pytest.raises(RuleBroken, match="few words"):
        acts.sign(sheet, site.learner, agrees=False)
    acts.sign(sheet, site.learner, agrees=False, note="I was not there that day")
    found = acts.result_of(sheet)
    assert (found["verdict"], found["found"]) == ("objected", "passed")
    assert count(Evidence) == 0
    acts.open_sheet(site.enrolment, site.second)


def test_second_assessor_who_disagrees_ends_the_sheet_without_evidence(site: Site) -> None:
    sheet = acts.observe(site.enrolment, site.first)
    acts.sign(sheet, site.first)
    acts.sign(sheet, site.second, agrees=False, note="The label was missing")
    assert acts.result_of(sheet)["verdict"] == "disagreed"
    assert count(Evidence) == 0


def test_nobody_signs_out_of_turn_or_twice(site: Site) -> None:
    sheet = acts.observe(site.enrolment, site.first)
    with pytest.raises(Conflict):
        acts.sign(sheet, site.second)
    with pytest.raises(NotFound):
        acts.sign(sheet, site.learner)
    first = acts.sign(sheet, site.first)
    assert acts.sign(sheet, site.first) == first
    assert acts.result_of(sheet) is None
    acts.sign(sheet, site.second)
    assert count(Signature) == 2


def test_who_trained_the_learner_cannot_sign(site: Site) -> None:
    sheet = acts.observe(site.enrolment, site.first)
    with pytest.raises(RuleBroken, match="trained"):
        acts.sign(sheet, site.first, independent=False)


def test_incomplete_sheet_is_not_signed(site: Site) -> None:
    sheet = acts.open_sheet(site.enrolment, site.first)
    acts.tap(sheet, site.first, critical(site), "done", sequence=1)
    with pytest.raises(RuleBroken, match="missing"):
        acts.sign(sheet, site.first)


def test_signature_is_for_what_the_page_showed(site: Site) -> None:
    sheet = acts.observe(site.enrolment, site.first)
    with pytest.raises(Conflict):
        acts.sign(sheet, site.first, read="0" * 64)


def test_tap_after_the_signature_is_kept_and_does_not_count(site: Site) -> None:
    sheet = acts.observe(site.enrolment, site.first)
    acts.sign(sheet, site.first)
    standing, _number = acts.tap(sheet, site.first, critical(site), NOT_DONE, sequence=999)
    assert standing == "late"
    assert acts.standing_of(sheet)[critical(site)] == "done"


def test_tap_sent_again_is_the_first_and_keeps_its_time(site: Site) -> None:
    sheet = acts.open_sheet(site.enrolment, site.first)
    at = clock.now() - timedelta(hours=3)
    first = acts.tap(sheet, site.first, critical(site), "done", sequence=1, at=at)
    again = acts.tap(sheet, site.first, critical(site), NOT_DONE, sequence=1)
    assert first == again
    with transaction(write=False):
        row = db.session.scalars(select(Tap)).one()
        assert (row.value, row.tapped_at) == ("done", at)


def test_only_instructors_of_the_delivering_site_observe_and_only_the_observer_taps(
    site: Site,
) -> None:
    for person in (site.stranger, site.learner):
        with pytest.raises(NotFound):
            acts.open_sheet(site.enrolment, person)
    sheet = acts.open_sheet(site.enrolment, site.first)
    for person in (site.second, site.stranger, site.learner):
        with pytest.raises(NotFound):
            acts.tap(sheet, person, critical(site), "done", sequence=1)


def test_nobody_observes_themselves(site: Site) -> None:
    enrolment = walk.enrol_learner(site.hub, site.first)
    with pytest.raises(NotFound):
        acts.open_sheet(enrolment, site.first)
    sheet = acts.observe(enrolment, site.second)
    acts.sign(sheet, site.second)
    with pytest.raises(NotFound):  # a second signature is no countersignature
        acts.sign(sheet, site.first)


def test_sheet_is_opened_once_and_by_one(site: Site) -> None:
    sheet = acts.open_sheet(site.enrolment, site.first)
    assert acts.open_sheet(site.enrolment, site.first) == sheet
    with pytest.raises(RuleBroken, match="still open"):
        acts.open_sheet(site.enrolment, site.second)
    assert count(Sheet) == 1


def test_sheet_set_aside_says_why_and_opens_the_next(site: Site) -> None:
    sheet = acts.open_sheet(site.enrolment, site.first)
    with transaction():
        actions.set_aside(sheet_id=sheet, reason="The observer fell ill", by=site.second)
    found = acts.result_of(sheet)
    assert (found["verdict"], found["reason"]) == ("set-aside", "The observer fell ill")
    assert acts.tap(sheet, site.first, critical(site), "done", sequence=1)[0] == "late"
    acts.open_sheet(site.enrolment, site.second)


def test_signed_sheet_cannot_be_set_aside(site: Site) -> None:
    sheet = acts.observe(site.enrolment, site.first)
    acts.sign(sheet, site.first)
    with pytest.raises(Conflict), transaction():
        actions.set_aside(sheet_id=sheet, reason="Never mind", by=site.first)


def test_accredited_assessor_signs_alone(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "levels_today", lambda _person, _on: _Threes())
    sheet = acts.observe(site.enrolment, site.first)
    acts.sign(sheet, site.first)
    acts.sign(sheet, site.learner)
    assert acts.result_of(sheet)["verdict"] == "passed"


class _Threes(dict[str, int]):
    def get(self, _name: str, _default: int = 0) -> int:  # type: ignore[override]
        return 3


def test_passed_for_practice_is_observed_again_once_it_counts(site: Site, taught: Flask) -> None:
    signed_by_all(site)
    with pytest.raises(RuleBroken, match="passed"):
        acts.open_sheet(site.enrolment, site.first)
    walk.adopt(site.hub)
    acts.open_sheet(site.enrolment, site.first)
