"""Claims about what a row comes to: new, there, refused at its column; the file read in order."""

from dataclasses import replace

import pytest

from lms.cohort.roster.known import Known, Learning, Module, Place, Programme, Someone
from lms.cohort.roster.planning import Planned, plan
from lms.cohort.roster.reading import headings, read

ADDIS, CAIRO, SONGDO = (
    Place("addis", "Addis Institute", mine=True),
    Place("cairo", "Cairo Biologicals", mine=True),
    Place("songdo", "Songdo", mine=False),
)
AMINA = Someone("p-amina", "Amina Okafor", ADDIS)
FND103 = Module("FND103", "Calculations", "v103", "1.1.0", practice=False)
FND104 = Module("FND104", "Cleanroom", "v104", "1.0.0", practice=True)
KNOWN = Known(
    places={"addisinstitute": [ADDIS], "cairobiologicals": [CAIRO], "songdo": [SONGDO]},
    people={"amina@x.example": AMINA},
    modules={"FND103": FND103, "FND104": FND104},
    programmes={
        "B01": Programme("B01", "Calculations", ("FND103",)),
        "C01": Programme("C01", "Foundations", ("FND103", "FND104")),
        "C99": Programme("C99", "Not open", ("FND103", "FND999")),
    },
    learning={},
    own=None,
)
HEAD = "Name,E-mail,Organisation,Role,Module,Delivering organisation\n"


def _plan(*rows: str, known: Known = KNOWN) -> list[Planned]:
    return plan(read(HEAD + "\n".join(rows), headings({})).rows, known)


def _what(one: Planned) -> list[tuple[str, str]]:
    assert not one.problems, one.problems
    return [(step.module.code, step.kind) for step in one.steps]


def _refusals(*rows: str, known: Known = KNOWN) -> list[tuple[str, str]]:
    return [(p.column, p.message % dict(p.params)) for p in _plan(*rows, known=known)[-1].problems]


def test_somebody_new_is_added_and_enrolled() -> None:
    (one,) = _plan("Kim Hana,kim@x.example,addis institute,,fnd103,SONGDO")
    assert (one.person, one.place, one.delivering) == ("new", ADDIS, SONGDO)
    assert _what(one) == [("FND103", "enrol")]
    assert one.changes


def test_somebody_there_is_not_added_again_however_the_name_is_written() -> None:
    (one,) = _plan("AMINA  okafor,Amina@X.example,,,FND103,")
    assert (one.person, one.person_id, one.place) == ("there", "p-amina", ADDIS)
    assert one.delivering == ADDIS


def test_a_programme_is_all_its_modules() -> None:
    (one,) = _plan("Amina Okafor,amina@x.example,,,C01,Songdo")
    assert one.programme == "C01"
    assert _what(one) == [("FND103", "enrol"), ("FND104", "enrol")]


def test_without_a_module_the_person_is_added_and_no_more() -> None:
    (one,) = _plan("Kim Hana,kim@x.example,Addis Institute,Learner,,")
    assert (one.person, one.steps) == ("new", ())


def _learning(version: str = "v103", programme: str | None = None, *, ended: bool = False) -> Known:
    row = Learning(version, "1.0.0", programme, ended)
    return replace(KNOWN, learning={("p-amina", "FND103"): row})


@pytest.mark.parametrize(
    ("known", "what", "kind"),
    [
        (_learning(), "FND103", "already"),
        (_learning("an older version"), "FND103", "already"),
        (_learning(ended=True), "FND103", "again"),
        (_learning("an older version", ended=True), "FND103", "enrol"),
        (_learning(), "B01", "join"),
        (_learning(programme="B01"), "B01", "already"),
        (_learning(programme="C01"), "FND103", "already"),
    ],
)
def test_who_learns_a_module_goes_on_in_it(known: Known, what: str, kind: str) -> None:
    (one,) = _plan(f"Amina Okafor,amina@x.example,,,{what},Songdo", known=known)
    assert _what(one) == [("FND103", kind)]
    assert one.changes == (kind != "already")


