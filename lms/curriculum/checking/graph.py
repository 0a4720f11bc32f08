"""Checks what runs over several modules: needs, cycles, levels that roles and programmes reach."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lms.curriculum.checking.problem import Problem, unknown
from lms.curriculum.drafts.draft import Draft, Shared
from lms.curriculum.drafts.role import Choice, Elective
from lms.curriculum.drafts.schema import ModuleFile
from lms.curriculum.needs import ALONE, Ref, alternatives, is_met, lesson_files, ref
from lms.curriculum.rules import leads_to
from lms.errors import N_

Modules = Mapping[str, ModuleFile]


@dataclass(frozen=True)
class Path:
    """What leads to a role or a programme.

    Attributes:
        file, at: where it stands, for messages; `at` is "" in a file of its own.
        codes: its modules and single lessons.
        levels: what is required in each competency.
        asked: the key under which that stands.
    """

    file: str
    at: str
    codes: Sequence[str]
    levels: Mapping[str, int]
    asked: str
    elective: Sequence[Elective] = field(default=())
    choice: Sequence[Choice] = field(default=())

    def key(self, name: str) -> str:
        """Return where a key of it stands."""
        return f"{self.at}.{name}" if self.at else name


def check_graph(drafts: Sequence[Draft], shared: Shared) -> Iterator[Problem]:
    """Yield the problems of needs, roles and programmes over all modules that could be read."""
    modules = {draft.module.id: draft.module for draft in drafts}
    reachable = _reachable(modules)
    for draft in drafts:
        file = draft.folder.place("module.toml")
        yield from _check_needs(file, draft.module, modules)
        if draft.module.id not in reachable and (circle := _circle(draft.module.id, modules)):
            message = N_("the needs go round in a circle: %(circle)s")
            params = {"circle": " → ".join(circle)}
            yield Problem(file, "needs", message, N_("take one need out"), params)
    for path in paths(shared):
        yield from _check_path(path, modules)
    yield from _check_core(shared, modules)


def paths(shared: Shared) -> Iterator[Path]:
    """Yield what leads to each role and each programme."""
    for file, roles in shared.roles.items():
        for index, role in enumerate(roles.role):
            base = roles.base.industry if role.base == "industry" else roles.base.regulator
            levels = base.levels | role.levels
            at = f"role[{index}]"
            yield Path(file, at, role.modules, levels, "levels", role.elective, role.choice)
    for file, one in shared.programmes.items():
        levels = {r.competency: r.level for r in one.requires}
        yield Path(file, "", one.modules, levels, "requires", one.elective, one.choice)


def _check_core(shared: Shared, modules: Modules) -> Iterator[Problem]:
    """Check that a module which a role has whole says that it is for this role.

    The other way round it may say more: a hub's own modules are in no role of the framework.
    """
    for file, table in shared.roles.items():
        for index, role in enumerate(table.role):
            for code in role.modules:
                named = modules[code].roles if code in modules else ["all"]
                if role.id not in named and "all" not in named:
                    message = N_("%(module)s does not say that it is for %(role)s")
                    mend = N_("add the role to roles in its module.toml, or take the module out")
                    params = {"module": code, "role": role.id}
                    yield Problem(file, f"role[{index}].modules", message, mend, params)


# --- needs of modules -----------------------------------------------------------------------


def _check_needs(file: str, module: ModuleFile, modules: Modules) -> Iterator[Problem]:
    for index, need in enumerate(module.needs):
        key, named = f"needs[{index}]", alternatives(need)
        there = [one for one in named if one.module in modules]
        for one in named:
            if one.module == module.id:
                message = N_("a module cannot need itself or a lesson of its own")
                yield Problem(file, key, message, N_("take it out"))
            elif one.module in modules:
                yield from _check_lesson(file, key, one, modules)
            elif not there:
                what = N_("there is no module “%(name)s”")
                yield unknown(file, key, what, one.module, modules.keys() - {module.id})
        if there and len(there) < len(named):
            missing = [one.code for one in named if one not in there]
            yield _not_written(file, key, missing)


def _check_lesson(file: str, key: str, one: Ref, modules: Modules) -> Iterator[Problem]:
    """Refuse a lesson that its module, which is there, does not have."""
    if one.lesson and not lesson_files(one.lesson, modules[one.module].lessons):
        message = N_("%(module)s has no lesson whose name begins with a number from %(tens)s0 on")
        params = {"module": one.module, "tens": str(one.lesson)}
        yield Problem(file, key, message, N_("name one of its lessons"), params)


def _not_written(file: str, key: str, missing: Sequence[str]) -> Problem:
    message = N_("not written yet: %(modules)s; what depends on them is not checked")
    params = {"modules": ", ".join(missing)}
    mend = N_("nothing to do until they are written")
    return Problem(file, key, message, mend, params, note=True)


def _reachable(modules: Modules) -> set[str]:
    """Return the modules that somebody can come to who begins with nothing.

    A single lesson asks for nothing of its module, and what is not there is told elsewhere.
    """
    reached: set[str] = set()
    while more := {
        code
        for code, module in modules.items()
        if code not in reached and all(_can_be_met(need, reached, modules) for need in module.needs)
    }:
        reached |= more
    return reached


def _can_be_met(need: str, reached: set[str], modules: Modules) -> bool:
    return any(
        one.lesson or one.module in reached or one.module not in modules
        for one in alternatives(need)
    )


def _circle(start: str, modules: Modules) -> list[str]:
    """Return the circle of needs that a module stands in, [] where there is none."""
    trail: list[str] = []
    seen: set[str] = set()

    def follow(code: str) -> bool:
        trail.append(code)
        for need in (one for text in modules[code].needs for one in alternatives(text)):
            if need.lesson:
                continue
            if need.module == start:
                trail.append(start)
                return True
            if need.module in modules and need.module not in seen:
                seen.add(need.module)
                if follow(need.module):
                    return True
        trail.pop()
        return False

    return trail if follow(start) else []


# --- what leads to roles and programmes -----------------------------------------------------


def reach(module: ModuleFile) -> dict[str, int]:
    """Return the highest level of each competency that a module leads to."""
    workplace = module.hours.workplace > 0
    return {c.id: leads_to(c.most, workplace=workplace) for c in module.competency}


def reached_by(codes: Sequence[str], modules: Modules) -> dict[str, int]:
    """Return what modules and single lessons that are all there lead to, taken together."""
    reached: dict[str, int] = {}
    for one in map(ref, codes):
        for name, level in reach(modules[one.module]).items():
            # A lesson taken alone gives level 1 of what it serves.
            reached[name] = max(reached.get(name, 0), ALONE if one.lesson else level)
    return reached


def not_there(codes: Sequence[str], modules: Modules) -> list[str]:
    """Return the modules that codes name and that are not written yet."""
    return sorted({one.module for one in map(ref, codes)} - modules.keys())


def _check_path(path: Path, modules: Modules) -> Iterator[Problem]:
    """Check that modules, taken together, have their needs and reach the levels."""
    for key, codes, missing in _lists(path, modules):
        if missing:
            yield _not_written(path.file, key, missing)
        for code, times in Counter(codes).items():
            if times > 1:
                message = N_("“%(name)s” stands here twice")
                yield Problem(path.file, key, message, N_("take one out"), {"name": code})
            if ref(code).module in modules:
                yield from _check_lesson(path.file, key, ref(code), modules)
    yield from _check_needs_within(path, modules)
    for index, elective in enumerate(path.elective):
        if elective.choose > len(elective.modules):
            message = N_("there are fewer modules than are to be chosen")
            mend = N_("add a module, or lower choose")
            yield Problem(path.file, path.key(f"elective[{index}].choose"), message, mend)
    if not any(missing for _key, _codes, missing in _lists(path, modules)):
        yield from _check_levels(path, modules)


def _check_needs_within(path: Path, modules: Modules) -> Iterator[Problem]:
    for code in path.codes:
        for need in modules[code].needs if code in modules else ():
            if not is_met(need, path.codes):
                message = N_("%(module)s needs %(need)s, which is not among the modules")
                params = {"module": code, "need": need}
                mend = N_("add it to the modules")
                yield Problem(path.file, path.key("modules"), message, mend, params)


def _lists(path: Path, modules: Modules) -> list[tuple[str, Sequence[str], list[str]]]:
    """Return each list of modules: its key, its codes, and what of it is not written yet."""
    lists = [("modules", path.codes)]
    lists += [(f"elective[{i}].modules", one.modules) for i, one in enumerate(path.elective)]
    return [(path.key(name), codes, not_there(codes, modules)) for name, codes in lists]


def _check_levels(path: Path, modules: Modules) -> Iterator[Problem]:
    mend = N_("add a module that reaches it, or lower the level")
    reached = reached_by(path.codes, modules)
    for name, level in sorted(path.levels.items()):
        most = reached.get(name, 0)
        if level > most:
            message = N_("%(competency)s is required at %(level)s; the modules lead to %(most)s")
            params = {"competency": name, "level": str(level), "most": str(most)}
            yield Problem(path.file, path.key(path.asked), message, mend, params)
    chosen = [reached_by(one.modules, modules) for one in path.elective]
    for index, choice in enumerate(path.choice):
        if choice.brought:
            continue
        most = sum(
            any(some.get(name, 0) >= choice.level for some in (reached, *chosen))
            for name in choice.competencies
        )
        if most < choice.choose:
            message = N_("%(choose)s of these are required; the modules lead to %(most)s")
            params = {"choose": str(choice.choose), "most": str(most)}
            yield Problem(path.file, path.key(f"choice[{index}]"), message, mend, params)
