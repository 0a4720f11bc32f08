"""Keep an uploaded draft; store it as a version of its module."""

from dataclasses import dataclass

from lms import clock
from lms.actor import Actor
from lms.authoring.drafts import Tried
from lms.authoring.models import Upload
from lms.curriculum import queries as curriculum
from lms.curriculum.models import ModuleVersion
from lms.curriculum.sync import sync_draft
from lms.db import insert_once
from lms.errors import N_, RuleBroken
from lms.records.actions import record


def keep_upload(*, tried: Tried, digest: str, file_name: str, size: int, by: Actor) -> Upload:
    """Note an archive that is sound and lies in the store; the same one again is one upload."""
    assert tried.draft is not None
    module = tried.draft.module
    upload, created = insert_once(
        Upload,
        ("person_id", "digest"),
        person_id=by.id,
        digest=digest,
        file_name=file_name[:120],
        code=module.id,
        version=module.version,
        title=module.title[:200],
        size=size,
        uploaded_at=clock.now(),
    )
    if created:
        record("draft.uploaded", upload, by=by)
    return upload


@dataclass(frozen=True)
class Stored:
    """A version, and what an upload did: `stored`, `corrected` keys, keys `waiting` for the
    owner's signature, or `unchanged`."""

    version: ModuleVersion
    done: str


def store_upload(*, tried: Tried, by: Actor) -> Stored:
    """Store an uploaded draft as a version, or its corrected keys; again, it changes nothing.

    Raises:
        RuleBroken: it is not sound (any more), the id is another source's, or the text changed
            without a new version.
    """
    if tried.draft is None or not tried.sound:
        raise RuleBroken(N_("This module has mistakes by now. Mend them and upload it again."))
    outcome = sync_draft(tried.draft, by=by)
    for problem in outcome.refused:
        raise RuleBroken(problem.message, **problem.params)
    version = curriculum.version(tried.draft.module.id, tried.draft.module.version)
    ways = ("stored", "corrected", "waiting", "unchanged")
    return Stored(version, next(one for one in ways if getattr(outcome, one)))
