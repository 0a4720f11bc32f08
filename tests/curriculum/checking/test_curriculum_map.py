"""The bundled roles and programmes say what the curriculum map says, and all of it can be reached
once the 51 modules are there; a programme that says otherwise is refused at its key."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from lms.curriculum.checking.graph import check_graph
from lms.curriculum.checking.programmes import check_programmes
from lms.curriculum.drafts.draft import Draft, Shared
from lms.curriculum.drafts.programme import ProgrammeFile
from lms.curriculum.drafts.role import RolesFile
from lms.curriculum.drafts.schema import CompetenciesFile, ModuleFile
from lms.curriculum.drafts.source import Folder
from tests.curriculum.checking import curriculum_map as told

FOLDER = Path(__file__).parents[3] / "modules"
FOUNDATION = ["FND101", "FND102", "FND103", "FND104", "QMS101", "BIO101", "SFM101"]
PRODUCTS = [f"PRD30{n}" for n in range(1, 9)]


def _rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in row.split("|")] for row in table.strip().splitlines()]


def _levels(text: str) -> dict[str, int]:
    """Read `UPS-01..04=3 FND-02=2`."""
    found = {}
    for group, first, last, level in re.findall(r"([A-Z]{3})-(\d\d)(?:\.\.(\d\d))?=(\d)", text):
        for number in range(int(first), int(last or first) + 1):
            found[f"{group}-{number:02}"] = int(level)
    return found


def _codes(text: str) -> list[str]:
    """Read `C01 UPS201-203 UPS204-L1`."""
    codes: list[str] = []
    for part in text.split():
        if span := re.fullmatch(r"([A-Z]{3})(\d{3})-(\d{3})", part):
            group, first, last = span[1], int(span[2]), int(span[3])
            codes += [c for c in MODULES if c[:3] == group and first <= int(c[3:]) <= last]
        else:
            codes += FOUNDATION if part == "C01" else [part]
    return codes


MODULES: dict[str, dict[str, Any]] = {}
for _line in told.MODULES.strip().splitlines():
    _head, _given = _line.split(" : ")
    _id, _lessons, _hours, _months, *_needs = _head.split()
    MODULES[_id] = {
        "lessons": int(_lessons),
        "hours": [int(hours) for hours in _hours.split("/")],
        "months": int(_months),
        "needs": [need.replace("|", " or ") for need in _needs if need != "-"],
        "own": _levels(_given),
        "later": {c: int(n) for c, n in re.findall(r"(\S+)=\d>(\d)", _given)},
    }
ROLES = {
    head.split()[0]: (head.split()[1], _levels(levels), _codes(codes), int(electives))
    for head, levels, codes, electives in _rows(told.ROLES)
}
PROGRAMMES = {row[0].rstrip("◆"): row for row in _rows(told.PROGRAMMES)}


def _module(code: str) -> ModuleFile:
    row = MODULES[code]
    hours = dict(zip(("theory", "simulator", "practical", "workplace"), row["hours"], strict=True))
    return ModuleFile.model_validate({
        "id": code, "title": code, "version": "1.0.0", "level": "foundation", "language": "en",
        "summary": code, "hours": hours, "needs": row["needs"],
        "roles": [r for r, (_base, _levels, codes, _n) in ROLES.items() if code in codes],
        "requalify_months": row["months"],
        "lessons": [f"{n}0-lesson" for n in range(1, row["lessons"] + 1)], "references": [],
        "outcome": [{"id": "LO1", "text": "Do"}],
        "competency": [{"id": c, "most": n, "from_paper": 1} for c, n in row["own"].items()],
        "paper": {"minutes": 30, "draw": [{"count": 1}]},
        "pass": {"knowledge": "0.80", "attempts": 2, "wait_hours": 24},
    })  # fmt: skip


@pytest.fixture(scope="module")
def drafts() -> list[Draft]:
    """All 51 modules as the map prints their headings."""
    return [Draft(Folder("map", code, {}), _module(code), {}) for code in MODULES]


def _read(path: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / path).read_text(encoding="utf-8"))


@pytest.fixture
def shared() -> Shared:
    """The bundled framework, roles and programmes."""
    shared = Shared()
    table = _read("framework/competencies.toml")
    shared.competencies["competencies"] = CompetenciesFile.model_validate(table)
    shared.roles["roles"] = RolesFile.model_validate(_read("framework/roles.toml"))
    for path in sorted(FOLDER.glob("programmes/*.toml")):
        table = _read(f"programmes/{path.name}")
        shared.programmes[table["id"]] = ProgrammeFile.model_validate(table)
    return shared


def test_the_map_adds_up() -> None:
    assert len(MODULES) == 51
    assert sum(sum(row["hours"]) for row in MODULES.values()) == 942
    assert sum(row["lessons"] for row in MODULES.values()) == 215


def test_everything_is_reached_once_every_module_is_there(drafts, shared) -> None:
    found = [*check_graph(drafts, shared), *check_programmes(drafts, shared)]
    assert [problem.text() for problem in found] == []


def test_every_role_of_the_map_is_there(shared) -> None:
    (table,) = shared.roles.values()
    assert table.base.industry.levels == _levels(told.BASES["I"])
    assert table.base.regulator.levels == _levels(told.BASES["R"])
    assert {role.id for role in table.role} == ROLES.keys()
    assert len(ROLES) == 24


@pytest.mark.parametrize("code", ROLES)
def test_role_says_what_the_map_says(code, shared) -> None:
    base, levels, codes, electives = ROLES[code]
    (table,) = shared.roles.values()
    role = next(one for one in table.role if one.id == code)
    assert role.base == {"I": "industry", "R": "regulator"}[base]
    assert role.levels == levels
    assert set(role.modules) == set(codes)
    chosen = [(one.choose, one.modules) for one in role.elective]
    if code != "TRN":
        assert chosen == ([(electives, PRODUCTS)] if electives else [])
    choices = {(one.choose, one.level, one.later_level, one.later_months) for one in role.choice}
    others = {"ASR": {(2, 2, None, None)}, "TRN": {(1, 3, 4, 24)}}
    assert choices == others.get(code, set())


def test_every_programme_of_the_map_is_there(shared) -> None:
    assert shared.programmes.keys() - {"B01", "B02"} == PROGRAMMES.keys()
    assert len(PROGRAMMES) == 23


@pytest.mark.parametrize("code", PROGRAMMES)
def test_programme_says_what_the_map_says(code, shared) -> None:
    head, modules, hours, electives, kinds, months = PROGRAMMES[code]
    one, asked = shared.programmes[code], kinds.split()
    on_foundation = code != "C01" and modules.startswith("C01 ")
    asked += ["KT", "CS", "OP", "GP"] if on_foundation else []  # a row that includes C01
    assert one.modules == _codes(modules)
    assert one.hours == int(hours)
    assert {clause.kind for clause in one.evidence} == set(asked)
    assert [one.validity_months, *(one.requalify_months or [])] == list(map(int, months.split()))
    assert (one.defence is not None) == head.endswith("◆") == (code in told.MATCHES)
    assert one.matches == told.MATCHES.get(code)
    assert [(each.choose, each.modules) for each in one.elective] == (
        [(int(electives), PRODUCTS)] if int(electives) else []
    )
    if code != "C01":
        assert one.builds_on is not None
        assert (one.builds_on.programme, one.builds_on.whole) == ("C01", on_foundation)


@pytest.mark.parametrize("code", PROGRAMMES)
def test_rules_for_all_programmes_are_in_each(code, shared) -> None:
    one = shared.programmes[code]
    assert one.exam is not None
    assert one.exam.items >= 60
    assert (one.exam.overall, one.exam.each_domain) == ("0.75", "0.60")
    assert one.exam.critical_all_right
    assert one.renewal is not None
    assert (one.renewal.window_days, one.renewal.window_days_critical) == (30, 0)
    assert (one.renewal.lapse_months, one.renewal.after_lapse) == (12, "all-practicals")
    assert one.prior_learning is not None
    assert (one.prior_learning.theory, one.prior_learning.practicals) == ("0.50", False)
    essays = [clause for clause in one.evidence if clause.kind == "ES"]
    assert all(clause.assessors == 2 for clause in essays)
    optional = {clause.level_3 for clause in one.evidence if clause.kind == "WL"}
    assert optional <= {code not in told.MATCHES}


def _required(code: str, shared: Shared) -> dict[str, int]:
    """Derive a programme's levels from the map: 2 where a module gives 2, 3 where ◆ asks for it."""
    needed: dict[str, int] = {}
    for module in shared.programmes[code].modules:
        alone = {told.SERVES[module]: 1} if "-L" in module else MODULES[module]["own"]
        for name, level in alone.items():
            needed[name] = max(needed.get(name, 0), level)
    if role := told.MATCHES.get(code):
        base, levels, _modules, _electives = ROLES[role]
        asked = _levels(told.BASES[base]) | levels
        later = [MODULES[m]["later"] for m in shared.programmes[code].modules if m in MODULES]
        for name in needed:
            if asked.get(name) == 3 and any(one.get(name) == 3 for one in later):
                needed[name] = 3
    return needed