def test_a_programme_that_nothing_would_count_for_is_refused() -> None:
    row = "Amina Okafor,amina@x.example,,,B01,Songdo"
    ((column, said),) = _refusals(row, known=_learning(programme="C01"))
    assert (column, "another programme" in said) == ("what", True)
    (one,) = _plan(row.replace("B01", "C01"), known=_learning(programme="B01"))
    assert _what(one) == [("FND103", "already"), ("FND104", "enrol")]


def test_rows_of_one_person_add_them_once() -> None:
    rows = (
        "Kim Hana,kim@x.example,Addis Institute,,FND103,",
        "Kim Hana,KIM@x.example,,,FND104,",
        "Kim Hana,kim@x.example,Addis Institute,,FND103,",
    )
    first, second, third = _plan(*rows)
    assert [one.person for one in (first, second, third)] == ["new", "there", "there"]
    assert (second.earlier, second.place) == (2, ADDIS)
    assert _what(third) == [("FND103", "already")]
    assert not third.changes


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        ("Kim,kim@x.example,Nowhere,,FND103,", "organisation", "None of your organisations"),
        ("Kim,kim@x.example,Songdo,,FND103,", "organisation", "None of your organisations"),
        ("Kim,kim@x.example,,,FND103,", "organisation", "Say which of your organisations"),
        ("Kim,kim@x.example,Addis Institute,,FND103,Nowhere", "delivering", "No organisation has"),
        ("Kim,kim@x.example,Addis Institute,,FND999,", "what", "no module or programme FND999"),
        ("Kim,kim@x.example,Addis Institute,,C99,", "what", "FND999 is not in service"),
        ("Kim,kim@x.example,Addis Institute,administrator,FND103,", "role", "Only learners"),
        ("Kim,amina@x.example,,,FND103,", "name", "This sign-in name is Amina Okafor's"),
        ("Amina Okafor,amina@x.example,Cairo Biologicals,,FND103,", "organisation", "belongs to"),
    ],
)
def test_a_row_is_refused_at_its_column(row: str, column: str, said: str) -> None:
    ((at, why),) = _refusals(row)
    assert (at, said in why) == (column, True), why


def test_nobody_learns_the_name_of_somebody_who_is_not_theirs() -> None:
    other = replace(AMINA, name="Somebody Secret", place=SONGDO)
    known = replace(KNOWN, people={"amina@x.example": other})
    ((column, said),) = _refusals("Kim,amina@x.example,,,FND103,", known=known)
    assert (column, "Secret" in said) == ("login", False)


def test_a_closed_account_is_not_enrolled() -> None:
    known = replace(KNOWN, people={"amina@x.example": replace(AMINA, disabled=True)})
    ((column, said),) = _refusals("Amina Okafor,amina@x.example,,,FND103,", known=known)
    assert (column, "closed" in said) == ("login", True)


def test_two_organisations_of_one_name_are_no_guess() -> None:
    twins = KNOWN.places | {"addisinstitute": [ADDIS, replace(ADDIS, id="addis-2")]}
    known = replace(KNOWN, places=twins)
    ((column, said),) = _refusals("Kim,k@x.example,Addis Institute,,,", known=known)
    assert (column, "2 organisations" in said) == ("organisation", True)


def test_everything_wrong_in_a_row_is_told_at_once() -> None:
    found = _refusals("=Kim,kim@x.example,Nowhere,boss,FND999,Nowhere")
    assert {column for column, _said in found} == {
        "name",
        "organisation",
        "role",
        "what",
        "delivering",
    }


def test_who_coordinates_one_organisation_need_not_name_it() -> None:
    (one,) = _plan("Kim,kim@x.example,,,FND103,", known=replace(KNOWN, own=ADDIS))
    assert (one.place, one.delivering) == (ADDIS, ADDIS)


def test_a_refused_row_adds_nobody_for_the_rows_after_it() -> None:
    rows = ("Kim,kim@x.example,Addis Institute,,FND999,", "Kim,kim@x.example,,,FND103,")
    refused, after = _plan(*rows)
    assert refused.refused
    assert [p.column for p in after.problems] == ["organisation"]
