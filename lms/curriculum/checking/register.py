"""The names that a module may refer to, from all sources together, and the kinds plugged in."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from lms.curriculum.drafts.draft import Shared
from lms.curriculum.kind import QuestionKind


@dataclass(frozen=True)
class Register:
    """What is known by name.

    Attributes:
        draws: whether questions are drawn to see that they can be; what is stored already was.
    """

    kinds: Mapping[str, QuestionKind]
    competencies: Collection[str] = ()
    roles: Collection[str] = ()
    references: Collection[str] = ()
    limits: Collection[str] = ()
    draws: bool = True


def register_of(shared: Shared, kinds: Iterable[QuestionKind]) -> Register:
    """Return the names that shared tables define."""
    return Register(
        kinds={kind.name: kind for kind in kinds},
        competencies=shared.competency_ids(),
        roles=shared.role_ids(),
        references=shared.reference_ids(),
        limits=shared.limit_ids(),
    )
