"""Claims about the one door: a plugin that fails fails alone, one that is away is not missed."""

import logging
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pluggy
import pytest
import sqlalchemy as sa
from flask import Blueprint, Flask

from certificates.models import Certificate
from lms.assessment.models import Attempt, Result, Score, Submission
from lms.competency.models import Evidence
from lms.db import db, transaction
from lms.hookspecs import impl
from lms.jobs.actions import sweep
from lms.people.models import Organisation
from lms.plugins import Plugins, plugins
from lms.programme.models import Completion
from lms.web.navigation import Card
from tests import walk
from tests.factories import actor_for, make_organisation, make_person, signed_in

ROLES = ("learner", "instructor", "coordinator", "reviewer", "owner", "administrator")
PAGES = ("/", "/modules/", "/certificates/", "/verify/")
DESKS = {"instructor": "/grading/", "reviewer": "/content/", "administrator": "/records/"}


def _count(model: Any) -> int:
    with transaction(write=False):
        return db.session.scalar(sa.select(sa.func.count(model.id))) or 0


# --- one that is away ------------------------------------------------------------------------


@pytest.fixture
def without_certificates(new_taught: Callable[..., Flask]) -> Iterator[Flask]:
    made = new_taught(plugins=["modules.plugin"])
    with made.app_context():
        yield made


def test_without_certificates_every_page_is_there_but_theirs(without_certificates) -> None:
    walk.people_of_a_hub()
    for role in ROLES:
        client = signed_in(without_certificates, f"{role}@walk")
        for page in ("/", "/modules/", "/modules/FND103/", *filter(None, [DESKS.get(role)])):
            answer = client.get(page)
            assert answer.status_code == 200, (role, page)
            assert "/certificates/" not in answer.text
        assert client.get("/verify/").status_code == 404
        assert client.get("/certificates/").status_code == 404


def test_what_was_achieved_without_certificates_is_reserved_once_they_are_back(
    without_certificates, new_taught
) -> None:
    hub = walk.people_of_a_hub()
    learner = actor_for(hub.learner)
    walk.pass_module(hub, learner)
    while sweep():
        pass
    assert _count(Completion) == 1
    assert _count(Certificate) == 0
    back = new_taught()
    with back.app_context():
        while sweep():
            pass
        assert _count(Certificate) == 1
        assert sweep() == 0
        assert _count(Certificate) == 1
        with transaction(write=False):
            one = db.session.scalars(sa.select(Certificate)).one()
            number, holder = one.number, one.person_id
        assert holder == hub.learner
        page = signed_in(back, "learner@walk").get("/certificates/").text
        assert number in page


def test_without_the_bundled_curriculum_every_page_says_what_is_not_there_yet(new_app) -> None:
    app = new_app(plugins=["certificates.plugin"])
    with app.app_context():
        walk.people_of_a_hub()
    for role in ROLES:
        client = signed_in(app, f"{role}@walk")
        for page in (*PAGES, *filter(None, [DESKS.get(role)])):
            assert client.get(page).status_code == 200, (role, page)
    assert client.get("/modules/FND103/").status_code == 404
    assert app.test_cli_runner().invoke(args=["curriculum", "sync"]).exit_code == 0


# --- one that fails while it is asked --------------------------------------------------------


class Bad:
    """A plugin whose first card fails in a way that the test chooses."""

    name = "bad"

    def __init__(self, fail: Callable[[], object]) -> None:
        self.fail = fail

    @impl
    def home(self, user: Any) -> Iterable[Card]:
        yield Card("people/none.html")  # no such template: it must not be shown either
        self.fail()

    @impl
    def question_kinds(self) -> Iterable[Any]:
        self.fail()
        return []


class Good:
    """A plugin that comes after the bad one and reads."""

    name = "good"

    def __init__(self) -> None:
        self.seen: list[int] = []

    @impl
    def home(self, user: Any) -> Iterable[Card]:
        self.seen.append(db.session.scalar(sa.select(sa.func.count(Organisation.id))) or 0)
        return []


def _mistake() -> None:
    raise ZeroDivisionError("a mistake of the plugin")


def _failed_select() -> None:
    db.session.execute(sa.text("SELECT nothing FROM nowhere"))


FAULTS = pytest.mark.parametrize("fail", [_mistake, _failed_select])


@FAULTS
def test_a_plugin_that_raises_is_named_and_the_rest_goes_on(new_app, fail, caplog) -> None:
    good = Good()
    app = new_app(plugins=[Bad(fail), good])
    with app.app_context():
        walk.people_of_a_hub()
        client = signed_in(app, "administrator@walk")
        with caplog.at_level(logging.ERROR):
            answer = client.get("/")
        assert answer.status_code == 200
        assert good.seen == [3]
        assert "plugin bad failed in home" in caplog.text
        assert list(plugins().faults) == ["bad.home"]
        assert "bad.home" in client.get("/").text
        assert "bad.home" not in signed_in(app, "learner@walk").get("/").text


