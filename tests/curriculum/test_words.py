"""Claims about words: what a person types and what an author wrote become the same word."""

import pytest

from lms.curriculum.text.words import fold, holds, terms, words


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Endotoxins", "endotoxin"),
        ("batches", "batch"),
        ("bodies", "body"),
        ("viruses", "virus"),
        ("processes", "process"),
        ("bacteria", "bacterium"),
        ("Haemocytomètre", "haemocytometre"),
        ("STRASSE", "straße"),
        ("µm", "μm"),
        ("A₂₈₀", "A280"),
        ("F₀", "F0"),
        ("1,000", "1000"),
        ("0,05", "0.05"),
        ("مُعَقَّم", "معقم"),
        ("الأدوية", "الادويه"),
        ("한국", "한국"),
    ],
)
def test_two_ways_to_write_a_word_are_one(typed, written) -> None:
    assert fold(typed) == fold(written)


@pytest.mark.parametrize("word", ["sepsis", "process", "gas", "virus", "lens", "analysis"])
def test_a_singular_that_ends_in_s_stays(word) -> None:
    assert fold(word) == word


def test_codes_and_numbers_stay_whole_and_powers_of_ten_come_apart() -> None:
    assert terms("FND104, A280 and 21.5 °C at 10⁶ CFU/m³") == [
        "fnd104", "a280", "and", "21.5", "c", "at", "10", "6", "cfu", "m3",
    ]  # fmt: skip


def test_words_of_scripts_with_marks_stay_whole() -> None:
    assert len(terms("प्रशिक्षण केन्द्र")) == 2
    assert len(terms("الْغُرْفَةُ النَّظِيفَة")) == 2
    assert len(terms("ማሰልጠኛ ማዕከል")) == 2


def test_a_word_knows_where_it_stands_in_the_text_as_written() -> None:
    text = "Die Größen: ½ µL"
    assert [text[w.start : w.end] for w in words(text)] == ["Die", "Größen", "½", "µL"]


def test_a_phrase_is_found_only_in_its_order() -> None:
    text = terms("The microbe-carrying particles fall.")
    assert holds(text, terms("microbe-carrying particle"))
    assert not holds(text, terms("particle carrying"))
    assert not holds(text, [])
