"""How learning comes in: the page action "I have read this", cards and panels."""

from collections.abc import Iterable

from flask import Blueprint

from lms.actor import Actor
from lms.curriculum.models import ModuleVersion
from lms.errors import N_
from lms.hookspecs import impl
from lms.learning import queries
from lms.learning.routes import blueprint
from lms.web.navigation import Card, Standing


@impl
def blueprints() -> Iterable[Blueprint]:
    """Give the POST that notes a lesson as read."""
    return [blueprint]


@impl
def home(user: Actor) -> Iterable[Card]:
    """Give *Continue* for each module that the person learns."""
    for place, (enrolment, version, lessons) in enumerate(queries.progress_of(user)):
        unread = next((lesson for lesson, read in lessons if not read), None)
        values = {
            "enrolment": enrolment,
            "version": version,
            "done": sum(read for _lesson, read in lessons),
            "of": len(lessons),
            "next": unread,
            "lead": place == 0,
        }
        yield Card("learning/continue.html", values, order=10, about=enrolment.id)


@impl
def module_panels(learner: Actor, module: ModuleVersion) -> Iterable[Card]:
    """Give how far the person is in this module."""
    enrolled = queries.own_enrolment(module.code, learner)
    if enrolled is None:
        return [Card("learning/not_enrolled.html", {}, order=10)]
    enrolment, version = enrolled
    read = queries.lessons_read(enrolment.id)
    unread = [code for code in version.manifest["lessons"] if code not in read]
    values = {"version": version, "read": read, "next": unread[0] if unread else None}
    return [Card("learning/progress.html", values, order=10)]


@impl
def standings(learner: Actor) -> Iterable[Standing]:
    """Give what the person learns: nothing read yet, reading, all read."""
    for _enrolment, version, lessons in queries.progress_of(learner):
        read = sum(was_read for _lesson, was_read in lessons)
        word = N_("Reading") if read else N_("Enrolled")
        if read and read == len(lessons):
            word = N_("All lessons read")
        yield Standing(version.code, "learning", "info", word)


@impl
def versions_learnt(learner: Actor, code: str) -> Iterable[str]:
    """Give the version of the newest enrolment: one query."""
    return queries.versions_learnt(learner.id, code)


@impl
def lesson_panels(learner: Actor, module: ModuleVersion, lesson: str) -> Iterable[Card]:
    """Give the button "I have read this", or that it was said; one query."""
    enrolled = queries.reading(module.id, lesson, learner)
    if enrolled is None:
        return []
    values = {"code": module.code, "lesson": lesson, "read_at": enrolled[1]}
    return [Card("learning/read.html", values, order=10)]
