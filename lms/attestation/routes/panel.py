"""Pages of blinded panels: made and sealed, values handed in by code, scored and signed."""

from typing import Any

from flask import Blueprint, Response, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.attestation.kinds import KINDS
from lms.attestation.lines import to_attest
from lms.attestation.panel import actions, queries, rules
from lms.attestation.panel.forms import PanelForm, ScoreForm, value_fields, values_form
from lms.attestation.queries import clause_of
from lms.attestation.rules import within_limits
from lms.columns import canonical
from lms.curriculum.evidence import NAMES
from lms.errors import NotFound
from lms.people.routes import password_checked
from lms.web.access import current_actor, for_roles
from lms.web.i18n import gettext as _
from lms.web.submit import submit

blueprint = Blueprint(
    "blinded", __name__, template_folder="../templates", url_prefix="/evidence/panels"
)


@blueprint.route("/learners/<enrolment_id>/<key>/", methods=["GET", "POST"])
@for_roles("instructor")
def make(enrolment_id: str, key: str) -> ResponseReturnValue:
    """Make a panel for a learner and seal its references."""
    checked = password_checked(request.form.get("password"))
    line = to_attest(enrolment_id, key, current_actor())
    if line.clause["kind"] != "BP":
        raise NotFound()
    form = PanelForm()

    def sealed(row: Any) -> str:
        flash(_("Sealed. The learner can enter values now."))
        return url_for("blinded.page", panel_id=row.id)

    return submit(
        form,
        actions.make_panel,
        render=lambda: render_template(
            "attestation/panel/make.html",
            form=form,
            line=line,
            panels=queries.panels_for(line.learner.id, key),
            kinds=NAMES,
        ),
        redirect=sealed,
        once=form.once.data or "",
        enrolment_id=enrolment_id,
        key=key,
        title=form.title.data or "",
        sort=form.sort.data,
        unit=form.unit.data or "",
        samples=form.samples.data or "",
        checked=checked,
        by=current_actor(),
    )


@blueprint.get("/<panel_id>/")
@for_roles()
def page(panel_id: str) -> ResponseReturnValue:
    """Show a panel: its codes and digest; its references once it has been signed."""
    by = current_actor()
    found = queries.panel(panel_id, by)
    scored = _scored(found) if found.signed else []
    return render_template(
        "attestation/panel/page.html", found=found, scored=scored, by=by, kinds=NAMES
    )


def _scored(found: queries.Shown) -> list[rules.Scored]:
    return rules.score(found.row.sealed, found.values.given) if found.values else []


@blueprint.get("/<panel_id>/sealed.json")
@for_roles()
def sealed(panel_id: str) -> Response:
    """Give what was sealed, once it has been signed: the file's SHA-256 is the digest shown."""
    found = queries.panel(panel_id, current_actor())
    if not found.signed:
        raise NotFound()
    answer = Response(canonical(found.row.sealed), mimetype="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="panel-{panel_id}.json"'
    return answer


@blueprint.route("/<panel_id>/values", methods=["GET", "POST"])
@for_roles()
def values(panel_id: str) -> ResponseReturnValue:
    """Take the candidate's values, by code, once."""
    by = current_actor()
    found = queries.panel(panel_id, by)
    if found.row.person_id != by.id or found.values is not None:
        raise NotFound()
    form = values_form(found.row.codes)

    def handed_in(_row: Any) -> str:
        flash(_("Handed in. An assessor compares them with the references."))
        return url_for("blinded.page", panel_id=panel_id)

    return submit(
        form,
        actions.hand_in,
        render=lambda: render_template(
            "attestation/panel/values.html", form=form, found=found, fields=value_fields(form)
        ),
        redirect=handed_in,
        panel_id=panel_id,
        given=form.given(found.row.codes),
        by=by,
    )


@blueprint.route("/<panel_id>/assess", methods=["GET", "POST"])
@for_roles("instructor")
def assess(panel_id: str) -> ResponseReturnValue:
    """Show values beside references, and take the assessor's signature."""
    checked = password_checked(request.form.get("password"))
    found = queries.to_assess(panel_id, current_actor())
    form, scored = ScoreForm(), _scored(found)
    clause = clause_of(found.definition, found.row.clause)
    facts = rules.facts_of(scored, "class" if found.row.sort == "class" else "number")

    def signed(row: Any) -> str:
        flash(_("Signed."))
        return url_for("attestation.page", attestation_id=row.id)

    return submit(
        form,
        actions.assess,
        render=lambda: render_template(
            "attestation/panel/assess.html",
            form=form,
            found=found,
            scored=scored,
            clause=clause,
            measured=KINDS["BP"].measure(facts),
            passed=within_limits(clause, facts),
            unchanged=rules.is_unchanged(found.row.sealed, found.row.digest),
            kinds=NAMES,
        ),
        redirect=signed,
        panel_id=panel_id,
        independent=bool(form.independent.data),
        checked=checked,
        by=current_actor(),
    )
