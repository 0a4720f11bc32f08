"""Claims about what a search reads, what a word weighs, and what comes first."""

import pytest

from lms.search.rules import Spot, Weight, gather, rank, rarity, read_query, weigh


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Gowning, order!", ("gowning", "order")),
        ("the order of the gowning", ("order", "gowning")),
        ("the of", ("the", "of")),
        ("grade A", ("grade", "a")),
        ("a grade", ("grade",)),
        ("buffers buffer", ("buffer",)),
        ("", ()),
        ("?!", ()),
        ("fill-finish", ("fill", "finish")),
        (" ".join("abcdefghij"), ("b", "c", "d", "e", "f", "g", "h", "j")),
    ],
)
def test_a_search_is_its_words_each_once_and_few(typed, words) -> None:
    assert read_query(typed).words == words


def test_a_search_of_any_length_is_cut() -> None:
    assert len(read_query("x" * 100_000).words[0]) <= 40


def test_a_heading_weighs_more_than_a_line_and_a_short_text_more_than_a_long_one() -> None:
    weights = weigh((("buffer", 4), ("salt water", 1)))
    assert weights["buffer"] > weights["salt"]
    assert weigh((("salt", 1),))["salt"] > weigh((("salt " + "water " * 500, 1),))["salt"]


def test_a_weight_never_passes_its_bound() -> None:
    assert max(weigh((("salt " * 5000, 9),)).values()) <= 2200


def test_a_rare_word_says_more_than_a_usual_one_and_no_word_says_nothing() -> None:
    assert rarity(1, 1000) > rarity(100, 1000) > rarity(1000, 1000) >= 0
    assert rarity(1, 1) == 287  # ln(4/3), in thousandths


def test_all_words_come_before_some_and_equal_scores_are_parted_by_place() -> None:
    weights = [
        Weight("salt", "both", 10, 3),
        Weight("water", "both", 10, 3),
        Weight("salt", "one", 2000, 1),
        Weight("water", "late", 500, 9),
        Weight("water", "early", 500, 2),
    ]
    found = rank([{"salt": 2}, {"water": 2}], weights, 10)
    assert found == ["both", "one", "early", "late"]


def test_the_order_does_not_depend_on_the_order_of_the_rows() -> None:
    weights = [Weight("salt", f"d{n}", 100 + n % 3, n) for n in range(50)]
    answers = [{"salt": 2}]
    assert rank(answers, weights, 99) == rank(answers, weights[::-1], 99)


def test_the_word_itself_counts_for_more_than_one_that_only_begins_so() -> None:
    weights = [Weight("gown", "word", 100, 2), Weight("gowning", "more", 100, 1)]
    assert rank([{"gown": 2, "gowning": 1}], weights, 10) == ["word", "more"]


def test_parts_of_a_lesson_are_one_result_and_a_term_of_another_version_none() -> None:
    spots = [
        Spot("a", "lesson", "FND104", "10-x"),
        Spot("t", "term", "FND104", "10-x"),
        Spot("u", "term", "FND104", "99-gone"),
        Spot("b", "lesson", "FND104", "10-x"),
        Spot("m", "module", "FND104", ""),
    ]
    found = gather(spots, {"FND104": ["10-x"]})
    assert [(one.id, one.more) for one in found] == [("a", ("b",)), ("t", ()), ("m", ())]
