"""Browsers of people who are in already: a session row and its cookie, no password asked."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from tests.isolation.world import Records

_RAW = "0" * 40


@dataclass(frozen=True)
class Visitor:
    """A browser and the token that its forms carry."""

    client: FlaskClient
    token: str

    def ask(
        self,
        method: str,
        path: str,
        form: dict[str, Any] | None = None,
        json: Any = None,
        headers: dict[str, str] | None = None,
    ) -> TestResponse:
        """Send a request as a page of this site would, with the right token."""
        if json is not None:
            return self.client.open(
                path,
                method=method,
                json=json,
                headers={"X-CSRFToken": self.token} | (headers or {}),
            )
        data = None if method == "GET" else {"csrf_token": self.token} | (form or {})
        return self.client.open(path, method=method, data=data, headers=headers)

    def get(self, path: str, **kwargs: Any) -> TestResponse:
        """Open a page."""
        return self.ask("GET", path, **kwargs)

    def post(self, path: str, form: dict[str, Any] | None = None, **kwargs: Any) -> TestResponse:
        """Send a form."""
        return self.ask("POST", path, form, **kwargs)


def enter(app: Flask, who: Records | None) -> Visitor:
    """Return the browser of a person who is signed in, or of a stranger."""
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["csrf_token"] = _RAW
        if who is not None:
            cookie["_user_id"] = who.session
            cookie["_fresh"] = True
            cookie["seen"] = int(datetime.now(UTC).timestamp() // 60)
    signer = URLSafeTimedSerializer(app.secret_key, salt="wtf-csrf-token")
    return Visitor(client, signer.dumps(_RAW))
