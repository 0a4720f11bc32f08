"""Read uploaded drafts."""

from collections.abc import Sequence

from sqlalchemy import select

from lms.authoring.models import Upload
from lms.db import db
from lms.errors import NotFound
from lms.people.models import Person


def uploads(limit: int = 50) -> Sequence[tuple[Upload, str]]:
    """Return the newest uploads with the names of those who brought them."""
    statement = (
        select(Upload, Person.name)
        .join(Person, Person.id == Upload.person_id)
        .order_by(Upload.uploaded_at.desc())
        .limit(limit)
    )
    return [(row[0], row[1]) for row in db.session.execute(statement)]


def upload(upload_id: str) -> Upload:
    """Return an upload. Raises NotFound."""
    found = db.session.get(Upload, upload_id)
    if found is None:
        raise NotFound()
    return found
