"""The kinds of evidence that programmes ask for, and how a room says which of them it records.

Whether a programme is open is for the room of programmes to say.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from lms.errors import N_

Code = Literal[
    "KT", "ES", "CS", "OP", "SIM", "GP", "PM", "APS", "IK", "BP", "SD", "TX", "MT", "CI", "OD", "WL"
]
NAMES: dict[str, str] = {
    "KT": N_("knowledge paper"),
    "ES": N_("programme essay, marked by two people"),
    "CS": N_("case or board"),
    "OP": N_("observed practical"),
    "SIM": N_("simulator run"),
    "GP": N_("gowning plates"),
    "PM": N_("personal media manipulation"),
    "APS": N_("part in an aseptic process simulation"),
    "IK": N_("inspection kit"),
    "BP": N_("blinded panel with reference values"),
    "SD": N_("dossier or records with planted mistakes"),
    "TX": N_("team exercise with gate review"),
    "MT": N_("micro-teach with agreement between raters"),
    "CI": N_("observed co-inspection"),
    "OD": N_("oral or observed defence"),
    "WL": N_("workplace log"),
}
# Why nothing records a kind yet, where that is known.
LACKING: dict[str, str] = {
    "SIM": N_("the process simulators are not built yet"),
    "SD": N_("no dossiers or records with planted mistakes are written yet"),
}
# No kinds of the map, and recorded by a room all the same.
EXAM = "EXAM"  # the programme's exam
LESSON = "LESSON"  # the questions of a single lesson, which give level 1


@dataclass(frozen=True)
class EvidenceKind:
    """A kind of evidence that a room can record, have signed and show in the audit trail.

    Attributes:
        code: one of NAMES, EXAM or LESSON.
        met: whether a person (id) has shown all that a programme (its stored content) asks for
            of this kind. None: it is part of a module's own assessment and practical, so that
            the levels say it; clauses that name no module stay out of reach then.
    """

    code: str
    met: Callable[[str, Mapping[str, Any]], bool] | None = None
