"""`curriculum check`, `review` and `sync`: status 0 all well, 1 something found, 2 wrong use."""

import json
from collections.abc import Iterable
from pathlib import Path

import click
from flask.cli import AppGroup

from lms.curriculum.checking.checker import Report
from lms.curriculum.checking.problem import Problem
from lms.curriculum.drafts.source import Source
from lms.curriculum.reviewing.review import Review, review_sources
from lms.curriculum.sync import all_sources, examine_all, sync_all

curriculum = AppGroup("curriculum", help="Check and store folders of curriculum.")
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@curriculum.command("check")
@click.argument("path", required=False, type=_FOLDER)
def check(path: Path | None) -> None:
    """List every mistake in the folder PATH, or in all sources.

    A folder outside the sources is checked together with them: it may refer to their framework.
    """
    if path is None:
        report = examine_all()
        _tell(report.problems)
    else:
        report = examine_path(path)
    raise SystemExit(1 if report.mistakes else 0)


def examine_path(path: Path) -> Report:
    """Check one folder in the company of all other sources, and tell of its own problems only."""
    sources, place = _beside_all(path)
    report = examine_all(sources)
    own = [p for p in report.problems if p.file == place or p.file.startswith(f"{place}/")]
    _tell(own)
    return Report(report.drafts, report.shared, own)


def _beside_all(path: Path) -> tuple[list[Source], str]:
    """Return all sources with a folder among them, and how that folder is named to people."""
    here = path.resolve()
    others = [source for source in all_sources() if source.folder.resolve() != here]
    inside = next((s for s in others if s.folder.resolve() in here.parents), None)
    if inside:
        return others, f"{inside.name}/{here.relative_to(inside.folder.resolve()).as_posix()}"
    others = [source for source in others if source.name != here.name]
    return [*others, Source(here.name, here)], here.name


@curriculum.command("review")
@click.argument("path", required=False, type=_FOLDER)
@click.option("--json", "as_json", is_flag=True, help="Print all of it as JSON.")
def review(path: Path | None, as_json: bool) -> None:
    """Report on the quality of the module in the folder PATH, or of the whole curriculum.

    What is malformed is for `check` to say. A finding that is right as it is may be explained in
    the module's review.toml.
    """
    sources, place = _beside_all(path) if path else (all_sources(), "")
    report = review_sources(sources, closely=place)
    if path:
        report = report.under(place)
        if not report.recomputed.by_place:
            raise click.UsageError(f"there is no module in {path}")
    if as_json:
        click.echo(json.dumps(report.plain(), ensure_ascii=False, indent=2))
    else:
        _tell_review(report)
    raise SystemExit(1 if report.open else 0)


def _tell_review(report: Review) -> None:
    for finding in report.findings:
        if finding.reason:
            click.echo(f"explained: {finding.text()} ({finding.reason})")
        else:
            click.echo(f"note: {finding.text()}" if finding.note else finding.text())
    explained = sum(bool(one.reason) for one in report.findings)
    notes = sum(one.note and not one.reason for one in report.findings)
    done = report.recomputed
    click.echo(f"{len(report.open)} open, {explained} explained, {notes} notes")
    click.echo(f"{done.count} printed results recomputed, {len(done.unread)} could not be read")


@curriculum.command("sync")
def sync() -> None:
    """Store every sound module; what is stored already stays in service."""
    click.echo(
        "Checking the curriculum and storing what is new: about a second a module.", err=True
    )
    outcome = sync_all()
    _tell(outcome.problems, notes="; `curriculum check` lists them")
    for name in outcome.stored:
        click.echo(f"stored: {name}")
    for name in outcome.corrected:
        click.echo(f"key corrected: {name}")
    for name in outcome.waiting:
        click.echo(f"key waits for the content owner's signature: {name}")
    click.echo(f"{len(outcome.unchanged)} unchanged")
    raise SystemExit(1 if outcome.refused else 0)


def _tell(problems: Iterable[Problem], notes: str = "") -> None:
    """Print mistakes, and notes unless `notes` says where these are to be found."""
    problems = list(problems)
    for problem in problems:
        if not problem.note:
            click.echo(problem.text())
        elif not notes:
            click.echo(f"note: {problem.text()}")
    mistakes = sum(not problem.note for problem in problems)
    click.echo(f"{mistakes} mistakes, {len(problems) - mistakes} notes{notes}")
