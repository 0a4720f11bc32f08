"""When something fails: one calm page, a reference, and not a word of what is inside."""

import logging
import re
from collections.abc import Callable

import pytest
from flask import Blueprint, Flask, render_template_string
from sqlalchemy import text

from lms.db import db
from lms.hookspecs import impl
from lms.jobs import queue
from lms.web.access import for_roles, public
from tests.conftest import BASE
from tests.isolation.hostile import came_alive, failings_of_headers
from tests.isolation.visitors import enter
from tests.isolation.world import HERE, World

INSIDE = "the secret of the broken plugin"
_TELLTALE = ("Traceback", INSIDE, "site-packages", "sqlalchemy", "SELECT", "werkzeug", ".py")
NewApp = Callable[..., Flask]
PLAIN = {"client": "form-of-somebody", "seen": "9"}


class BrokenPlugin:
    """Pages that fail in each way in which a plugin's page may fail, and hooks that fail."""

    name = "broken"

    @impl
    def blueprints(self) -> list[Blueprint]:
        pages = Blueprint("broken", __name__, url_prefix="/broken")

        @pages.route("/view", methods=["GET", "POST"])
        @public
        def view() -> str:
            raise RuntimeError(INSIDE)

        @pages.get("/named/<word>")
        @public
        def named(word: str) -> str:
            raise RuntimeError(INSIDE)

        @pages.get("/template")
        @public
        def template() -> str:
            return render_template_string("{{ nothing.of.this.name }}" + INSIDE)

        @pages.get("/statement")
        @public
        def statement() -> str:
            db.session.execute(text(f"SELECT '{INSIDE}' FROM no_such_table"))
            return ""

        @pages.get("/late")
        @for_roles()
        def late() -> str:
            raise KeyError(INSIDE)

        return [pages]

    @impl
    def home(self, user: object) -> list[object]:
        raise RuntimeError(INSIDE)

    @impl
    def navigation(self, user: object) -> list[object]:
        raise RuntimeError(INSIDE)


@pytest.fixture
def broken(new_inside: NewApp) -> Flask:
    return new_inside(plugins=[*BASE.plugins, BrokenPlugin()])


@pytest.mark.parametrize("page", ["view", "template", "statement"])
@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_failing_page_tells_a_reference_and_nothing_else(
    broken: Flask, caplog: pytest.LogCaptureFixture, page: str, accept: str
) -> None:
    with caplog.at_level(logging.ERROR):
        answer = enter(broken, None).get(f"/broken/{page}", headers={"Accept": accept})
    assert answer.status_code == 500
    assert not [word for word in _TELLTALE if word in answer.text]
    assert not failings_of_headers(answer)
    logged = [r for r in caplog.records if "failure" in r.msg]
    assert len(logged) == 1
    assert logged[0].args[0] in answer.text


