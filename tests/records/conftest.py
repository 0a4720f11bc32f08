"""A copy of the whole walk, and what the walk has no need of, for tests that tamper with it and
undo all they did."""

from collections.abc import Iterator

import pytest
from flask import Flask

from lms.account import actions as account
from lms.actor import SYSTEM
from lms.authoring import actions as authoring
from lms.authoring.drafts import try_upload
from lms.cohort import actions as cohort
from lms.cohort import hub as lookup
from lms.cohort.roster.reading import headings, read
from lms.columns import new_id
from lms.db import db, transaction
from lms.jobs.actions import sweep
from lms.people.models import Organisation, Person
from tests import walk
from tests.archives import module_files
from tests.conftest import Template, apps_on_copy
from tests.factories import PASSWORD, actor_for, make_person
from tests.practicals import acts

_ROSTER = "Name;E-mail;Organisation;Module;Delivering organisation\n" + (
    "Rosa Roster;rosa@walk;Sending site;FND103;Delivering site\n"
)


@pytest.fixture(scope="module")
def _copy(tmp_path_factory: pytest.TempPathFactory, walked_template: Template) -> Iterator[Flask]:
    hub = walk.read_hub((walked_template.folder / "hub.json").read_text())
    with apps_on_copy(tmp_path_factory.mktemp("untouched"), walked_template) as make:
        app = make()
        with app.app_context():
            _observe(hub)
            _use_a_slip(hub)
            _bring_in(hub)
            while sweep():
                pass
        yield app


@pytest.fixture
def untouched(_copy: Flask) -> Iterator[Flask]:
    """An app on a database that its tests leave as it was, its context pushed."""
    with _copy.app_context():
        yield _copy


def _observe(hub: walk.Hub) -> None:
    learner, first = walk.newcomer(hub, "Gown Walk"), actor_for(hub.instructor)
    with transaction():
        place = db.session.get_one(Organisation, hub.delivering)
        second = make_person(place, "instructor", name="Second Walk").id
    sheet = acts.observe(walk.enrol_learner(hub, learner), first)
    for person in (first, actor_for(second), learner):
        acts.sign(sheet, person)


def _use_a_slip(hub: walk.Hub) -> None:
    learner = walk.newcomer(hub, "Slip Walk", login="slip@walk")
    with transaction():
        person = db.session.get_one(Person, learner.id)
        code = account.write_slips(people=[person], batch=new_id(), by=SYSTEM)[0].code
    shown = account.check_slip("slip@walk", code, PASSWORD, "127.0.0.1")
    with transaction():
        assert account.use_slip(shown=shown)


def _bring_in(hub: walk.Hub) -> None:
    coordinator, reviewer = actor_for(hub.coordinator), actor_for(hub.reviewer)
    roster = read(_ROSTER, headings({}))
    with transaction(write=False):
        promised = lookup.preview(roster, coordinator).digest
    with transaction():
        cohort.bring_in(roster=roster, once=new_id(), promised=promised, by=coordinator)
        tried = try_upload(module_files("TST901"))
        authoring.keep_upload(tried=tried, digest="0" * 64, file_name="m.zip", size=1, by=reviewer)
