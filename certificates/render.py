"""Renders one certificate from its frozen facts: PDF/A-3a and PDF/UA-1, the same bytes each time.

The facts, all plain values (JSON): number · language (of the document, "en") · holder {name,
latin?, language?} · programme {title} · competencies [{id, title, level, level_name?, expires_on?}]
· hours [{kind: theory|simulator|practical|workplace, hours}] as attested, decimal text · issued_on,
expires_on? (YYYY-MM-DD) · issuer {name} · site? {name} · practice (true or false).
What may be said of a certificate is in rules; nothing is stored here.
"""

import hashlib
import json
import logging
import threading
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import jinja2
from weasyprint import CSS, HTML, Document
from weasyprint.text.fonts import FontConfiguration

from certificates.design.art import place_art
from certificates.design.glyphs import character_name
from certificates.design.identify import identify_as_ua1
from certificates.design.qr import qr_png
from certificates.design.sources import PackagedOnly
from certificates.design.spread import spread_groups
from certificates.design.view import view

_SETTINGS = ("large", "middle", "small", "smallest")
_ONE_AT_A_TIME = threading.Lock()  # the font map of Pango and the caught log are the process's


class GlyphMissing(Exception):
    """No installed font has this character, so the certificate must not be issued."""

    def __init__(self, character: str) -> None:
        super().__init__(character_name(character))
        self.character = character


class DoesNotFit(Exception):
    """The facts need more than one page even in the tightest setting."""


class RenderFailed(Exception):
    """The layout engine reported an error, which would leave something off the page."""


def render(facts: Mapping[str, Any], *, verify_url: str, specimen: bool = False) -> bytes:
    """Return the certificate as a PDF.

    facts: as described above; text only, markup in it is printed as typed. verify_url: what the QR
    code says and the page prints. specimen: say SPECIMEN across the page (demo keys and data).
    Raises GlyphMissing, DoesNotFit, RenderFailed; KeyError when a fact is missing.
    """
    values = view(facts, verify_url=verify_url, specimen=specimen)
    seed = json.dumps([facts, verify_url, specimen], sort_keys=True, ensure_ascii=True)
    identifier = hashlib.sha256(seed.encode()).hexdigest()[:32].encode()
    with _ONE_AT_A_TIME, _Complaints() as complaints:
        document = _laid_out(values)
        identify_as_ua1(document)
        pdf = document.write_pdf(
            finisher=place_art, pdf_variant="pdf/a-3a", pdf_identifier=identifier
        )
    complaints.raise_if_any()
    return pdf


def _laid_out(values: dict[str, Any]) -> Document:
    sources = PackagedOnly({"seedtrain:qr.png": ("image/png", qr_png(values["verify_url"]))})
    template, sheet, fonts = _shared()
    for setting in _SETTINGS:
        html = HTML(string=template.render(values, setting=setting), url_fetcher=sources)
        document = html.render(stylesheets=[sheet], font_config=fonts, pdf_variant="pdf/a-3a")
        if spread_groups(document):
            return document
    raise DoesNotFit(values["number"])


@cache
def _shared() -> tuple[jinja2.Template, CSS, FontConfiguration]:
    """Return template, parsed style sheet and font configuration, made once a process."""
    folder = files("certificates.design")
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, extensions=["jinja2.ext.i18n"]
    )
    environment.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    template = environment.from_string(
        folder.joinpath("templates/certificate.html").read_text("utf-8")
    )
    fonts = FontConfiguration()
    sheet = CSS(
        string=folder.joinpath("certificate.css").read_text("utf-8"),
        font_config=fonts,
        url_fetcher=PackagedOnly({}),
    )
    return template, sheet, fonts


class _Complaints(logging.Handler):
    """Catches what WeasyPrint logs instead of raising, while one certificate is rendered."""

    _logger = logging.getLogger("weasyprint")

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._thread = threading.get_ident()
        self._caught: list[logging.LogRecord] = []

    def __enter__(self) -> "_Complaints":
        self._logger.addHandler(self)
        return self

    def __exit__(self, *_exception: object) -> None:
        self._logger.removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self._thread:
            self._caught.append(record)

    def raise_if_any(self) -> None:
        """Raise GlyphMissing for the first character without a glyph, else RenderFailed."""
        for record in self._caught:
            if str(record.msg).startswith(".notdef glyph") and isinstance(record.args, tuple):
                raise GlyphMissing(str(record.args[0]))
        if self._caught:
            raise RenderFailed(self._caught[0].getMessage())
