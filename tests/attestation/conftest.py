"""A learner of a programme that asks for plates, a media fill and a defence; two assessors."""

import pytest
from flask import Flask

from lms import clock
from lms.actor import SYSTEM
from lms.columns import digest
from lms.curriculum.models import Definition
from lms.curriculum.storing import store_row
from lms.db import db, transaction
from lms.learning.actions import enrol
from lms.people.models import Organisation, Person
from tests import walk
from tests.attestation.acts import CLAUSES, Site
from tests.factories import PASSWORD, actor_for, make_person


@pytest.fixture
def site(taught: Flask) -> Site:
    """A learner enrolled for X01, and two instructors who teach them."""
    content = {
        "id": "X01", "title": "X", "version": "1.0.0", "summary": "X", "modules": ["FND103"],
        "validity_months": 24, "approval": "rule", "evidence": CLAUSES,
        "requires": [{"competency": "FND-02", "level": 1}],
    }  # fmt: skip
    row = Definition(
        kind="programme", code="X01", number=1, version="1.0.0", title="X", content=content,
        content_digest=digest(content), stored_at=clock.now(),
    )  # fmt: skip
    with transaction():
        store_row("definition.stored", row, SYSTEM)
    hub = walk.people_of_a_hub()
    with transaction():
        place = db.session.get_one(Organisation, hub.delivering)
        second = make_person(
            place, "instructor", name="Second Assessor", login="second@x", password=PASSWORD
        ).id
        stranger = make_person(db.session.get_one(Organisation, hub.sending), "instructor").id
    return Site(
        hub,
        _enrolled(hub),
        learner=actor_for(hub.learner),
        first=actor_for(hub.instructor),
        second=actor_for(second),
        stranger=actor_for(stranger),
    )


def _enrolled(hub: walk.Hub) -> str:
    with transaction():
        return enrol(
            person=db.session.get_one(Person, hub.learner),
            version=walk.current_version(),
            programme_code="X01",
            sending=db.session.get_one(Organisation, hub.sending),
            delivering=db.session.get_one(Organisation, hub.delivering),
            by=SYSTEM,
        ).id
