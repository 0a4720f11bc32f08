"""Append a mark: the one place where a marker's levels become a row. Who may is the caller's."""

from collections.abc import Mapping
from dataclasses import dataclass

from lms import clock
from lms.actor import Actor
from lms.db import db
from lms.grading.markers.rules import LABELS
from lms.grading.models import Mark
from lms.records.actions import record


@dataclass(frozen=True)
class Basis:
    """What a mark rests on besides the answer.

    Attributes:
        ground: on what ground its marker marks (`lms.grading.markers.rules`).
        seconds: how long the answer lay before them; None: not known.
        decision: what marks have in common that were given to alike answers in one decision.
    """

    ground: str | None = None
    seconds: int | None = None
    decision: str | None = None


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
    basis: Basis = Basis(),
) -> Mark:
    """Append the `number`-th mark of an answer and record it.

    Args:
        levels: the points of each criterion; none takes the mark before it back.
        what: the event's kind; reason: why, where marks are not simply given; else the event
            says on what ground.
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
        ground=basis.ground,
        seconds=basis.seconds,
        decision=basis.decision,
    )
    db.session.add(mark)
    record(what, mark, by=by, reason=reason or LABELS.get(basis.ground or ""))
    return mark
