"""For plugins: completed programmes, what they rest on, and whether that still stands."""

from lms.attestation.models import Setback
from lms.competency.consequences import Change, Consequence
from lms.competency.models import EvidenceWithdrawal
from lms.people.queries import visible
from lms.programme.models import Completion
from lms.programme.queries import Achievement, achievement, still_stands

__all__ = [
    "Achievement",
    "Change",
    "Completion",
    "Consequence",
    "EvidenceWithdrawal",
    "Setback",
    "achievement",
    "still_stands",
    "visible",
]
