"""Who is qualified to mark the written answers of a module, and on what ground. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from lms.errors import N_

# Curriculum map, section 0, "Sign-off independence": assessors hold this and what they assess at 3.
ASSESSOR, LEVEL = "WFD-03", 3
ACCREDITED, APPROVED, FOUNDING = "accredited", "approved", "founding"
LABELS = {
    ACCREDITED: N_("accredited assessor"),
    APPROVED: N_("approved in writing"),
    FOUNDING: N_("founding marker"),
}


def is_accredited(asked: Iterable[str], levels: Mapping[str, int]) -> bool:
    """Tell whether somebody may assess by what they hold themselves.

    Args:
        asked: the competencies of the module whose answers are marked.
        levels: what the marker holds today.
    """
    return all(levels.get(name, 0) >= LEVEL for name in (ASSESSOR, *asked))


def ground(*, accredited: bool, approved: bool, covered: bool) -> str | None:
    """Return on what ground somebody marks; None: they do not.

    Where nobody is qualified yet everybody who teaches there marks, as a founding marker: a hub
    cannot begin otherwise. From the day that somebody qualified could mark all that a marker
    sees, that marker needs a qualification too.

    Args:
        covered: whether somebody else is qualified who sees all that the marker sees.
    """
    if accredited:
        return ACCREDITED
    if approved:
        return APPROVED
    return None if covered else FOUNDING


def is_covered(paths: Sequence[str], others: Collection[Sequence[str]]) -> bool:
    """Tell whether one of the others teaches wherever a marker does.

    Args:
        paths: the subtrees at which the marker is an instructor.
        others: those of each other person who is qualified.
    """
    return bool(paths) and any(
        all(any(path.startswith(own) for own in other) for path in paths) for other in others
    )
