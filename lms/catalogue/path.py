"""The way from what a person holds to what their roles ask for: what is met, which modules are
left and in which order. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from lms.catalogue.rules import Module, Plan, Role, in_order
from lms.curriculum.needs import is_met, ref

MOST_ROLES = 4


@dataclass(frozen=True)
class Holds:
    """A level that a person holds: until when (None: for ever), and whether only for practice."""

    level: int
    until: date | None
    practice: bool


@dataclass(frozen=True)
class Asks:
    """A competency that the roles ask for, and what the person has of it."""

    competency: str
    level: int
    held: Holds | None

    @property
    def met(self) -> bool:
        """Tell whether what is held is enough."""
        return self.held is not None and self.held.level >= self.level

    @property
    def ends(self) -> bool:
        """Tell whether what is held will end."""
        return self.held is not None and self.held.until is not None


@dataclass(frozen=True)
class Step:
    """A module of the path.

    Attributes:
        lesson: the number of the one lesson that is asked for; 0: the whole module.
        module: None where it is not written yet; `title` is then the planned one.
        state: held | begun | next | later | unwritten
        after: what it needs and the person has not done.
        toward: the competencies that the person lacks and that it leads to.
    """

    code: str
    title: str
    lesson: int
    module: Module | None
    state: str
    after: tuple[str, ...] = ()
    toward: tuple[str, ...] = ()


@dataclass(frozen=True)
class Path:
    """The whole way, with what is still to be done of it."""

    asks: tuple[Asks, ...]
    steps: tuple[Step, ...]
    electives: tuple[tuple[int, tuple[Step, ...]], ...]
    hours_left: int
    unwritten: int

    @property
    def met(self) -> int:
        """Return how many of the competencies asked for are held."""
        return sum(one.met for one in self.asks)


@dataclass(frozen=True)
class Person:
    """What a path has to know of a person: levels by competency, standings by module."""

    levels: Mapping[str, Holds]
    standings: Mapping[str, str]


def way(roles: Sequence[Role], modules: Mapping[str, Module], plan: Plan, person: Person) -> Path:
    """Return the path to a number of roles together: each competency at the highest level asked."""
    levels: dict[str, int] = {}
    for role in roles:
        for name, level in role.levels.items():
            levels[name] = max(levels.get(name, 0), level)
    asks = tuple(
        Asks(name, level, person.levels.get(name))
        for name, level in sorted(levels.items())
        if level
    )
    codes = _codes(roles)
    needs = {code: module.needs for code, module in modules.items()}
    lacking = {one.competency for one in asks if not one.met}
    done = {code for code in codes if _is_held(code, modules, levels, person)}
    look = _Look(modules, plan, person, done, lacking)
    steps = tuple(look.step(code) for code in in_order(codes, needs))
    steps = _with_next(steps)
    left = [one for one in steps if one.state not in ("held", "unwritten") and one.module]
    return Path(
        asks=asks,
        steps=steps,
        electives=tuple(
            (choose, tuple(look.step(code) for code in some))
            for choose, some in dict.fromkeys(one for role in roles for one in role.electives)
        ),
        hours_left=sum(one.module.hours for one in left if one.module and not one.lesson),
        unwritten=sum(one.state == "unwritten" for one in steps),
    )


def _codes(roles: Sequence[Role]) -> list[str]:
    """Return the modules of all roles, each once; a lesson alone falls to its whole module."""
    codes = list(dict.fromkeys(code for role in roles for code in role.modules))
    whole = {code for code in codes if not ref(code).lesson}
    return [code for code in codes if code in whole or ref(code).module not in whole]


def _is_held(
    code: str, modules: Mapping[str, Module], levels: Mapping[str, int], person: Person
) -> bool:
    """Tell whether a module has nothing more to give: every level it is there for is held."""
    one = ref(code)
    module = modules.get(one.module)
    if module is None:
        return False
    aims = {
        gives.competency: min(1 if one.lesson else gives.most, levels[gives.competency])
        for gives in module.gives
        if levels.get(gives.competency)
    }
    if not aims:
        return person.standings.get(one.module) == "passed"
    held = person.levels
    return all(name in held and held[name].level >= level for name, level in aims.items())


@dataclass(frozen=True)
class _Look:
    """What every step is looked at with."""

    modules: Mapping[str, Module]
    plan: Plan
    person: Person
    done: Collection[str]
    lacking: Collection[str]

    def step(self, code: str) -> Step:
        one = ref(code)
        module = self.modules.get(one.module)
        if module is None:
            title = self.plan.title(one.module)
            return Step(one.module, title, one.lesson, None, "unwritten")
        passed = {name for name, state in self.person.standings.items() if state == "passed"}
        after = tuple(need for need in module.needs if not is_met(need, {*self.done, *passed}))
        toward = tuple(
            gives.competency for gives in module.gives if gives.competency in self.lacking
        )
        state = "later"
        if code in self.done:
            state = "held"
        elif self.person.standings.get(one.module, "none") != "none":
            state = "begun"
        return Step(one.module, module.title, one.lesson, module, state, after, toward)


def _with_next(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Say of the first step that nothing stands before that it comes next."""
    free = next((s for s in steps if s.state == "begun"), None) or next(
        (s for s in steps if s.state == "later" and not s.after), None
    )
    return tuple(
        replace(one, state="next") if one is free and one.state == "later" else one for one in steps
    )
