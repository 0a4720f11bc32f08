"""How certificates come in: they listen for completed programmes and bring their pages."""

from collections.abc import Iterable, Sequence
from typing import Any

import click
from flask import Blueprint, url_for

from certificates import actions, queries
from certificates.commands import certificates
from certificates.routes.holder import certificate_pages
from certificates.routes.standing import status_pages
from certificates.routes.verify import verify_api, verify_pages
from certificates.status.actions import propose_regained, withhold_fallen
from certificates.status.queries import DECIDERS, withheld, would_withhold
from certificates.work import RESERVE, SEAL
from lms.api.achievements import Change, Consequence
from lms.api.acts import N_, Actor
from lms.api.plug import Work, impl
from lms.api.web import Card, Entry


@impl
def blueprints() -> Iterable[Blueprint]:
    """Give the holder's pages and the public verification, for people and for machines."""
    return [certificate_pages, status_pages, verify_pages, verify_api]


@impl
def navigation(user: Actor) -> Iterable[Entry]:
    """Give everybody their certificates, and the verification."""
    return [
        Entry(N_("Certificates"), url_for("certificates.mine"), order=60),
        Entry(N_("Verify"), url_for("verify.ask"), order=70),
    ]


@impl
def home(user: Actor) -> Iterable[Card]:
    """Give the person's own certificates, newest first; to those who check others', the way."""
    for one in queries.own(user, limit=3):
        refused = one.state == "refused"  # that asks for something; the others are there to have
        yield Card("certificates/card.html", {"standing": one}, order=8 if refused else 40)
    if user.has(*DECIDERS) and (waiting := withheld(user)):
        yield Card("certificates/withheld_card.html", {"withheld": waiting}, order=6)
    if user.has("regulator"):
        yield Card("certificates/check.html", order=60)
    if user.has("coordinator"):
        yield Card("certificates/others.html", order=60)


@impl
def commands() -> Iterable[click.Command]:
    """Give `certificates …`."""
    return [certificates]


@impl
def background_work() -> Iterable[Work]:
    """Give reserving and sealing."""
    return [RESERVE, SEAL]


@impl
def consequences(changes: Sequence[Change]) -> Iterable[Consequence]:
    """Name the certificates that a planned withdrawal of evidence would withhold."""
    return would_withhold(changes)


@impl
def evidence_withdrawn(record: Any) -> None:
    """Withhold, in the same transaction, what no longer stands without that evidence."""
    withhold_fallen(record)


@impl
def evidence_regained(record: Any) -> None:
    """Propose, in the same transaction, to reinstate what was suspended for want of it."""
    propose_regained(record)


@impl
def programme_completed(record: Any) -> None:
    """Reserve the certificate in the same transaction."""
    actions.reserve(record.id)
