"""What a catalogue is made of, which modules a person asks for, how they are grouped. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from lms.curriculum.needs import alternatives, ref
from lms.curriculum.rules import leads_to
from lms.curriculum.text.words import terms

LEVELS = ("foundation", "practitioner", "advanced")
# Least and most hours of each choice: a day or two, a week, more.
HOURS: dict[str, tuple[int, int]] = {
    "to-10": (0, 10),
    "to-20": (11, 20),
    "more": (21, 10_000),
}
EVERYBODY = "all"
LONGEST_WORDS = 100


@dataclass(frozen=True)
class Gives:
    """What a module gives to a competency: at most, and by its paper alone."""

    competency: str
    most: int
    from_paper: int


@dataclass(frozen=True)
class Module:
    """A module as the catalogue has it, from the version in service."""

    code: str
    title: str
    summary: str
    language: str
    level: str
    hours: int
    workplace: bool
    needs: tuple[str, ...]
    roles: frozenset[str]
    gives: tuple[Gives, ...]
    lessons: tuple[str, ...]
    outcomes: tuple[str, ...]
    practice: bool

    def leads_to(self, competency: str) -> int:
        """Return the highest level of a competency that it opens the way to; 0: none."""
        most = max((one.most for one in self.gives if one.competency == competency), default=0)
        return leads_to(most, workplace=self.workplace)


@dataclass(frozen=True)
class Part:
    """A track or a product: its id, its title, and which modules are in it."""

    id: str
    title: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Role:
    """A job role: what it asks for, and the modules that lead there."""

    id: str
    title: str
    base: str
    levels: Mapping[str, int]
    modules: tuple[str, ...]
    electives: tuple[tuple[int, tuple[str, ...]], ...] = ()


@dataclass(frozen=True)
class Plan:
    """How the curriculum is laid out: tracks, products, what is still to be written, roles."""

    tracks: tuple[Part, ...] = ()
    products: tuple[Part, ...] = ()
    planned: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, Role] = field(default_factory=dict)

    def title(self, code: str) -> str:
        """Return the name that a module has while it is planned, "" where it has none."""
        return self.planned.get(code, "")

    def track_of(self, code: str) -> str:
        """Return the id of a module's track by the letters of its id; "" where there is none."""
        letters = code.rstrip("0123456789")
        return next((track.id for track in self.tracks if letters in track.codes), "")


@dataclass(frozen=True)
class Wanted:
    """What somebody asks the catalogue for; "" leaves a question open."""

    track: str = ""
    level: str = ""
    role: str = ""
    product: str = ""
    hours: str = ""
    state: str = ""
    words: str = ""

    @property
    def any(self) -> bool:
        """Tell whether anything is asked for."""
        return self != Wanted()


def fits(module: Module, wanted: Wanted, plan: Plan, state: str) -> bool:
    """Tell whether a module is among those asked for.

    Args:
        state: how the person stands in it: learning, waiting, passed or none.
    """
    product = next((one for one in plan.products if one.id == wanted.product), None)
    least, most = HOURS.get(wanted.hours, (0, 10_000))
    return (
        (not wanted.track or plan.track_of(module.code) == wanted.track)
        and (not wanted.level or module.level == wanted.level)
        and (not wanted.role or is_for(module, wanted.role, plan))
        and (not wanted.product or (product is not None and module.code in product.codes))
        and least <= module.hours <= most
        and (not wanted.state or state == wanted.state)
        and _says(module, wanted.words)
    )


def is_for(module: Module, role: str, plan: Plan) -> bool:
    """Tell whether a module is for a role: by its own word, or among the role's modules."""
    known = plan.roles.get(role)
    named = {ref(code).module for code in known.modules} if known else set()
    return bool({role, EVERYBODY} & module.roles) or module.code in named


def _says(module: Module, words: str) -> bool:
    """Tell whether each word begins one of the module's; the whole text is the search's matter."""
    asked = terms(words[:LONGEST_WORDS])
    if not asked:
        return True
    there = terms(" ".join((module.code, module.title, module.summary, *module.outcomes)))
    return all(any(word.startswith(one) for word in there) for one in asked)


def counted(
    modules: Sequence[Module], wanted: Wanted, plan: Plan, state: Callable[[str], str]
) -> dict[str, dict[str, int]]:
    """Return how many modules each choice would show, with all other choices as they are."""
    offered: dict[str, tuple[str, ...]] = {
        "track": tuple(track.id for track in plan.tracks),
        "level": LEVELS,
        "role": tuple(plan.roles),
        "product": tuple(product.id for product in plan.products),
        "hours": tuple(HOURS),
        "state": ("learning", "waiting", "passed", "none"),
    }
    found: dict[str, dict[str, int]] = {}
    for name, values in offered.items():
        rest = replace(wanted, **{name: ""})
        some = [one for one in modules if fits(one, rest, plan, state(one.code))]
        found[name] = {
            value: sum(
                fits(one, replace(Wanted(), **{name: value}), plan, state(one.code)) for one in some
            )
            for value in values
        }
    return found


def by_track(modules: Sequence[Module], plan: Plan) -> list[tuple[str, list[Module]]]:
    """Return the modules by their track's title, in the plan's order; others last, under ""."""
    groups = [(track.title, track.id) for track in plan.tracks] + [("", "")]
    found = [
        (title, sorted((m for m in modules if plan.track_of(m.code) == id), key=_by_level))
        for title, id in groups
    ]
    return [(title, some) for title, some in found if some]


def _by_level(module: Module) -> tuple[int, str]:
    return LEVELS.index(module.level), module.code


def in_order(codes: Sequence[str], needs: Mapping[str, Sequence[str]]) -> list[str]:
    """Return codes so that what a module needs comes before it, else as they were.

    Args:
        needs: of each module that is written. A need outside of `codes` moves nothing; where one
            of several is enough, those among `codes` come first.
    """
    left, found = list(codes), []
    while left:
        free = next((code for code in left if not _waits(code, left, needs)), left[0])
        left.remove(free)
        found.append(free)
    return found


def _waits(code: str, left: Sequence[str], needs: Mapping[str, Sequence[str]]) -> bool:
    there = {ref(other).module for other in left if other != code}
    asked = needs.get(ref(code).module, ())
    return any(one.module in there for need in asked for one in alternatives(need))
