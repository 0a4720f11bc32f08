"""Pages of a regrade: what was scored by older keys, the dry run of a run, its decision."""

from typing import Any

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.curriculum.queries import version_by_id
from lms.people.routes import password_checked
from lms.regrade import actions, queries
from lms.regrade.forms import DecisionForm, run_form
from lms.regrade.rules import EFFECTIVE, POLICIES
from lms.web.access import current_actor, for_roles
from lms.web.i18n import gettext as _
from lms.web.i18n import say
from lms.web.sheet import csv_download
from lms.web.submit import submit

blueprint = Blueprint("regrade", __name__, template_folder="templates", url_prefix="/regrade")
LONGEST_TABLE = 200  # attempts on a page; the file has them all


@blueprint.get("/")
@for_roles(*queries.SIGNERS)
def desk() -> ResponseReturnValue:
    """List what waits for a second person, what older keys scored, and the runs so far."""
    return render_template(
        "regrade/desk.html",
        runs=queries.runs(),
        corrected=queries.corrected_versions(),
        versions=queries.answered_versions(),
        policies=POLICIES,
    )


@blueprint.route("/versions/<version_id>", methods=["GET", "POST"])
@for_roles(*queries.SIGNERS)
def propose(version_id: str) -> ResponseReturnValue:
    """Ask which questions to score anew and how; record the run with its dry run."""
    by = current_actor()
    checked = password_checked(request.form.get("password"))
    version = version_by_id(version_id)
    used = queries.used_questions(version.id)
    older = [one.question.id for one in used if one.older]
    form = run_form(used, data={"questions": older})

    def render() -> str:
        return render_template("regrade/propose.html", form=form, version=version, used=used)

    def proposed(run: Any) -> str:
        flash(_("The run is proposed. Nothing has changed yet: a second person carries it out."))
        return url_for("regrade.run", run_id=run.id)

    return submit(
        form,
        actions.propose_run,
        render=render,
        redirect=proposed,
        version=version,
        questions=form.questions.data or [],
        policy=form.policy.data,
        reason=form.reason.data or "",
        checked=checked,
        by=by,
    )


@blueprint.route("/runs/<run_id>", methods=["GET", "POST"])
@for_roles(*queries.SIGNERS)
def run(run_id: str) -> ResponseReturnValue:
    """Show a run's dry run; take the second person's decision."""
    by = current_actor()
    checked = password_checked(request.form.get("password"))
    found = queries.run(run_id)
    form = DecisionForm()

    def render() -> str:
        plan = found.row.plan
        return render_template(
            "regrade/run.html",
            form=form,
            run=queries.run(run_id),
            policy=POLICIES[found.row.policy],  # type: ignore[index]
            attempts=sorted(plan["attempts"], key=lambda one: one["flip"] == "")[:LONGEST_TABLE],
            consequences=_consequences(plan),
            mine=found.row.proposed_by == by.id,
        )

    def decided(decision: Any) -> str:
        done = decision.decision == EFFECTIVE
        flash(_("The run is carried out.") if done else _("The run is declined. Nothing changed."))
        return url_for("regrade.run", run_id=run_id)

    return submit(
        form,
        actions.decide_run,
        render=render,
        redirect=decided,
        run_id=run_id,
        carry_out=form.decision.data == EFFECTIVE,
        note=form.note.data or "",
        checked=checked,
        by=by,
    )


def _consequences(plan: Any) -> dict[str, list[tuple[str, dict[str, str]]]]:
    """Return what follows, by the person whom it touches."""
    found: dict[str, list[tuple[str, dict[str, str]]]] = {}
    for person, message, params in plan["consequences"]:
        found.setdefault(person, []).append((message, params))
    return found


@blueprint.get("/runs/<run_id>.csv")
@for_roles(*queries.SIGNERS)
def export(run_id: str) -> ResponseReturnValue:
    """Give the whole dry run as a CSV file: a row for each answer that changes."""
    plan = queries.run(run_id).row.plan
    head = [_("Attempt"), _("Question"), _("Score now"), _("Score then"), _("Passed now"),
            _("Passed then"), _("What follows")]  # fmt: skip
    follows = _consequences(plan)
    rows = [
        [
            one["attempt"],
            item["question"],
            _("not marked yet") if item.get("waits") else _or_dropped(item["old"]),
            _or_dropped(item["new"]),
            _yes_no(one["old"]),
            _yes_no(one["new"]),
            " ".join(say(message, **params) for message, params in follows.get(one["person"], [])),
        ]
        for one in plan["attempts"]
        for item in one["items"]
    ]
    return csv_download(f"regrade-{run_id[:8]}", head, rows)


def _or_dropped(fraction: str | None) -> str:
    return _("dropped") if fraction is None else fraction


def _yes_no(outcome: dict[str, Any] | None) -> str:
    if outcome is None:
        return _("not released")
    return _("yes") if outcome["passed"] else _("no")
