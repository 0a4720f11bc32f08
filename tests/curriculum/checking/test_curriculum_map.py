"""The bundled roles and programmes say what the curriculum map says, and all of it can be reached
once the 51 modules are there."""

import pytest

from lms.curriculum.checking.graph import check_graph
from lms.curriculum.checking.programmes import check_programmes
from lms.curriculum.drafts.draft import Shared
from tests.curriculum.checking import curriculum_map as told
from tests.curriculum.checking.curriculum_map import (
    MODULES,
    PRODUCTS,
    PROGRAMMES,
    ROLES,
    codes_of,
    levels_of,
)


def test_the_map_adds_up() -> None:
    assert len(MODULES) == 51
    assert sum(sum(row["hours"]) for row in MODULES.values()) == 942
    assert sum(row["lessons"] for row in MODULES.values()) == 215


def test_everything_is_reached_once_every_module_is_there(drafts, shared) -> None:
    found = [*check_graph(drafts, shared), *check_programmes(drafts, shared)]
    assert [problem.text() for problem in found] == []


def test_every_role_of_the_map_is_there(shared) -> None:
    (table,) = shared.roles.values()
    assert table.base.industry.levels == levels_of(told.BASES["I"])
    assert table.base.regulator.levels == levels_of(told.BASES["R"])
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
    assert one.modules == codes_of(modules)
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
        asked = levels_of(told.BASES[base]) | levels
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
