"""Golden table of what keeps a programme from being open, each reason as data."""

from typing import Any

import pytest

from lms.curriculum.evidence import EXAM, LESSON, NAMES, EvidenceKind
from lms.programme.openness import Openness, Reason, Taught, openness

LESSONS = ["10-hosts", "20-genes", "40-nitrogen", "45-pressure"]
EFFECTIVE = Taught(effective=True, lessons=LESSONS)
DRAFT = Taught(effective=False, lessons=LESSONS)
KINDS = {code: EvidenceKind(code) for code in ("KT", "CS", "OP")}
WITH_EXAM = {**KINDS, EXAM: EvidenceKind(EXAM, lambda _person, _content: True)}
ALONE = {**KINDS, LESSON: EvidenceKind(LESSON)}
PLATES = {**KINDS, "GP": EvidenceKind("GP", lambda _person, _content: True)}
IN_MODULE = {**KINDS, "GP": EvidenceKind("GP")}
ONE = {"modules": ["FND101"]}
PLATE_CLAUSE = {"kind": "GP", "text": "Plates"}
CASE_IN = {"kind": "CS", "text": "A case", "modules": ["FND101"]}
CHOOSE = {"choose": 2, "modules": ["PRD301", "PRD302", "PRD303"]}

GOLDEN: dict[str, tuple[dict[str, Any], dict[str, Taught], dict[str, EvidenceKind], list[Any]]] = {
    "effective and nothing else asked": (ONE, {"FND101": EFFECTIVE}, KINDS, []),
    "not written": (ONE, {}, KINDS, [Reason("missing", "FND101")]),
    "for practice": (ONE, {"FND101": DRAFT}, KINDS, [Reason("not-effective", "FND101")]),
    "a lesson alone": (
        {"modules": ["FND101-L4"]}, {"FND101": EFFECTIVE}, KINDS, [Reason("lesson", "FND101-L4")],
    ),
    "a lesson alone that a room records": (
        {"modules": ["FND101-L4"]}, {"FND101": EFFECTIVE}, ALONE, [],
    ),
    "a lesson that is not there": (
        {"modules": ["FND101-L5"]}, {"FND101": EFFECTIVE}, ALONE, [Reason("missing", "FND101-L5")],
    ),
    "a kind that nothing records": (
        ONE | {"evidence": [PLATE_CLAUSE, CASE_IN]}, {"FND101": EFFECTIVE}, KINDS,
        [Reason("kind", "GP")],
    ),
    "a kind that a room records": (
        ONE | {"evidence": [PLATE_CLAUSE, CASE_IN]}, {"FND101": EFFECTIVE}, PLATES, [],
    ),
    "a kind that is recorded in modules alone": (
        ONE | {"evidence": [PLATE_CLAUSE]}, {"FND101": EFFECTIVE}, IN_MODULE,
        [Reason("beside", "GP")],
    ),
    "an exam that nobody holds": (
        ONE | {"exam": {"items": 60}}, {"FND101": EFFECTIVE}, KINDS, [Reason("exam")],
    ),
    "an exam that a room holds": (
        ONE | {"exam": {"items": 60}}, {"FND101": EFFECTIVE}, WITH_EXAM, [],
    ),
    "electives enough": (
        ONE | {"elective": [CHOOSE]},
        {"FND101": EFFECTIVE, "PRD301": EFFECTIVE, "PRD303": EFFECTIVE}, KINDS, [],
    ),
    "electives too few": (
        ONE | {"elective": [CHOOSE]}, {"FND101": EFFECTIVE, "PRD301": EFFECTIVE}, KINDS,
        [Reason("missing", "PRD301, PRD302, PRD303", 1)],
    ),
    "electives for practice": (
        ONE | {"elective": [CHOOSE]},
        {"FND101": EFFECTIVE, "PRD301": DRAFT, "PRD303": DRAFT}, KINDS,
        [Reason("not-effective", "PRD301, PRD302, PRD303", 2)],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("content", "modules", "kinds", "reasons"), GOLDEN.values(), ids=GOLDEN)
def test_each_reason_is_told(content, modules, kinds, reasons) -> None:
    found = openness(content, modules, kinds)
    assert list(found.reasons) == reasons
    assert found.is_open is (reasons == [])


def test_all_reasons_are_told_at_once() -> None:
    content = {
        "modules": ["FND101", "FND102", "FND103-L1"],
        "evidence": [PLATE_CLAUSE, CASE_IN],
        "exam": {"items": 60},
    }
    found = openness(content, {"FND101": DRAFT}, KINDS)
    sorts = [reason.sort for reason in found.reasons]
    assert sorts == ["not-effective", "missing", "missing", "lesson", "kind", "exam"]


def test_what_is_only_not_effective_completes_for_practice() -> None:
    assert Openness().practises
    assert Openness((Reason("not-effective", "FND101"),)).practises
    assert not Openness((Reason("not-effective", "FND101"), Reason("exam"))).practises


def test_every_kind_of_the_map_has_a_name() -> None:
    assert len(NAMES) == 16
