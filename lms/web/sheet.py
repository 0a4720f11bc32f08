"""Tables as CSV files that spreadsheets open safely; what is in them is the pages' matter."""

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Response

from lms import clock

# A spreadsheet computes a cell that begins so: somebody's "name" would run on the reader's desk.
RISKY = ("=", "+", "-", "@", "\t", "\r")
MARK = "\ufeff"  # without it Excel takes UTF-8 for the machine's old encoding


def safe(value: object) -> str:
    """Return a value as a cell's text; one that a spreadsheet would compute gets a leading '.

    A number of ours is none of these: −0.2 stays a number.
    """
    if isinstance(value, int | float):
        return str(value)
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" \u00a0").startswith(RISKY) or text[:1] in RISKY else text


def written(header: Sequence[object], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a table as CSV in UTF-8 with its mark, comma-separated, lines ended as RFC 4180."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for row in (header, *rows):
        writer.writerow([safe(value) for value in row])
    return (MARK + out.getvalue()).encode()


def csv_download(name: str, header: Sequence[object], rows: Iterable[Sequence[object]]) -> Response:
    """Return a table as a CSV file to be kept, named after the day."""
    answer = Response(written(header, rows), mimetype="text/csv")
    file = f"{name}-{clock.today().isoformat()}.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{file}"'
    return answer
