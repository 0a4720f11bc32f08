"""Claims about slips: used once, by whom they were written for, told to nobody afterwards."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import sqlalchemy as sa
from flask import Flask

from lms import clock
from lms.account import actions
from lms.account.models import Slip, SlipUse
from lms.account.rules import COUNTS_FOR
from lms.actor import SYSTEM
from lms.columns import new_id
from lms.db import db, transaction
from lms.errors import NotFound, RuleBroken
from lms.people.models import Password, Person, SessionHeld
from lms.people.rules import TRIES_PER_LOGIN
from lms.records.actions import record
from lms.records.models import Event
from lms.records.verify import verify
from tests.factories import PASSWORD, actor_for, csrf_of, make_organisation, make_person, signed_in

LOGIN, NEW = "pune-1234", "quite a new password"


@pytest.fixture
def person_id(app: Flask) -> str:
    with transaction():
        return make_person(make_organisation(), "learner", login=LOGIN, password=PASSWORD).id


def written(person_id: str, batch: str = "") -> str:
    """Write a slip; returns its code."""
    with transaction():
        person = db.session.get_one(Person, person_id)
        return actions.write_slips(people=[person], batch=batch or new_id(), by=SYSTEM)[0].code


def use(app: Flask, code: str, login: str = LOGIN, password: str = NEW):
    """Send the form of the slip's page from a new browser."""
    client = app.test_client()
    form = {"csrf_token": csrf_of(client, "/sign-in/slip"), "login": login, "code": code}
    return client, client.post("/sign-in/slip", data=form | {"password": password})


def test_a_slip_sets_the_password_and_lets_its_holder_in(app, person_id) -> None:
    code = written(person_id)
    client, answer = use(app, code.lower().replace("-", " "))
    assert (answer.status_code, answer.location) == (303, "/")
    assert client.get("/").status_code == 200
    signed_in(app, LOGIN, NEW)
    with transaction(write=False):
        assert verify().mismatches == ()


def test_a_slip_counts_once(app, person_id) -> None:
    code = written(person_id)
    assert use(app, code)[1].status_code == 303
    assert use(app, code, password="a thief's own password")[1].status_code == 422
    signed_in(app, LOGIN, NEW)


def test_a_newer_slip_ends_the_older(app, person_id) -> None:
    older, newer = written(person_id), written(person_id)
    assert use(app, older)[1].status_code == 422
    assert use(app, newer)[1].status_code == 303


def test_a_slip_ends_after_fourteen_days(app, person_id) -> None:
    code, later = written(person_id), clock.now() + COUNTS_FOR + timedelta(seconds=1)
    clock.set_clock(lambda: later)
    assert use(app, code)[1].status_code == 422


def test_a_slip_opens_nobody_elses_account(app, person_id) -> None:
    with transaction():
        make_person(make_organisation(), login="other-1", password=PASSWORD)
    assert use(app, written(person_id), login="other-1")[1].status_code == 422


def test_a_password_that_is_none_leaves_the_slip_good(app, person_id) -> None:
    code = written(person_id)
    _client, answer = use(app, code, password="short")
    assert answer.status_code == 422
    assert f'value="{code}"' in answer.text
    assert use(app, code)[1].status_code == 303


def test_a_disabled_person_s_slip_opens_nothing_and_none_is_written(app, person_id) -> None:
    code = written(person_id)
    with transaction():
        person = db.session.get_one(Person, person_id)
        person.disabled_at = clock.now()
        record("person.disabled", person, by=SYSTEM, old={"disabled_at": None}, reason="left")
    assert use(app, code)[1].status_code == 422
    with pytest.raises(RuleBroken):
        written(person_id)


def test_using_a_slip_ends_every_session_before(app, person_id) -> None:
    before = signed_in(app, LOGIN)
    use(app, written(person_id))
    assert before.get("/").status_code == 303
    with transaction(write=False):
        open_ones = sa.select(sa.func.count(SessionHeld.id)).where(SessionHeld.ended_at.is_(None))
        assert db.session.scalar(open_ones) == 1


def test_the_same_words_whoever_is_asked_for_and_then_everybody_waits(app, person_id) -> None:
    said = []
    for login in (LOGIN, "nobody-9"):
        answers = [use(app, "0000-0000-0000", login)[1] for _ in range(TRIES_PER_LOGIN + 1)]
        said.append(
            [(a.status_code, _main(a.text).replace(login, "LOGIN")) for a in answers]
        )  # fmt: skip
    assert said[0] == said[1]
    assert [status for status, _text in said[0]] == [422] * TRIES_PER_LOGIN + [429]
    assert use(app, written(person_id))[1].status_code == 429


def _main(text: str) -> str:
    main = text.split("<main")[1].split("</main>")[0]
    return "".join(line for line in main.splitlines() if "csrf_token" not in line)


def test_of_two_who_use_a_slip_at_once_one_gets_in(app, person_id) -> None:
    code, together = written(person_id), Barrier(2)

    def go(password: str) -> bool:
        with app.app_context():
            shown = actions.check_slip(LOGIN, code, password, "here")
            together.wait()
            with transaction():
                return actions.use_slip(shown=shown) is not None

    with ThreadPoolExecutor(2) as pool:
        got_in = list(pool.map(go, ("the first one's words", "the second one's words")))
    assert sorted(got_in) == [False, True]
    with transaction(write=False):
        assert db.session.scalar(sa.select(sa.func.count(SlipUse.id))) == 1
        assert db.session.scalar(sa.select(sa.func.count(Password.id))) == 2


def test_the_code_is_kept_nowhere(app, person_id) -> None:
    code = written(person_id)
    use(app, code)
    plain = code.replace("-", "")
    with transaction(write=False):
        for content in db.session.scalars(sa.select(Event.content)):
            assert plain.encode() not in content.replace(b"-", b"")
        assert plain not in db.session.scalars(sa.select(Slip.code_digest)).one()


def test_a_page_sent_twice_writes_nothing_twice(app, person_id) -> None:
    batch = new_id()
    code = written(person_id, batch)
    with pytest.raises(RuleBroken):
        written(person_id, batch)
    assert use(app, code)[1].status_code == 303


@pytest.mark.parametrize("stronger", ["administrator", "instructor", "coordinator"])
def test_a_coordinator_writes_no_slip_for_somebody_stronger(app, stronger) -> None:
    with transaction():
        place = make_organisation()
        coordinator, other = make_person(place, "coordinator"), make_person(place, stronger)
        ids = coordinator.id, other.id
    by = actor_for(ids[0])

    def write() -> None:
        with transaction():
            whom = [db.session.get_one(Person, ids[1])]
            actions.write_slips(people=whom, batch=new_id(), by=by)

    with pytest.raises(NotFound):
        write()


def test_a_slip_comes_from_the_command_line(app, person_id) -> None:
    done = app.test_cli_runner().invoke(args=["people", "slip", "--login", LOGIN])
    assert done.exit_code == 0, done.output
    code = done.output.split("code ")[1].split(",")[0]
    assert use(app, code)[1].status_code == 303
    assert app.test_cli_runner().invoke(args=["people", "slip", "--login", "x"]).exit_code == 2
