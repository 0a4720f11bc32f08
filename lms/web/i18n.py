"""Which language a request speaks, and saying things in it; catalogues come from catalogue.py.

`_` in templates and `gettext` in Python take a message and named parameters. Messages are text,
never HTML: what has to be marked up goes in as a `Markup` parameter.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from babel import Locale, dates
from flask import Flask, Response, current_app, g, has_app_context, has_request_context, request
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from lms.errors import N_, DomainError
from lms.web import catalogue
from lms.web.catalogue import Catalogue

COOKIE = "lang"
_YEAR = 365 * 24 * 3600
_FOLDER = Path(__file__).parent / "translations"
_FSI, _PDI = "\u2068", "\u2069"
_LATIN = re.compile(r"[A-Za-z%]")
_PLAIN = Catalogue("en", name="English")


def init_i18n(app: Flask, folders: Iterable[Path] = ()) -> None:
    """Load the catalogues of LOCALES (and the pseudo-locales) and teach Jinja to speak.

    Args:
        folders: further `translations` folders, of plugins; later ones win.
    """
    places = (_FOLDER, *folders)
    tags = dict.fromkeys([*app.config.get("LOCALES", ("en",)), *catalogue.PSEUDO])
    app.extensions["catalogues"] = {tag: catalogue.load(tag, places) for tag in tags}
    env = app.jinja_env
    env.add_extension("jinja2.ext.i18n")
    env.policies["ext.i18n.trimmed"] = True
    env.newstyle_gettext = True  # type: ignore[attr-defined]
    env.globals.update(
        {"_": _in_template, "gettext": _in_template, "ngettext": _plural_in_template}
    )
    env.globals.update(say=say, language=language, languages=languages, written_in=written_in)
    env.filters["say"] = say
    app.after_request(_remember)


# --- choosing -------------------------------------------------------------------------------


def language() -> Catalogue:
    """Return the language of this request: `?lang=`, cookie, Accept-Language, first of LOCALES.

    Outside a request (commands, the worker) it is the first of LOCALES.
    """
    if not has_app_context():
        return _PLAIN
    if not has_request_context():
        return languages()[0]
    if "language" not in g:
        g.language = _chosen()
    found: Catalogue = g.language
    return found


def languages() -> list[Catalogue]:
    """Return the languages on offer, the default first."""
    known = current_app.extensions["catalogues"]
    return [known[tag] for tag in current_app.config.get("LOCALES", ("en",))]


def written_in(tag: str) -> Markup:
    """Return `lang` and `dir` for content in the language `tag`; nothing where the page has it."""
    if not tag or tag == language().html_lang:
        return Markup()
    direction = Locale.parse(tag, sep="-").text_direction
    return Markup(' lang="{}" dir="{}"').format(tag, direction)


def _chosen() -> Catalogue:
    known: dict[str, Catalogue] = current_app.extensions["catalogues"]
    for tag in (request.args.get("lang"), request.cookies.get(COOKIE)):
        if tag in known:
            return known[tag]
    offered = languages()
    for asked, _quality in request.accept_languages:  # the most wanted first
        for one in offered:
            if asked.lower() == one.html_lang.lower() or asked.partition("-")[0] == one.tag:
                return one
    return offered[0]


def _remember(response: Response) -> Response:
    asked = request.args.get("lang")
    if asked and asked == language().tag and asked != request.cookies.get(COOKIE):
        response.set_cookie(
            COOKIE, asked, max_age=_YEAR, samesite="Lax", secure=request.is_secure, httponly=True
        )
    return response


# --- saying ---------------------------------------------------------------------------------


def gettext(message: str, **params: Any) -> str:
    """Return `message` in the language of this request, its `%(name)s` filled from `params`."""
    return _filled(language().text(message), params)


def ngettext(one: str, many: str, num: int, **params: Any) -> str:
    """Return the form that `num` takes, `%(num)s` and `params` filled in."""
    return _filled(language().plural(one, many, num), {"num": num} | params)


def say(thing: Any, **params: Any) -> str:
    """Return a message marked with `N_`, or a `DomainError`, in the language of this request.

    With a `Markup` parameter it is Markup itself, all else in it escaped.
    """
    if isinstance(thing, Markup):
        return thing
    if isinstance(thing, DomainError):
        return gettext(thing.message, **_isolated(thing.params))
    params = _isolated(params)
    if any(isinstance(value, Markup) for value in params.values()):
        return Markup(_filled(escape(language().text(str(thing))), params))
    return gettext(str(thing), **params) if thing else ""


def day(value: date | datetime | None) -> str:
    """Return a day as '12 May 2026'; a moment gives its day in UTC."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.astimezone(UTC).date()
    spoken = language()
    return spoken.mark(dates.format_date(value, "long", locale=spoken.format_tag))


def clock_time(value: datetime) -> str:
    """Return the time of day in UTC as '14:02'."""
    return dates.format_time(
        value.astimezone(UTC), "HH:mm", tzinfo=UTC, locale=language().format_tag
    )


def moment(value: datetime | None) -> str:
    """Return a moment with its zone named: '12 May 2026, 14:02 UTC'."""
    if value is None:
        return ""
    return gettext(N_("%(day)s, %(time)s UTC"), day=day(value), time=clock_time(value))


def _filled(text: str, params: dict[str, Any]) -> str:
    """Fill the placeholders; days and moments among the parameters are said in words."""
    return (
        text % {k: _in_words(v) for k, v in params.items()} if params else text.replace("%%", "%")
    )


def _in_words(value: Any) -> Any:
    if isinstance(value, datetime):
        return moment(value)
    return day(value) if isinstance(value, date) else value


def _isolated(params: dict[str, Any]) -> dict[str, Any]:
    """Keep Latin words and percents among the parameters whole where a page runs right to left."""
    if language().direction == "ltr":
        return params
    return {
        name: f"{_FSI}{value}{_PDI}"
        if isinstance(value, str) and not isinstance(value, Markup) and _LATIN.search(value)
        else value
        for name, value in params.items()
    }


@pass_context
def _in_template(context: Context, message: str, **params: Any) -> str:
    text, params = language().text(message), _isolated(params)
    if not context.eval_ctx.autoescape:
        return _filled(text, params)
    # Escaped, so that neither a translator nor a value used as a message can bring in HTML.
    return Markup(_filled(escape(text), params))


@pass_context
def _plural_in_template(context: Context, one: str, many: str, num: int, **params: Any) -> str:
    text, params = language().plural(one, many, num), _isolated(params)
    if not context.eval_ctx.autoescape:
        return _filled(text, {"num": num} | params)
    return Markup(_filled(escape(text), {"num": num} | params))
