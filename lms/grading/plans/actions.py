"""Record what a learner is to learn again, signed: it opens one more attempt."""

from collections.abc import Collection

from lms import clock
from lms.actor import Actor
from lms.assessment.chances import plans_of
from lms.assessment.models import RemediationPlan
from lms.assessment.retakes import USED_UP
from lms.curriculum.queries import lessons_of
from lms.db import insert_once
from lms.errors import N_, Conflict, RuleBroken
from lms.grading.plans import queries
from lms.people.actions import Checked, confirm_proof
from lms.people.queries import hold_person
from lms.records.actions import record, sign


def record_plan(
    *,
    enrolment_id: str,
    lessons: Collection[str],
    text: str,
    read_number: int,
    checked: Checked | None,
    by: Actor,
) -> RemediationPlan:
    """Append a plan for a learner whose attempts are used up, signed "planned".

    Sent twice, it is one plan: the second time gives the first back.

    Args:
        lessons: codes of the lessons to read again; text: what to learn again, in words.
        read_number: how many plans the page showed.

    Raises:
        NotFound: not a learner for whom `by` may plan.
        Conflict: somebody else recorded a plan since the page was opened.
        RuleBroken: attempts are left, a lesson the module has not, or a wrong password.
    """
    proof = confirm_proof(checked)
    learner = queries.learner(enrolment_id, by)
    hold_person(learner.person.id)
    plans = plans_of([enrolment_id]).get(enrolment_id, [])
    if len(plans) > read_number:
        mine = plans[read_number].row
        if mine.instructor_id == by.id and mine.text == text.strip():
            return mine
        raise Conflict(N_("Somebody else recorded a plan in the meantime. Look at it first."))
    if learner.chance.following.state != USED_UP:
        raise RuleBroken(N_("This learner needs no plan: look at what it says above."))
    titles = {lesson.code: lesson.title for lesson in lessons_of(learner.version.id)}
    if set(lessons) - titles.keys():
        raise RuleBroken(N_("This module has no such lesson."), "lessons")
    plan, created = insert_once(
        RemediationPlan,
        ("enrolment_id", "number"),
        enrolment_id=enrolment_id,
        number=len(plans) + 1,
        text=text.strip(),
        lessons=[{"code": c, "title": title} for c, title in titles.items() if c in lessons],
        instructor_id=by.id,
        recorded_at=clock.now(),
    )
    if created:
        record("plan.recorded", plan, by=by)
        sign(plan, meaning="planned", by=by, proof=proof)
    return plan