def test_address_forges_no_line_of_the_log(broken: Flask, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        enter(broken, None).get("/broken/named/x%0D%0AERROR%20forged")
    assert caplog.records
    assert not [one for one in caplog.records if "\n" in one.getMessage()]


def test_failing_page_of_somebody_signed_in_tells_no_more(broken: Flask, world: World) -> None:
    visitor = enter(broken, world.people[HERE]["learner"])
    answer = visitor.get("/broken/late")
    assert answer.status_code == 500
    assert not [word for word in _TELLTALE if word in answer.text]
    assert visitor.post("/broken/view").status_code == 500


def test_failing_hooks_leave_the_first_page_standing(broken: Flask, world: World) -> None:
    answer = enter(broken, world.people[HERE]["learner"]).get("/")
    assert answer.status_code == 200
    assert "Bioprocess" in answer.text
    assert INSIDE not in answer.text


def test_debugger_is_never_served(inside: Flask) -> None:
    assert not inside.debug
    visitor = enter(inside, None)
    assert visitor.get("/console").status_code == 404
    assert (
        visitor.get("/verify/?__debugger__=yes&cmd=resource&f=debugger.js").mimetype == "text/html"
    )


def _every_kind(world: World) -> list[tuple[str, str, dict[str, object], int]]:
    """Return (method, path, what is sent, status): an error of every kind, by the instructor."""
    marked = world.people[HERE]["marked"].attempt
    own = world.people[HERE]["instructor"].attempt
    return [
        ("GET", "/", {}, 200),
        ("GET", "/nowhere", {}, 404),
        ("GET", "/attempts/none/", {}, 404),
        ("GET", "/content/", {}, 403),
        ("DELETE", "/", {}, 405),
        ("POST", "/verify/", {}, 405),
        ("POST", f"/grading/attempts/{marked}/release", {"form": {"csrf_token": "x"}}, 400),
        ("POST", f"/grading/attempts/{marked}/release", {}, 422),
        ("POST", f"/attempts/{own}/responses", {"json": {}}, 422),
        ("POST", f"/attempts/{own}/", {"form": PLAIN | {"x": "y" * 600_000}}, 413),
        ("POST", "/sign-in", {"form": {"login": "y" * 5_000_000}}, 413),
        ("GET", "/modules", {}, 308),
        ("GET", "/static/web/x/style.css", {}, 200),
        ("GET", "/static/web/x/mark.svg", {}, 200),
        ("GET", "/healthz", {}, 200),
    ]


@pytest.mark.parametrize("case", range(15))
def test_every_response_carries_its_headers(inside: Flask, world: World, case: int) -> None:
    method, path, sent, status = _every_kind(world)[case]
    visitor = enter(inside, world.people[HERE]["instructor"])
    answer = visitor.ask(method, path, **sent)
    assert answer.status_code == status
    assert not failings_of_headers(answer)


def test_no_page_holds_a_script_or_a_style_of_its_own(inside: Flask, world: World) -> None:
    instructor, people = enter(inside, world.people[HERE]["instructor"]), world.people[HERE]
    lesson = re.search(r"/modules/FND103/lessons/[^/]+/", instructor.get("/modules/FND103/").text)
    assert lesson
    paths = {
        "instructor": ("/", "/grading/", f"/grading/answers/{people['submitted'].essay}/"),
        "learner": ("/", "/modules/", lesson[0], f"/attempts/{people['learner'].attempt}/"),
        "graduate": (f"/attempts/{people['graduate'].attempt}/", "/certificates/"),
        "reviewer": ("/content/", f"/content/{world.version}/questions/"),
    }
    for who, opened in paths.items():
        for path in opened:
            answer = enter(inside, people[who]).get(path)
            assert answer.status_code == 200
            assert not came_alive(answer)
            assert "<style" not in answer.text


def test_certificate_is_handed_over_as_a_file(inside: Flask, world: World) -> None:
    one = world.people[HERE]["graduate"]
    answer = enter(inside, one).get(f"/certificates/{one.number}.pdf")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{one.number}.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_drawing_of_a_module_opened_by_itself_can_do_nothing(inside: Flask, world: World) -> None:
    visitor = enter(inside, world.people[HERE]["learner"])
    lessons = re.findall(r"/modules/FND103/lessons/[^/]+/", visitor.get("/modules/FND103/").text)
    pages = "".join(visitor.get(lesson).text for lesson in set(lessons))
    figure = re.search(r'src="\.\./\.\./(files/[^"]+\.svg[^"]*)"', pages)
    assert figure
    answer = visitor.get(f"/modules/FND103/{figure[1]}")
    assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_what_is_wrong_with_the_machine_names_no_part_of_it(
    inside: Flask, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(_url: str) -> bool:
        raise OSError(INSIDE)

    monkeypatch.setattr(queue, "is_well", down)
    answer = enter(inside, None).get("/healthz")
    assert answer.status_code == 503
    assert not [word for word in _TELLTALE if word in answer.text]
