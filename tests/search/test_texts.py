"""Claims about misspellings, snippets and the parts of a lesson."""

import pytest

from lms.search.sections import sections
from lms.search.snippets import LONGEST, snippet
from lms.search.spelling import distance, meant
from lms.search.throttle import DROPS, Buckets

KNOWN = ["gowning", "growing", "endotoxin", "buffer", "butter", "grade", "ph", "f0", "a280"]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("gownnig", "gowning"),
        ("gonwing", "gowning"),
        ("endotoxn", "endotoxin"),
        ("endtoxine", "endotoxin"),
        ("bufer", "buffer"),
        ("rgade", "grade"),
    ],
)
def test_a_slip_or_two_lead_to_the_word_that_was_meant(typed, first) -> None:
    assert meant(typed, KNOWN)[0] == first


@pytest.mark.parametrize("typed", ["hp", "f1", "a281", "xylophone", "gat"])
def test_short_words_and_codes_are_not_guessed_at(typed) -> None:
    assert meant(typed, KNOWN) == []


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [("", "", 0), ("ab", "ba", 1), ("abc", "ac", 1), ("abc", "abd", 1), ("kitten", "sitting", 3)],
)
def test_slips_are_counted(one, other, slips) -> None:
    assert distance(one, other, 3) == distance(other, one, 3) == slips


def test_counting_stops_where_it_is_too_much() -> None:
    assert distance("aaaaaaaa", "bbbbbbbb", 2) == 3


def _text(parts) -> str:
    return "".join(text for text, _marked in parts)


def test_a_snippet_shows_the_place_where_the_words_stand_together() -> None:
    text = f"Salt. {'Nothing here. ' * 60}Salt in water is a buffer. {'More. ' * 60}"
    parts = snippet(text, {"salt", "buffer"})
    assert [part for part, marked in parts if marked] == ["Salt", "buffer"]
    assert _text(parts).startswith("… ")
    assert _text(parts).endswith(" …")
    assert len(_text(parts)) <= LONGEST + 4


def test_a_snippet_marks_plurals_accents_and_beginnings() -> None:
    parts = snippet("Büffers and gowning", {"buffer"}, "gown")
    assert [part for part, marked in parts if marked] == ["Büffers", "gowning"]


@pytest.mark.parametrize("text", ["", "short", "x" * 900, "word " * 300])
def test_a_snippet_without_the_words_is_the_beginning(text) -> None:
    parts = snippet(text, {"salt"})
    assert text.startswith(_text(parts).removesuffix(" …"))
    assert not any(marked for _part, marked in parts)


def test_a_lesson_falls_into_the_parts_of_its_headings() -> None:
    html = (
        "<p>First <strong>words</strong>.</p><table><tr><td>a</td><td>b</td></tr></table>"
        '<h2 id="more">More</h2><p class="title">\ue000check\ue001: Salt</p>'
        '<figure><img src="x" alt="A flask"><figcaption>One</figcaption></figure>'
        "<details><summary>\ue000answer\ue001</summary><p>2 &lt; 3</p></details>"
        '<h3 id="last">Last</h3>'
    )
    found = [(one.anchor, one.heading, one.text) for one in sections(html)]
    assert found == [
        ("", "", "First words . a b".replace(" .", ".")),
        ("more", "More", ": Salt A flask One 2 < 3"),
        ("last", "Last", ""),
    ]


def test_searches_run_dry_and_come_back_with_time() -> None:
    buckets = Buckets()
    assert [buckets.take("a", 0.0) for _ in range(DROPS)] == [0] * DROPS
    assert buckets.take("a", 0.0) == 2
    assert buckets.take("b", 0.0) == 0
    assert buckets.take("a", 2.0) == 0
    assert buckets.take("a", 2.0) > 0
