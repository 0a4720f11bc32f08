"""`demo load`: migrate, store the curriculum, play the demonstration, seal, name the accounts."""

import os
import secrets
from pathlib import Path

import click
from flask.cli import AppGroup
from flask_migrate import upgrade

from lms.demo import actions
from lms.demo.accommodating import play_accommodations
from lms.demo.alike import play_alike
from lms.demo.attesting import play_evidence
from lms.demo.cast import LEARNERS, STAFF
from lms.demo.disputes import play_disputes
from lms.demo.judging import play_judgements
from lms.demo.moderating import play_moderation
from lms.demo.regrading import play_regrades
from lms.demo.signing import address
from lms.demo.sitting import play_sittings
from lms.demo.taking import play_exports
from lms.jobs.actions import sweep
from lms.settings import setting

demo = AppGroup("demo", help="A demonstration with invented people.")


@demo.command("load")
def load() -> None:
    """Load the demonstration; loading it again changes nothing."""
    click.echo("Loading the demonstration: a minute or two the first time.", err=True)
    upgrade()
    outcome = actions.set_up()
    for line in outcome.refused:
        click.echo(f"refused: {line}", err=True)
    password = _password()
    actions.play(password)
    _sweep()
    play_accommodations()
    play_moderation()  # before anybody is approved: all three mark as founding markers
    play_alike()
    play_disputes()
    play_evidence()
    play_judgements()
    play_regrades()  # what a regrade suspends is sealed by now
    play_sittings()
    play_exports()
    _sweep()
    click.echo("People of the demonstration (password for all: " + password + ")")
    for member in (*STAFF, *LEARNERS):
        click.echo(f"  {address(member.login):<30} {', '.join(member.roles)}")


def _sweep() -> None:
    while sweep():
        pass


def _password() -> str:
    """Return DEMO_PASSWORD, or a random one that is kept for the next loading."""
    if given := os.environ.get("DEMO_PASSWORD"):
        return given
    file = Path(setting("DATA_DIR")) / "demo-password"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(9))
    return file.read_text()
