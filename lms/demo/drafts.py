"""A draft of the demonstration: the guide's example module, brought in and reviewed once."""

from lms import clock
from lms.authoring import actions as authoring
from lms.authoring.drafts import try_upload
from lms.authoring.guidance import example
from lms.authoring.rules import unpack
from lms.curriculum import actions as approvals
from lms.curriculum import queries, subjects
from lms.curriculum.sync import keep_figures
from lms.db import transaction
from lms.demo.signing import member, proof
from lms.store import actions as store

_FILE = "example-module.zip"


def bring_draft() -> None:
    """Upload and store the example, and let one reviewer sign it: it waits for the second."""
    archive = example()
    with transaction():
        tried = try_upload(unpack(_FILE, archive))
        if tried.draft is None or not tried.sound:
            return  # the guide's own test says why
        if queries.newest_version(tried.draft.module.id):
            return  # it was brought in before
        keep_figures(tried.draft)
        author, reviewer = member("reviewer"), member("reviewer2")
        authoring.keep_upload(
            tried=tried, digest=store.put(archive), file_name=_FILE, size=len(archive), by=author
        )
        version = authoring.store_upload(tried=tried, by=author).version
        seen = subjects.subject_of(version, clock.today()).digest
        approvals.review(version=version, seen=seen, by=reviewer, proof=proof(reviewer))
