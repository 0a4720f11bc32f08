"""A clause of a programme, a need of a module or a role that is wrong is found at its key."""

from typing import Any

import pytest
from pydantic import ValidationError

from lms.curriculum.checking.graph import check_graph
from lms.curriculum.checking.programmes import check_programmes
from lms.curriculum.drafts.draft import Draft, Shared
from lms.curriculum.drafts.programme import ProgrammeFile
from lms.curriculum.drafts.schema import ModuleFile
from tests.curriculum.checking.curriculum_map import FOUNDATION, PRODUCTS, module_of

SPOILT: dict[str, tuple[str, dict[str, Any], str]] = {
    "hours that do not add up": ("C02", {"hours": 120}, "hours"),
    "a prerequisite that is missing": ("C05", {"modules": ["FFP202"]}, "modules"),
    "a module twice": ("C01", {"modules": [*FOUNDATION, "FND101"]}, "modules"),
    "a lesson that its module has not": ("C10", {"modules": ["TTX301-L9"]}, "modules"),
    "a validity that no module has": ("C01", {"validity_months": 24}, "validity_months"),
    "periods that its modules have not": ("C08", {"requalify_months": [12, 36]}, "requalify_mo"),
    "a role that is not there": ("C01", {"roles": ["UPX"]}, "roles[0]"),
    "a matching role that is not there": ("C05", {"matches": "UPX"}, "matches"),
    "a programme that is not there": (
        "C02", {"builds_on": {"programme": "C99", "whole": True}}, "builds_on",
    ),
    "a module of C01 left out": (
        "C17", {"builds_on": {"programme": "C01", "whole": True}}, "modules",
    ),
    "a kind of C01 left out": ("C22", {"evidence": []}, "evidence"),
    "a clause of another's module": (
        "C01", {"evidence": [{"kind": "OP", "text": "x", "modules": ["UPS201"]}]},
        "evidence[0].modules",
    ),
    "a task of a log that no competency is": (
        "C01", {"evidence": [{"kind": "WL", "text": "x", "tasks": ["UPS-99"]}]},
        "evidence[0].tasks",
    ),
    "more counted than there are": (
        "C01", {"evidence": [{"kind": "OP", "text": "x", "count": 9, "of": 8}]},
        "evidence[0].count",
    ),
    "a bound without an end": (
        "C01", {"evidence": [{"kind": "OP", "text": "x", "passes": [{"measure": "x"}]}]},
        "evidence[0].passes",
    ),
    "a module in no domain of the exam": ("C01", {"modules": [*FOUNDATION, "ENG202"]}, "exam"),
    "electives without a domain": (
        "C01", {"elective": [{"choose": 1, "modules": PRODUCTS}]}, "exam.domain",
    ),
    "more chosen than there are": (
        "C15", {"elective": [{"choose": 3, "modules": ["PRD301", "PRD302"]}]}, "elective[0].choose",
    ),
    "a choice that its modules do not lead to": (
        "C01", {"choice": [{"choose": 1, "level": 2, "competencies": ["PRD-01", "PRD-02"]}]},
        "choice[0]",
    ),
    "a competency that is not required": (
        "C01", {"requires": [{"competency": "FND-01", "level": 2}]}, "requires",
    ),
    "a competency required twice": (
        "C01", {"requires": [{"competency": "FND-01", "level": 2}] * 2}, "requires",
    ),
    "a role's level 3 that is not required": ("C06", {"matches": "QCM"}, "requires"),
}  # fmt: skip


@pytest.mark.parametrize("name", SPOILT)
def test_spoilt_clause_is_found_at_its_key(name, drafts, shared) -> None:
    code, change, key = SPOILT[name]
    table = shared.programmes[code].model_dump(exclude_unset=True) | change
    shared.programmes[code] = ProgrammeFile.model_validate(table)
    found = [*check_graph(drafts, shared), *check_programmes(drafts, shared)]
    assert any(one.file == code and one.key.startswith(key) for one in found), found


@pytest.mark.parametrize(
    ("needs", "refused"),
    [
        (["FND101-L4"], False),
        (["FND101-L5"], True),
        (["QMS999 or FND101"], False),
        (["QMS999 or QMS998"], True),
        (["FND103"], True),  # itself
        (["FND102 or FND103-L1"], True),  # a lesson of its own
        (["UPS203"], True),  # which needs it
        (["UPS203 or FND102"], False),  # nobody has to go round
        (["UPS203-L1"], False),  # a lesson alone asks for nothing of its module
    ],
)
def test_needs_name_modules_lessons_and_alternatives(needs, refused, drafts) -> None:
    changed = [
        Draft(one.folder, one.module.model_copy(update={"needs": needs}), {})
        if one.module.id == "FND103"
        else one
        for one in drafts
    ]
    mistakes = [one for one in check_graph(changed, Shared()) if not one.note]
    assert bool(mistakes) is refused, mistakes


@pytest.mark.parametrize(
    "need", ["UPS202 and UPS203", "UPS202 or", "ups202", "UPS202-1", "UPS202-L0", ""]
)
def test_need_of_another_form_is_refused(need) -> None:
    table = module_of("FND101").model_dump(by_alias=True) | {"needs": [need]}
    with pytest.raises(ValidationError):
        ModuleFile.model_validate(table)


def test_module_of_a_role_says_that_it_is_for_it(drafts, shared) -> None:
    for_nobody = [
        Draft(one.folder, one.module.model_copy(update={"roles": ["UPO"]}), {}) for one in drafts
    ]
    found = [one for one in check_graph(for_nobody, shared) if one.file == "roles"]
    assert any(one.params["role"] == "DPO" for one in found)
    assert not any(one.params["role"] == "UPO" for one in found)