@FAULTS
def test_a_plugin_that_raises_while_somebody_writes_costs_them_nothing(new_taught, fail) -> None:
    app = new_taught(plugins=["modules.plugin", Bad(fail)])
    with app.app_context():
        hub = walk.people_of_a_hub()
        learner = actor_for(hub.learner)
        attempt_id = walk.sit(walk.take_part(hub, learner), learner)
        with transaction(write=False):
            submission = db.session.scalars(sa.select(Submission)).one()
            assert submission.attempt_id == attempt_id
            assert db.session.scalar(sa.select(sa.func.count(Score.id))) > 0


@FAULTS
def test_what_was_flushed_before_a_plugin_failed_is_committed_with_the_rest(new_app, fail) -> None:
    app = new_app(plugins=[Bad(fail)])
    with app.app_context():
        with transaction():
            make_organisation("Before")
            db.session.flush()
            plugins().collect("question_kinds")
            make_organisation("After")
        with transaction(write=False):
            names = set(db.session.scalars(sa.select(Organisation.name)))
        assert names == {"Before", "After"}


def test_our_own_fault_is_not_laid_at_the_plugin_s_door(new_app) -> None:
    app = new_app(plugins=[Good()])
    with app.app_context():
        with pytest.raises(sa.exc.IntegrityError), transaction():
            _add_twice_then_collect()
        assert plugins().faults == {}


def _add_twice_then_collect() -> None:
    place = make_organisation("One")
    make_person(place, login="same@x.example")
    person = make_person(place, login="other@x.example")
    person.login = "same@x.example"
    plugins().collect("home", user=None)


# --- one that fails while it listens ---------------------------------------------------------


class Listener:
    """A plugin that inserts a row when a programme is completed, then fails."""

    name = "listener"

    @impl
    def programme_completed(self, record: Any) -> None:
        make_organisation("Inserted by the listener")
        raise ZeroDivisionError


def test_a_listener_that_raises_undoes_the_whole_act(new_taught) -> None:
    app = new_taught(plugins=["modules.plugin", Listener(), "certificates.plugin"])
    with app.app_context():
        hub = walk.people_of_a_hub()
        learner, instructor = actor_for(hub.learner), actor_for(hub.instructor)
        attempt_id = walk.sit(walk.take_part(hub, learner), learner)
        walk.grade(attempt_id, instructor)
        with pytest.raises(ZeroDivisionError):
            walk.release(attempt_id, instructor)
        assert [_count(m) for m in (Result, Evidence, Completion, Certificate)] == [0, 0, 0, 0]
        with transaction(write=False):
            names = set(db.session.scalars(sa.select(Organisation.name)))
        assert "Inserted by the listener" not in names
        assert _count(Attempt) == 1


# --- one that does not fit -------------------------------------------------------------------


class Misspelt:
    """A plugin with a hook that does not exist."""

    name = "misspelt"

    @impl
    def hoem(self, user: Any) -> Iterable[Card]:
        return []


class WrongArgument:
    """A plugin that asks for what its hook does not give."""

    name = "wrong"

    @impl
    def home(self, somebody: Any) -> Iterable[Card]:
        return []


@pytest.mark.parametrize(("plugin", "said"), [(Misspelt(), "hoem"), (WrongArgument(), "somebody")])
def test_a_hook_that_does_not_exist_refuses_the_start_by_name(plugin, said) -> None:
    with pytest.raises(pluggy.PluginValidationError, match=said):
        Plugins([plugin])


def test_the_same_name_twice_refuses_the_start(new_app) -> None:
    with pytest.raises(ValueError, match="good"):
        new_app(plugins=[Good(), Good()])


class Undeclared:
    """A plugin with a page that does not say who may open it."""

    name = "undeclared"

    @impl
    def blueprints(self) -> list[Blueprint]:
        pages = Blueprint("undeclared", __name__)

        @pages.get("/undeclared")
        def secret() -> str:
            return "for whom?"

        return [pages]


def test_a_view_that_does_not_say_who_may_open_it_refuses_the_start(new_app) -> None:
    with pytest.raises(RuntimeError, match=r"undeclared\.secret"):
        new_app(plugins=[Undeclared()])


def test_plugins_come_in_the_order_in_which_they_are_listed(new_app) -> None:
    app = new_app(plugins=["certificates.plugin", Good(), "modules.plugin"])
    with app.app_context():
        assert plugins().names[-3:] == ["certificates", "good", "modules"]
