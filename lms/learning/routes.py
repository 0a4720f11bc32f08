"""The learner says: I have read this lesson."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from lms.curriculum.queries import lesson_by_code, lessons_of
from lms.errors import NotFound
from lms.learning import actions, queries
from lms.web.access import current_actor, for_roles
from lms.web.forms import Form
from lms.web.submit import submit

blueprint = Blueprint("learning", __name__, template_folder="templates")


@blueprint.post("/modules/<code>/lessons/<lesson>/read")
@for_roles()
def read(code: str, lesson: str) -> ResponseReturnValue:
    """Note the lesson as read and go on to the next, or to the module's page after the last."""
    by = current_actor()
    enrolled = queries.own_enrolment(code, by)
    if enrolled is None:
        raise NotFound()
    enrolment, version = enrolled
    row = lesson_by_code(version.id, lesson)
    later = [one for one in lessons_of(version.id) if one.position > row.position]
    onward = (
        url_for("curriculum.lesson", code=code, lesson=later[0].code)
        if later
        else url_for("curriculum.module", code=code)
    )
    return submit(
        Form(),
        actions.read_lesson,
        render=lambda: redirect(url_for("curriculum.lesson", code=code, lesson=lesson), 303),
        redirect=onward,
        enrolment=enrolment,
        lesson=row,
        by=by,
    )
