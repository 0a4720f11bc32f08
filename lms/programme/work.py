"""Completes programmes that people meet and that no announcement noted."""

from lms import clock
from lms.db import transaction
from lms.jobs.rules import Work
from lms.people.queries import hold_person
from lms.programme.actions import complete_programmes
from lms.programme.queries import unnoted


def _pending(limit: int) -> list[str]:
    return unnoted(clock.today(), limit)


def _complete(person_id: str) -> None:
    with transaction():
        hold_person(person_id)
        complete_programmes(person_id)


COMPLETE = Work("programme.complete", _pending, _complete)
