"""A small app with the web room alone: its pages, its errors, its languages; no other room."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask, render_template_string, request
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired

from lms import db as database
from lms.errors import (
    N_,
    Busy,
    Conflict,
    DomainError,
    NotAllowed,
    NotFound,
    RuleBroken,
    Throttled,
    TooLarge,
)
from lms.web import access, assets, errors, formats, forms, headers, i18n
from lms.web.submit import submit

PAGE = """{% extends "web/layout.html" %}{% import "web/macros.html" as ui with context %}
{% block main %}<h1>{{ _("A page") }}</h1>{{ ui.errors(form) }}
{% call ui.form_tag(form) %}{{ ui.field(form.name) }}{{ ui.field(form.text) }}
{{ ui.button(_("Save")) }}{% endcall %}{% endblock %}"""

RAISED: dict[str, Exception] = {
    "not-found": NotFound(),
    "not-allowed": NotAllowed(),
    "conflict": Conflict(N_("Mark %(number)s was changed."), number=7, actions=["reload"]),
    "rule": RuleBroken(N_("At least %(count)s words."), count=150),
    "too-large": TooLarge(N_("Too large.")),
    "throttled": Throttled(N_("Too many tries."), retry_after=90),
    "busy": Busy(N_("Busy.")),
    "full": OSError(28, "No space left on device"),
    "bug": ValueError("a bug of ours"),
}


class NoteForm(forms.OnceForm):
    """A name that must be there and a text."""

    name = StringField(N_("Name"), [InputRequired(N_("Enter a name"))])
    text = TextAreaField(N_("Text"))


class Refusals(list[DomainError]):
    """What the app reported as refused access."""


@pytest.fixture
def refusals() -> Refusals:
    return Refusals()


@pytest.fixture
def app(tmp_path: Path, refusals: Refusals) -> Iterator[Flask]:
    app = Flask("web-room", static_folder=None)
    app.config.update(
        SECRET_KEY="for tests",
        DATABASE_URL=f"sqlite:///{tmp_path}/web.db",
        LOCALES=("en", "ar"),
        SESSION_IDLE_MINUTES=120,
        MAX_CONTENT_LENGTH=100_000,
    )
    database.init_engine(app)
    i18n.init_i18n(app)
    formats.init_formats(app)
    forms.init_forms(app)
    access.init_access(app, lambda _session: None)
    assets.init_assets(app)
    headers.init_headers(app)
    errors.init_errors(app, refusals.append)
    _add_views(app)
    database.init_views(app)
    with app.app_context(), database.transaction():
        database.db.session.execute(sa.text("CREATE TABLE note (text VARCHAR(200))"))
    yield app
    with app.app_context():
        database.db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def _add_views(app: Flask) -> None:
    @app.route("/note", methods=["GET", "POST"])
    @access.public
    def note():
        form = NoteForm()

        def keep(text: str) -> str:
            database.db.session.execute(sa.text("INSERT INTO note VALUES (:t)"), {"t": text})
            if text == "refused":
                raise RuleBroken(N_("This text is refused."), field="text")
            if text == "counted":
                form.refuse(N_("Wrong, and counted."))
            return text

        return submit(
            form, keep, render=lambda: render_template_string(PAGE, form=form),
            redirect=lambda text: f"/done/{text}", text=form.text.data,
        )  # fmt: skip

    @app.route("/raise/<name>", methods=["GET", "POST"])
    @access.public
    def fail(name: str):
        if name == "locked":
            cause = sqlite3.OperationalError("database is locked")
            raise OperationalError("BEGIN IMMEDIATE", {}, cause)
        raise RAISED[name]

    @app.get("/say")
    @access.public
    def say():
        return render_template_string(request.args["template"], **request.args)

    @app.get("/private")
    @access.for_roles()
    def private():
        return "private"

    @app.post("/private")
    @access.for_roles()
    def private_post():
        return "private"


def token(client: FlaskClient) -> str:
    """Return a CSRF token for the client's session."""
    page = client.get("/note").get_data(as_text=True)
    return page.split('name="csrf_token" value="')[1].split('"')[0]


@pytest.fixture
def post(client: FlaskClient):
    """Post a form as a browser would: with its token and its `once`."""

    def send(path: str, **values: str):
        filled = {"csrf_token": token(client), "once": "0" * 26} | values
        return client.post(path, data=filled, headers={"Sec-Fetch-Site": "same-origin"})

    return send
