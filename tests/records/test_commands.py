"""Claims about the command `records verify`: what it says, how it ends, older checkpoints."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from lms.db import db, transaction
from lms.ledger.models import Checkpoint
from lms.records.actions import sequence_events
from tests.factories import make_organisation


def _command(app: Flask, *words: str) -> tuple[int, str]:
    done = app.test_cli_runner().invoke(args=["records", "verify", *words])
    return done.exit_code, done.output


def test_the_command_ends_with_0_on_an_honest_database(walked: Flask) -> None:
    status, said = _command(walked)
    assert status == 0, said
    assert "0 do not fit; 0 events wait for the tree." in said


def test_the_command_names_the_row_and_ends_with_1(walked: Flask) -> None:
    with transaction():
        id = db.session.scalar(sa.text("SELECT id FROM result"))
        db.session.execute(sa.text("UPDATE result SET passed = NOT passed"))
    status, said = _command(walked)
    assert status == 1
    assert f"result {id}: the row differs from what its event recorded" in said


def test_what_waits_for_the_tree_is_counted_and_the_oldest_named(walked: Flask) -> None:
    with transaction():
        make_organisation("Just now")
    status, said = _command(walked)
    assert status == 0
    assert "1 events wait for the tree, the oldest since 20" in said


@pytest.fixture
def kept_note(walked: Flask, tmp_path: Path) -> Path:
    """A checkpoint that somebody else keeps."""
    with transaction(write=False):
        newest = sa.select(Checkpoint.note).order_by(Checkpoint.size.desc()).limit(1)
        note = db.session.scalars(newest).one()
    file = tmp_path / "checkpoint"
    file.write_text(note)
    return file


def _after_a_new_event() -> None:
    with transaction():
        make_organisation("Later")
    with transaction():
        sequence_events()


def test_a_log_that_went_on_contains_an_older_checkpoint(walked: Flask, kept_note: Path) -> None:
    _after_a_new_event()
    assert _command(walked, "--checkpoint", str(kept_note))[0] == 0


def test_a_fork_against_an_older_checkpoint_is_found(walked: Flask, kept_note: Path) -> None:
    """The whole tree is built anew over a changed event: sound in itself, and another history."""
    with transaction():
        for statement in (
            "DELETE FROM leaf",
            "DELETE FROM checkpoint",
            "DELETE FROM event WHERE kind = 'lesson.read'",
            "DELETE FROM lesson_read",
        ):
            db.session.execute(sa.text(statement))
    with transaction():
        sequence_events()
    assert _command(walked)[0] == 0
    assert _command(walked, "--checkpoint", str(kept_note))[0] == 1


def test_a_file_that_is_no_checkpoint_is_wrong_use(walked: Flask, tmp_path: Path) -> None:
    (tmp_path / "other").write_text("not a checkpoint")
    assert _command(walked, "--checkpoint", str(tmp_path / "other"))[0] == 2
