"""What may be said in public of a number on a day: the verdict and the facts, as plain values."""

from datetime import date
from typing import Any

from certificates import queries, rules
from certificates.numbers import read_number
from certificates.queries import Standing


def verification(text: str, on: date) -> dict[str, Any]:
    """Judge a typed number for a day.

    Returns:
        `verdict`, `reason` (message and parameters) and, of a sealed certificate, its facts.
    """
    number = read_number(text)
    if number is None:
        return _answer(text.strip()[:40], rules.malformed(), on, None)
    standing = queries.by_number(number)
    if standing is None:
        return _answer(number, rules.verdict(None, on=on), on, None)
    return judged(standing, on)


def judged(standing: Standing, on: date) -> dict[str, Any]:
    """Judge a certificate that is at hand, as `verification` does."""
    certificate = standing.certificate
    facts = certificate.facts
    known = rules.Certificate(
        number=certificate.number,
        issued_on=date.fromisoformat(facts["issued_on"]),
        expires_on=certificate.expires_on,
        practice=certificate.practice,
    )
    verdict = rules.verdict(known, standing.rule_acts, on=on)
    return _answer(certificate.number, verdict, on, facts if verdict.word != "unknown" else None)


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
