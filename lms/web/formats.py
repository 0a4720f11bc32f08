"""Dates, times and numbers as people read them, in UTC and in the language of the request."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from babel import numbers
from flask import Flask

from lms.errors import N_
from lms.web.i18n import clock_time, day, gettext, language, moment, ngettext


def init_formats(app: Flask) -> None:
    """Give templates the filters `day`, `moment`, `clock_time`, `number`, `percent`, `minutes`,
    `share`, `hundredths`, `iso_day`."""
    app.jinja_env.filters.update(
        day=day, moment=moment, clock_time=clock_time, number=number, percent=percent,
        minutes=minutes, share=share, hundredths=hundredths, iso_day=iso_day,
    )  # fmt: skip


def iso_day(value: str | None) -> str:
    """Return a day given as YYYY-MM-DD as `day` does."""
    return day(date.fromisoformat(value)) if value else ""


def number(value: Decimal | int | float | None, decimals: int | None = None) -> str:
    """Return a number grouped and pointed as the language does, all its digits kept.

    Args:
        decimals: how many digits to show after the point; None keeps what there is (up to 12).
    """
    if value is None:
        return ""
    pattern = "#,##0." + ("#" * 12 if decimals is None else "0" * decimals)
    return numbers.format_decimal(
        value, format=pattern if decimals != 0 else "#,##0", locale=language().format_tag
    )


def percent(value: Decimal | float | None, decimals: int = 0) -> str:
    """Return a share of 1 as percent: 0.825 → '82.5 %' with one decimal."""
    if value is None:
        return ""
    pattern = "#,##0" + ("." + "#" * decimals if decimals else "") + "%"
    return numbers.format_percent(value, format=pattern, locale=language().format_tag)


def share(value: str | None) -> str:
    """Return an exact share ("4/5") as percent, cut and never rounded up: 79.96 % is no 80 %."""
    if value is None:
        return ""
    tenths = int(Fraction(value) * 1000)
    return percent(Decimal(tenths) / 1000, 1)


def hundredths(value: str | None) -> float:
    """Return an exact share ("4/5") as a number from 0 to 100, to draw; `share` says it."""
    return float(Fraction(value or 0) * 100)


def minutes(value: int) -> str:
    """Return a length of time given in minutes: '45 min', '1 h', '1 h 30 min'."""
    hours, rest = divmod(int(value), 60)
    if not hours:
        return ngettext("%(num)s min", "%(num)s min", rest)
    if not rest:
        return ngettext("%(num)s h", "%(num)s h", hours)
    return gettext(
        N_("%(hours)s %(minutes)s"),
        hours=ngettext("%(num)s h", "%(num)s h", hours),
        minutes=ngettext("%(num)s min", "%(num)s min", rest),
    )
