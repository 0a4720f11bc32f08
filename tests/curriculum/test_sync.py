"""Folders are drafts, the database serves: stored once, whole; corrected keys beside it."""

import pytest
from sqlalchemy import func, select

from lms import clock
from lms.actor import SYSTEM
from lms.curriculum import actions, queries, subjects
from lms.curriculum.models import Definition, Lesson, ModuleFile, ModuleVersion, QuestionKey
from lms.curriculum.sync import sync_all
from lms.db import db, transaction
from lms.errors import Conflict, NotAllowed, RuleBroken
from lms.records.models import Event, Signature
from lms.store import actions as store
from tests.factories import actor_for, make_organisation, make_person, proof_of


@pytest.fixture
def hub(new_app, curriculum):
    """An app that knows one source: the small one."""
    app = new_app(plugins=[], curriculum_dirs=(curriculum.folder,))
    with app.app_context():
        yield app


def _count(model):
    with transaction(write=False):
        return db.session.scalar(select(func.count()).select_from(model))


def _newest(column):
    with transaction(write=False):
        return getattr(queries.newest_version("TST101"), column)


def _keys(code):
    with transaction(write=False):
        return subjects.newest_keys(_id())[code][1]


def _id():
    return queries.newest_version("TST101").id


@pytest.fixture
def people(hub):
    """Two reviewers, a content owner and a learner, as actors."""
    with transaction():
        place = make_organisation()
        made = {
            name: make_person(place, *roles, name=name).id
            for name, roles in {
                "ana": ["reviewer"],
                "ben": ["reviewer"],
                "olu": ["owner", "reviewer"],
                "lea": ["learner"],
            }.items()
        }
    return {name: actor_for(id) for name, id in made.items()}


def _act(action, by, **more):
    with transaction():
        version = queries.newest_version("TST101")
        seen = subjects.subject_of(version, clock.today()).digest
        values = {"seen": seen, "proof": proof_of(by)} | more
        return action(version=version, by=by, **values).id


def _state():
    with transaction(write=False):
        return subjects.subject_of(queries.newest_version("TST101"), clock.today()).state


def _approve(people):
    _act(actions.review, people["ana"])
    _act(actions.review, people["ben"])
    _act(actions.approve, people["olu"])


def test_sync_stores_a_version_whole_and_twice_is_once(hub):
    assert sync_all().refused == []
    before = [
        _count(m) for m in (ModuleVersion, Lesson, QuestionKey, ModuleFile, Definition, Event)
    ]
    assert before[:5] == [1, 1, 3, 1, 4]
    outcome = sync_all()
    assert outcome.unchanged == ["TST101 1.0.0"]
    after = [_count(m) for m in (ModuleVersion, Lesson, QuestionKey, ModuleFile, Definition, Event)]
    assert after == before
    with transaction(write=False):
        file = db.session.scalars(select(ModuleFile)).one()
        assert store.get(file.digest).startswith(b"<svg")


def test_changed_text_without_a_raised_version_is_refused(hub, curriculum):
    sync_all()
    stored = _newest("shown_digest")
    curriculum.change_module("lessons/10-dilution.md", "So much.", "Not so much.")
    outcome = sync_all()
    assert [(p.file.rsplit("/", 1)[1], p.key) for p in outcome.refused] == [
        ("module.toml", "version")
    ]
    assert "1.0.0 stays in service" in outcome.refused[0].text()
    assert _newest("shown_digest") == stored


def test_raised_version_is_stored_beside_the_old_one(hub, curriculum):
    sync_all()
    curriculum.change_module("lessons/10-dilution.md", "So much.", "Not so much.")
    curriculum.change_module("module.toml", 'version = "1.0.0"', 'version = "1.1.0"')
    assert sync_all().stored == ["TST101 1.1.0"]
    with transaction(write=False):
        assert (
            "So much."
            in db.session.scalars(
                select(Lesson.html).join(ModuleVersion).where(ModuleVersion.version == "1.0.0")
            ).one()
        )


def test_older_version_number_is_refused(hub, curriculum):
    sync_all()
    curriculum.change_module("module.toml", 'version = "1.0.0"', 'version = "0.9.0"')
    assert [p.key for p in sync_all().refused] == ["version"]


def test_module_with_a_mistake_leaves_the_stored_one_in_service(hub, curriculum):
    sync_all()
    curriculum.change_module("module.toml", 'version = "1.0.0"', 'version = "1.1.0"')
    curriculum.change_module("questions/10-dilution.toml", "correct = true", "correct = false")
    assert sync_all().refused
    assert _newest("version") == "1.0.0"


def test_changed_programme_without_a_raised_version_is_refused(hub, curriculum):
    sync_all()
    curriculum.change("programmes/small.toml", "validity_months = 24", "validity_months = 12")
    assert [p.key for p in sync_all().refused] == ["version"]
    curriculum.change("programmes/small.toml", '"1.0.0"', '"1.0.1"')
    assert sync_all().stored == ["programme B09 1.0.1"]


def test_corrected_key_of_a_draft_counts_at_once_and_is_no_new_version(hub, curriculum):
    sync_all()
    curriculum.change_module("questions/10-dilution.toml", '"0.02"', '"0.05"')
    assert sync_all().corrected == ["TST101 1.0.0 volume"]
    assert _count(ModuleVersion) == 1
    assert _keys("volume") == 2
    assert sync_all().corrected == []
    curriculum.change_module("questions/10-dilution.toml", '"0.05"', '"0.02"')
    assert sync_all().corrected == ["TST101 1.0.0 volume"]
    assert _keys("volume") == 3


