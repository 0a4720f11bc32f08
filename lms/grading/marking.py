"""Append a mark: the one place where a marker's levels become a row. Who may is the caller's."""

from collections.abc import Mapping

from lms import clock
from lms.actor import Actor
from lms.db import db
from lms.grading.models import Mark
from lms.records.actions import record


def append_mark(
    item_id: str,
    number: int,
    *,
    response_id: str | None,
    rubric_digest: str,
    levels: Mapping[str, int],
    comment: str,
    by: Actor,
    what: str = "answer.marked",
    reason: str | None = None,
) -> Mark:
    """Append the `number`-th mark of an answer and record it.

    Args:
        levels: the points of each criterion; none takes the mark before it back.
        what: the event's kind; reason: why, where marks are not simply given.
    """
    mark = Mark(
        item_id=item_id,
        number=number,
        marker_id=by.id,
        response_id=response_id,
        rubric_digest=rubric_digest,
        levels=dict(levels),
        comment=comment.strip(),
        marked_at=clock.now(),
    )
    db.session.add(mark)
    record(what, mark, by=by, reason=reason)
    return mark
