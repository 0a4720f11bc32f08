"""Verdicts: each state and each day gets its one word and its reason."""

from datetime import UTC, date, datetime, timedelta
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.rules import (
    NO_SEAL,
    NOT_SITE_QUALIFICATION,
    Act,
    Certificate,
    expires_on,
    malformed,
    may_follow,
    state,
    verdict,
)

START = datetime(2026, 11, 3, 9, tzinfo=UTC)
ISSUED, LAST = date(2026, 11, 3), date(2028, 11, 1)
SEALED = Certificate("ST-0123-4567-89AB-V", ISSUED, LAST)


def acts(*kinds):
    return [Act(kind, START + timedelta(hours=hour)) for hour, kind in enumerate(kinds)]


ALL = acts("approved", "sealed")


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ((), "reserved"),
        (("approved",), "approved"),
        (("approved", "sealed"), "sealed"),
        (("refused",), "refused"),
        (("approved", "refused"), "refused"),
        (("approved", "refused", "approved", "sealed"), "sealed"),
        (("sealed",), "reserved"),
        (("approved", "sealed", "refused"), "sealed"),
    ],
)
def test_the_state_follows_from_the_acts(kinds, expected):
    assert state(acts(*kinds)) == expected


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        (("suspended",), "suspended"),
        (("suspended", "revocation-proposed"), "to-revoke"),
        (("suspended", "revocation-proposed", "revoked"), "revoked"),
        (("suspended", "revocation-proposed", "proposal-declined"), "suspended"),
        (("suspended", "reinstatement-proposed", "reinstated"), "sealed"),
        (("suspended", "revocation-proposed", "reinstated"), "to-revoke"),
        (("suspended", "revoked"), "suspended"),
        (("revoked",), "sealed"),
        (("suspended", "revocation-proposed", "revoked", "reinstated"), "revoked"),
    ],
)
def test_only_a_suspended_certificate_is_revoked_or_reinstated_once_proposed(kinds, expected):
    assert state([*ALL, *acts(*kinds)]) == expected


def _since(kind, day):
    return Act(kind, START + timedelta(days=400), counts_from=day)


def test_a_suspended_certificate_verifies_as_suspended_from_the_day_it_counts():
    suspended = [*ALL, _since("suspended", ISSUED)]
    assert verdict(SEALED, suspended, on=ISSUED).word == "suspended"
    later = [*ALL, _since("suspended", None)]
    assert verdict(SEALED, later, on=ISSUED + timedelta(days=399)).word == "valid"
    assert verdict(SEALED, later, on=ISSUED + timedelta(days=400)).word == "suspended"


def test_as_known_before_the_suspension_it_was_valid():
    suspended = [*ALL, _since("suspended", ISSUED)]
    known = START + timedelta(days=399)
    assert verdict(SEALED, suspended, on=ISSUED, known=known).word == "valid"


def test_a_revoked_certificate_stays_revoked_and_a_reinstated_one_is_whole_again():
    proposed = [*ALL, _since("suspended", ISSUED), _since("revocation-proposed", None)]
    assert verdict(SEALED, [*proposed, _since("revoked", ISSUED)], on=LAST).word == "revoked"
    back = [*ALL, _since("suspended", ISSUED), _since("reinstatement-proposed", None)]
    assert verdict(SEALED, [*back, _since("reinstated", None)], on=ISSUED).word == "valid"


def test_an_expired_or_practice_certificate_that_is_suspended_says_so_first():
    suspended = [*ALL, _since("suspended", ISSUED)]
    assert verdict(SEALED, suspended, on=LAST + timedelta(days=1)).word == "suspended"


@given(st.lists(st.sampled_from(["approved", "sealed", "refused"])))
def test_a_sealed_certificate_stays_sealed_whatever_is_appended(kinds):
    assert state([*ALL, *acts(*kinds)]) == "sealed"
    assert not any(may_follow("sealed", kind) for kind in ("approved", "sealed", "refused"))


def test_a_sealed_certificate_verifies_as_valid_until_its_last_day():
    for day in (ISSUED, LAST):
        judged = verdict(SEALED, ALL, on=day)
        assert judged.word == "valid"
        assert judged.reason.params == {"expires_on": LAST}


def test_an_expired_certificate_verifies_as_expired_from_the_next_day():
    judged = verdict(SEALED, ALL, on=LAST + timedelta(days=1))
    assert judged.word == "expired"
    assert judged.reason.params == {"expires_on": LAST}


def test_a_certificate_without_end_date_never_expires():
    assert verdict(Certificate("n", ISSUED), ALL, on=date(2099, 1, 1)).word == "valid"


def test_content_that_is_not_effective_verifies_as_practice_even_when_expired():
    practice = Certificate("n", ISSUED, LAST, practice=True)
    for day in (ISSUED, LAST + timedelta(days=1)):
        assert verdict(practice, ALL, on=day).word == "practice"


def test_a_day_before_issue_is_unknown_and_says_when_it_was_issued():
    judged = verdict(SEALED, ALL, on=ISSUED - timedelta(days=1))
    assert (judged.word, judged.reason.params) == ("unknown", {"issued_on": ISSUED})


def test_what_was_not_known_then_does_not_count():
    assert verdict(SEALED, ALL, on=ISSUED, known=START).word == "unknown"
    assert verdict(SEALED, ALL, on=ISSUED, known=START + timedelta(hours=1)).word == "valid"


def test_each_unknown_has_a_reason_of_its_own():
    waiting, refused = Certificate("n"), Certificate("n")
    judged = [
        malformed(),
        verdict(None, on=ISSUED),
        verdict(waiting, (), on=ISSUED),
        verdict(refused, acts("approved", "refused"), on=ISSUED),
        verdict(SEALED, ALL, on=ISSUED - timedelta(days=1)),
    ]
    assert {one.word for one in judged} == {"unknown"}
    assert len({one.reason.msgid for one in judged}) == len(judged)


def test_an_approved_certificate_that_is_not_sealed_is_not_issued_yet():
    reserved = verdict(Certificate("n"), (), on=ISSUED)
    assert verdict(Certificate("n"), acts("approved"), on=ISSUED) == reserved


def test_every_reason_can_be_printed_with_its_parameters():
    for judged in (
        verdict(SEALED, ALL, on=ISSUED),
        verdict(SEALED, ALL, on=date(2030, 1, 1)),
        verdict(SEALED, ALL, on=date(2020, 1, 1)),
    ):
        assert "%(" not in judged.reason.msgid % judged.reason.params


def test_page_and_paper_use_the_same_words_for_seal_and_site():
    paper = files("certificates.design").joinpath("templates/certificate.html").read_text("utf-8")
    assert f'_("{NO_SEAL}")' in paper
    assert f'_("{NOT_SITE_QUALIFICATION}")' in paper


@given(st.lists(st.none() | st.dates()))
def test_a_certificate_expires_with_the_first_of_its_competencies(days):
    dated = [day for day in days if day]
    assert expires_on(days) == (min(dated) if dated else None)
