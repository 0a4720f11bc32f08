"""`records verify`: rebuild the trees and hold every row against them."""

from pathlib import Path

import click
from flask.cli import AppGroup

from lms.db import transaction
from lms.errors import DomainError
from lms.records.verify import verify

records = AppGroup("records", help="The audit trail and its proof.")


@records.command("verify")
@click.option(
    "--checkpoint",
    "checkpoints",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A checkpoint that somebody else kept; the log must contain it.",
)
def verify_records(checkpoints: tuple[Path, ...]) -> None:
    """Rebuild the tree from the rows; name every row that does not fit. Status 1 if any."""
    try:
        with transaction(write=False):
            report = verify([path.read_text() for path in checkpoints])
    except DomainError as error:
        raise click.UsageError(str(error)) from error
    for mismatch in report.mismatches:
        click.echo(f"{mismatch.table} {mismatch.row}: {mismatch.what}")
    click.echo(
        f"{report.rows} rows and {report.events} events read,"
        f" {len(report.mismatches)} do not fit; {report.waiting} events wait for the tree"
        + (
            f", the oldest since {report.oldest_waiting:%Y-%m-%d %H:%M:%SZ}"
            if report.waiting
            else ""
        )
        + "."
    )
    raise SystemExit(1 if report.mismatches else 0)
