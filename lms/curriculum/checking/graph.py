"""Checks what runs over several modules: needs, cycles, levels that roles and programmes reach."""

import re
from collections.abc import Iterator, Mapping, Sequence

from lms.curriculum.checking.problem import Problem, unknown
from lms.curriculum.drafts.draft import Draft, Shared
from lms.curriculum.drafts.schema import ModuleFile
from lms.errors import N_

_LESSON_ALONE = re.compile(r"-L\d+$")
Modules = Mapping[str, ModuleFile]


def check_graph(drafts: Sequence[Draft], shared: Shared) -> Iterator[Problem]:
    """Yield the problems of needs, roles and programmes over all modules that could be read."""
    modules = {draft.module.id: draft.module for draft in drafts}
    for draft in drafts:
        file = draft.folder.place("module.toml")
        for index, need in enumerate(draft.module.needs):
            if need not in modules:
                what = N_("there is no module “%(name)s”")
                yield unknown(
                    file, f"needs[{index}]", what, need, modules.keys() - {draft.module.id}
                )
        if circle := _circle(draft.module.id, modules):
            message = N_("the needs go round in a circle: %(circle)s")
            params = {"circle": " → ".join(circle)}
            yield Problem(file, "needs", message, N_("take one need out"), params)
    for file, roles in shared.roles.items():
        for index, role in enumerate(roles.role):
            base = roles.base.industry if role.base == "industry" else roles.base.regulator
            levels = base.levels | role.levels
            yield from _check_path(file, f"role[{index}]", role.modules, levels, modules)
    for file, programme in shared.programmes.items():
        levels = {r.competency: r.level for r in programme.requires}
        yield from _check_path(file, "", programme.modules, levels, modules)


def _circle(start: str, modules: Modules) -> list[str]:
    """Return the circle of needs that a module stands in, [] where there is none."""
    trail: list[str] = []
    seen: set[str] = set()

    def follow(code: str) -> bool:
        trail.append(code)
        for need in modules[code].needs:
            if need == start:
                trail.append(start)
                return True
            if need in modules and need not in seen:
                seen.add(need)
                if follow(need):
                    return True
        trail.pop()
        return False

    return trail if follow(start) else []


def reach(module: ModuleFile) -> dict[str, int]:
    """Return the highest level of each competency that a module leads to.

    Level 3 is open after phase D wherever the module itself gives level 2 (curriculum map,
    section 1.1, reading rule).
    """
    workplace = module.hours.workplace > 0
    return {c.id: 3 if c.most == 2 and workplace else c.most for c in module.competency}


def _check_path(
    file: str, at: str, codes: Sequence[str], levels: Mapping[str, int], modules: Modules
) -> Iterator[Problem]:
    """Check that modules, taken together, have their needs and reach the levels."""
    dot = f"{at}." if at else ""
    whole = {_LESSON_ALONE.sub("", code) for code in codes}
    missing = sorted(whole - modules.keys())
    if missing:
        message = N_("not written yet: %(modules)s; what depends on them is not checked")
        params = {"modules": ", ".join(missing)}
        mend = N_("nothing to do until they are written")
        yield Problem(file, f"{dot}modules", message, mend, params, note=True)
    for code in codes:
        for need in modules[code].needs if code in modules else ():
            if need not in whole:
                message = N_("%(module)s needs %(need)s, which is not among the modules")
                params = {"module": code, "need": need}
                yield Problem(file, f"{dot}modules", message, N_("add it to the modules"), params)
    if missing:
        return
    reached: dict[str, int] = {}
    for code in codes:
        module = modules[_LESSON_ALONE.sub("", code)]
        for name, level in reach(module).items():
            # A lesson taken alone gives level 1 of what it serves.
            given = level if code in modules else 1
            reached[name] = max(reached.get(name, 0), given)
    for name, level in sorted(levels.items()):
        if level > reached.get(name, 0):
            message = N_("%(competency)s is required at %(level)s; the modules lead to %(most)s")
            most = reached.get(name, 0)
            params = {"competency": name, "level": str(level), "most": str(most)}
            mend = N_("add a module that reaches it, or lower the level")
            yield Problem(file, f"{dot}{'levels' if at else 'requires'}", message, mend, params)
