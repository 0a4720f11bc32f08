"""Claims about single rules of the review, on texts and drawings alone."""

import tomllib
import xml.etree.ElementTree as ElementTree

import pytest

from lms.curriculum.drafts.draft import Shared
from lms.curriculum.drafts.schema import ReferencesFile
from lms.curriculum.drafts.source import Folder
from lms.curriculum.drafts.wayfinding import Planned, Track, TracksFile
from lms.curriculum.reviewing import figures, lettering, readability
from lms.curriculum.reviewing.abbreviations import is_explained
from lms.curriculum.reviewing.citations import never_cited
from lms.curriculum.reviewing.duplicates import alike
from lms.curriculum.reviewing.matter import Curriculum, matter_of
from lms.curriculum.reviewing.prose import blocks
from lms.curriculum.reviewing.units import read_unit
from lms.curriculum.reviewing.words import sentences, shingles, words
from tests.curriculum.reviewing.planted import REGISTER, clean


@pytest.mark.parametrize(
    "text",
    [
        "Good manufacturing practice (GMP) asks it.",
        "GMP (good manufacturing practice) asks it.",
        "Colonies are counted (GMP, good manufacturing practice).",
        "GMP is good manufacturing practice.",
        "GMP the good manufacturing practice.",
        "GMP/QA is good manufacturing practice and quality assurance.",
        "A GMP area (a place for making medicines) is clean.",
    ],
)
def test_abbreviation_is_spelled_out_before_or_behind_it(text):
    assert is_explained("GMP", text, text.index("GMP"))


@pytest.mark.parametrize(
    "text",
    [
        "GMP asks it.",
        "The rules (GMP) ask it.",
        "All rules of GMP, and no others, are kept.",
        "GMP (2022) asks it.",
    ],
)
def test_abbreviation_alone_is_not_spelled_out(text):
    assert not is_explained("GMP", text, text.index("GMP"))


def test_sentences_end_at_full_stops_and_not_in_numbers_or_short_forms():
    text = "It holds 2.5 L, e.g. of E. coli in grade C. “Stop.” Then go → wash → dry."
    assert sentences(text) == [
        "It holds 2.5 L, e.g. of E. coli in grade C.",
        "“Stop.",
        "Then go",
        "wash",
        "dry.",
    ]


def test_equation_is_one_word():
    block = blocks("Use $a + b$ now.")[0]
    assert len(words(block.text)) == 3
    assert block.latex == ("a + b",)


def test_plain_text_is_easier_than_officialese():
    plain = ["Wash your hands.", "Dry them well.", "Put on the gloves."]
    stiff = ["Subsequent to decontamination, operators necessarily undertake glove donning."]
    assert readability.index(plain) < readability.HARDEST < readability.index(stiff)


def test_drawn_values_do_not_part_two_questions():
    assert shingles("Dilute {c1} to {v} mL", 3) == shingles("dilute {a} to {b} mL", 3)


def test_texts_are_alike_by_what_the_shorter_one_shares():
    long = shingles("one two three four five six seven eight nine ten", 3)
    short = shingles("two three four five six seven", 3)
    other = shingles("red blue green yellow white black brown", 3)
    pairs = [
        (one.first, one.second) for one in alike([("a", long), ("b", short), ("c", other)], 0.8)
    ]
    assert pairs == [("a", "b")]


def drawn(svg):
    root = ElementTree.fromstring(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">{svg}</svg>'
    )
    return lettering.lines(root)


def test_text_grows_from_its_anchor():
    start, middle, end = drawn(
        '<text x="50" y="20" font-size="10">abc</text>'
        '<g text-anchor="middle"><text x="50" y="40" font-size="10">abc</text></g>'
        '<text x="50" y="60" font-size="10" text-anchor="end">abc</text>'
    )
    assert start.box.left == 50
    assert middle.box.left + middle.box.right == pytest.approx(100)
    assert end.box.right == 50


def test_text_turned_by_a_quarter_runs_up_the_drawing():
    (line,) = drawn('<text transform="rotate(-90 20 80)" x="20" y="80" font-size="10">abc</text>')
    assert line.straight
    assert line.box.bottom == pytest.approx(80)
    assert line.box.bottom - line.box.top > line.box.right - line.box.left


def test_span_with_its_own_place_begins_a_line():
    text = '<text x="5" y="20" font-size="10">one<tspan x="5" dy="14">two</tspan></text>'
    assert [line.text for line in drawn(text)] == ["one", "two"]
    assert drawn(text)[1].box.top == pytest.approx(drawn(text)[0].box.top + 14)


def told(svg):
    """Return what is found of a drawing with a page of 300 × 100."""
    page = "<title>A</title><desc>A box with some words in it</desc>"
    page += '<rect width="300" height="100"/>'
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100">{page}{svg}</svg>'
    folder = Folder("hub", "m", {"module.toml": b"", "figures/a.svg": drawing.encode()})
    return [finding.text() for finding in figures.figures(matter_of(folder))]


def test_text_has_to_fit_into_the_box_around_it():
    box = '<rect x="100" y="20" width="60" height="30"/>'
    text = '<text x="130" y="40" font-size="14" text-anchor="middle">{}</text>'
    assert told(box + text.format("valve")) == []
    assert "beyond its box" in told(box + text.format("pressure valve"))[0]
    assert told('<rect x="100" y="20" width="9" height="30"/>' + text.format("7")) == []


@pytest.mark.parametrize(
    ("one", "two", "times"),
    [("g/L", "mg/mL", 1), ("h⁻¹", "d⁻¹", 24), ("mol/L", "mmol/mL", 1), ("kDa", "g/mol", 1000)],
)
def test_units_of_one_kind_convert(one, two, times):
    assert read_unit(one).dimensions == read_unit(two).dimensions
    assert read_unit(one).size == pytest.approx(read_unit(two).size * times)


def register_of_a_module(name):
    tracks = TracksFile(
        track=[Track(id="flow", title="Flow", codes=["TST"])],
        planned=[Planned(id=one, title="A module") for one in ("TST101", "TST102")],
    )
    register = ReferencesFile.model_validate(tomllib.loads(clean()[REGISTER]))
    shared = Shared(
        tracks={"hub/framework/tracks.toml": tracks},
        references={f"hub/references/{name}.toml": register},
    )
    matter = matter_of(Folder("hub", "flow/tst101", {"module.toml": b'id = "TST101"'}))
    return list(never_cited(Curriculum([matter], shared)))


def test_limits_of_a_module_wait_while_it_is_to_be_written():
    (waiting,) = register_of_a_module("tst102")
    assert waiting.note
    (left,) = register_of_a_module("tst101")
    assert not left.note
