"""Claims about power: nobody climbs by roles or slips, the last administrator stays, roles end."""

import re

import pytest
import sqlalchemy as sa

from lms.columns import new_id
from lms.db import db, transaction
from lms.people.models import RoleHeld
from lms.records.verify import verify
from tests.directory.conftest import REASON, Town, details
from tests.factories import csrf_of


def held(town: Town, who: str) -> str:
    """Return the id of somebody's one role."""
    with transaction(write=False):
        mine = sa.select(RoleHeld.id).where(RoleHeld.person_id == town.people[who])
        return db.session.scalars(mine).one()


# --- climbing -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "whom"),
    [
        ("coordinator", "chief"),
        ("coordinator", "instructor"),
        ("coordinator", "root"),
        ("coordinator", "coordinator"),
        ("coordinator", "stranger"),
        ("chief", "root"),
        ("chief", "owner"),
        ("chief", "stranger"),
    ],
)
def test_nobody_changes_signs_out_or_writes_slips_for_somebody_stronger(
    town: Town, who, whom
) -> None:
    answers = [
        town.post(who, town.person(whom, "edit"), **details(town, whom, name="Mine Now")),
        town.post(who, town.person(whom, "access"), reason=REASON),
        town.post(who, town.person(whom, "sessions/end")),
        town.post(who, "/people/slips/", person=town.people[whom], once=new_id()),
    ]
    assert [answer.status_code for answer in answers] == [404] * 4


@pytest.mark.parametrize(
    ("who", "whom", "role", "place", "status"),
    [
        ("chief", "chief", "administrator", "hub", 422),
        ("chief", "learner", "administrator", "south", 422),
        ("chief", "learner", "owner", "north", 422),
        ("coordinator", "coordinator", "administrator", "north", 422),
        ("coordinator", "learner", "instructor", "north", 422),
        ("coordinator", "stranger", "learner", "north", 404),
        ("chief", "learner", "instructor", "lab", 303),
        ("root", "learner", "owner", "hub", 303),
    ],
)
def test_roles_are_given_within_one_s_own_power(town, who, whom, role, place, status) -> None:
    form = {"role": role, "organisation": town.places[place]}
    assert town.post(who, town.person(whom, "roles"), **form).status_code == status


def test_giving_a_role_twice_gives_it_once(town: Town) -> None:
    form = {"role": "instructor", "organisation": town.places["lab"]}
    for _turn in range(2):
        assert town.post("chief", town.person("deep", "roles"), **form).status_code == 303
    with transaction(write=False):
        mine = sa.select(RoleHeld.id).where(
            RoleHeld.person_id == town.people["deep"], RoleHeld.role == "instructor"
        )
        assert len(db.session.scalars(mine).all()) == 1


def test_slips_for_several_are_all_or_none(town: Town) -> None:
    both = [town.people["learner"], town.people["chief"]]
    browser = town.browser("coordinator")
    form = {"person": both, "once": new_id(), "csrf_token": csrf_of(browser, "/account/")}
    assert browser.post("/people/slips/", data=form).status_code == 404
    again = form | {"person": [town.people["learner"], town.people["deep"]]}
    page = browser.post("/people/slips/", data=again)
    assert len(set(re.findall(r"\w{4}-\w{4}-\w{4}", page.text))) == 2
    reload = browser.post("/people/slips/", data=again)
    assert (reload.status_code, "shown only once" in reload.text) == (422, True)


# --- ending ---------------------------------------------------------------------------------


def test_who_is_kept_out_is_out_at_once_and_in_again_when_let_in(town: Town) -> None:
    browser = town.browser("learner")
    assert town.post("coordinator", town.person("learner", "access")).status_code == 422
    answer = town.post("coordinator", town.person("learner", "access"), reason="left the site")
    assert answer.status_code == 303
    assert browser.get("/").status_code == 303
    assert "May not sign in" in town.get("coordinator", "/people/?state=out").text
    town.post("coordinator", town.person("learner", "access"), reason="came back")
    town.browsers.pop("learner")
    assert town.get("learner", "/").status_code == 200
    with transaction(write=False):
        assert verify().mismatches == ()


def test_ending_sessions_signs_a_person_out_everywhere(town: Town) -> None:
    browser = town.browser("deep")
    assert town.post("coordinator", town.person("deep", "sessions/end")).status_code == 303
    assert browser.get("/").status_code == 303


def test_a_role_ends_with_a_reason_and_opens_nothing_more(town: Town) -> None:
    path = town.person("coordinator", f"roles/{held(town, 'coordinator')}/end")
    assert town.get("coordinator", "/people/").status_code == 200
    assert town.post("chief", path).status_code == 422
    assert town.post("chief", path, reason="moved on").status_code == 303
    assert town.get("coordinator", "/people/").status_code == 403
    assert town.post("chief", path, reason="again").status_code == 404


def test_a_role_is_ended_under_its_own_person_only(town: Town) -> None:
    path = town.person("deep", f"roles/{held(town, 'learner')}/end")
    assert town.post("chief", path, reason="x").status_code == 404


def test_the_last_administrator_of_the_hub_stays(town: Town) -> None:
    second = town.person("second", f"roles/{held(town, 'second')}/end")
    own = town.person("root", f"roles/{held(town, 'root')}/end")
    assert town.post("root", second, reason="one is enough").status_code == 303
    answer = town.post("root", own, reason="and none is better")
    assert (answer.status_code, "Nobody else administers" in answer.text) == (422, True)


def test_a_disabled_administrator_does_not_count_as_one_who_is_left(town: Town) -> None:
    assert town.post("root", town.person("second", "access"), reason="left").status_code == 303
    own = town.person("root", f"roles/{held(town, 'root')}/end")
    assert town.post("root", own, reason="me too").status_code == 422


def test_nobody_keeps_themselves_out(town: Town) -> None:
    assert town.post("root", town.person("root", "access"), reason="x").status_code == 404


# --- the command ----------------------------------------------------------------------------


def test_roles_are_given_and_ended_from_the_command_line(town: Town) -> None:
    run = town.app.test_cli_runner().invoke
    words = ["--login", "deep@t.example", "--role", "instructor", "--organisation", "North"]
    assert run(args=["people", "role", "grant", *words]).exit_code == 0
    assert town.get("deep", "/grading/").status_code == 200
    assert run(args=["people", "role", "end", *words]).exit_code == 2  # says no reason
    assert run(args=["people", "role", "end", *words, "--reason", "done"]).exit_code == 0
    assert town.get("deep", "/grading/").status_code == 403
    assert run(args=["people", "role", "end", *words, "--reason", "done"]).exit_code == 2
