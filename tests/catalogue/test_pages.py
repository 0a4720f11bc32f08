"""Claims about the pages by which people find their way, on a few modules."""

import re

import pytest

from lms.db import transaction
from tests.factories import PASSWORD, make_organisation, make_person, signed_in


@pytest.fixture
def client(taught):
    with transaction():
        make_person(make_organisation(), "learner", login="lea@test.example", password=PASSWORD)
    return signed_in(taught, "lea@test.example")


def test_the_catalogue_stands_by_track_and_counts(client):
    page = client.get("/modules/").text
    assert re.search(r"<h2><bdi[^>]*>Foundations</bdi> <span", page)
    assert "Foundations (" in page
    assert "/modules/FND104/" in page


def test_a_choice_stays_in_the_form_and_can_be_taken_back(client):
    page = client.get("/modules/?track=foundations&level=foundation&words=gown").text
    assert 'value="foundations" selected' in page
    assert 'value="gown"' in page
    assert "/modules/FND104/" in page
    assert "/modules/FND103/" not in page
    assert "Show all" in page


def test_nothing_that_fits_leads_to_the_search(client):
    page = client.get("/modules/?words=nectar").text
    assert "No module fits" in page
    assert "/search/?q=nectar" in page


@pytest.mark.parametrize("query", ["track=x", "role=<x>", "hours=1e9", "words=" + "x" * 5000])
def test_nonsense_in_the_address_shows_a_page(client, query):
    assert client.get(f"/modules/?{query}").status_code == 200


def test_a_module_says_whom_it_is_for_what_it_proves_and_needs(client):
    page = client.get("/modules/FND104/").text
    assert "Upstream operator" in page
    assert re.search(r"Level 1 <bdi[^>]*>\(Aware\)", page)
    assert 'href="/competencies/FND-04/"' in page
    needs = page.partition("What it needs")[2]
    assert 'href="/modules/FND101/"' in needs


def test_the_glossary_leads_to_the_lesson_and_the_lesson_to_the_glossary(client):
    page = client.get("/glossary/?letter=P").text
    assert 'id="pressure-cascade"' in page
    assert 'href="/modules/FND104/lessons/20-zones-and-airlocks/"' in page
    lesson = client.get("/modules/FND104/lessons/20-zones-and-airlocks/").text
    words = "/glossary/?module=FND104&amp;lesson=20-zones-and-airlocks"
    assert f'href="{words}"' in lesson
    assert "pressure cascade" in lesson
    one = client.get(words.replace("&amp;", "&")).text
    assert 'id="pressure-cascade"' in one
    assert 'id="spore"' not in one
    assert 'id="spore"' in client.get("/glossary/?module=FND104").text


def test_a_large_glossary_is_shown_letter_by_letter(client, monkeypatch):
    monkeypatch.setattr("lms.catalogue.routes.MOST_WORDS", 10)
    page = client.get("/glossary/?letter=P").text
    assert 'id="pressure-cascade"' in page
    assert 'id="zone"' not in page
    assert 'id="pressure-cascade"' not in client.get("/glossary/").text


@pytest.mark.parametrize(
    ("file", "holds"),
    [
        ("/glossary/glossary.csv", "microbe-carrying particle,MCP,"),
        ("/competencies/competencies.csv", "FND-04,Cleanroom conduct,"),
        ("/path/path.csv?role=UPO", "FND104,"),
    ],
)
def test_tables_can_be_carried_away(client, file, holds):
    answer = client.get(file)
    assert answer.mimetype == "text/csv"
    assert holds in answer.text


def test_a_competency_says_what_it_asks_for_which_modules_give_it_and_who_needs_it(client):
    page = client.get("/competencies/FND-04/").text
    assert "Zoning, shedding, hygiene rules" in page
    assert "/modules/FND104/" in page
    assert "/path/?role=UPO" in page
    assert client.get("/competencies/FND-99/").status_code == 404
    assert "FND104" in client.get("/competencies/").text


def test_a_path_names_what_is_next_and_what_is_not_written(client):
    page = client.get("/path/?role=UPO").text
    assert "Not written yet" in page
    assert ">Next<" in page
    assert "Competencies that you hold" in page
    assert "Choose your role" in client.get("/path/?role=NOBODY").text


def test_all_lessons_are_printed_on_one_page_with_answers_and_sources(client):
    page = client.get("/modules/FND104/print/").text
    assert page.count('class="sheet-of"') == 5
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    targets = {t for t in re.findall(r'href="#([^"]+)"', page) if t != "main"}
    assert targets <= set(ids)
    assert "<details>" not in page
    assert "../../files" not in page
    figure = re.search(r'src="\.\./(files/[^"]+)"', page)
    assert figure
    assert client.get(f"/modules/FND104/{figure[1]}").status_code == 200
