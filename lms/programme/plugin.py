"""How programmes listen to levels and enrolments; a sweep finds what nobody announced."""

from collections.abc import Iterable
from typing import Any

from lms.hookspecs import impl
from lms.jobs.rules import Work
from lms.programme.actions import complete_programmes, note_completions
from lms.programme.work import COMPLETE


@impl
def competency_changed(record: Any) -> None:
    """Append what this level completes, in the same transaction."""
    note_completions(record)


@impl
def enrolment_begun(record: Any) -> None:
    """Append what the levels held before complete, in the same transaction."""
    if record.programme_code:
        complete_programmes(record.person_id)


@impl
def background_work() -> Iterable[Work]:
    """Give the completing of programmes that are met and that nobody noted."""
    return [COMPLETE]
