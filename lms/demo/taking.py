"""Questions that went out of the hub in the demonstration: two files, taken once."""

from sqlalchemy import select

from lms.curriculum.queries import newest_version
from lms.db import db, transaction
from lms.demo.signing import member
from lms.exchange.actions import export_questions
from lms.exchange.models import QuestionExport

MODULE = "FND103"


def play_exports() -> None:
    """Let the owner take a whole module for another system, and a reviewer one lesson of it."""
    with transaction():
        version = newest_version(MODULE)
        if version is None or db.session.scalar(select(QuestionExport.id).limit(1)):
            return
        first = str(version.manifest["lessons"][0])
        export_questions(version=version, lesson="", format="moodle", by=member("owner"))
        export_questions(version=version, lesson=first, format="xlsx", by=member("reviewer"))
