"""How programmes listen: a changed level may complete one."""

from typing import Any

from lms.hookspecs import impl
from lms.programme.actions import note_completions


@impl
def competency_changed(record: Any) -> None:
    """Append what this level completes, in the same transaction."""
    note_completions(record)
