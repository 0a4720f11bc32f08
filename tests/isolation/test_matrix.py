"""Every route × role × own and other organisation × method, against the table of who may."""

from collections.abc import Iterator
from dataclasses import asdict, fields

import pytest
from flask import Flask
from sqlalchemy import func, select

from lms.curriculum.models import Lesson, ModuleFile, Question
from lms.db import db, transaction
from lms.records.models import Refusal
from tests.isolation.doors import DOORS, Door
from tests.isolation.visitors import enter
from tests.isolation.world import HERE, ROLES, THERE, Records, World

METHODS = ("GET", "POST", "PUT", "DELETE", "PATCH")
NOWHERE = Records(
    **dict.fromkeys((one.name for one in fields(Records)), "0" * 26)
    | {"login": "", "session": "", "number": "ST-0000-0000-0000-0"}
)
# Who sees names of other people of their own site on lists.
_OVERSEE = ("instructor", "coordinator")


def _routes(app: Flask) -> dict[str, set[str]]:
    """Return the methods of each endpoint, those left out that come by themselves."""
    found: dict[str, set[str]] = {}
    for rule in app.url_map.iter_rules():
        methods = found.setdefault(rule.endpoint, set())
        methods |= (rule.methods or set()) - {"HEAD", "OPTIONS"}
    return found


def test_every_route_has_a_row_and_every_row_a_route(inside: Flask) -> None:
    routes = _routes(inside)
    assert set(routes) == set(DOORS), "add the missing rows to tests/isolation/doors.py"
    for endpoint, door in DOORS.items():
        offered = {m for m, status in (("GET", door.get), ("POST", door.post)) if status}
        assert routes[endpoint] == offered, endpoint


@pytest.mark.parametrize("endpoint", DOORS)
def test_door_opens_for_whom_the_table_says(inside: Flask, world: World, endpoint: str) -> None:
    door = DOORS[endpoint]
    wrong = [
        line
        for who in ("stranger", *ROLES, *door.also)
        for line in _tries(inside, world, door, who)
    ]
    assert not wrong, "\n".join(wrong)


def test_matrix_finds_a_query_that_forgets_who_asks(
    inside: Flask, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lms.grading.queries.seen_by", lambda statement, _by: statement)
    found = "\n".join(_tries(inside, world, DOORS["grading.answer"], "instructor"))
    assert "(elsewhere): 200 instead of 404" in found
    assert "Only submitted of there wrote this sentence" in found


def test_matrix_finds_a_door_that_forgot_its_role(inside: Flask, world: World) -> None:
    inside.view_functions["content.questions"].access = ("signed-in",)  # type: ignore[attr-defined]
    found = "\n".join(_tries(inside, world, DOORS["content.questions"], "learner"))
    assert "200 instead of 403" in found
    assert "0 refusals recorded instead of 2" in found


def _tries(app: Flask, world: World, door: Door, who: str) -> Iterator[str]:
    """Try every place with every method as one person; yield what went wrong."""
    me = world.people[HERE].get(who)
    visitor = enter(app, me)
    before = _refusals(app)
    refused = 0
    for place, path, records in _places(app, world, door, me):
        for method in METHODS:
            want = _expected(app, door, who, place, method, path)
            if want is None:
                continue
            sends = door.sends if method == "POST" else None
            answer = visitor.ask(method, path, json=sends(records) if sends else None)
            refused += want == 403
            said = f"{who} {method} {path} ({place})"
            if answer.status_code != want:
                yield f"{said}: {answer.status_code} instead of {want}"
            refusal = want not in (door.get, door.post)
            told = answer.get_data().decode(errors="replace")  # an archive is no text
            if leaked := _leaks(world, door, who, told, refused=refusal):
                yield f"{said}: tells {leaked}"
            if want == 303 and who == "stranger" and "/sign-in" not in answer.location:
                yield f"{said}: leads to {answer.location}"
    if _refusals(app) - before != refused:
        yield f"{who}: {_refusals(app) - before} refusals recorded instead of {refused}"


def _places(
    app: Flask, world: World, door: Door, me: Records | None
) -> Iterator[tuple[str, str, Records]]:
    """Yield (place, address, whose records): one's own, a neighbour's, the other site's, none."""
    if not door.record:
        graduate = world.people[THERE]["graduate"]
        yield "open", _path(app, world, door, graduate), graduate
        if door.absent:
            yield "nowhere", door.absent, NOWHERE
        return
    found = {
        "own": me,
        "neighbour": world.people[HERE][door.neighbour],
        "elsewhere": world.people[THERE][door.neighbour],
        "nowhere": NOWHERE,
    }
    for place, records in found.items():
        if records is None or (place == "neighbour" and records == me):
            continue
        if getattr(records, door.record):
            yield place, _path(app, world, door, records), records


def _path(app: Flask, world: World, door: Door, records: Records) -> str:
    return door.path.format(
        **asdict(records),
        version=world.version,
        upload=world.upload,
        run=world.run,
        panel=world.panel,
        written=world.written,
        anchor=world.anchor,
        **_texts(app, world),
    )


def _texts(app: Flask, world: World) -> dict[str, str]:
    with app.app_context(), transaction(write=False):
        lesson = db.session.scalar(
            select(Lesson.code).where(Lesson.module_version_id == world.version).limit(1)
        )
        figure = db.session.scalars(
            select(ModuleFile).where(ModuleFile.module_version_id == world.version).limit(1)
        ).one()
        question = db.session.scalar(
            select(Question.id)
            .where(Question.module_version_id == world.version, Question.kind == "single")
            .limit(1)
        )
        return {
            "lesson": str(lesson),
            "question": str(question),
            "figure": f"{figure.path}?v={figure.digest[:16]}",
        }


def _expected(app: Flask, door: Door, who: str, place: str, method: str, path: str) -> int | None:
    """Return the status that the table demands; None where another row answers for it."""
    offered = {"GET": door.get, "POST": door.post}.get(method)
    if offered is None:
        takes = app.url_map.bind("hub.test").allowed_methods(path.partition("?")[0])
        return None if method in takes else 405
    if who == "stranger" and who not in door.roles:
        return 401 if door.sends else 303
    if who in ROLES and who not in door.roles:
        return 403
    if place == "elsewhere" and who in door.everywhere:
        return offered
    if place in ("nowhere", "elsewhere"):
        return 404
    if place == "neighbour" and who not in door.others:
        return 404
    if place == "own" and door.others and door.neighbour in ("submitted", "marked"):
        return 404  # nobody marks or releases their own
    if place == "own" and who in door.not_own:
        return 404
    return offered


def _leaks(world: World, door: Door, who: str, body: str, *, refused: bool) -> list[str]:
    """Return the words in a body that are not for this person's eyes."""
    if door.path.startswith(("/verify/", "/api/v1/verify")):
        return []  # says who holds a certificate, to everybody who has its number
    if who in door.everywhere and not refused:
        return []
    me = world.people[HERE].get(who)
    own = (f"Nadia {HERE} {who}", me.login if me else "", f"Only {who} of {HERE} wrote")
    near = [s for s in world.secrets[HERE] if not s.startswith(own)]
    # What the other site sent here to be taught is no secret from those who teach here.
    far = [s for s in world.secrets[THERE] if "sent" not in s.replace("sentence", "")]
    hidden = near + far if refused or who not in (*_OVERSEE, *door.others) else far
    return [secret for secret in hidden if secret in body]


def _refusals(app: Flask) -> int:
    with app.app_context(), transaction(write=False):
        return db.session.scalar(select(func.count()).select_from(Refusal)) or 0
