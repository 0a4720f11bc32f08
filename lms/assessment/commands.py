"""`scores replay`."""

import json

import click
from flask.cli import AppGroup

from lms.assessment.replay import replay
from lms.db import transaction

scores = AppGroup("scores", help="What responses earned.")


@scores.command("replay")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for scripts.")
def replay_scores(as_json: bool) -> None:
    """Compute every stored score again and report any that differs; exit status 1 if one does."""
    count, found = 0, []
    with transaction(write=False):
        for difference in replay():
            count += 1
            found += [difference] if difference else []
    if as_json:
        rows = [{"score": d.score, "item": d.item, "what": d.what} for d in found]
        click.echo(json.dumps({"scores": count, "differences": rows}))
    else:
        for one in found:
            click.echo(f"score {one.score} of answer {one.item}: {one.what}")
        click.echo(f"{count} scores computed again, {len(found)} differ.")
    if found:
        raise SystemExit(1)
