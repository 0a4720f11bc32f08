"""What an event says and how a row is digested, as plain values."""

from datetime import UTC, date, datetime
from typing import Any

from lms.columns import canonical, digest


def plain(value: Any) -> Any:
    """Return a column's value as JSON can carry it exactly."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    if value is None or isinstance(value, str | bool | int | list | dict):
        return value
    return str(value)


def state_digest(table: str, values: dict[str, Any]) -> str:
    """Return the SHA-256 of a row's state: its table's name and every column's plain value."""
    return digest({"table": table, "row": {name: plain(v) for name, v in values.items()}})


def event_content(
    *,
    id: str,
    at: datetime,
    actor_id: str,
    actor_name: str,
    kind: str,
    subject: tuple[str, str, int, str],
    changes: dict[str, tuple[Any, Any]],
    reason: str | None,
) -> bytes:
    """Return the canonical bytes of an event: the leaf of the audit log.

    Args:
        subject: table, row id, ordinal of this event for the row, digest of the row's state.
        changes: for each changed column its old and new value.
    """
    table, row, ordinal, state = subject
    return canonical(
        {
            "v": 1,
            "id": id,
            "at": at.isoformat(),
            "actor": {"id": actor_id, "name": actor_name},
            "kind": kind,
            "subject": {"table": table, "row": row, "ordinal": ordinal, "digest": state},
            "changes": {name: [plain(a), plain(b)] for name, (a, b) in changes.items()},
            "reason": reason,
        }
    )
