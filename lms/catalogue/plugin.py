"""How the catalogue comes in: its pages, its menu entries, the words at a lesson's foot."""

from collections.abc import Iterable, Iterator

from flask import Blueprint, url_for

from lms import clock
from lms.actor import Actor
from lms.catalogue.queries import about, terms_of
from lms.catalogue.routes import blueprint
from lms.curriculum.models import ModuleVersion
from lms.errors import N_
from lms.hookspecs import impl
from lms.web.navigation import Card, Entry


@impl
def blueprints() -> Iterable[Blueprint]:
    """Give the catalogue, the glossary, the competency map and the path."""
    return [blueprint]


@impl
def navigation(user: Actor) -> Iterator[Entry]:
    """Give everybody the modules, and the way to their role."""
    yield Entry(N_("Modules"), url_for("catalogue.modules"), order=10)
    yield Entry(N_("My path"), url_for("catalogue.path"), order=11)


@impl
def module_panels(learner: Actor, module: ModuleVersion) -> Iterable[Card]:
    """Give whom the module is for, what it proves and what it needs: below its lessons."""
    yield Card("catalogue/about.html", about(module, clock.today()), order=95)


@impl
def lesson_panels(learner: Actor, module: ModuleVersion, lesson: str) -> Iterable[Card]:
    """Give the words that the lesson explains: one query."""
    terms = terms_of(module.code, lesson)
    if terms:
        language = module.manifest["language"]
        values = {"terms": terms, "code": module.code, "lesson": lesson, "language": language}
        yield Card("catalogue/words.html", values, order=5)
