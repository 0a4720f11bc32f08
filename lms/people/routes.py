"""The first page by role; signing in and out."""

from urllib.parse import urlencode

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.actor import Actor
from lms.people import actions
from lms.people.forms import SignInForm
from lms.people.queries import locale_of
from lms.people.rules import device_of
from lms.plugins import plugins
from lms.settings import setting
from lms.web.access import (
    begin_session,
    current_actor,
    end_session,
    for_roles,
    maybe_actor,
    public,
)
from lms.web.forms import Form
from lms.web.i18n import gettext as _
from lms.web.navigation import arranged
from lms.web.submit import submit

blueprint = Blueprint("people", __name__, template_folder="templates")


@blueprint.get("/")
@for_roles()
def home() -> ResponseReturnValue:
    """Answer "what now?" for whoever is signed in."""
    cards = plugins().collect("home", user=current_actor())
    return render_template("people/home.html", cards=arranged(cards))


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Show the sign-in form; begin a session."""
    form = SignInForm(next=request.args.get("next", ""))
    checked = None
    if form.is_submitted() and form.login.data and form.password.data:
        checked = actions.check_login(
            form.login.data, form.password.data, request.remote_addr or ""
        )

    def begin() -> str | None:
        actor = actions.sign_in(checked, device=device()) if checked else None
        if actor is None:
            form.refuse(_("The sign-in name or the password is wrong. Look at both again."))
            return None
        take_in(actor)
        return actor.id

    def render() -> str:
        return render_template("people/sign_in.html", form=form)

    return submit(form, begin, render=render, redirect=lambda id: _spoken(form.next.data, id))


def device() -> str | None:
    """Return what kind of browser this request comes from."""
    return device_of(request.user_agent.string)


def take_in(actor: Actor) -> None:
    """Give this browser to who has just proved who they are."""
    if last := maybe_actor():  # whoever was in on this machine is out with it
        actions.sign_out(by=last)
    begin_session(actor)


@blueprint.post("/sign-out")
@for_roles()
def sign_out() -> ResponseReturnValue:
    """End the session."""

    def end() -> None:
        actions.sign_out(by=current_actor())
        end_session()
        flash(_("You are signed out. What you saved is on the server."))

    return submit(Form(), end, render=home, redirect=url_for("people.sign_in"))


def _spoken(place: str | None, person_id: str) -> str:
    """Return where signing in leads, in the person's language: the browser's was the last one's."""
    locale, here = locale_of(person_id), _local(place)
    if locale not in setting("LOCALES") or len(setting("LOCALES")) < 2 or "lang=" in here:
        return here
    return f"{here}{'&' if '?' in here else '?'}{urlencode({'lang': locale})}"


def _local(place: str | None) -> str:
    """Return `place` when it is a path of this site, else the first page.

    Browsers drop tabs and line ends from an address: what is left may name another host.
    """
    if place and place.isprintable() and place[0] == "/" and place[1:2] not in ("/", "\\"):
        return place
    return url_for("people.home")


def password_checked(password: str | None) -> actions.Checked | None:
    """Check a password entered again in order to sign, before the writing transaction opens.

    Call it before the first statement of the view; None where the form was not sent or is empty.
    """
    if request.method != "POST" or not password:
        return None
    return actions.check_own_password(current_actor(), password, request.remote_addr or "")
