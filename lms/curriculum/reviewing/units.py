"""Units as lessons print them: their size and what they measure, for recomputing by units too.

Only what a worked example needs: the units that questions are answered in belong to assessment.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

Dimensions = tuple[tuple[str, int], ...]  # sorted pairs of what is measured and its power

_PREFIXES = {
    "": "1", "k": "1e3", "M": "1e6", "G": "1e9", "d": "0.1", "c": "0.01", "m": "1e-3",
    "µ": "1e-6", "μ": "1e-6", "n": "1e-9", "p": "1e-12",
}  # fmt: skip  # read as a table
# What takes a prefix: size and dimensions.
_PREFIXED = {
    "g": ("1e-3", "kg"), "L": ("1e-3", "m m m"), "l": ("1e-3", "m m m"), "mol": ("1", "mol"),
    "m": ("1", "m"), "s": ("1", "s"), "Pa": ("1", "Pa"), "bar": ("1e5", "Pa"),
    "Da": ("1e-3", "kg /mol"), "IU": ("1", "IU"), "U": ("1", "U"), "EU": ("1", "EU"),
    "W": ("1", "W"), "J": ("1", "J"), "N": ("1", "N"), "V": ("1", "V"), "A": ("1", "A"),
    "M": ("1e3", "mol /m /m /m"), "Hz": ("1", "/s"), "osmol": ("1", "osmol"),
}  # fmt: skip
_WHOLE = {
    "%": ("0.01", ""), "‰": ("0.001", ""), "ppm": ("1e-6", ""), "ppb": ("1e-9", ""),
    "min": ("60", "s"), "minute": ("60", "s"), "minutes": ("60", "s"), "h": ("3600", "s"),
    "hour": ("3600", "s"), "hours": ("3600", "s"), "d": ("86400", "s"), "day": ("86400", "s"),
    "days": ("86400", "s"), "week": ("604800", "s"), "weeks": ("604800", "s"),
    "litre": ("1e-3", "m m m"), "litres": ("1e-3", "m m m"), "seconds": ("1", "s"),
    "kg": ("1", "kg"), "mm": ("1e-3", "m"),
}  # fmt: skip
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_ATOM = re.compile(r"([^\d\s/·⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+)([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]*)")


@dataclass(frozen=True)
class Unit:
    """A unit's size in base units, and what it measures."""

    size: Decimal
    dimensions: Dimensions


NONE = Unit(Decimal(1), ())


def read_unit(text: str) -> Unit:
    """Return a printed unit such as `mg/mL` or `mL·mg⁻¹·cm⁻¹`.

    A word that is no unit (cells, vials, doses) measures itself and has size 1.
    """
    size, powers = Decimal(1), dict[str, int]()
    for at, part in enumerate(text.split("/")):
        for name, raised in _ATOM.findall(part):
            power = int(raised.translate(_RAISED) or 1) * (-1 if at else 1)
            atom = _atom(name)
            size *= atom.size**power
            for measured, times in atom.dimensions:
                powers[measured] = powers.get(measured, 0) + times * power
    return Unit(size, dimensions(powers))


def dimensions(powers: dict[str, int]) -> Dimensions:
    """Return powers of what is measured in one order, without those that cancel."""
    return tuple(sorted((name, power) for name, power in powers.items() if power))


def _atom(name: str) -> Unit:
    if name in _WHOLE:
        return _unit("1", *_WHOLE[name])
    for prefix, factor in _PREFIXES.items():
        rest = name.removeprefix(prefix)
        if name.startswith(prefix) and rest in _PREFIXED:
            return _unit(factor, *_PREFIXED[rest])
    return Unit(Decimal(1), ((name.casefold().rstrip("s"), 1),))


def _unit(factor: str, size: str, measured: str) -> Unit:
    powers: dict[str, int] = {}
    for name in measured.split():
        bare = name.removeprefix("/")
        powers[bare] = powers.get(bare, 0) + (-1 if name.startswith("/") else 1)
    return Unit(Decimal(factor) * Decimal(size), dimensions(powers))
