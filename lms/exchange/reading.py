"""Any bytes → a report: which format they are, its reader, the verdicts. Never an exception."""

from collections.abc import Callable, Mapping

from lms.curriculum.kind import QuestionKind
from lms.errors import N_
from lms.exchange.archive import is_archive
from lms.exchange.bounds import LARGEST, text_of, too_large
from lms.exchange.formats import aiken, gift, moodle, package, sheet
from lms.exchange.item import Found, Report, Unreadable, whole_refused
from lms.exchange.judging import judged
from lms.exchange.xml import Node, is_xml, tree_of

FORMATS = {
    "gift": N_("GIFT"),
    "aiken": N_("Aiken"),
    "csv": N_("CSV table"),
    "xlsx": N_("XLSX workbook"),
    "moodle": N_("Moodle XML"),
    "qti": N_("QTI 1.2, 2.x or 3.0"),
}
_BY_NAME = {"gift": "gift", "aiken": "aiken", "csv": "csv", "tsv": "csv"}
_TEXTS: dict[str, Callable[[str], list[Found]]] = {
    "gift": gift.read,
    "aiken": aiken.read,
    "csv": sheet.read_csv,
}
_BYTES: dict[str, Callable[[bytes], list[Found]]] = {
    "xlsx": sheet.read_xlsx,
    "moodle": lambda data: _of_xml(data, ("quiz",), moodle.read),
    "qti": lambda data: _package(data),
}


def read_file(
    name: str,
    data: bytes,
    kinds: Mapping[str, QuestionKind],
    format: str = "",
    encoding: str = "",
) -> Report:
    """Return the report on a file: a verdict for every question in it.

    Args:
        name: the file's name; its ending helps to tell its format.
        format: one of FORMATS; "" finds it.
        encoding: one of `bounds.ENCODINGS`; "" is UTF-8.
    """
    try:
        if len(data) > LARGEST:
            raise too_large(LARGEST)
        format = format or format_of(name, data, encoding)
        return judged(_read(data, format, encoding), format, kinds)
    except Unreadable as error:
        return whole_refused(name, format, error)


def format_of(name: str, data: bytes, encoding: str = "") -> str:
    """Return which format a file has, by its bytes, and by its name where they leave it open."""
    ending = name.rpartition(".")[2].lower()
    if is_archive(data) or ending in ("xlsx", "zip", "imscc"):
        return "xlsx" if ending == "xlsx" or b"xl/workbook.xml" in data[-8192:] else "qti"
    if ending in _BY_NAME:
        return _BY_NAME[ending]
    if is_xml(data):
        return "qti" if any(root.encode() in data[:4096] for root in package.ROOTS) else "moodle"
    return "aiken" if aiken.looks_like_aiken(text_of(data, encoding)) else "gift"


def _package(data: bytes) -> list[Found]:
    if is_archive(data):
        return package.read(data)
    return _of_xml(data, package.ROOTS, package.read_alone)


def _of_xml(
    data: bytes, names: tuple[str, ...], read: Callable[[Node], list[Found]]
) -> list[Found]:
    root = tree_of(data)
    if root.name not in names:
        said = N_("The root of this XML file is “%(name)s”, which holds no questions.")
        raise Unreadable(said, root.line, name=root.name[:40])
    return read(root)


def _read(data: bytes, format: str, encoding: str) -> list[Found]:
    if format in _BYTES:
        return _BYTES[format](data)
    return _TEXTS[format](text_of(data, encoding))
