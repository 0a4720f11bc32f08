"""What an error of either database means, where it is no mistake of ours: busy, full, taken."""

import sqlite3


def is_busy(error: BaseException) -> bool:
    """Tell whether the database was held too long by somebody else."""
    original = getattr(error, "orig", None)
    if isinstance(original, sqlite3.OperationalError):
        return "locked" in str(original) or "busy" in str(original)
    return getattr(original, "sqlstate", None) in {"40001", "40P01", "55P03", "57014"}


def is_taken(error: BaseException) -> bool:
    """Tell whether somebody else was first with a value that only one row may have."""
    original = getattr(error, "orig", None)
    if isinstance(original, sqlite3.IntegrityError):
        return str(original).startswith("UNIQUE constraint")
    return getattr(original, "sqlstate", None) == "23505"


def is_full(error: BaseException) -> bool:
    """Tell whether the disk under the database is full."""
    original = getattr(error, "orig", None)
    if isinstance(original, sqlite3.OperationalError):
        return "full" in str(original)
    return getattr(original, "sqlstate", None) == "53100"
