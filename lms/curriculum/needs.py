"""What modules, roles and programmes name: whole modules, single lessons, alternatives. Pure."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

OR = " or "
ALONE = 1  # hours, and level, of a lesson taken alone (curriculum map, section 0)
_NUMBER = re.compile(r"[0-9]+")
_LESSON = re.compile(r"(.+)-L(\d+)")


@dataclass(frozen=True)
class Ref:
    """A whole module (`lesson` 0), or one of its lessons taken alone."""

    module: str
    lesson: int = 0

    @property
    def code(self) -> str:
        """Return it as files write it: `ANA202` or `ANA202-L1`."""
        return f"{self.module}-L{self.lesson}" if self.lesson else self.module


def ref(code: str) -> Ref:
    """Return what a code names; `ANA202-L1` is the first lesson of ANA202 (10-…, 15-…)."""
    found = _LESSON.fullmatch(code)
    return Ref(found[1], int(found[2])) if found else Ref(code)


def lesson_files(lesson: int, names: Iterable[str]) -> list[str]:
    """Return the files that make up a lesson: the fourth has the numbers 40 to 49.

    A lesson that is long stands in several files, `40-nitrogen` and `45-pressure`; what others
    call the fourth stays the fourth.
    """
    return [name for name in names if (n := _NUMBER.match(name)) and int(n[0]) // 10 == lesson]


def alternatives(need: str) -> tuple[Ref, ...]:
    """Return what satisfies a need, any one of it: `UPS202 or UPS203` is two."""
    return tuple(ref(one) for one in need.split(OR))


def is_met(need: str, codes: Collection[str]) -> bool:
    """Tell whether a need is met by what is there; a whole module brings each of its lessons."""
    return any(one.code in codes or one.module in codes for one in alternatives(need))
