"""Certificate numbers: what people do to them, and that no single slip passes."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.numbers import ALPHABET, check_character, new_number, read_number

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
