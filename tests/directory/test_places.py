"""Claims about organisations: the tree one oversees, adding below, renaming with a reason."""

import sqlalchemy as sa

from lms.db import db, transaction
from lms.people.models import Organisation
from lms.records.verify import verify
from tests.directory.conftest import Town
from tests.factories import count_queries, make_organisation


def test_the_tree_counts_people_here_and_below(town: Town) -> None:
    page = town.get("root", "/organisations/").text
    assert [name in page for name in ("The Hub", "North", "Lab of North", "South")] == [True] * 4
    assert "9 people" in page  # the hub, everybody
    assert "5 people" in page  # north with its lab
    assert page.index("North") < page.index("Lab of North") < page.index("South")


def test_a_site_shows_its_own_subtree_only(town: Town) -> None:
    for who in ("chief", "coordinator"):
        page = town.get(who, "/organisations/").text
        assert "Lab of North" in page
        assert "South" not in page
        assert "The Hub" not in page
        for place, status in (("lab", 200), ("south", 404), ("hub", 404)):
            path = f"/organisations/{town.places[place]}/"
            assert town.get(who, path).status_code == status
    assert town.get("learner", "/organisations/").status_code == 403


def test_words_find_organisations_and_percent_is_no_wildcard(town: Town) -> None:
    page = town.get("root", "/organisations/?words=north").text
    assert ("Lab of North" in page, "South" in page) == (True, False)
    assert "No organisation has this" in town.get("root", "/organisations/?words=%25").text


def test_an_organisation_is_added_below_one_that_one_administers(town: Town) -> None:
    path = "/organisations/{}/add"
    form = {"name": "Nord & <Süd>", "country": "ET"}
    answer = town.post("chief", path.format(town.places["lab"]), **form)
    assert answer.status_code == 303
    assert "Nord &amp; &lt;Süd&gt;" in town.get("chief", answer.location).text
    assert town.post("chief", path.format(town.places["hub"]), **form).status_code == 404
    assert town.post("coordinator", path.format(town.places["lab"]), **form).status_code == 403
    odd = form | {"country": "Atlantis"}
    assert town.post("root", path.format(town.places["hub"]), **odd).status_code == 422
    with transaction(write=False):
        made = db.session.scalars(sa.select(Organisation).where(Organisation.country == "ET")).one()
        assert made.path.count("/") == 5
        assert verify().mismatches == ()


def test_renaming_needs_a_reason_and_is_recorded(town: Town) -> None:
    path = f"/organisations/{town.places['lab']}/edit"
    form = {"name": "Laboratory of North", "country": "KR"}
    assert town.post("chief", path, **form).status_code == 422
    assert town.post("chief", path, reason="its new name", **form).status_code == 303
    assert "Laboratory of North" in town.get("coordinator", "/organisations/").text
    with transaction(write=False):
        assert verify().mismatches == ()


def test_the_tree_costs_the_same_for_many(town: Town) -> None:
    town.get("root", "/organisations/")
    few = len(count_queries(town.app, lambda: town.get("root", "/organisations/")))
    with transaction():
        parent = db.session.get_one(Organisation, town.places["south"])
        for number in range(40):
            parent = make_organisation(f"Deeper {number}", parent if number % 10 else None)
    many = count_queries(town.app, lambda: town.get("root", "/organisations/"))
    assert len(many) == few, "\n".join(many)
