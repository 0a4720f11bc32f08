"""What an archive is made of, as plain values: its names, its manifest, its rows. No file is opened
and no database asked here."""

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Sequence
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from lms.errors import N_, RuleBroken

# Who is signed in and who tried in vain: of no use in another place, and worth stealing. And what
# this machine alone has to tell of its workers.
LEFT_OUT = frozenset({"session_held", "sign_in_try", "worker_seen", "fault"})
MANIFEST, SEAL = "manifest.json", "manifest.sha256"

PART_BYTES = 8 << 20  # a table is cut into parts of about this size, so that memory stays flat
MOST_BYTES = {"tables": 256 << 20, "store": 1 << 30, "keys": 1 << 20, "manifest": 32 << 20}

Kind = Literal["text", "integer", "boolean", "binary", "date"]
Count = Annotated[int, Field(ge=0)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
TableName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,62}$")]

_TABLE = re.compile(r"tables/[a-z][a-z0-9_]{0,62}/[0-9]{6}\.jsonl")
_STORE = re.compile(r"store/[0-9a-f]{64}")
# Neither a hidden name nor a step upward: each word begins with a letter, a digit or `_`.
_KEY = re.compile(r"keys/(?:[A-Za-z0-9_][A-Za-z0-9._-]*/){0,3}[A-Za-z0-9_][A-Za-z0-9._-]*")
_LONGEST_NAME = 100  # what a plain tar header holds


class Damaged(RuleBroken):
    """The archive is not what a backup writes, or no longer."""


# --- names ------------------------------------------------------------------------------------


def area_of(name: str) -> str:
    """Return what an entry of this name is: tables, store, keys or manifest.

    Raises:
        Damaged: no backup writes an entry of that name (`../x`, `/x`, …).
    """
    if len(name) <= _LONGEST_NAME:
        if name in (MANIFEST, SEAL):
            return "manifest"
        for area, pattern in (("tables", _TABLE), ("store", _STORE), ("keys", _KEY)):
            if pattern.fullmatch(name):
                return area
    raise Damaged(N_("The archive holds an entry that no backup has: %(name)s"), name=repr(name))


def part_name(table: str, number: int) -> str:
    """Return the entry's name of a table's part; parts count from 0."""
    return f"tables/{table}/{number:06d}.jsonl"


# --- manifest ---------------------------------------------------------------------------------


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Bytes(_Strict):
    """How many bytes, and their digest."""

    size: Count
    sha256: Sha256


class KeptTable(_Strict):
    """A table: its columns in the order of each row's values, its rows, its parts."""

    columns: Annotated[tuple[tuple[str, Kind], ...], Field(min_length=1)]
    rows: Count
    parts: tuple[Bytes, ...]

    @property
    def kinds(self) -> list[str]:
        """Return the kind of each value of a row."""
        return [kind for _, kind in self.columns]


class KeptStore(_Strict):
    """The store's files: how many, and the digest of their names in order, a line each."""

    files: Count
    size: Count
    sha256: Sha256


class Manifest(_Strict):
    """What the archive must hold, to the last byte, and where it comes from."""

    format: Literal["seedtrain-backup"]
    version: Literal[1]
    made_at: str
    revision: Annotated[str, Field(pattern=r"^[\w.-]{1,40}$")]
    epoch: Count
    database: Literal["sqlite", "postgresql"]
    tables: dict[TableName, KeptTable]
    store: KeptStore
    keys: dict[str, Bytes]
    left_out: tuple[str, ...]
    damaged: tuple[Sha256, ...]  # files that the store no longer held as they were

    @property
    def rows(self) -> int:
        """Return the rows of all tables."""
        return sum(table.rows for table in self.tables.values())


def read_manifest(data: bytes) -> Manifest:
    """Return the manifest in these bytes; raises Damaged."""
    try:
        return Manifest.model_validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(step) for step in first["loc"])
        raise Damaged(
            N_("The archive's manifest cannot be read: %(place)s."), place=place
        ) from None


# --- rows -------------------------------------------------------------------------------------

_SAFE = 2**53 - 1  # JSON numbers beyond it are read inexactly by others: those go as text


def _integer(value: int) -> int | str:
    return value if -_SAFE <= value <= _SAFE else str(value)


_WRITE: dict[str, Callable[[Any], Any]] = {
    "text": lambda value: value,
    "integer": _integer,
    "boolean": lambda value: value,
    "binary": lambda value: b64encode(value).decode("ascii"),
    "date": lambda value: value.isoformat(),
}
_READ: dict[str, Callable[[Any], Any]] = {
    "text": lambda value: value,
    "integer": int,
    "boolean": lambda value: value,
    "binary": lambda value: b64decode(value, validate=True),
    "date": date.fromisoformat,
}
_PYTHON = {"text": str, "integer": int, "boolean": bool, "binary": bytes, "date": date}
_JSON = {
    "text": (str,),
    "integer": (int, str),
    "boolean": (bool,),
    "binary": (str,),
    "date": (str,),
}


def write_row(values: Sequence[Any], kinds: Sequence[str]) -> bytes:
    """Return a row as one line: a canonical JSON array (RFC 8785) of its values, and a newline.

    Raises:
        TypeError: a value is not of its column's kind.
    """
    plain = [_plain(value, kind) for value, kind in zip(values, kinds, strict=True)]
    # Without fractions and objects this is canonical already, and many times as fast.
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _plain(value: Any, kind: str) -> Any:
    if value is None:
        return None
    if not isinstance(value, _PYTHON[kind]) or _is_truth(value) != (kind == "boolean"):
        raise TypeError(f"{type(value).__name__} is no {kind}")
    return _WRITE[kind](value)


def _is_truth(value: Any) -> bool:
    return isinstance(value, bool)  # which Python takes for an integer


def read_row(line: bytes, kinds: Sequence[str]) -> list[Any]:
    """Return the values in a line.

    Raises:
        Damaged: the line is no row of these kinds.
    """
    try:
        plain = json.loads(line)
        if not isinstance(plain, list) or len(plain) != len(kinds):
            raise TypeError("no row of this table")
        return [_value(v, k) for v, k in zip(plain, kinds, strict=True)]
    except (ValueError, TypeError, RecursionError):
        raise Damaged(N_("The archive holds a row that cannot be read.")) from None


def _value(plain: Any, kind: str) -> Any:
    if plain is None:
        return None
    if not isinstance(plain, _JSON[kind]) or _is_truth(plain) != (kind == "boolean"):
        raise TypeError(f"no {kind}")
    return _READ[kind](plain)
