"""Take questions out of the hub: the file is made, and that it left is recorded."""

from collections.abc import Iterator, Mapping
from hashlib import sha256

from lms import clock
from lms.actor import Actor
from lms.curriculum.models import ModuleVersion
from lms.db import db
from lms.errors import N_, NotAllowed, RuleBroken
from lms.exchange import queries
from lms.exchange.models import QuestionExport
from lms.exchange.written import Written, write
from lms.records.actions import record
from lms.store import actions as store

TAKERS = ("reviewer", "owner")  # who may see keys


class Figures(Mapping[str, bytes]):
    """A version's figures by their paths, fetched from the store when one is asked for."""

    def __init__(self, digests: Mapping[str, str]) -> None:
        self._digests = digests

    def __getitem__(self, path: str) -> bytes:
        return store.get(self._digests[path])

    def __contains__(self, path: object) -> bool:
        return path in self._digests  # without fetching it, as a Mapping would

    def __iter__(self) -> Iterator[str]:
        return iter(self._digests)

    def __len__(self) -> int:
        return len(self._digests)


def export_questions(
    *, version: ModuleVersion, lesson: str, format: str, by: Actor
) -> tuple[QuestionExport, Written]:
    """Write a version's questions with their keys, and record who took them.

    Args:
        lesson: only questions of this lesson; "" for all.
        format: one of `written.TARGETS`.

    Raises:
        NotAllowed: `by` neither reviews nor owns content.
        RuleBroken: the format can say none of them.
    """
    if not by.has(*TAKERS):
        raise NotAllowed()
    tables, figures = queries.tables_of(version.id, lesson), queries.figures_of(version.id)
    written = write(tables, format, Figures(figures))
    count = sum(one.refused is None for one in written.leaving)
    if not count:
        raise RuleBroken(N_("This format can say none of these questions."), field="format")
    row = QuestionExport(
        module_version_id=version.id,
        lesson=lesson,
        format=format,
        questions=count,
        file_digest=sha256(written.data).hexdigest(),
        taken_by=by.id,
        taken_at=clock.now(),
    )
    db.session.add(row)
    record("questions.exported", row, by=by)
    return row, written
