"""Tables as CSV files that spreadsheets open safely. Pure; what is in them is the pages' matter."""

import csv
import io
from collections.abc import Iterable, Sequence

# A spreadsheet computes a cell that begins so: somebody's "name" would run on the reader's desk.
RISKY = ("=", "+", "-", "@", "\t", "\r")
MARK = "\ufeff"  # without it Excel takes UTF-8 for the machine's old encoding


def safe(value: object) -> str:
    """Return a value as a cell's text; one that a spreadsheet would compute gets a leading '."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" \u00a0").startswith(RISKY) or text[:1] in RISKY else text


def written(header: Sequence[object], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a table as CSV in UTF-8 with its mark, comma-separated, lines ended as RFC 4180."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for row in (header, *rows):
        writer.writerow([safe(value) for value in row])
    return (MARK + out.getvalue()).encode()
