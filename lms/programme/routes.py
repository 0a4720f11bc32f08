"""The list of programmes and the page of each: for everybody who is signed in."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from lms import clock
from lms.curriculum import register
from lms.curriculum.evidence import LACKING, NAMES
from lms.programme import pages
from lms.web.access import current_actor, for_roles
from lms.web.navigation import furthest_standings

blueprint = Blueprint("programmes", __name__, template_folder="templates", url_prefix="/programmes")


@blueprint.get("/")
@for_roles()
def listing() -> ResponseReturnValue:
    """Show every programme; of one role's or of those that are open alone if asked."""
    roles = {id: title for id, (title, _modules) in register.roles().items()}
    every = pages.listed(clock.today(), roles)
    role, state = request.args.get("role", ""), request.args.get("state", "")
    shown = [
        one
        for one in every
        if (not role or one.for_all or role in one.definition.content.get("roles", ()))
        and (not state or one.openness.is_open == (state == "open"))
    ]
    return render_template(
        "programme/list.html",
        programmes=shown,
        all=len(every),
        roles=roles,
        role=role,
        state=state,
        kinds=NAMES,
        lacking=LACKING,
    )


@blueprint.get("/<code>/")
@for_roles()
def programme(code: str) -> ResponseReturnValue:
    """Show a programme: its modules, every clause of its rules, what is missing."""
    shown = pages.shown(code, clock.today())
    return render_template(
        "programme/programme.html",
        shown=shown,
        rules=shown.definition.content,
        standings=furthest_standings(current_actor()),
        kinds=NAMES,
        lacking=LACKING,
    )
