"""Each role's day on a running hub, in English and in Arabic, to the fact at its end."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from certificates.models import Certificate, SealedFile
from lms import clock
from lms.account.actions import write_slips
from lms.assessment.models import AttemptItem, Result
from lms.curriculum.queries import newest_version
from lms.curriculum.subjects import subject_of
from lms.db import db, transaction
from lms.grading.models import Mark
from lms.people.models import Organisation, Person, RoleHeld
from lms.people.queries import find_login
from lms.practicals.models import SignOff
from tests import walk
from tests.browser import answers, steps, world
from tests.browser.conftest import Open, Town
from tests.browser.journeys import (
    administrator,
    coordinator,
    expert,
    instructor,
    regulator,
    school,
    trainee,
)
from tests.browser.journeys.school import School
from tests.browser.journeys.visitor import Visitor, Words
from tests.factories import actor_for
from tests.practicals import acts

PHONE = {"width": 390, "height": 844}
Found = Callable[[str], School]
Come = Callable[..., Visitor]

pytestmark = pytest.mark.parametrize("tag", ["en", "ar"])


@pytest.fixture(scope="module")
def adopted(new_town: Town) -> Town:
    """A hub whose content has been in effect for some days."""
    with new_town.hub.inside(), world.days_ago(5):
        school.adopt(new_town.cast)
    return new_town


@pytest.fixture(scope="module")
def sealed(adopted: Town) -> str:
    """The number of a certificate that was issued and counts."""
    with adopted.hub.inside():
        learner = actor_for(adopted.cast.people["nour"])
        world.passed(adopted.cast, learner, "cairo")
        made = select(Certificate.number).join(SealedFile)
        for _ in range(120):
            with transaction(write=False):
                number = db.session.scalars(made.where(Certificate.person_id == learner.id)).first()
            if number:
                return number
            time.sleep(0.5)
        raise AssertionError("the worker made no certificate")


@pytest.fixture
def found(adopted: Town, tag: str) -> Iterator[Found]:
    """Found a school of this test's own: found("a word")."""

    def new(mark: str) -> School:
        return school.found(adopted.cast, f"{mark}-{tag}", tag)

    with adopted.hub.inside():
        yield new


@pytest.fixture
def come(adopted: Town, open_browser: Open, tag: str) -> Come:
    """Let somebody sit down at a browser of their own in the language: come("key" or nobody)."""

    def enter(key: str | None = None, **kwargs: object) -> Visitor:
        browser = open_browser(base_url=adopted.url, locale=tag, **kwargs)
        visitor = Visitor(browser.new_page(), Words(tag))
        if key:
            visitor.sign_in(key)
        return visitor

    return enter


def test_trainee_goes_from_a_slip_to_the_certificate_and_leaves_nothing(
    adopted: Town, found: Found, come: Come, tmp_path: Path
) -> None:
    place = found("trainee")
    name = "Layla Journey"
    learner = place.learner("layla", name)
    for code in ("FND101", "FND103"):
        place.complete(learner, code)
    enrolment = place.enrolled(learner, "FND104", lessons=0)
    coordinator = place.actor("coordinator")
    with transaction():
        person = db.session.get_one(Person, learner.id)
        (slip,) = write_slips(people=[person], batch=learner.id, by=coordinator)
        login = person.login
    me = come(viewport=PHONE, has_touch=True)
    trainee.use_slip(me, login, slip.code)
    trainee.read_all_lessons(me)
    attempt, given = trainee.start_paper(me, adopted.hub)
    for item, fields in given.items():
        answers.give_and_see_saved(me.page, item, fields)
    trainee.hand_in(me)
    place.pass_paper(attempt)
    trainee.read_the_result(me)
    place.observe(enrolment)
    trainee.countersign(me)
    number = trainee.fetch_certificate(me, tmp_path)
    trainee.leave(me, name, number)
    with transaction(write=False):
        held = db.session.scalars(
            select(Certificate.number).where(Certificate.person_id == learner.id)
        ).all()
    assert held == [number]
    assert answers.counted(adopted.hub, attempt).keys() == given.keys()


def test_trainee_who_failed_reads_what_to_learn_again_and_from_when(
    found: Found, come: Come
) -> None:
    place = found("again")
    learner = place.learner("again", "Once More")
    attempt = walk.sit(place.enrolled(learner, "FND104"), learner, right=False)
    walk.grade(attempt, place.actor("instructor"), points=1)
    walk.release(attempt, place.actor("instructor"))
    me = come(place.key("again"), viewport=PHONE, has_touch=True)
    trainee.read_a_failure(me)
    with transaction(write=False):
        result = db.session.scalars(select(Result).where(Result.attempt_id == attempt)).one()
        assert not result.passed


