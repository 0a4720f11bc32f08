"""Claims about the people's pages: who sees whom, what is recorded, and that nobody climbs."""

import csv
import io
import re

import pytest
import sqlalchemy as sa

from lms.columns import new_id
from lms.db import db, transaction
from lms.people.models import Organisation, Person
from lms.records.models import Event
from lms.records.verify import verify
from tests.directory.conftest import REASON, Town, details
from tests.factories import count_queries, make_person

# --- who sees whom --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "seen", "unseen"),
    [
        ("root", ["Stranger", "Deep", "Owner", "Chief"], []),
        ("chief", ["Deep", "Learner", "Coordinator"], ["Stranger", "Owner", "Root"]),
        ("coordinator", ["Deep", "Learner", "Chief"], ["Stranger", "Owner", "Root"]),
    ],
)
def test_lists_show_whom_one_oversees_and_nobody_else(town: Town, who, seen, unseen) -> None:
    for path in ("/people/", "/people/people.csv"):
        page = town.get(who, path).text
        assert [name for name in seen if f"{name} Person" not in page] == []
        assert [name for name in unseen if f"{name} Person" in page] == []


def test_a_guest_is_seen_with_the_role_held_here_and_no_other(town: Town) -> None:
    town.post("root", town.person("stranger", "roles"), role="instructor",
              organisation=town.places["north"])  # fmt: skip
    page = town.get("chief", town.person("stranger")).text
    assert "North" in page
    assert "since" not in page or "Learner</th>" not in page
    assert town.get("chief", town.person("stranger", "edit")).status_code == 404


def test_words_role_and_place_narrow_the_list(town: Town) -> None:
    page = town.get("root", "/people/?words=DEEP").text
    assert ("Deep Person" in page, "Chief Person" in page) == (True, False)
    page = town.get("root", "/people/?role=coordinator").text
    assert ("Coordinator Person" in page, "Chief Person" in page) == (True, False)
    page = town.get("root", f"/people/?organisation={town.places['lab']}").text
    assert ("Deep Person" in page, "Learner Person" in page) == (True, False)
    assert "Nobody is found" in town.get("root", "/people/?words=%25").text
    assert (
        town.get("coordinator", f"/people/?organisation={town.places['south']}").status_code == 404
    )


def test_pages_of_the_list_show_everybody_once_in_a_constant_number_of_queries(town: Town) -> None:
    town.get("root", "/people/")
    few = len(count_queries(town.app, lambda: town.get("root", "/people/")))
    with transaction():
        place = db.session.get_one(Person, town.people["deep"]).organisation
        for number in range(120):
            make_person(place, "learner", name=f"Crowd {number:03} <b>", login=f"crowd{number}")
    path, seen = "/people/", []
    while path:
        page = town.get("root", path).text
        seen += re.findall(r"Crowd (\d{3})", page.split("<tbody>")[1])
        after = re.search(r'rel="next" href="([^"]+)"', page)
        path = after[1].replace("&amp;", "&") if after else ""
        assert "<b>" not in page.split("<tbody>")[1].replace("&lt;b&gt;", "")
    assert sorted(set(seen)) == [f"{number:03}" for number in range(120)]
    many = count_queries(town.app, lambda: town.get("root", "/people/"))
    assert len(many) == few, "\n".join(many)


def test_a_file_runs_nothing_in_a_spreadsheet(town: Town) -> None:
    with transaction():
        place = db.session.get_one(Person, town.people["deep"]).organisation
        make_person(place, name="=1+1", login="formula")
    rows = list(csv.reader(io.StringIO(town.get("root", "/people/people.csv").text)))
    assert [row[0] for row in rows if row[2] == "formula"] == ["'=1+1"]


# --- adding ---------------------------------------------------------------------------------


def test_a_person_is_added_with_a_staff_number_and_given_a_slip(town: Town) -> None:
    answer = town.post(
        "coordinator", "/people/add",
        name="Hana Demo", native_name="하나 데모", login="N-77", organisation=town.places["lab"],
        roles="learner",
    )  # fmt: skip
    assert answer.status_code == 303
    page = town.get("coordinator", answer.location).text
    assert "하나 데모" in page
    person = answer.location.split("/")[2]
    slips = town.post("coordinator", "/people/slips/", person=person, once=new_id())
    code = re.search(r"\w{4}-\w{4}-\w{4}", slips.text)
    assert (slips.status_code, bool(code), "n-77" in slips.text) == (200, True, True)
    assert slips.headers["Cache-Control"] == "no-store"
    with transaction(write=False):
        assert verify().mismatches == ()


def test_a_taken_staff_number_says_what_to_do(town: Town) -> None:
    form = {"name": "Another", "organisation": town.places["north"], "roles": "learner"}
    assert town.post("chief", "/people/add", login="1234", **form).status_code == 303
    answer = town.post("chief", "/people/add", login="1234", **form)
    assert answer.status_code == 422
    assert "SITE-1234" in answer.text
    assert 'value="Another"' in answer.text


def test_nobody_is_added_elsewhere_or_with_a_role_one_may_not_give(town: Town) -> None:
    refused = []
    for who, place, role in (
        ("coordinator", "south", "learner"),
        ("coordinator", "north", "administrator"),
        ("chief", "north", "owner"),
    ):
        form = {"organisation": town.places[place], "roles": role, "login": "x-1"}
        refused.append(town.post(who, "/people/add", name="Another", **form))
    assert [answer.status_code for answer in refused] == [422] * 3
    with transaction(write=False):
        found = sa.select(Person.id).where(Person.login == "x-1")
        assert db.session.scalars(found).all() == []


# --- correcting -----------------------------------------------------------------------------


def test_a_corrected_name_is_recorded_old_and_new_with_its_reason(town: Town) -> None:
    form = details(town, "learner", name="Lerner Person")
    assert town.post("coordinator", town.person("learner", "edit"), **form).status_code == 303
    with transaction(write=False):
        event = db.session.scalars(
            sa.select(Event).where(Event.kind == "person.corrected")
        ).one()  # fmt: skip
        assert b'"name":["Learner Person","Lerner Person"]' in event.content
        assert REASON.encode() in event.content
        assert verify().mismatches == ()


def test_no_name_changes_without_a_reason(town: Town) -> None:
    for reason in ("", "   "):
        form = details(town, "learner", name="Somebody Else", reason=reason)
        assert town.post("root", town.person("learner", "edit"), **form).status_code == 422
    with transaction(write=False):
        assert db.session.get_one(Person, town.people["learner"]).name == "Learner Person"


def test_nobody_takes_somebody_elses_sign_in_name(town: Town) -> None:
    form = details(town, "learner", login="root@t.example")
    assert town.post("root", town.person("learner", "edit"), **form).status_code == 422


# --- a hub that begins ----------------------------------------------------------------------


def test_first_page_tells_an_administrator_whom_the_hub_lacks_and_only_while_it_does(town: Town):
    page = town.get("root", "/").text
    assert "This hub needs more people" in page
    assert "Two reviewers" in page
    assert "A coordinator, at the organisation" not in page  # one is here
    assert "This hub needs more people" not in town.get("chief", "/").text
    with town.app.app_context(), transaction():
        north = db.session.get_one(Organisation, town.places["north"])
        make_person(north, "reviewer")
        make_person(north, "reviewer")
    assert "This hub needs more people" not in town.get("root", "/").text
