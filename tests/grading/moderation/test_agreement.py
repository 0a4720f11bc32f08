"""Agreement is shown by marker and criterion; an instructor meets their own marks alone."""

from lms.db import db, transaction
from lms.grading.moderation.agreeing import agreements
from lms.people.models import Organisation
from tests.factories import PASSWORD, actor_for, count_queries, make_person, signed_in


def test_everybody_sees_what_is_theirs_to_see(site):
    site.mark_first(1)
    site.mark_second(3)
    with transaction():
        place = db.session.get_one(Organisation, site.hub.delivering)
        id = make_person(place, "coordinator", login="lead", password=PASSWORD).id
    lead = actor_for(id)
    with transaction(write=False):
        rows = agreements(site.one)
        criteria = {row.criterion for row in rows}
        assert {row.marker for row in rows} == {site.one.name}
        assert {(row.found.n, row.found.shift) for row in rows} == {(1, None)}
        assert agreements(site.three) == []
        seen = agreements(lead)
        assert len(seen) == 3 * len(criteria)  # all together, and each of the two
        assert {row.marker for row in seen} == {"", site.one.name, site.two.name}
    client = signed_in(site.app, "lead")
    assert "/grading/agreement/" in client.get("/grading/markers/").text
    page = client.get("/grading/agreement/").text
    assert site.two.name in page
    sheet = client.get("/grading/agreement/agreement.csv").text.splitlines()
    assert len(sheet) == 1 + len(seen)


def test_the_page_asks_no_more_of_the_database_for_more_markers(site):
    site.mark_first(1)
    site.mark_second(3)
    with transaction(write=False):
        assert len(count_queries(site.app, lambda: agreements(site.one))) == 2
