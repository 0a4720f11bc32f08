"""The state of a version from its signed acts, and which version readers get."""

from datetime import date, timedelta

import pytest

from lms.curriculum.rules import (
    Act,
    Standing,
    check_approval,
    check_effective,
    check_review,
    in_service,
    is_effective,
    open_acts,
    open_limits,
    state,
)
from lms.errors import RuleBroken

TODAY = date(2026, 11, 22)
TOMORROW = TODAY + timedelta(days=1)
ANA, BEN = Act("reviewed", "ana", "d1"), Act("reviewed", "ben", "d1", as_regulator=True)
APPROVED = Act("approved", "olu", "d1")


def _effective(on):
    return Act("effective", "olu", "d1", effective_on=on)


def _retired(on):
    return Act("retired", "olu", "d1", effective_on=on)


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        ([], "draft"),
        ([ANA], "draft"),
        ([ANA, ANA], "draft"),
        ([ANA, BEN], "reviewed"),
        ([ANA, BEN, APPROVED], "approved"),
        ([ANA, BEN, APPROVED, _effective(TOMORROW)], "approved"),
        ([ANA, BEN, APPROVED, _effective(TODAY)], "effective"),
        ([ANA, BEN, APPROVED, _effective(TODAY), _retired(TOMORROW)], "effective"),
        ([ANA, BEN, APPROVED, _effective(TODAY), _retired(TODAY)], "retired"),
        # The day signed last counts.
        ([ANA, BEN, APPROVED, _effective(TODAY), _effective(TOMORROW)], "approved"),
    ],
)
def test_state_follows_from_the_acts(acts, expected):
    assert state(acts, "d1", TODAY) == expected


def test_review_of_something_else_does_not_count():
    assert state([ANA, BEN], "d2", TODAY) == "draft"


def test_approved_version_stays_approved_when_a_key_is_corrected():
    assert state([ANA, BEN, APPROVED], "d2", TODAY) == "approved"


def test_module_that_asks_for_a_regulator_needs_one_among_its_reviewers():
    cho = Act("reviewed", "cho", "d1")
    assert state([ANA, cho], "d1", TODAY, regulator_review=True) == "draft"
    assert state([ANA, cho, BEN], "d1", TODAY, regulator_review=True) == "reviewed"


def test_version_certifies_from_its_day_to_its_end():
    acts = [ANA, BEN, APPROVED, _effective(TODAY), _retired(TOMORROW)]
    days = [TODAY - timedelta(days=1), TODAY, TOMORROW]
    assert [is_effective(acts, day) for day in days] == [False, True, False]


def test_readers_get_the_version_effective_last_not_a_newer_draft():
    old = Standing("v1", 1, [_effective(TODAY - timedelta(days=9))])
    new = Standing("v2", 2, [_effective(TODAY)])
    draft = Standing("v3", 3)
    assert in_service([old, new, draft], TODAY) == (new, False)
    assert in_service([old, new, draft], TODAY - timedelta(days=1)) == (old, False)


def test_without_an_effective_version_readers_practise_on_the_newest_draft():
    drafts = [Standing("v1", 1), Standing("v2", 2)]
    assert in_service(drafts, TODAY) == (drafts[1], True)


def test_module_retired_whole_has_no_version_in_service():
    assert in_service([Standing("v1", 1, [_retired(TODAY)])], TODAY) is None


def test_nobody_reviews_twice():
    with pytest.raises(RuleBroken):
        check_review("draft", [ANA], "d1", "ana")
    check_review("draft", [ANA], "d2", "ana")  # something changed since: reading again is right


def test_reviewer_does_not_approve():
    with pytest.raises(RuleBroken):
        check_approval("reviewed", [ANA, BEN], "d1", "ben", [])


def test_version_with_unchecked_limits_is_not_approved():
    with pytest.raises(RuleBroken, match="LIMIT-1"):
        check_approval("reviewed", [ANA, BEN], "d1", "olu", ["LIMIT-1"])
    check_approval("reviewed", [ANA, BEN], "d1", "olu", [])


def test_nothing_becomes_effective_in_the_past_or_unapproved():
    with pytest.raises(RuleBroken):
        check_effective("approved", TODAY - timedelta(days=1), TODAY)
    with pytest.raises(RuleBroken):
        check_effective("reviewed", TODAY, TODAY)


@pytest.mark.parametrize(
    ("current", "roles", "acts"),
    [
        ("draft", {"reviewer"}, ["reviewed"]),
        ("reviewed", {"owner"}, ["approved", "retired"]),
        ("approved", {"reviewer"}, []),
        ("approved", {"owner"}, ["effective", "retired"]),
        ("effective", {"owner"}, ["impact", "retired"]),
        ("retired", {"owner"}, ["impact"]),
        ("draft", {"learner"}, []),
    ],
)
def test_desk_offers_what_the_role_may_sign(current, roles, acts):
    assert open_acts(current, roles) == acts


def test_desk_offers_checking_and_correcting_only_where_something_waits():
    assert open_acts("draft", {"reviewer"}, open_values=True) == ["reviewed", "values-checked"]
    assert "key-corrected" in open_acts("effective", {"owner"}, proposals=True)


def test_limit_is_checked_by_the_register_or_by_a_signature_on_this_very_subject():
    blank = {"clause": "4.2", "checked_by": "", "checked_on": ""}
    done = {"clause": "4.2", "checked_by": "A Checker", "checked_on": "2026-11-01"}
    vague = done | {"clause": ""}
    limits = {"BLANK": blank, "DONE": done, "VAGUE": vague}
    assert open_limits(limits, [], "d1") == {"BLANK", "VAGUE"}
    signed = Act("values-checked", "ana", "d1")
    assert open_limits(limits, [signed], "d1") == {"VAGUE"}
    assert open_limits(limits, [signed], "d2") == {"BLANK", "VAGUE"}
