"""What may be said in public of a number on a day: the verdict and the facts, as plain values."""

from datetime import date
from typing import Any

from certificates import queries, rules
from certificates.numbers import read_number


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
    facts = standing.certificate.facts
    judged = rules.Certificate(
        number=number,
        issued_on=date.fromisoformat(facts["issued_on"]),
        expires_on=standing.certificate.expires_on,
        practice=standing.certificate.practice,
    )
    verdict = rules.verdict(judged, queries.rule_acts(standing), on=on)
    return _answer(number, verdict, on, facts if verdict.word != "unknown" else None)


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