def test_instructors_mark_release_observe_and_sign(adopted: Town, found: Found, come: Come) -> None:
    place = found("marking")
    enrolments = {}
    for name in ("Marked One", "Marked Two"):
        learner = place.learner(name.replace(" ", "").lower(), name)
        enrolments[name] = place.enrolled(learner, "FND104")
        attempt = walk.sit(enrolments[name], learner)
    me = come(place.key("instructor"))
    instructor.mark_by_keys(me, 2)
    instructor.sign_all_marks(me, 2)
    instructor.release_all(me, 2)
    phone = come(place.key("instructor"), viewport=PHONE, has_touch=True)
    practical = acts.practical_of(enrolments["Marked One"])
    sheet = instructor.open_sheet(phone, "Marked One", practical.title)
    instructor.think_better_of_a_stop(phone)
    instructor.note_everything(phone)
    instructor.sign_as_observer(phone)
    instructor.sign_as_second(come(place.key("assessor"), viewport=PHONE))
    stands = acts.standing_of(sheet)
    assert "stop" not in stands
    assert sorted(set(stands.values())) == ["4", "B-12", "done", "self-corrected", "yes"]
    with transaction(write=False):
        marks = db.session.scalars(
            select(Mark).join(AttemptItem).where(AttemptItem.attempt_id == attempt)
        ).all()
        parts = db.session.scalars(select(SignOff.part).where(SignOff.sheet_id == sheet)).all()
        result = db.session.scalars(select(Result).where(Result.attempt_id == attempt)).one()
        assert [set(mark.levels.values()) for mark in marks] == [{int(instructor.POINTS)}]
        assert sorted(parts) == ["observer", "second"]
        assert result.passed


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_regulator_trusts_one_word(
    adopted: Town, found: Found, come: Come, sealed: str, scripts: bool
) -> None:
    me = come(java_script_enabled=scripts)
    me.page.goto("/verify/")
    regulator.type_number(me, sealed, "valid", "Valid")
    regulator.compare(me, "نور تجربة", "Nour Tagriba")
    me.page.goto(f"{adopted.url}/verify/{sealed}")  # what the QR code says
    regulator.read(me, "valid", "Valid")
    regulator.ask_for_day(me, clock.today() + timedelta(days=4000))
    regulator.read(me, "expired", "Expired")
    regulator.check_several(me, [sealed, regulator.WRONG], ["valid", "unknown"])
    rows = regulator.carry_away(me)
    assert [row for row in rows if sealed in row]
    assert [row for row in rows if regulator.WRONG in row]
    told = steps.as_json(f"{adopted.url}/verify/{sealed}")
    assert (told["verdict"], told["holder"]["name"]) == ("valid", "نور تجربة")


def test_coordinator_brings_people_in_and_sees_how_far_they_are(
    adopted: Town, found: Found, come: Come
) -> None:
    place = found("office")
    known = place.learner("known", "Known Already")
    number = f"{place.mark}-0417"
    me = come(place.key("coordinator"))
    coordinator.add_person(me, "Staff Number", number)
    code = coordinator.make_slip(me, "Staff Number", number)
    coordinator.enrol(me, "Staff Number", place)
    rows = [
        ("New Person", f"{place.mark}-0418", place.name, "B02"),
        ("Known Already", place.login("known"), place.name, "FND104"),
        ("Lost Person", f"{place.mark}-0419", "Nowhere", "FND104"),
    ]
    assert coordinator.look_at_list(me, rows) == [1, 4, 0, 1]
    assert coordinator.confirm_list(me) == [1, 4, 0, 1]
    assert coordinator.look_at_list(me, rows) == [0, 0, 4, 1]
    me.sees("There is nothing to do: all of it is there already or refused.")
    coordinator.ask_a_cell(me, "Staff Number", "FND104")
    with transaction(write=False):
        added = find_login(number)
        assert added is not None
        assert set(school.enrolments_of(added[0].id)) == set(school.MODULES)
        assert set(school.enrolments_of(known.id)) == {"FND104"}
        assert find_login(f"{place.mark}-0419") is None
    newcomer = come()
    trainee.use_slip(newcomer, number, code)


def test_administrator_grows_the_tree_and_gives_roles_for_a_time(
    adopted: Town, found: Found, come: Come
) -> None:
    place = found("tree")
    helper, below = f"Helping Hand {place.mark}", f"Branch {place.mark}"
    learner = place.learner("helper", helper)
    me = come("administrator")
    administrator.add_organisation(me, place.name, below, "EG")
    administrator.give_role(me, helper, "instructor", "Instructor", below)
    administrator.end_role(me, "Instructor")
    administrator.look_at_the_machine(me)
    with transaction(write=False):
        made = db.session.scalars(select(Organisation).where(Organisation.name == below)).one()
        held = db.session.scalars(
            select(RoleHeld).where(RoleHeld.person_id == learner.id, RoleHeld.role == "instructor")
        ).one()
        assert made.parent_id == place.place
        assert held.organisation_id == made.id
        assert held.ended_at is not None


def test_content_is_mended_reviewed_twice_approved_and_effective(
    adopted: Town, come: Come, tag: str
) -> None:
    code = f"T{tag.upper()}901"
    me = come("reviewer")
    expert.upload(me, code, b"\n<b>x</b>\n\n![](figures/none.svg)\n")
    expert.read_mistakes(me, 4)
    expert.upload(me, code)
    expert.read_and_store(me)
    address = me.page.url
    expert.sign(me, address, "Checked: each value marked † stands so in the edition it names")
    expert.sign(me, address, "Reviewed: I have read it whole, and it is sound")
    second, owner = come("second"), come("owner")
    expert.sign(second, address, "Reviewed: I have read it whole, and it is sound")
    expert.sign(owner, address, "Approved: it may be taught")
    today = clock.today()
    expert.sign(owner, address, "Effective: from the day below it certifies", on=today.isoformat())
    owner.sees("Effective")
    with adopted.hub.inside(), transaction(write=False):
        version = newest_version(code)
        assert version is not None
        assert subject_of(version, today).state == "effective"
