"""Read the certificates that are suspended, for those who decide about them."""

from collections.abc import Iterator, Sequence

from certificates import queries
from certificates.queries import Standing
from certificates.rules import is_withheld, may_follow
from lms.api.achievements import Change, Consequence, still_stands
from lms.api.acts import N_, Actor, NotFound

# A content owner answers for what the whole hub certifies, and sees what was suspended anywhere.
DECIDERS = ("owner", "coordinator")


def decidable(by: Actor, number: str) -> Standing:
    """Return a certificate whose standing `by` may change.

    Raises:
        NotFound: no such number, one's own, or not theirs to see.
    """
    standing = queries.by_number(number)
    if standing is None or standing.certificate.person_id == by.id:
        raise NotFound()
    if by.has("owner"):
        return standing
    if by.has("coordinator") and queries.seen_by(by.only("coordinator"), number):
        return standing
    raise NotFound()


def withheld(by: Actor, limit: int = queries.LONGEST_LIST) -> list[Standing]:
    """Return the suspended certificates that `by` may decide about, the newest first."""
    found = queries.with_act("suspended", limit, within=None if by.has("owner") else by)
    return [one for one in found if is_withheld(one.state) and one.certificate.person_id != by.id]


def would_withhold(changes: Sequence[Change]) -> Iterator[Consequence]:
    """Yield what becomes of the certificates of each person if evidence is withdrawn."""
    for change in changes:
        for standing in queries.of_person(change.person_id):
            sealed = may_follow(standing.state, "suspended")
            if not sealed and not may_follow(standing.state, "refused"):
                continue
            completion = queries.completion_of(standing.certificate)
            if not still_stands(completion, without=change.withdrawn):
                message = (
                    N_("Certificate %(number)s is suspended until two people decide.")
                    if sealed
                    else N_("Certificate %(number)s is not issued.")
                )
                number = {"number": standing.certificate.number}
                yield Consequence(change.person_id, message, number)
