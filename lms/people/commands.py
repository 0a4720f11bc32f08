"""Add people from the command line: how the first administrator of a hub comes to be."""

import secrets

import click
from flask.cli import AppGroup
from sqlalchemy import select

from lms.actor import SYSTEM
from lms.db import db, transaction
from lms.errors import DomainError
from lms.people import actions
from lms.people.models import Organisation, RoleHeld
from lms.people.rules import ROLES
from lms.settings import setting

people = AppGroup("people", help="People, organisations and roles.")


@people.command("add")
@click.option("--name", required=True, help="As printed on the passport.")
@click.option("--login", required=True, help="E-mail address or staff number.")
@click.option("--role", type=click.Choice(ROLES), default="learner", show_default=True)
@click.option("--organisation", help="Name; without it the root organisation.")
@click.option("--country", default="XX", help="ISO 3166 code, for a new root organisation.")
@click.password_option(envvar="PERSON_PASSWORD", required=False, default="", prompt=False)
def add(
    name: str, login: str, role: str, organisation: str | None, country: str, password: str
) -> None:
    """Add a person with a role; prints a password when none is given."""
    chosen = password or secrets.token_urlsafe(12)
    try:
        with transaction():
            place = _organisation(organisation, country)
            person = actions.add_person(name=name, login=login, organisation=place, by=SYSTEM)
            actions.set_password(person=person, password=chosen, by=SYSTEM)
            actions.grant_role(person=person, role=role, organisation=place, by=SYSTEM)
    except DomainError as error:
        raise click.UsageError(str(error)) from error
    click.echo(f"{login} ({role}) added." + ("" if password else f" Password: {chosen}"))


def _organisation(name: str | None, country: str) -> Organisation:
    wanted = Organisation.name == name if name else Organisation.parent_id.is_(None)
    found = db.session.scalars(select(Organisation).where(wanted)).first()
    if found:
        return found
    if name:
        raise click.UsageError(f"There is no organisation {name}.")
    return actions.add_organisation(
        name=setting("HUB_NAME"), country=country, parent=None, by=SYSTEM
    )


@people.command("any-administrator")
def any_administrator() -> None:
    """End with status 0 when somebody is administrator, else 1 (for the start scripts)."""
    with transaction(write=False):
        held = select(RoleHeld.id).where(
            RoleHeld.role == "administrator", RoleHeld.ended_at.is_(None)
        )
        found = db.session.scalars(held).first()
    raise SystemExit(0 if found else 1)
