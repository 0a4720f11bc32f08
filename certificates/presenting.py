"""What may be said in public of a number on a day: the verdict and the facts, as plain values."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from certificates import queries, rules
from certificates.numbers import read_number
from certificates.queries import Standing
from lms.api.acts import N_

MOST_NUMBERS = 500  # verified at once

# Each verdict word with its tone; what is worst stands last. The icon has the word's name.
VERDICTS: dict[str, tuple[str, str]] = {
    "valid": ("good", N_("Valid")),
    "practice": ("info", N_("Practice")),
    "superseded": ("wait", N_("Superseded")),
    "expired": ("wait", N_("Expired")),
    "suspended": ("wait", N_("Suspended")),
    "cannot-tell": ("plain", N_("Cannot tell")),
    "unknown": ("plain", N_("Unknown")),
    "unknown-issuer": ("bad", N_("Unknown issuer")),
    "not-in-log": ("bad", N_("Not in the log")),
    "altered": ("bad", N_("Altered")),
    "revoked": ("bad", N_("Revoked")),
}


def verification(text: str, *days: date) -> list[dict[str, Any]]:
    """Judge a typed number for one day or several, in one read.

    Returns:
        For each day `verdict`, `reason` (message and parameters) and, of a sealed certificate,
        its facts.
    """
    number = read_number(text)
    standing = queries.by_number(number) if number else None
    return [_judged(text, number, standing, day) for day in days]


def verifications(texts: Sequence[str], on: date) -> list[dict[str, Any]]:
    """Judge many typed numbers for a day, in one read and in their order.

    Returns:
        For each what `verification` does, with its `row` (from 1), the text as it was `given`
        and, of a number that stood above already, the row where it did (`repeats`).
    """
    numbers = [read_number(text) for text in texts]
    standings = queries.by_numbers({number for number in numbers if number})
    first: dict[str, int] = {}
    rows = []
    for row, (text, number) in enumerate(zip(texts, numbers, strict=True), 1):
        found = _judged(text, number, standings.get(number or ""), on)
        earlier = first.setdefault(found["number"], row)
        repeats = earlier if earlier < row else None
        rows.append(found | {"row": row, "given": text.strip()[:40], "repeats": repeats})
    return rows


def tally(found: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Return how many rows have each verdict, in the order of VERDICTS."""
    counts = Counter(one["verdict"] for one in found)
    return {word: counts[word] for word in VERDICTS if counts[word]}


def judged(standing: Standing, on: date) -> dict[str, Any]:
    """Judge a certificate that is at hand, as `verification` does."""
    certificate = standing.certificate
    facts = certificate.facts
    known = rules.Certificate(
        number=certificate.number,
        issued_on=rules.issue_day(facts),
        expires_on=certificate.expires_on,
        practice=certificate.practice,
    )
    verdict = rules.verdict(known, standing.rule_acts, on=on)
    return _answer(certificate.number, verdict, on, facts if verdict.word != "unknown" else None)


def _judged(text: str, number: str | None, standing: Standing | None, on: date) -> dict[str, Any]:
    if number is None:
        return _answer(text.strip()[:40], rules.malformed(), on, None)
    if standing is None:
        return _answer(number, rules.verdict(None, on=on), on, None)
    return judged(standing, on)


def _answer(
    number: str, verdict: rules.Verdict, on: date, facts: dict[str, Any] | None
) -> dict[str, Any]:
    known = facts or {}
    return {
        "number": number,
        "verdict": verdict.word,
        "reason": (verdict.reason.msgid, verdict.reason.params),
        "as_of": on,
        "sealed": False if facts else None,
        "holder": known.get("holder"),
        "programme": known.get("programme"),
        "competencies": known.get("competencies", []),
        "issued_on": known.get("issued_on"),
        "expires_on": known.get("expires_on"),
        "issuer": known.get("issuer"),
        "site": known.get("site"),
    }
