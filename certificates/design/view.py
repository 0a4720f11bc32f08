"""Turns the frozen facts of a certificate into the plain values its template prints."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from certificates.design.scripts import families_for, language_of

# English for everybody: the day before the month, as most of its readers write it.
_LOCALES = {"en": "en-GB"}
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")  # the shape of BCP 47
_NAME_SIZES = ((26, "short"), (38, "middling"), (60, "long"))


class Say(NamedTuple):
    """A piece of text from the facts, with its language and the faces that print it."""

    text: str
    language: str
    families: str
    size: str = ""


def view(facts: Mapping[str, Any], *, verify_url: str, specimen: bool) -> dict[str, Any]:
    """Return the template's values.

    facts: see certificates.render. Dates are printed in words so that nobody takes a day for a
    month; numbers as the document's language writes them.
    """
    language = facts.get("language", "en")
    locale = Locale.parse(_LOCALES.get(language, language), sep="-")
    holder, programme = facts["holder"], facts["programme"]
    latin = holder.get("latin") or ""
    return {
        "language": language,
        "direction": locale.text_direction,
        "number": facts["number"],
        "holder": _say(holder["name"], holder.get("language"), "display"),
        "latin": _say(latin, "und-Latn", "serif") if latin and latin != holder["name"] else None,
        "programme": _say(programme["title"], programme.get("language"), "serif"),
        "competencies": [_competency(row, locale) for row in facts["competencies"]],
        "hours": _number(sum(Decimal(row["hours"]) for row in facts["hours"]), locale),
        "hours_by_kind": [(row["kind"], _number(row["hours"], locale)) for row in facts["hours"]],
        "completed_on": _day(facts.get("completed_on"), locale),
        "issued_on": _day(facts["issued_on"], locale),
        "created": facts["issued_on"],
        "expires_on": _day(facts.get("expires_on"), locale),
        "issuer": _say(facts["issuer"]["name"], None, "serif"),
        "site": _say(facts["site"]["name"], None, "serif") if facts.get("site") else None,
        "practice": bool(facts.get("practice")),
        "specimen": specimen,
        "verify_url": verify_url,
        "address": verify_url.split("://", 1)[-1],
    }


def _competency(row: Mapping[str, Any], locale: Locale) -> dict[str, Any]:
    return {
        "code": row["id"],
        "title": _say(row["title"], None, "sans"),
        "level": row["level"],
        "level_name": row.get("level_name", ""),
        "expires_on": _day(row.get("expires_on"), locale),
    }


def _say(text: str, language: str | None, face: str) -> Say:
    if not language or not _LANGUAGE.fullmatch(language):
        language = language_of(text)
    families = ", ".join(f"'{name}'" for name in families_for(text, language, face=face))
    return Say(text, language, families, _size(text))


def _size(text: str) -> str:
    """Return how large a name may stand, by its width in cells (East Asian letters take two)."""
    cells = sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )
    return next((size for most, size in _NAME_SIZES if cells <= most), "longest")


def _day(day: str | None, locale: Locale) -> str:
    return format_date(date.fromisoformat(day), "long", locale=locale) if day else ""


def _number(value: Decimal | str | int, locale: Locale) -> str:
    return format_decimal(Decimal(value).normalize(), locale=locale)
