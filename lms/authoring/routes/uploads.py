"""Upload a module as a ZIP: every mistake at once, else its pages to read and a button to store."""

import io
from functools import lru_cache

from flask import Blueprint, flash, render_template, request, send_file, url_for
from flask import redirect as to
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from lms.authoring import actions, guidance, queries
from lms.authoring.drafts import Tried, titles, try_upload
from lms.authoring.forms import UploadForm
from lms.authoring.routes.pages import Pages
from lms.authoring.rules import Unpackable, unpack
from lms.curriculum.checking.problem import Problem
from lms.curriculum.drafts.source import UPLOADS
from lms.curriculum.sync import keep_figures
from lms.curriculum.text import markdown
from lms.db import aside
from lms.errors import N_
from lms.settings import setting
from lms.store import actions as store
from lms.store import scanner
from lms.web.access import current_actor, for_roles
from lms.web.forms import Form
from lms.web.i18n import gettext as _
from lms.web.i18n import say
from lms.web.submit import submit

blueprint = Blueprint(
    "authoring", __name__, template_folder="../templates", url_prefix="/content/uploads"
)
_allow = for_roles("reviewer", "owner")
_SAID = {
    "stored": N_("Stored as a draft. Reviewers find it among the content."),
    "corrected": N_("The keys of this version are corrected. It has to be reviewed again."),
    "waiting": N_("The corrected keys wait for the content owner's signature."),
    "unchanged": N_("This version is stored already, exactly so. Nothing was changed."),
}


@lru_cache(maxsize=4)
def _checked(archive: bytes) -> Tried:
    """Return an archive as it was found when it was last sent: its pages need no second check."""
    return try_upload(unpack(UPLOADS, archive))


def _tried(draft: str) -> Tried:
    return _checked(store.get(queries.upload(draft).digest))


Pages("authoring", _tried).add_to(blueprint, _allow)


@blueprint.get("/guide/")
@_allow
def guide() -> ResponseReturnValue:
    """Show the guide for authors."""
    page = guidance.guide()
    html = Markup(markdown.label(page.html, say))
    return render_template("authoring/guide.html", page=page, html=html)


@blueprint.get("/example/module.zip")
@_allow
def example() -> ResponseReturnValue:
    """Give the example module to begin with."""
    return send_file(
        io.BytesIO(guidance.example()),
        mimetype="application/zip",
        as_attachment=True,
        download_name="example-module.zip",
    )


@blueprint.route("/", methods=["GET", "POST"])
@_allow
def uploads() -> ResponseReturnValue:
    """Take a ZIP; show its mistakes, or go to its pages."""
    form = UploadForm()
    sent = request.files.get("archive")
    if not (form.is_submitted() and sent and sent.filename):
        form.validate_on_submit()
        return _page(form), 422 if form.is_submitted() else 200
    # Reading and checking come before the writing transaction opens.
    data = sent.read()
    try:
        if said := scanner.fault(data):
            raise Unpackable([Problem(UPLOADS, "", said[0], N_("bring a clean one"), said[1])])
        with aside():
            _checked.cache_clear()  # the register may say something else by now
            tried = _checked(data)
    except Unpackable as refused:
        tried = Tried(None, tuple(refused.problems))
    if not tried.sound or not form.validate():
        return _page(form, tried), 422
    kept = actions.keep_upload(
        tried=tried,
        digest=store.put(data),
        file_name=sent.filename,
        size=len(data),
        by=current_actor(),
    )
    return to(url_for("authoring.upload", draft=kept.id), 303)


def _page(form: UploadForm, tried: Tried | None = None) -> str:
    return render_template(
        "authoring/uploads.html",
        form=form,
        tried=tried,
        uploads=queries.uploads(),
        most=f"{setting('MAX_UPLOAD_BYTES') // 1024**2} MB",
    )


@blueprint.route("/<draft>/", methods=["GET", "POST"])
@_allow
def upload(draft: str) -> ResponseReturnValue:
    """Show what an upload holds; store it as a version."""
    form = Form()
    with aside():  # checking takes its time, and comes before the writing transaction opens
        if form.is_submitted():
            _checked.cache_clear()  # the register may say something else by now
        tried = _tried(draft)
    if form.is_submitted() and tried.draft:
        keep_figures(tried.draft)

    def stored(row: actions.Stored) -> str:
        flash(_(_SAID[row.done]))
        return url_for("content.version", version_id=row.version.id)

    return submit(
        form,
        actions.store_upload,
        render=lambda: render_template(
            "authoring/upload.html",
            form=form,
            upload=queries.upload(draft),
            tried=tried,
            draft=tried.draft,
            titles=titles(tried.draft) if tried.draft else [],
            place=draft,
            at="authoring",
        ),
        redirect=stored,
        tried=tried,
        by=current_actor(),
    )
