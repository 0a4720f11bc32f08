"""Takes the files of a posted paper into the store, before any writing transaction opens."""

from collections.abc import Mapping

from lms.actor import Actor
from lms.assessment import queries, uploads
from lms.curriculum.kind import Plain, Said
from lms.db import aside
from lms.errors import N_
from lms.store import actions as store

MOST_TIMES = 20  # that a question takes a file: what was sent before is kept for ever
MEGABYTE = 1_000_000


def take_in(
    attempt_id: str, sent: Mapping[str, bytes], by: Actor
) -> tuple[dict[str, Plain], list[Said]]:
    """Keep the files that the questions of a paper ask for.

    Args:
        sent: the bytes by the name of their field; the files' own names are not asked for.

    Returns:
        For each item what was taken as its answer, and what is said of those that were not.

    Raises:
        NotFound: not the actor's attempt.
    """
    taken: dict[str, Plain] = {}
    refused: list[Said] = []
    if not sent:
        return taken, refused
    with aside():
        wanted = queries.file_items(attempt_id, by)
    for item, (position, shown, times) in wanted.items():
        data = sent.get(f"item-{item}-file")
        if data is None:
            continue
        type = uploads.recognised(data)
        if said := _fault(shown, type, len(data), times):
            refused.append((said[0], {"number": str(position), **said[1]}))
            continue
        data = uploads.stripped(data, type)
        file = {"digest": store.put(data), "bytes": str(len(data)), "type": type}
        taken[item] = {"file": file}
    return taken, refused


def _fault(shown: Plain, type: str, size: int, times: int) -> Said | None:
    if type not in shown["types"]:
        return (
            N_("Question %(number)s: this file was not kept. It is none of: %(types)s."),
            {"types": ", ".join(shown["types"])},
        )
    if size > shown["megabytes"] * MEGABYTE:
        return (
            N_("Question %(number)s: this file was not kept. It is larger than %(most)s MB."),
            {"most": str(shown["megabytes"])},
        )
    if times >= MOST_TIMES:
        return (
            N_("Question %(number)s: this file was not kept. No more than %(most)s were taken."),
            {"most": str(MOST_TIMES)},
        )
    return None
