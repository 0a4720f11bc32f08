"""For plugins: tables, transactions, ids, digests, the clock."""

from lms.clock import now, today
from lms.columns import added
from lms.db import (
    AppendOnly,
    Canonical,
    ExactDecimal,
    Id,
    Recorded,
    Row,
    UtcDateTime,
    aside,
    canonical,
    db,
    digest,
    insert_once,
    new_id,
    reads,
    transaction,
)
from lms.settings import setting

__all__ = [
    "AppendOnly",
    "Canonical",
    "ExactDecimal",
    "Id",
    "Recorded",
    "Row",
    "UtcDateTime",
    "added",
    "aside",
    "canonical",
    "db",
    "digest",
    "insert_once",
    "new_id",
    "now",
    "reads",
    "setting",
    "today",
    "transaction",
]
