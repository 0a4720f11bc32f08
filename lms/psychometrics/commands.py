"""`psychometrics`: the statistics of a plain table; exit status 2 where it cannot be read."""

import json
from pathlib import Path

import click

from lms.psychometrics.report import lines, report
from lms.psychometrics.sheets import SheetRefused, read_answers

MOST_BYTES = 100_000_000
_FILE = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)


class Refused(click.ClickException):
    """A file that is no table of answers: one sentence, exit status 2."""

    exit_code = 2


@click.command("psychometrics")
@click.argument("file", type=_FILE)
@click.option("--key", "key_file", type=_FILE, required=True, help="CSV with the columns item,key.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for scripts.")
def psychometrics(file: Path, key_file: Path, as_json: bool) -> None:
    """Say what the answers in FILE show about its items.

    FILE is a CSV table: a row a person, a column an item named in the header, each cell the
    chosen option. A first column that is no item of the key is an id; the output says so. A blank
    cell scores 0.
    """
    try:
        found = report(read_answers(_text(file), _text(key_file)))
    except SheetRefused as refusal:
        raise Refused(f"{refusal}.") from None
    if as_json:
        click.echo(json.dumps(found.plain(), ensure_ascii=False, allow_nan=False))
    else:
        for line in lines(found):
            click.echo(line)


def _text(file: Path) -> str:
    if file.stat().st_size > MOST_BYTES:
        raise Refused(f"{file.name} is larger than {MOST_BYTES // 1_000_000} MB.")
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(f"{file.name} is not UTF-8: save it as “CSV UTF-8”.") from None
