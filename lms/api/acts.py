"""For plugins: who acts, recording and signing, the words of refusal."""

from lms.actor import SYSTEM, Actor, Proof
from lms.errors import N_, Conflict, DomainError, NotAllowed, NotFound, RuleBroken, TooLarge
from lms.people.actions import Checked, confirm_proof
from lms.records.actions import record, sign

__all__ = [
    "SYSTEM",
    "Actor",
    "Checked",
    "Conflict",
    "DomainError",
    "N_",
    "NotAllowed",
    "NotFound",
    "Proof",
    "RuleBroken",
    "TooLarge",
    "confirm_proof",
    "record",
    "sign",
]
