"""Texts that try to become something else, and what proves in a page that one of them did."""

import re
from html.parser import HTMLParser

from werkzeug.test import TestResponse

# Each text tries to open an element `x-evil`, to add a handler, or to be evaluated.
TEXTS = (
    "<x-evil onclick=alert(1)>",
    '"><x-evil>',
    "'><x-evil>",
    "</textarea><x-evil>",
    "</title></style></script><x-evil>",
    "--><x-evil><!--",
    "]]><x-evil>",
    '" onfocus="alert(1)" autofocus="',
    "' onfocus='alert(1)' autofocus='",
    "<svg onload=alert(1)><x-evil/>",
    "<<x-evil>script>alert(1)</x-evil>",
    "\u003cx-evil\u003e \uff1cx-evil\uff1e &lt;x-evil&gt; &#60;x-evil&#62;",
    "{{ 7919 * 7907 }}{% print(7919 * 7907) %}${7919*7907}",
    "%(hostile)s %s %n %",
    "[x](javascript:alert(1)) ![x](x-evil:y) <javascript:alert(1)>",
    "$\\href{javascript:alert(1)}{x}$",
    "\u202eevil\u202c \u2066x\u200b\ufeff",
    "a\r\nX-Evil: yes\r\n\r\n<x-evil>",
)
# Texts that a database or a decoder may choke on; no page need show them, none may fail on them.
AWKWARD = (
    "\x00",
    "a\x00b",
    "\x01\x08\x1b[31m",
    "\u2028\u2029",
    "\ud7ff\ue000\ufffe\uffff",
    "\U0010ffff",
    "ı İ ß ﬃ Å \u0301\u0301\u0301",
    "%00",
    "%",
    "_%",
    "..",
    "../../etc/passwd",
    "....//....//etc/passwd",
    "\\..\\..",
    "' OR '1'='1",
    "1; DROP TABLE person --",
    "9" * 400,
    "-1",
    "null",
    "x" * 2000,
)
_ADDRESSES = ("href", "src", "action", "formaction")
_SUM = str(7919 * 7907)


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "x-evil":
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            address = re.sub(r"[\x00-\x20]", "", value or "").lower()
            if name.startswith("on") or name == "style":
                self.found.append(f"<{tag} {name}>")
            if name in _ADDRESSES and address.startswith("javascript:"):
                self.found.append(f"<{tag} {name}={address}>")
        sources = dict(attrs)
        if tag == "script" and not (sources.get("src") or "").startswith("/static/"):
            self.found.append("<script> of its own")


def came_alive(answer: TestResponse) -> list[str]:
    """Return what in a response is markup, code or a header that a hostile text brought in."""
    text = answer.text if answer.mimetype == "text/html" else ""
    parser = _Elements()
    parser.feed(text)
    found = parser.found
    if _SUM in text:
        found.append("an expression was evaluated")
    if "X-Evil" in answer.headers:
        found.append("a header was added")
    return found


def failings_of_headers(answer: TestResponse) -> list[str]:
    """Return which headers that every response owes are missing or weak."""
    wrong = []
    if answer.headers.get("X-Content-Type-Options") != "nosniff":
        wrong.append("no nosniff")
    if "Cache-Control" not in answer.headers:
        wrong.append("no Cache-Control")
    if answer.mimetype in ("text/html", "image/svg+xml"):
        policy = answer.headers.get("Content-Security-Policy", "")
        if "default-src 'none'" not in policy or "frame-ancestors 'none'" not in policy:
            wrong.append(f"policy: {policy!r}")
        if "unsafe" in policy or "*" in policy or "http:" in policy:
            wrong.append(f"weak policy: {policy!r}")
    return wrong
