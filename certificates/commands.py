"""`certificates list` and `certificates export`."""

import json
from pathlib import Path

import click
from flask.cli import AppGroup

from certificates import queries
from certificates.numbers import read_number
from certificates.presenting import judged
from lms.api.data import today, transaction
from lms.api.plug import store

certificates = AppGroup("certificates", help="Certificates that were reserved and sealed.")


@certificates.command("list")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for scripts.")
def list_certificates(as_json: bool) -> None:
    """List every certificate with its verdict today and its state."""
    with transaction(write=False):
        rows = [
            {
                "number": one.certificate.number,
                "verdict": judged(one, today())["verdict"],
                "state": one.state,
                "expires_on": one.certificate.facts["expires_on"],
            }
            for one in queries.every()
        ]
    if as_json:
        click.echo(json.dumps({"certificates": rows}))
        return
    for row in rows:
        click.echo(f"{row['number']}  {row['verdict']:<10} {row['state']}")


@certificates.command("export")
@click.argument("number")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export(number: str, file: Path) -> None:
    """Write the stored bytes of a certificate to FILE."""
    with transaction(write=False):
        standing = queries.by_number(read_number(number) or "")
        if standing is None or standing.file is None:
            raise click.UsageError(f"No sealed certificate has the number {number}.")
        data = store.get(standing.file.digest)
    file.write_bytes(data)
    click.echo(f"{file}: {len(data)} bytes")
