# mypy: disable-error-code="empty-body"
# A specification has a signature and a docstring; its body is the plugins'.
"""Every hook on one page. *Collect* hooks return something and may fail alone; *announce* hooks
run inside the transaction of the act they announce, and if one raises, the act is undone."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pluggy

if TYPE_CHECKING:
    import click
    from flask import Blueprint

    from lms.actor import Actor
    from lms.competency.consequences import Change, Consequence
    from lms.curriculum.evidence import EvidenceKind
    from lms.curriculum.kind import QuestionKind, Said
    from lms.jobs.rules import Work
    from lms.web.navigation import Card, Entry, Standing

spec = pluggy.HookspecMarker("lms")
impl = pluggy.HookimplMarker("lms")


@spec
def curriculum_sources() -> Iterable[tuple[str, Path]]:
    """Collect: (name, folder) of each folder of curriculum modules."""


@spec
def question_kinds() -> "Iterable[QuestionKind]":
    """Collect: the kinds of question this plugin parses, shows and marks."""


@spec
def evidence_kinds() -> "Iterable[EvidenceKind]":
    """Collect: the kinds of evidence that this plugin records, has signed and audits."""


@spec
def blueprints() -> "Iterable[Blueprint]":
    """Collect: Flask blueprints with the plugin's pages."""


@spec
def navigation(user: "Actor") -> "Iterable[Entry]":
    """Collect: menu entries for this person."""


@spec
def home(user: "Actor") -> "Iterable[Card]":
    """Collect: cards on this person's first page, each with what to do next."""


@spec
def module_panels(learner: "Actor", module: Any) -> "Iterable[Card]":
    """Collect: panels on a module's page (enrol, continue, take the assessment)."""


@spec
def release_holds(attempt: Any) -> "Iterable[Said]":
    """Collect: why the result of an attempt may not be released yet, each as a sentence."""


@spec
def result_panels(learner: "Actor", attempt: Any, result: Any) -> "Iterable[Card]":
    """Collect: what stands at the end of a learner's own released result."""


@spec
def standings(learner: "Actor") -> "Iterable[Standing]":
    """Collect: how this person stands in the modules they have to do with, for lists."""


@spec
def versions_learnt(learner: "Actor", code: str) -> "Iterable[str]":
    """Collect: ids of the versions of a module that this person is enrolled in, newest first."""


@spec
def lesson_panels(learner: "Actor", module: Any, lesson: str) -> "Iterable[Card]":
    """Collect: what stands at the end of a lesson, by its code (I have read this)."""


@spec
def commands() -> "Iterable[click.Command]":
    """Collect: command-line verbs under `flask --app wsgi`."""


@spec
def background_work() -> "Iterable[Work]":
    """Collect: kinds of background work, each a query for what is pending and a function."""


@spec
def consequences(changes: "Sequence[Change]") -> "Iterable[Consequence]":
    """Collect: what planned changes of evidence would touch, for dry runs; changes nothing."""


@spec
def curriculum_stored() -> None:
    """Announce: what is stored of the curriculum may have changed (same transaction)."""


@spec
def enrolment_begun(record: Any) -> None:
    """Announce: somebody was enrolled, again, or for a programme (same transaction)."""


@spec
def competency_changed(record: Any) -> None:
    """Announce: a level was appended for a person (same transaction; insert rows only)."""


@spec
def evidence_withdrawn(record: Any) -> None:
    """Announce: evidence no longer counts; the levels it gave are found anew already."""


@spec
def evidence_regained(record: Any) -> None:
    """Announce: a clause that was not shown any more is shown again (same transaction)."""


@spec
def programme_completed(record: Any) -> None:
    """Announce: a person has completed a programme (same transaction; insert rows only)."""
