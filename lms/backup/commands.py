"""`backup FILE` and `restore FILE`: everything that cannot be made again, in one file."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import flask_migrate
from alembic.script import ScriptDirectory
from flask.cli import with_appcontext
from sqlalchemy.exc import SQLAlchemyError

from lms.backup import actions
from lms.errors import Conflict, DomainError
from lms.settings import setting

_MIGRATIONS = Path(__file__).parents[2] / "migrations"


@contextmanager
def _plainly() -> Iterator[None]:
    """Say what went wrong in one sentence: status 2 for the wrong place, 1 for all else."""
    try:
        yield
    except Conflict as error:
        raise click.UsageError(str(error)) from error
    except (DomainError, OSError, sqlite3.Error) as error:
        raise click.ClickException(str(error)) from error
    except SQLAlchemyError as error:
        raise click.ClickException(str(getattr(error, "orig", error))) from error


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
@with_appcontext
def backup(file: Path) -> None:
    """Write everything this hub keeps into a new FILE, while it goes on working."""
    if not file.absolute().parent.is_dir():
        raise click.UsageError(f"There is no folder {file.absolute().parent}.")
    with _plainly():
        kept = actions.back_up(file.absolute())
    _remember(kept.made_at)
    click.echo(
        f"{file}: {kept.rows} rows of {len(kept.tables)} tables, {kept.store.files} files, "
        f"{len(kept.keys)} keys, schema {kept.revision}, epoch {kept.epoch}."
    )
    click.echo(
        "It holds private keys and personal data, unencrypted: keep it as safe as the hub itself. "
        "Sessions, sign-in tries, the queue and the settings are not in it."
    )
    for name in kept.damaged:
        click.echo(f"The file {name} of the store is damaged and was left out.", err=True)
    raise SystemExit(1 if kept.damaged else 0)


def _remember(made_at: str) -> None:
    """Leave word for the operator's page of when this machine made its last backup."""
    try:
        (Path(setting("DATA_DIR")) / "last-backup").write_text(f"{made_at}\n")
    except OSError as error:
        click.echo(f"The operator's page will not know of this backup: {error}", err=True)


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_appcontext
def restore(file: Path) -> None:
    """Put the archive FILE back into an empty database and a fresh DATA_DIR."""
    script = ScriptDirectory(str(_MIGRATIONS))
    revisions = [known.revision for known in script.walk_revisions()]
    with _plainly(), file.open("rb") as source:
        kept = actions.restore(source, revisions=revisions, migrate=_migrate)
    click.echo(
        f"Restored what was kept on {kept.made_at}: {kept.rows} rows of {len(kept.tables)} tables, "
        f"{kept.store.files} files, {len(kept.keys)} keys. A new epoch of the database has begun."
    )
    if kept.damaged:
        click.echo(f"{len(kept.damaged)} files were damaged already when it was made.", err=True)
    click.echo("Now run: flask --app wsgi records verify")


def _migrate(revision: str) -> None:
    flask_migrate.upgrade(directory=str(_MIGRATIONS), revision=revision)
