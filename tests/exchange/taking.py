"""Files of questions as tests hand them over: the kinds that exist, the samples beside them."""

from pathlib import Path

from lms.assessment.plugin import question_kinds
from lms.exchange.item import Item, Report, Table
from lms.exchange.reading import read_file

FILES = Path(__file__).parent / "files"
KINDS = {kind.name: kind for kind in question_kinds()}


def read(name: str, data: bytes | str | None = None, **options: str) -> Report:
    """Return the report on a sample, or on this text under that name."""
    if data is None:
        data = (FILES / name).read_bytes()
    return read_file(name, data.encode() if isinstance(data, str) else data, KINDS, **options)


def verdicts(report: Report) -> list[tuple[str, str, str]]:
    """Return name, kind and verdict of every question."""
    return [(item.name, item.kind, item.verdict) for item in report.items]


def only(report: Report) -> Item:
    """Return the one item of a report."""
    (item,) = report.items
    return item


def table(report: Report) -> Table:
    """Return the table of the one question that a report took."""
    found = only(report).table
    assert found is not None, only(report).reason
    return found
