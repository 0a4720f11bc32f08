"""`people slip`: a one-time code from the command line, as when nobody can sign in any more."""

import click

from lms.account import actions
from lms.actor import SYSTEM
from lms.columns import new_id
from lms.db import transaction
from lms.errors import DomainError
from lms.people.actions import find_person
from lms.people.commands import people


@people.command("slip")
@click.option("--login", required=True, help="Whose slip: e-mail address or staff number.")
def slip(login: str) -> None:
    """Print a one-time code with which a person sets a password at /sign-in/slip."""
    try:
        with transaction():
            person = find_person(login)
            written = actions.write_slips(people=[person], batch=new_id(), by=SYSTEM)[0]
            said = f"{person.login}: code {written.code}, until {written.until:%Y-%m-%d}."
    except DomainError as error:
        raise click.UsageError(str(error)) from error
    click.echo(said)
