"""Who may decide about a certificate together with whom. Pure."""

from collections.abc import Mapping

from certificates.rules import ActKind
from lms.api.acts import N_, RuleBroken

AGREEMENTS: frozenset[ActKind] = frozenset({"revoked", "reinstated"})
DECISIONS: frozenset[ActKind] = AGREEMENTS | {"proposal-declined"}


def check_second(kind: ActKind, decider: str, *, proposer: str, owners: Mapping[str, bool]) -> None:
    """Refuse a decision that is not a second person's, or that no content owner stands behind.

    Args:
        owners: for the ids of both people, whether they act as a content owner.

    Raises:
        RuleBroken: the same person, or an agreement without an owner among the two.
    """
    if kind in DECISIONS and proposer == decider:
        raise RuleBroken(N_("You proposed this. A second person decides."))
    if kind in AGREEMENTS and not any(owners.values()):
        raise RuleBroken(N_("One of the two people must be a content owner."))
