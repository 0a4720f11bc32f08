"""The demonstration has a sheet in each state, once."""

from flask import Flask
from sqlalchemy import func, select

from lms.db import db, transaction
from lms.demo.practicals import PLOTS, play_practical
from lms.learning.models import Enrolment
from lms.people.models import Organisation
from lms.practicals.models import PracticalResult, Sheet
from lms.practicals.queries import sheet as seen_by_observer
from lms.records.verify import verify
from tests import walk
from tests.factories import actor_for, make_person


def test_demonstration_has_a_sheet_in_each_state_once(taught: Flask) -> None:
    hub = walk.people_of_a_hub()
    ids = [walk.enrol_learner(hub, walk.newcomer(hub, f"Demo {plot}")) for plot in PLOTS]
    with transaction():
        place = db.session.get_one(Organisation, hub.delivering)
        second = make_person(place, "instructor", name="Second Assessor").id
    observer, other = actor_for(hub.instructor), actor_for(second)
    for _ in range(2):
        with transaction():
            for id, plot in zip(ids, PLOTS, strict=True):
                enrolment = db.session.get_one(Enrolment, id)
                play_practical(enrolment, plot, observer=observer, second=other)
    with transaction(write=False):
        sheets = db.session.scalars(select(Sheet)).all()
        stages = {ids.index(one.enrolment_id): seen_by_observer(one.id, observer) for one in sheets}
        found = [stages[place].stage for place in range(len(PLOTS))]
        assert found == ["second", "learner", "decided", "learner", "open"]
        assert db.session.scalar(select(func.count(PracticalResult.id))) == 1
        assert verify().mismatches == ()
