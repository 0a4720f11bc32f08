"""`questions import`, `export`: status 0 all well, 1 something was found, 2 wrong use."""

import json
from pathlib import Path

import click
from flask.cli import AppGroup

from lms.assessment.queries import kinds
from lms.curriculum.kind import QuestionRefused
from lms.errors import N_, RuleBroken
from lms.exchange import draft
from lms.exchange.bounds import ENCODINGS, LARGEST
from lms.exchange.item import Report, Table
from lms.exchange.reading import FORMATS, read_file
from lms.exchange.written import TARGETS, write

questions = AppGroup("questions", help="Bring questions from other systems, and take them there.")
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(file_okay=False, path_type=Path)


@questions.command("import")
@click.argument("file", type=_FILE)
@click.option("--format", "format", type=click.Choice(sorted(FORMATS)), help="If it is not found.")
@click.option("--encoding", type=click.Choice(ENCODINGS), help="Of a text that is not UTF-8.")
@click.option("--into", type=_FOLDER, help="The module folder that the draft is written to.")
@click.option("--dry-run", is_flag=True, help="Say what would be taken, write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the verdicts as JSON.")
def bring(
    file: Path,
    format: str | None,
    encoding: str | None,
    into: Path | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Read questions from FILE and write them as a draft; a verdict is said of every one."""
    with file.open("rb") as opened:
        data = opened.read(LARGEST + 1)
    report = read_file(file.name, data, kinds(), format or "", encoding or "")
    written: list[Path] = []
    if into and not dry_run and report.taken:
        try:
            written = draft.write_into(into, file.name, report)
        except (RuleBroken, OSError) as error:
            raise click.UsageError(str(error)) from None
    if as_json:
        click.echo(json.dumps(report.plain(), ensure_ascii=False, indent=2))
    else:
        _tell(report, written, into is None and not dry_run)
    raise SystemExit(1 if report.count("refused") else 0)


@questions.command("export")
@click.argument("source", type=click.Path(exists=True, path_type=Path))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--format", "format", type=click.Choice(sorted(TARGETS)), required=True)
@click.option("--json", "as_json", is_flag=True, help="Print the verdicts as JSON.")
def take(source: Path, file: Path, format: str, as_json: bool) -> None:
    """Write the questions of SOURCE, a module folder or a file of questions, to FILE."""
    try:
        tables = _tables(source)
        written = write(tables, format, _figures(source))
        file.write_bytes(written.data)
    except (RuleBroken, OSError) as error:
        raise click.UsageError(str(error)) from None
    if as_json:
        plain = [one.plain() for one in written.leaving]
        click.echo(json.dumps({"items": plain}, ensure_ascii=False, indent=2))
    else:
        for one in written.leaving:
            said = f" — {one.reason}" if one.reason else ""
            click.echo(f"{one.verdict}: {one.table.get('id', '?')}{said}")
        click.echo(f"written: {file}")
    raise SystemExit(1 if any(one.refused for one in written.leaving) else 0)


def _tables(source: Path) -> list[Table]:
    """Return the sound `[[question]]` tables of a folder or a file; others are a wrong use."""
    if source.is_file():
        tables = draft.tables_in(source.name, source.read_bytes())
    else:
        parts = ("questions", "essays", "cases")
        paths = [path for part in parts for path in sorted((source / part).glob("*.toml"))]
        tables = [t for path in paths for t in draft.tables_in(path.as_posix(), path.read_bytes())]
    known = kinds()
    for table in tables:
        try:
            known[str(table.get("kind"))].parse(table)
        except (KeyError, QuestionRefused):
            said = N_("“%(id)s” is no sound question. Let `curriculum check` say what is wrong.")
            raise RuleBroken(said, id=str(table.get("id"))) from None
    return tables


def _figures(source: Path) -> dict[str, bytes]:
    """Return the drawings of the module's folder that a source is, or lies in."""
    home = source if source.is_dir() else source.parent.parent
    return {f"figures/{path.name}": path.read_bytes() for path in (home / "figures").glob("*.svg")}


def _tell(report: Report, written: list[Path], nowhere: bool) -> None:
    for item in report.items:
        place = f"{item.file}:{item.line or ''}".strip(":")
        where = f"{place}: " if place else ""
        said = f" — {item.reason}" if item.reason else ""
        click.echo(f"{item.verdict}: {where}{item.name or item.kind or '?'}{said}")
    counts = (report.count("imported"), report.count("changed"), report.count("refused"))
    click.echo("{} imported, {} changed, {} refused".format(*counts))
    for path in written:
        click.echo(f"written: {path}")
    if nowhere and report.taken:
        click.echo("Nothing was written: --into DIR says where the draft goes.")
