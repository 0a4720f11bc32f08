"""Who may give extra time or void an attempt, why, and when they may not. Pure."""

from datetime import date

from lms.assessment.timing.rules import LEAST_PERCENT, MOST_MINUTES, MOST_PERCENT
from lms.errors import N_, Conflict, RuleBroken

GRANTERS = ("instructor", "coordinator")

# Why a learner has extra time: no diagnosis, and no word that is one.
REASONS: dict[str, str] = {
    "access": N_("Needs more time to read, write or use the device"),
    "health": N_("Health"),
    "language": N_("Takes it in a language that is not the first"),
    "other": N_("Another reason"),
}
# Why a running attempt gets more minutes.
INTERRUPTIONS: dict[str, str] = {
    "power": N_("Power cut"),
    "network": N_("Network down"),
    "illness": N_("Illness"),
    "invigilator": N_("The invigilator's mistake"),
    "other": N_("Another reason"),
}
# Why an attempt is not to count.
GROUNDS: dict[str, str] = {
    "misconduct": N_("Misconduct"),
    "illness": N_("Illness"),
    "outage": N_("Power cut or network down"),
    "other": N_("Another reason"),
}
VOIDED, DECLINED = "voided", "declined"


def check_grant(percent: int, valid_from: date, valid_until: date | None, today: date) -> None:
    """Refuse extra time that cannot be meant.

    Raises:
        RuleBroken: at the field concerned.
    """
    if not LEAST_PERCENT <= percent <= MOST_PERCENT:
        raise RuleBroken(
            N_("Give from %(least)s to %(most)s percent."),
            field="percent",
            least=LEAST_PERCENT,
            most=MOST_PERCENT,
        )
    if valid_from < today:
        raise RuleBroken(
            N_("It cannot begin before today: attempts that were begun keep their time."),
            field="valid_from",
        )
    if valid_until is not None and valid_until < valid_from:
        raise RuleBroken(N_("It cannot end before it begins."), field="valid_until")


def check_minutes(minutes: int) -> None:
    """Refuse an extension of no minutes, or of more than anybody sits through.

    Raises:
        RuleBroken: with the limits.
    """
    if not 1 <= minutes <= MOST_MINUTES:
        raise RuleBroken(N_("Give from 1 to %(most)s minutes."), field="minutes", most=MOST_MINUTES)


def check_running(*, closed: bool) -> None:
    """Refuse more time for an attempt that is closed: its answers are scored.

    Raises:
        Conflict: with what to do instead.
    """
    if closed:
        raise Conflict(
            N_("This attempt is closed and scored: no time can be added. If it should not count,"
               " propose to void it and to give the chance back.")
        )  # fmt: skip


def check_second(proposer: str, decider: str) -> None:
    """Refuse a void that its proposer wants to carry out alone.

    Raises:
        RuleBroken: a second person is needed.
    """
    if proposer == decider:
        raise RuleBroken(N_("You proposed this. A second person signs it."))
