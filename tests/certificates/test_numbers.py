"""Certificate numbers: what people do to them, and that no single slip passes."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.numbers import ALPHABET, check_character, new_number, read_list, read_number

bodies = st.text(alphabet=ALPHABET, min_size=12, max_size=12)


def printed(body: str) -> str:
    return f"ST-{body[:4]}-{body[4:8]}-{body[8:]}-{check_character(body)}"


def test_a_new_number_has_the_printed_shape_and_reads_back():
    number = new_number()
    assert re.fullmatch(r"ST(-[0-9A-HJKMNP-TV-Z]{4}){3}-[0-9A-HJKMNP-TV-Z]", number)
    assert read_number(number) == number


def test_numbers_do_not_repeat():
    assert len({new_number() for _ in range(2000)}) == 2000


def test_the_check_character_keeps_its_meaning_for_ever():
    assert printed("0123456789AB") == "ST-0123-4567-89AB-V"
    assert printed("ZZZZZZZZZZZZ") == "ST-ZZZZ-ZZZZ-ZZZZ-R"


@given(bodies, st.integers(0, 12), st.sampled_from(ALPHABET))
def test_any_single_wrong_character_is_caught(body, place, wrong):
    characters = body + check_character(body)
    spoiled = characters[:place] + wrong + characters[place + 1 :]
    assert (read_number(spoiled) is None) == (spoiled != characters)


@given(bodies, st.integers(0, 12), st.integers(0, 12))
def test_any_two_exchanged_characters_are_caught(body, one, other):
    characters = list(body + check_character(body))
    spoiled = characters.copy()
    spoiled[one], spoiled[other] = spoiled[other], spoiled[one]
    assert (read_number("".join(spoiled)) is None) == (spoiled != characters)


@given(bodies)
def test_numbers_are_read_as_people_write_them(body):
    number = printed(body)
    bare = number.replace("-", "")
    for typed in (
        number.lower(),
        bare,
        bare[2:],
        f"  {number} \n",
        number.replace("-", " "),
        number.replace("-", "–"),
        "ST" + bare[2:].replace("0", "o").replace("1", "l"),
        "ST" + bare[2:].replace("0", "O").replace("1", "I"),
        f"https://hub.example/verify/{number}",
        f"https://hub.example/verify/{number}/?on=2026-11-03",
        number.translate({ord(d): 0x660 + int(d) for d in "0123456789"}),
        number.translate({ord(d): 0xFF10 + int(d) for d in "0123456789"}),
    ):
        assert read_number(typed) == number, typed


@pytest.mark.parametrize(
    "typed", ["", "ST", "hello", "ST-0123-4567-89AB-U", "ST-0123-4567-89AB", "0" * 14, "9" * 5000]
)
def test_what_cannot_be_a_number_is_no_number(typed):
    assert read_number(typed) is None


@given(st.text(max_size=400))
def test_reading_never_raises(typed):
    read = read_number(typed)
    assert read is None or read_number(read) == read


ONE, TWO = printed("0123456789AB"), printed("ZZZZZZZZZZZZ")


@pytest.mark.parametrize(
    "text",
    [
        f"{ONE}\n{TWO}",
        f"{ONE}\r\n\r\n{TWO}\r\n",
        f"{ONE} {TWO}",
        f"{ONE},{TWO};",
        f"{ONE}; {TWO}.",
        f"{ONE}\t{TWO}",
        f"{ONE} | {TWO}",
        f"\u00ab{ONE}\u00bb\u060c {TWO}",
        f"{ONE}\u3001{TWO}",
        f'"{ONE}","{TWO}"',
        f"1. {ONE}\n2. {TWO}",
        f"* {ONE}\n* {TWO}",
        f"https://hub.example/verify/{ONE}\nhttps://hub.example/verify/{TWO}?on=2026-01-01",
        f"{ONE.replace('-', ' ')} {TWO.replace('-', ' ')}",
        f"{ONE.lower()}\n{TWO.replace('-', '')}",
        f"Number\tHolder\tIssued\n{ONE}\tAmara Demo\t2026-11-03\n{TWO}\tBilal Demo 2\t3 May 2026",
        f"Dear Ms Demo, please check {ONE} and {TWO} for me",
    ],
)
def test_numbers_are_found_in_any_list(text):
    found, _rest = read_list(text)
    assert [read_number(one) for one in found] == [ONE, TWO]


@pytest.mark.parametrize(
    "slip", ["ST-0123-4567-89AB-W", "ST-0123-4567", "0123 4567 89AB W", "st-1"]
)
def test_a_slip_of_the_pen_is_answered_and_not_passed_over(slip):
    found, rest = read_list(f"Amara Demo\t{slip}\n{TWO}")
    assert found == [slip, TWO]
    assert rest == ["Amara Demo"]


def test_two_slips_on_a_line_are_two_answers():
    wrong = "ST-0123-4567-89AB-W"
    assert read_list(f"{wrong} {wrong} {ONE} {wrong}")[0] == [wrong, wrong, ONE, wrong]


@given(st.lists(bodies.map(printed), max_size=9), st.sampled_from(["\n", ", ", ";", " ", "\t|"]))
def test_every_number_of_a_list_is_found_in_its_order(numbers, between):
    assert read_list(between.join(numbers)) == (numbers, [])


@given(st.text(max_size=300))
def test_no_text_makes_reading_a_list_fail_and_nothing_is_lost(text):
    found, rest = read_list(text)
    assert all(found)
    assert set("".join(found)) <= set(text)
    assert not any(read_number(one) for one in rest)
