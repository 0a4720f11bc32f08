"""What first pages say of files with malware: to who sent one, and to who has to see to it."""

from collections.abc import Iterable

from lms.actor import Actor
from lms.assessment.scanning import queries
from lms.web.navigation import Card


def scan_cards(user: Actor) -> Iterable[Card]:
    """Return a card for each own file with malware, and one for all that an instructor sees."""
    for one in queries.own_infected(user):
        yield Card("assessment/cards/infected.html", {"one": one}, 0, about=one.attempt_id)
    if others := queries.seen_infected(user):
        yield Card("assessment/cards/infected_others.html", {"others": others}, 2)
