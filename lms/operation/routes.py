"""The operator's page: how the machine is, in words, or as JSON for a monitor."""

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from lms import clock
from lms.errors import N_, NotAllowed
from lms.operation import queries, rules
from lms.web.access import current_actor, for_roles

blueprint = Blueprint("operation", __name__, template_folder="templates", url_prefix="/operation")


@blueprint.get("/")
@for_roles("administrator")
def page() -> ResponseReturnValue:
    """Show how the machine is to administrators of the whole hub."""
    if not current_actor().at_root("administrator"):
        raise NotAllowed(N_("The operator's page is for administrators of the whole hub."))
    now = clock.now()
    checks = queries.checks()
    work = [(one, rules.state_of(one, now)) for one in queries.waiting()]
    faults = queries.faults()
    if request.accept_mimetypes.best == "application/json":
        return jsonify(
            state=rules.worst(checks),
            checks=[{"name": c.name, "state": c.state, "said": c.said % c.values} for c in checks],
            work=[
                {"kind": w.kind, "waiting": w.number, "failed": w.failed, "state": state}
                for w, state in work
            ],
        )
    return render_template(
        "operation/page.html",
        checks=checks,
        work=work,
        faults=faults,
        plugged=queries.plugged(),
        sources=queries.sources(),
        versions=queries.versions(),
        words=rules.WORDS,
        state=rules.worst(checks),
        now=now,
    )
