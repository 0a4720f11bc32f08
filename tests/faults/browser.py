"""A client that speaks HTTP as a browser does and goes on after cuts; knows no page's sense."""

import html
import json
import re
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlencode

from tests.faults.ledger import Ledger

TIMEOUT = 15.0  # seconds for one answer
PATIENCE = 90.0  # seconds that one act is tried again
_JSON = {"Content-Type": "application/json", "Accept": "application/json"}
_CSRF = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class GaveUp(Exception):
    """The server was away for longer than anybody waits, or the run is over."""


@dataclass(frozen=True)
class Answer:
    """What came back, whole."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """Return the body as text."""
        return self.body.decode()

    @property
    def csrf(self) -> str:
        """Return the page's CSRF token."""
        found = _CSRF.search(self.text)
        if not found:
            raise GaveUp(f"a page without a form: {self.status} {self.text[:200]}")
        return html.unescape(found[1])


class Browser:
    """One person's cookies and persistence. `over` ends its patience."""

    def __init__(self, port: int, ledger: Ledger, over: threading.Event) -> None:
        self.port, self.ledger, self.over = port, ledger, over
        self.cookies: dict[str, str] = {}

    def get(self, path: str) -> Answer:
        """Fetch a page, however often that takes."""
        return self.insist("GET", path)

    def post(self, path: str, fields: Mapping[str, Any]) -> Answer:
        """Send a form, again after each cut until an answer comes."""
        body = urlencode(fields, doseq=True).encode()
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html"}
        return self.insist("POST", path, body, kind)

    def post_json(self, path: str, value: Any, csrf: str) -> Answer:
        """Send JSON as a page's script does, again after each cut until an answer comes."""
        return self.insist("POST", path, json.dumps(value).encode(), _JSON | {"X-CSRFToken": csrf})

    def once_json(self, path: str, value: Any, csrf: str) -> Answer:
        """Send JSON once and take whatever comes."""
        headers = _JSON | {"X-CSRFToken": csrf}
        return self._once("POST", path, json.dumps(value).encode(), headers)

    def insist(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Send until an answer comes that is neither a cut nor "busy".

        Raises:
            GaveUp: none came in time.
        """
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            self.ledger.count("requests")
            try:
                answer = self._once(method, path, body, headers or {})
            except (OSError, HTTPException):
                self.ledger.count("cut")
            else:
                if answer.status != 503:
                    if answer.status >= 500:
                        self.ledger.wonder(f"{answer.status} for {method} {path}")
                    return answer
                self.ledger.count("busy")
            if self.over.wait(0.3):
                deadline = min(deadline, time.monotonic() + 20)
        raise GaveUp(f"{method} {path}")

    def _once(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        try:
            cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            connection.request(method, path, body or None, {"Cookie": cookie, **headers})
            response = connection.getresponse()
            answer = Answer(response.status, dict(response.getheaders()), response.read())
            for line in response.headers.get_all("Set-Cookie") or []:
                name, _, rest = line.partition("=")
                self.cookies[name] = rest.partition(";")[0]
            return answer
        finally:
            connection.close()

    def sign_in(self, login: str, password: str) -> None:
        """Sign in by the form; raises GaveUp when the server will not have it."""
        page = self.get("/sign-in")
        fields = {"csrf_token": page.csrf, "login": login, "password": password}
        answer = self.post("/sign-in", fields)
        if answer.status != 303:
            raise GaveUp(f"{login} cannot sign in: {answer.status}")
