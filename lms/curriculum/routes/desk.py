"""The approval desk: stored versions with their states, and the signed acts on one of them."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms import clock
from lms.curriculum import actions, queries, rules, subjects
from lms.curriculum.case import case_of
from lms.curriculum.forms import DATED, ActForm
from lms.curriculum.kind import ParsedQuestion
from lms.curriculum.models import ContentAct, Question, QuestionKey
from lms.curriculum.samples import sample
from lms.curriculum.subjects import Subject
from lms.curriculum.text import markdown
from lms.errors import NotFound
from lms.people.actions import Checked, confirm_proof
from lms.people.routes import password_checked
from lms.plugins import plugins
from lms.web.access import current_actor, for_roles
from lms.web.i18n import gettext as _
from lms.web.submit import submit

# Its templates lie in the room's one folder, which `modules.py` brings.
blueprint = Blueprint("content", __name__, url_prefix="/content")

_ACTIONS: dict[str, Callable[..., ContentAct]] = {
    rules.REVIEWED: actions.review,
    rules.CHECKED: actions.check_values,
    rules.APPROVED: actions.approve,
    rules.EFFECTIVE: actions.make_effective,
    rules.RETIRED: actions.retire,
    rules.IMPACT: actions.decide_impact,
    rules.CORRECTED: actions.correct_keys,
}


@blueprint.get("/")
@for_roles("reviewer", "owner")
def desk() -> ResponseReturnValue:
    """Show every stored version with its state, and which wait for this person."""
    by = current_actor()
    roles = {role.name for role in by.roles}
    stored = subjects.subjects(subjects.versions(), clock.today())
    rows = [(subject, subjects.waiting_for(roles, by.id, subject)) for subject in stored]
    return render_template("curriculum/desk.html", rows=rows)


@blueprint.route("/<version_id>/", methods=["GET", "POST"])
@for_roles("reviewer", "owner")
def version(version_id: str) -> ResponseReturnValue:
    """Show a version with everything that a signature covers; take the signed act."""
    by = current_actor()
    checked = password_checked(request.form.get("password"))
    subject = subjects.subject_of(queries.version_by_id(version_id), clock.today())
    waiting = subjects.proposals(version_id)
    roles = {role.name for role in by.roles}
    form = ActForm(data={"seen": subject.digest})
    unchecked = rules.open_limits(subject.limits, subject.acts, subject.digest)
    form.offer(
        rules.open_acts(subject.state, roles, proposals=bool(waiting), open_values=bool(unchecked))
    )
    return submit(
        form,
        partial(_act, form, checked),
        render=lambda: _page(form, subject, waiting),
        redirect=_signed,
        version=subject.version,
        seen=form.seen.data or "",
        note=form.note.data or "",
        by=by,
    )


def _page(form: ActForm, subject: Subject, waiting: Sequence[Any]) -> str:
    stored = subject.version
    return render_template(
        "curriculum/version.html",
        form=form,
        subject=subject,
        waiting=waiting,
        lessons=queries.lessons_of(stored.id),
        practicals=queries.practicals_of(stored.id),
        acts=subjects.signed_acts(stored.id),
        open_limits=rules.open_limits(subject.limits, subject.acts, subject.digest),
    )


def _act(form: ActForm, checked: Checked | None, **values: Any) -> ContentAct:
    """Do the chosen act; the form has seen to it that it was offered and names its day."""
    if form.act.data in DATED:
        values["on"] = form.on.data
    proof = confirm_proof(checked) if checked else None
    return _ACTIONS[form.act.data](proof=proof, **values)


def _signed(row: ContentAct) -> str:
    flash(_("Signed."))
    return url_for("content.version", version_id=row.module_version_id)


@blueprint.get("/<version_id>/practicals/<code>/")
@for_roles("reviewer", "owner")
def practical(version_id: str, code: str) -> ResponseReturnValue:
    """Show a practical as its observer will have it."""
    stored = queries.version_by_id(version_id)
    found = next((one for one in queries.practicals_of(stored.id) if one.code == code), None)
    if found is None:
        raise NotFound()
    return render_template(
        "curriculum/practical.html",
        version=stored,
        practical=found,
        block=queries.prompts(stored.id),
        inline=markdown.inline,
    )


@blueprint.get("/<version_id>/questions/")
@for_roles("reviewer", "owner")
def questions(version_id: str) -> ResponseReturnValue:
    """Show every question as a learner may meet it, with its key and what is explained."""
    stored = queries.version_by_id(version_id)
    kinds = {kind.name: kind for kind in plugins().collect("question_kinds")}
    block = queries.prompts(stored.id)
    rows = []
    for number, (question, key) in enumerate(_by_case(queries.questions_of(stored.id)), 1):
        kind = kinds.get(question.kind)
        if kind is None:
            continue  # its plugin is not there at present
        rows.append((sample(_as_parsed(question, key), kind, number, block), key.number))
    return render_template("curriculum/questions.html", version=stored, rows=rows)


def _as_parsed(question: Question, key: QuestionKey) -> ParsedQuestion:
    return ParsedQuestion(
        id=question.code,
        kind=question.kind,
        outcome=question.outcome,
        lesson=question.lesson,
        critical=question.critical,
        points=int(question.points),
        shown=question.shown,
        key=key.key,
    )


def _by_case(pairs: list[tuple[Question, QuestionKey]]) -> list[tuple[Question, QuestionKey]]:
    """Return questions in their order, those of a case together where its first one stands."""
    cases = [case_of(question.shown) for question, _key in pairs]
    names = [
        case["id"] if case else question.id
        for case, (question, _key) in zip(cases, pairs, strict=True)
    ]
    first = {name: names.index(name) for name in names}
    numbers = [case["number"] if case else 0 for case in cases]
    order = sorted(range(len(pairs)), key=lambda at: (first[names[at]], numbers[at]))
    return [pairs[at] for at in order]
