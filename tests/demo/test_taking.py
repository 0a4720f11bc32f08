"""Claims about the questions taken out in the demonstration: two files, and never more."""

from flask import Flask
from sqlalchemy import select

from lms.db import db, transaction
from lms.demo.signing import address
from lms.demo.taking import play_exports
from lms.exchange.models import QuestionExport
from tests.factories import make_organisation, make_person


def test_two_files_were_taken_and_playing_again_adds_none(taught: Flask) -> None:
    with transaction():
        hub = make_organisation()
        make_person(hub, "owner", login=address("owner"))
        make_person(hub, "reviewer", login=address("reviewer"))
    for _ in range(2):
        play_exports()
    with transaction(write=False):
        formats = db.session.scalars(select(QuestionExport.format)).all()
    assert sorted(formats) == ["moodle", "xlsx"]
