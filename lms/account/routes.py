"""Set a password by a slip; one's own account: password, language, sessions."""

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape

from lms.account import actions, queries
from lms.account.forms import LanguageForm, PasswordForm, SlipForm
from lms.errors import DomainError
from lms.people.actions import hashed
from lms.people.routes import device, password_checked, take_in
from lms.people.rules import check_password
from lms.web.access import current_actor, for_roles, public
from lms.web.forms import Form
from lms.web.i18n import gettext as _
from lms.web.i18n import language, languages
from lms.web.submit import submit

blueprint = Blueprint("account", __name__, template_folder="templates")


def _usable(password: str | None, login: str = "") -> bool:
    """Tell whether a password can be one: what is none need not be hashed nor counted."""
    try:
        check_password(password or "", login)
    except DomainError:
        return False
    return len(password or "") <= 200


@blueprint.route("/sign-in/slip", methods=["GET", "POST"])
@public
def slip() -> ResponseReturnValue:
    """Take a slip's code and a new password; begin a session."""
    form = SlipForm()
    shown = None
    typed = form.login.data or "", form.code.data or "", form.password.data or ""
    if form.is_submitted() and all(typed) and _usable(typed[2], typed[0]):
        shown = actions.check_slip(*typed, request.remote_addr or "")

    def begin() -> str | None:
        check_password(form.password.data or "", form.login.data or "")
        actor = actions.use_slip(shown=shown, device=device()) if shown else None
        if actor is None:
            form.refuse(
                _(
                    "This sign-in name and this code do not open an account. Look at both again."
                    " A slip counts once, for 14 days, and until a newer one is made: if in"
                    " doubt, ask for a new one."
                )
            )
            return None
        take_in(actor)
        flash(_("Your password is set. From now on you sign in with it; throw the slip away."))
        return actor.id

    def render() -> str:
        return render_template("account/slip.html", form=form)

    return submit(form, begin, render=render, redirect=url_for("people.home"))


def _page(password: PasswordForm | None = None, spoken: LanguageForm | None = None) -> str:
    by = current_actor()
    return render_template(
        "account/account.html",
        person=queries.own_person(by.id),
        by=by,
        password_form=password or PasswordForm(formdata=None),
        language_form=spoken or _language_form(),
        sessions=queries.sessions_of(by.id),
    )


def _language_form() -> LanguageForm:
    form = LanguageForm(data={"locale": language().tag})
    form.locale.choices = [(one.tag, Markup(escape(one.name))) for one in languages()]
    return form


@blueprint.get("/account/")
@for_roles()
def account() -> ResponseReturnValue:
    """Show who one is here, and what one may change of it."""
    return _page()


@blueprint.post("/account/password")
@for_roles()
def password() -> ResponseReturnValue:
    """Change one's own password."""
    form = PasswordForm()
    new = form.password.data
    checked = password_checked(form.current.data) if _usable(new) else None
    stored = hashed(new or "") if checked and checked.proof else ""

    def change() -> None:
        check_password(new or "", "")
        actions.change_password(
            password=new or "", stored=stored, checked=checked, by=current_actor()
        )

    def changed(_result: None) -> str:
        flash(_("Your password is changed. Other sessions of yours have ended."))
        return url_for("account.account")

    return submit(form, change, render=lambda: _page(password=form), redirect=changed)


@blueprint.post("/account/language")
@for_roles()
def choose_language() -> ResponseReturnValue:
    """Choose the language of the pages, here and wherever one signs in next."""
    form = _language_form()
    tag = form.locale.data or ""
    return submit(
        form,
        actions.choose_language,
        render=lambda: _page(spoken=form),
        redirect=lambda _result: url_for("account.account", lang=tag),
        locale=tag,
        by=current_actor(),
    )


@blueprint.post("/account/sessions/<session_id>/end")
@for_roles()
def end_session(session_id: str) -> ResponseReturnValue:
    """End one of one's own sessions."""

    def ended(_result: None) -> str:
        flash(_("The session is ended: whoever has that device must sign in again."))
        return url_for("account.account")

    return submit(
        Form(),
        actions.end_own_session,
        render=_page,
        redirect=ended,
        session_id=session_id,
        by=current_actor(),
    )


@blueprint.post("/account/sessions/end-others")
@for_roles()
def end_others() -> ResponseReturnValue:
    """End all of one's own sessions but this one."""

    def ended(_count: int) -> str:
        flash(_("You are signed out everywhere else."))
        return url_for("account.account")

    return submit(
        Form(), actions.end_other_sessions, render=_page, redirect=ended, by=current_actor()
    )
