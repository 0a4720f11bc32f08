"""`people role`: give or end a role from the command line."""

import click
from sqlalchemy import select

from lms.actor import SYSTEM
from lms.db import db, transaction
from lms.directory import actions
from lms.errors import DomainError
from lms.people.actions import find_person, grant_role
from lms.people.commands import people
from lms.people.models import Organisation, Person
from lms.people.queries import role_held
from lms.people.rules import ROLES


@people.command("role")
@click.argument("act", type=click.Choice(["grant", "end"]))
@click.option("--login", required=True, help="Whose: e-mail address or staff number.")
@click.option("--role", required=True, type=click.Choice(ROLES))
@click.option("--organisation", help="Name; without it the person's own.")
@click.option("--reason", default="", help="Why; needed to end a role.")
def role(act: str, login: str, role: str, organisation: str | None, reason: str) -> None:
    """Grant a person a role, or end it."""
    try:
        with transaction():
            person = find_person(login)
            place = _place(organisation, person)
            if act == "grant":
                grant_role(person=person, role=role, organisation=place, by=SYSTEM)
            else:
                held = role_held(person.id, role, place.id)
                if held is None:
                    raise click.UsageError(f"{login} is no {role} at {place.name}.")
                actions.end_role(held=held, reason=reason, by=SYSTEM)
            said = f"{login}: {role} at {place.name} {'granted' if act == 'grant' else 'ended'}."
    except DomainError as error:
        raise click.UsageError(str(error)) from error
    click.echo(said)


def _place(name: str | None, person: Person) -> Organisation:
    if name is None:
        return person.organisation
    found = db.session.scalars(select(Organisation).where(Organisation.name == name)).all()
    if len(found) != 1:
        raise click.UsageError(f"There are {len(found)} organisations named {name}.")
    return found[0]