def test_two_reviewers_an_owner_and_a_day_make_a_version_effective(hub, people):
    sync_all()
    assert _state() == "draft"
    _approve(people)
    assert _state() == "approved"
    with transaction(write=False):
        assert not queries.is_effective(_id(), clock.today())
        assert queries.in_service("TST101", clock.today()).practice
    _act(actions.make_effective, people["olu"], on=clock.today())
    assert _state() == "effective"
    with transaction(write=False):
        assert queries.is_effective(_id(), clock.today())
        assert not queries.in_service("TST101", clock.today()).practice
        signed = db.session.scalars(select(Signature.meaning).order_by(Signature.at)).all()
    assert list(signed) == ["reviewed", "reviewed", "approved", "effective"]


def test_nobody_signs_out_of_their_role_or_for_another(hub, people):
    sync_all()
    for action, name in ((actions.review, "lea"), (actions.approve, "ana")):
        with pytest.raises(NotAllowed):
            _act(action, people[name])
    with pytest.raises(RuleBroken):
        _act(actions.approve, people["olu"])
    with pytest.raises(NotAllowed):
        _act(actions.review, people["ana"], proof=proof_of(people["ben"]))


def test_owner_who_reviewed_does_not_approve(hub, people):
    sync_all()
    _act(actions.review, people["ana"])
    _act(actions.review, people["olu"])
    with pytest.raises(RuleBroken):
        _act(actions.approve, people["olu"])


def test_key_corrected_after_a_review_asks_for_reviews_anew(hub, people, curriculum):
    sync_all()
    _act(actions.review, people["ana"])
    _act(actions.review, people["ben"])
    assert _state() == "reviewed"
    curriculum.change_module("questions/10-dilution.toml", '"0.02"', '"0.05"')
    sync_all()
    assert _state() == "draft"


def test_signature_on_a_page_that_is_out_of_date_is_refused(hub, people, curriculum):
    sync_all()
    with transaction(write=False):
        seen = subjects.subject_of(queries.newest_version("TST101"), clock.today()).digest
    curriculum.change("references.toml", 'clause = "4.2"', 'clause = "4.3"')
    sync_all()
    with pytest.raises(Conflict):
        _act(actions.review, people["ana"], seen=seen)


def test_unchecked_limit_forbids_approval_until_it_is_checked(hub, people, curriculum):
    curriculum.change("references.toml", 'checked_by = "A Checker"', 'checked_by = ""')
    sync_all()
    _act(actions.review, people["ana"])
    _act(actions.review, people["ben"])
    with pytest.raises(RuleBroken, match="LIMIT-1"):
        _act(actions.approve, people["olu"])
    _act(actions.check_values, people["ana"])
    _act(actions.approve, people["olu"])
    assert _state() == "approved"


def test_values_that_are_all_checked_are_not_signed_again(hub, people):
    sync_all()
    with pytest.raises(RuleBroken):
        _act(actions.check_values, people["ana"])


def test_corrected_key_of_an_approved_version_waits_for_the_owner(hub, people, curriculum):
    sync_all()
    _approve(people)
    _act(actions.make_effective, people["olu"], on=clock.today())
    curriculum.change_module("questions/10-dilution.toml", '"0.02"', '"0.05"')
    assert sync_all().waiting == ["TST101 1.0.0 volume"]
    assert sync_all().waiting == []
    assert _keys("volume") == 1
    with pytest.raises(RuleBroken):
        _act(actions.correct_keys, people["olu"], note=" ")
    _act(actions.correct_keys, people["olu"], note="The tolerance was too narrow.")
    assert _keys("volume") == 2
    assert _state() == "effective"
    with pytest.raises(RuleBroken):
        _act(actions.correct_keys, people["olu"], note="Again.")


def test_proposal_taken_back_in_the_folder_waits_no_longer(hub, people, curriculum):
    sync_all()
    _approve(people)
    curriculum.change_module("questions/10-dilution.toml", '"0.02"', '"0.05"')
    sync_all()
    curriculum.change_module("questions/10-dilution.toml", '"0.05"', '"0.02"')
    sync_all()
    with transaction(write=False):
        assert subjects.proposals(_id()) == []


def test_retired_version_leaves_service_and_stays_stored(hub, people):
    sync_all()
    _act(actions.retire, people["olu"], on=clock.today())
    assert _state() == "retired"
    with transaction(write=False):
        assert queries.catalogue(clock.today()) == []
        assert queries.version("TST101", "1.0.0").title == "Dilution"


def test_acts_and_stored_rows_are_in_the_audit_trail(hub, people):
    sync_all()
    _act(actions.review, people["ana"])
    with transaction(write=False):
        kinds = set(db.session.scalars(select(Event.kind)))
    stored = ("module-version", "lesson", "question", "question-key", "module-file", "definition")
    assert {f"{name}.stored" for name in stored} < kinds
    assert {"content.reviewed", "signed.reviewed"} < kinds


def test_sync_runs_for_the_system(hub):
    sync_all(by=SYSTEM)
    with transaction(write=False):
        assert set(db.session.scalars(select(Event.actor_id))) == {"system"}


def test_programme_without_later_keys_is_stored_as_it_always_was(hub):
    """A key that comes to programmes later must not ask every hub for a new version."""
    sync_all()
    with transaction(write=False):
        row = db.session.scalars(select(Definition).where(Definition.code == "B09")).one()
        keys = {"id", "title", "version", "summary", "modules", "validity_months", "approval"}
        assert row.content.keys() == keys | {"requires"}
