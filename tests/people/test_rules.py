"""Claims about the pure rules of people: when a sign-in waits, what names and passwords must be."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.errors import RuleBroken
from lms.people.rules import (
    LABELS,
    ROLES,
    TRIES_PER_ADDRESS,
    TRIES_PER_LOGIN,
    WINDOW,
    Tries,
    check_name,
    check_password,
    check_role,
    wait_seconds,
)

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
QUARTER = int(WINDOW.total_seconds())


def _tries(login: int = 0, address: int = 0, ago: int = 0) -> Tries:
    oldest = NOW - timedelta(seconds=ago)
    return Tries(login, oldest if login else None, address, oldest if address else None)


@pytest.mark.parametrize(
    ("tries", "wait"),
    [
        (_tries(), 0),
        (_tries(login=TRIES_PER_LOGIN - 1), 0),
        (_tries(login=TRIES_PER_LOGIN), QUARTER + 1),
        (_tries(login=TRIES_PER_LOGIN, ago=QUARTER - 60), 61),
        (_tries(login=100, ago=60), QUARTER - 59),
        (_tries(address=TRIES_PER_ADDRESS - 1), 0),
        (_tries(address=TRIES_PER_ADDRESS), QUARTER + 1),
        # A classroom behind one router: many fail a little, nobody waits.
        (_tries(login=4, address=49), 0),
        (_tries(login=4, address=50, ago=30), QUARTER - 29),
    ],
)
def test_after_five_failures_of_a_name_or_fifty_of_an_address_one_waits(tries, wait) -> None:
    assert wait_seconds(tries, NOW) == wait


@given(
    login=st.integers(0, 200), address=st.integers(0, 200), ago=st.integers(0, QUARTER),
    more=st.integers(0, 50),
)  # fmt: skip
def test_more_failures_never_shorten_the_wait(login, address, ago, more) -> None:
    wait = wait_seconds(_tries(login, address, ago), NOW)
    assert 0 <= wait <= QUARTER + 1
    assert wait_seconds(_tries(login + more, address + more, ago), NOW) >= wait
    assert (wait > 0) == (login >= TRIES_PER_LOGIN or address >= TRIES_PER_ADDRESS)


@pytest.mark.parametrize("password", ["a" * 10, "ten chars!", "길고 긴 한 문장입니다", " " * 10])
def test_ten_characters_of_any_script_are_a_password(password) -> None:
    check_password(password, "somebody@x.example")


@pytest.mark.parametrize(
    "password", ["", "ninechars", "somebody@x.example", "SOMEBODY@X.EXAMPLE", "한문장"]
)
def test_a_short_password_or_the_sign_in_name_is_refused_at_its_field(password) -> None:
    with pytest.raises(RuleBroken) as refusal:
        check_password(password, "somebody@x.example")
    assert refusal.value.field == "password"


def test_every_role_has_its_word_and_no_other_role_exists() -> None:
    assert set(LABELS) == set(ROLES)
    for role in ROLES:
        check_role(role)
    for role in ("", "Learner", "root", "assessor "):
        with pytest.raises(RuleBroken):
            check_role(role)


@pytest.mark.parametrize(
    "name",
    ["O", "Ḥawwāʾ bint ʿAbd al-Karīm", "하나", "نور الهدى", "ትዕግስት", "आशा", "D’Arcy-Ångström Jr."],
)
def test_a_name_may_be_of_any_script(name) -> None:
    check_name(name)


@pytest.mark.parametrize("name", ["", "  ", "x" * 201, "a\nb", "a\0b", "\u202eetas"])
def test_a_name_that_is_none_or_that_no_line_can_hold_is_refused(name) -> None:
    with pytest.raises(RuleBroken) as refusal:
        check_name(name)
    assert refusal.value.field == "name"
