"""What a planned change of evidence is, and what it would touch, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Change:
    """Evidence of one person that a plan would withdraw (ids in `withdrawn`)."""

    person_id: str
    withdrawn: frozenset[str]


@dataclass(frozen=True)
class Consequence:
    """One thing that would follow for a person: a translatable sentence and its parameters."""

    person_id: str
    message: str
    params: Mapping[str, str] = field(default_factory=dict)
