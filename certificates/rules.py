"""What a certificate is, what became of it and what may be said of it on a day; nothing stored."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal


def N_(message: str) -> str:
    """Mark a message for translation; like that of lms.errors, but at home in the renderer too."""
    return message


State = Literal[
    "reserved", "approved", "sealed", "refused", "suspended", "to-revoke", "to-reinstate", "revoked"
]
ActKind = Literal[
    "approved", "sealed", "refused", "suspended", "revocation-proposed", "reinstatement-proposed",
    "proposal-declined", "revoked", "reinstated",
]  # fmt: skip
Word = Literal["valid", "practice", "expired", "suspended", "revoked", "unknown"]

# From each state, what may be done next and what it leads to. The file is for ever, its standing
# is not: one person suspends, and only two together revoke or reinstate. What was refused for a
# reason that has gone (a font installed, a name checked) is approved again and keeps its number.
_NEXT: dict[State, dict[ActKind, State]] = {
    "reserved": {"approved": "approved", "refused": "refused"},
    "approved": {"sealed": "sealed", "refused": "refused"},
    "refused": {"approved": "approved"},
    "sealed": {"suspended": "suspended"},
    "suspended": {"revocation-proposed": "to-revoke", "reinstatement-proposed": "to-reinstate"},
    "to-revoke": {"revoked": "revoked", "proposal-declined": "suspended"},
    "to-reinstate": {"reinstated": "sealed", "proposal-declined": "suspended"},
    "revoked": {},
}
_SUSPENDED: frozenset[State] = frozenset({"suspended", "to-revoke", "to-reinstate"})

NO_SEAL = N_("This document carries no digital seal yet: its record in the register is the proof.")
NOT_SITE_QUALIFICATION = N_(
    "It states what was shown and when. It does not replace qualification at the site "
    "where the holder works."
)
PRACTICE_CONTENT = N_(
    "Practice only: the training content was not in effect when this certificate was made."
)


@dataclass(frozen=True)
class Reason:
    """A message to translate and its named parameters."""

    msgid: str
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Certificate:
    """The facts on which a verdict rests; dates are None until the certificate is sealed."""

    number: str
    issued_on: date | None = None
    expires_on: date | None = None
    practice: bool = False


@dataclass(frozen=True)
class Act:
    """One appended act on a certificate: what was done and since when that is known.

    `counts_from` is the day from which it counts, where that is not the day it was done: a
    result that was never right was never right.
    """

    kind: ActKind
    at: datetime
    reason: Reason | None = None
    counts_from: date | None = None

    @property
    def since(self) -> date:
        """Return the first day on which it counts."""
        return self.counts_from or self.at.date()


@dataclass(frozen=True)
class Verdict:
    """One word, and why, for a person who holds the paper in hand."""

    word: Word
    reason: Reason


def state(acts: Iterable[Act]) -> State:
    """Return the state after the acts, in the order in which they were appended.

    An act that does not follow from the state before it changes nothing.
    """
    current: State = "reserved"
    for act in acts:
        current = _NEXT[current].get(act.kind, current)
    return current


def is_withheld(current: State) -> bool:
    """Tell whether a sealed certificate is suspended at present, decided upon or not."""
    return current in _SUSPENDED


def may_follow(current: State, kind: ActKind) -> bool:
    """Say whether an act may be appended to a certificate in this state."""
    return kind in _NEXT[current]


def expires_on(competencies: Iterable[date | None]) -> date | None:
    """Return the last valid day: that of the first required competency to run out (None: never)."""
    return min((day for day in competencies if day is not None), default=None)


def issue_day(facts: Mapping[str, Any]) -> date:
    """Return the day that the frozen facts name as that of the issue."""
    return date.fromisoformat(facts["issued_on"])


def malformed() -> Verdict:
    """Return the verdict on a text that cannot be a certificate number."""
    return _unknown(N_("This is not a certificate number: it is incomplete or mistyped."))


def verdict(
    certificate: Certificate | None,
    acts: Iterable[Act] = (),
    *,
    on: date,
    known: datetime | None = None,
) -> Verdict:
    """Judge a certificate for a day.

    certificate: None when no such number was ever given out. on: the day asked about, in the
    hub's calendar; the last valid day itself still counts. known: only acts recorded up to this
    moment are used (None: all), so that "as was known then" can be asked too.
    """
    if certificate is None:
        return _unknown(N_("No certificate with this number was ever issued here."))
    acts = [act for act in acts if known is None or act.at <= known]
    current = state(acts)
    if current in ("reserved", "approved", "refused"):
        return _not_sealed(current)
    if current != "sealed" and (told := _withheld(current, acts, on)):
        return told
    return _of_sealed(certificate, on)


def _withheld(current: State, acts: Iterable[Act], on: date) -> Verdict | None:
    """Return the verdict on what is suspended or revoked; None for a day before that counted."""
    kind = "suspended" if is_withheld(current) else "revoked"
    act = next(act for act in reversed(list(acts)) if act.kind == kind)
    if on < act.since:
        return None
    if kind == "revoked":
        return Verdict(
            "revoked", Reason(N_("The hub revoked it on %(day)s."), {"day": act.at.date()})
        )
    return Verdict(
        "suspended",
        Reason(
            N_(
                "The hub suspended it on %(day)s and is looking into it: it is not to be relied on."
            ),
            {"day": act.at.date()},
        ),
    )


def _of_sealed(certificate: Certificate, on: date) -> Verdict:
    issued, last = certificate.issued_on, certificate.expires_on
    if issued is not None and on < issued:
        return _unknown(
            N_("On the day asked about it did not exist: it was issued on %(issued_on)s."),
            issued_on=issued,
        )
    if certificate.practice:
        return Verdict("practice", Reason(PRACTICE_CONTENT))
    if last is not None and on > last:
        return Verdict("expired", Reason(N_("It was valid until %(expires_on)s."),
                                         {"expires_on": last}))  # fmt: skip
    if last is None:
        return Verdict("valid", Reason(N_("It was issued here and has no end date.")))
    return Verdict("valid", Reason(N_("It was issued here and is valid until %(expires_on)s."),
                                   {"expires_on": last}))  # fmt: skip


def _not_sealed(current: State) -> Verdict:
    if current == "refused":
        return _unknown(N_("A certificate with this number was prepared and then not issued."))
    return _unknown(N_("A certificate with this number is being prepared and is not issued yet."))


def _unknown(msgid: str, **params: Any) -> Verdict:
    return Verdict("unknown", Reason(msgid, params))
