"""Background work: reserve what was achieved while the plugin was away, seal what is approved."""

from certificates import actions, queries
from lms.api.data import transaction
from lms.api.plug import Work


def _reserve(completion_id: str) -> None:
    with transaction():
        actions.reserve(completion_id)


RESERVE = Work("certificates.reserve", queries.unreserved, _reserve)
SEAL = Work("certificates.seal", queries.unsealed, actions.seal)
