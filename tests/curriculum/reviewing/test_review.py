"""Claims about the review as a whole: a clean module has no finding, each planted fault is found,
and an explanation takes a finding off the list of open ones."""

import pytest

from lms.curriculum.reviewing.finding import KINDS
from tests.curriculum.reviewing.planted import MANIFEST, OTHER, PLANTED, clean, reviewed

NOTES = {"few-singles", "lesson-length"}


def found(files):
    return {finding.kind for finding in reviewed(files).findings}


def test_clean_module_has_no_finding():
    assert [finding.text() for finding in reviewed(clean()).findings] == []


def test_a_fault_of_every_kind_is_planted():
    assert set(PLANTED) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_planted_fault_is_found(kind):
    files = clean()
    PLANTED[kind](files)
    review = reviewed(files)
    assert kind in {finding.kind for finding in review.findings}
    assert (kind in {finding.kind for finding in review.open}) is (kind not in NOTES)


def test_one_bad_module_shows_faults_of_every_kind_at_once():
    files = clean()
    # These four cannot stand together with another one: shares need many singles, a paper is
    # either too short or too long for its bank, and broken TOML explains nothing.
    apart = {"few-singles", "paper-too-short", "unreadable-explanation", "lesson-length"}
    for kind in KINDS:
        if kind not in apart:
            PLANTED[kind](files)
    # Its explanation of the position of the key is no longer stale: another one is.
    files["review.toml"] = files["review.toml"].replace("key-position", "near-duplicate")
    assert found(files) >= set(KINDS) - apart


def test_finding_that_is_explained_is_listed_and_not_open():
    files = clean()
    PLANTED["does-not-recompute"](files)
    files["review.toml"] = f"""
        [[explained]]
        finding = "does-not-recompute"
        file = "{OTHER}"
        about = "2 × 3 g = 7 g"
        reason = "The text shows a wrong sum on purpose."
    """
    review = reviewed(files)
    assert [finding.reason for finding in review.findings] == [
        "The text shows a wrong sum on purpose."
    ]
    assert review.open == []


def test_explanation_of_something_else_explains_nothing():
    files = clean()
    PLANTED["does-not-recompute"](files)
    files["review.toml"] = f"""
        [[explained]]
        finding = "does-not-recompute"
        file = "{OTHER}"
        about = "2 × 3 g = 8 g"
        reason = "The text shows a wrong sum on purpose."
    """
    assert {finding.kind for finding in reviewed(files).open} == {
        "does-not-recompute",
        "stale-explanation",
    }


def test_review_of_one_folder_tells_of_that_folder_only():
    files = clean()
    PLANTED["paper-too-short"](files)
    PLANTED["uncited-limit"](files)
    kinds = {finding.kind for finding in reviewed(files).under("hub/tst101").findings}
    assert "paper-too-short" in kinds
    assert "uncited-limit" not in kinds


def test_json_says_kind_place_mend_and_reason():
    files = clean()
    PLANTED["paper-too-short"](files)
    told = reviewed(files).plain()
    assert told["open"] == len(told["findings"])
    first = next(one for one in told["findings"] if one["kind"] == "paper-too-short")
    assert first["file"] == f"hub/tst101/{MANIFEST}"
    assert first["mend"] == "draw more"
    assert first["explained"] is None
    assert told["recomputed"]["results"] == 2


def test_each_module_of_a_need_with_alternatives_is_looked_up():
    files = clean()
    files[MANIFEST] = files[MANIFEST].replace("needs = []", 'needs = ["TST101 or TST101-L1"]')
    assert "broken-link" not in found(files)
    files[MANIFEST] = files[MANIFEST].replace("TST101-L1", "TST909-L1")
    assert [one.about for one in reviewed(files).open if one.kind == "broken-link"] == ["TST909-L1"]