@pytest.mark.parametrize("code", PROGRAMMES)
def test_programme_requires_all_that_its_modules_give(code, shared) -> None:
    one = shared.programmes[code]
    assert {r.competency: r.level for r in one.requires} == _required(code, shared)
    wanted = {"C15": [(1, 2, False)], "C17": [(2, 2, False)], "C20": [(1, 3, True)]}
    wanted["C21"] = wanted["C15"]
    assert [(c.choose, c.level, c.brought) for c in one.choice] == wanted.get(code, [])


def test_clauses_that_suspend_are_typed(shared) -> None:
    aseptic = {one.on for one in shared.programmes["C05"].suspension}
    assert aseptic == {"idle", "gowning-failed", "aps-failed"}
    (sessions,) = shared.programmes["C20"].suspension
    assert (sessions.on, sessions.least, sessions.months) == ("too-few-sessions", 2, 12)


# --- what the checker refuses -----------------------------------------------------------------

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


@pytest.mark.parametrize("need", ["UPS202 and UPS203", "UPS202 or", "ups202", "UPS202-1", "UPS202-L0", ""])
def test_need_of_another_form_is_refused(need) -> None:
    table = _module("FND101").model_dump(by_alias=True) | {"needs": [need]}
    with pytest.raises(ValidationError):
        ModuleFile.model_validate(table)


def test_module_of_a_role_says_that_it_is_for_it(drafts, shared) -> None:
    for_nobody = [
        Draft(one.folder, one.module.model_copy(update={"roles": ["UPO"]}), {}) for one in drafts
    ]
    found = [one for one in check_graph(for_nobody, shared) if one.file == "roles"]
    assert any(one.params["role"] == "DPO" for one in found)
    assert not any(one.params["role"] == "UPO" for one in found)
