"""Our questions → a file of another format, with a verdict for every one. No format lives here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lms.errors import N_
from lms.exchange.formats import aiken_writer, gift_writer, moodle_writer, qti_writer, sheet_writer
from lms.exchange.outgoing import Leaving, without_todo

_WRITERS: dict[str, tuple[str, Callable[[Sequence[Leaving]], bytes]]] = {
    "gift": ("gift", gift_writer.write),
    "aiken": ("txt", aiken_writer.write),
    "csv": ("csv", sheet_writer.write_csv),
    "xlsx": ("xlsx", sheet_writer.write_xlsx),
    "moodle": ("xml", moodle_writer.write),
    "qti12": ("zip", lambda leaving: qti_writer.write(leaving, "1.2")),
    "qti21": ("zip", lambda leaving: qti_writer.write(leaving, "2.1")),
    "qti22": ("zip", lambda leaving: qti_writer.write(leaving, "2.2")),
    "qti30": ("zip", lambda leaving: qti_writer.write(leaving, "3.0")),
}
_PLAIN = ("gift", "aiken", "csv", "xlsx")  # they hold words alone
TARGETS = {
    "gift": "GIFT",
    "aiken": "Aiken",
    "csv": "CSV",
    "xlsx": "XLSX",
    "moodle": "Moodle XML",
    "qti12": "QTI 1.2",
    "qti21": "QTI 2.1",
    "qti22": "QTI 2.2",
    "qti30": "QTI 3.0",
}


@dataclass(frozen=True)
class Written:
    """A file, the usual ending of its name, and what became of each question."""

    data: bytes
    ending: str
    leaving: tuple[Leaving, ...]


def write(
    tables: Sequence[Mapping[str, Any]], format: str, pictures: Mapping[str, bytes] | None = None
) -> Written:
    """Write questions in one of the formats TARGETS; texts that wait to be written are left out.

    A table without a prompt stands for a question that could not be told: it is refused.

    Args:
        pictures: the module's figures by their paths, such as "figures/scale.svg".
    """
    leaving = tuple(Leaving(without_todo(table), pictures or {}) for table in tables)
    for one in leaving:
        if "prompt" not in one.table:
            one.refuse(N_("A question of this kind cannot be told as a table."))
        elif format in _PLAIN:
            one.without_pictures()
    ending, writer = _WRITERS[format]
    return Written(writer([one for one in leaving if not one.refused]), ending, leaving)
