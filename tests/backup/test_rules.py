"""Claims about an archive's names, manifest and rows, without a file and without a database."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.backup.rules import (
    LEFT_OUT,
    Damaged,
    area_of,
    part_name,
    read_manifest,
    read_row,
    write_row,
)
from lms.columns import canonical
from lms.db import Base, Recorded

KINDS = ["text", "integer", "boolean", "binary", "date"]
text = st.text(st.characters(exclude_categories=["Cs"]))
rows = st.tuples(
    *(
        st.none() | values
        for values in (text, st.integers(), st.booleans(), st.binary(), st.dates())
    )
)


@given(rows)
def test_a_row_comes_back_as_it_was(row: tuple[object, ...]) -> None:
    line = write_row(row, KINDS)
    assert line.count(b"\n") == 1
    assert line.endswith(b"\n")
    assert tuple(read_row(line, KINDS)) == row


@given(st.lists(st.none() | text | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1)))
def test_a_line_is_canonical_json(values: list[object]) -> None:
    kinds = {str: "text", bool: "boolean", int: "integer", type(None): "text"}
    line = write_row(values, [kinds[type(v)] for v in values])
    assert line == canonical(values) + b"\n"


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (b"x", "text"),
        (1, "text"),
        ("1", "integer"),
        (True, "integer"),
        (1, "boolean"),
        ("x", "binary"),
    ],
)
def test_a_value_of_another_kind_is_not_kept_silently(value: object, kind: str) -> None:
    with pytest.raises(TypeError):
        write_row([value], [kind])


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{}",
        b"[",
        b"[1]",
        b'["a","b"]',
        b"[true]",
        b"[" * 100_000,
        b'["\\ud800',
        b"\xff",
        b'[{"a":1}]',
    ],
)
def test_a_line_that_is_no_row_is_refused(line: bytes) -> None:
    with pytest.raises(Damaged):
        read_row(line, ["text"])


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (b"[true]", "integer"),
        (b"[1.5]", "integer"),
        (b'["1.5"]', "integer"),
        (b'["' + b"9" * 5000 + b'"]', "integer"),
        (b"[1]", "boolean"),
        (b'["!"]', "binary"),
        (b'["2026-02-30"]', "date"),
    ],
)
def test_a_value_that_is_not_of_its_kind_is_refused(line: bytes, kind: str) -> None:
    with pytest.raises(Damaged):
        read_row(line, [kind])


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "/etc/passwd",
        "keys/../../evil",
        "keys/..",
        "keys/.hidden",
        "keys//log.key",
        "keys/a/b/c/d/e",
        "keys/" + "a" * 100,
        "keys/log.key\n",
        "store/../evil",
        "store/" + "A" * 64,
        "tables/person/1.jsonl",
        "tables/../000000.jsonl",
        "tables/person/٠٠٠٠٠٠.jsonl",
        "C:\\evil",
        "manifest.json/",
        "",
    ],
)
def test_a_name_that_no_backup_has_is_refused(name: str) -> None:
    with pytest.raises(Damaged):
        area_of(name)


def test_the_names_of_a_backup_are_known() -> None:
    assert area_of(part_name("role_held", 12)) == "tables"
    assert area_of("store/" + "0a" * 32) == "store"
    assert area_of("keys/hub/log.key") == "keys"
    assert area_of("manifest.json") == area_of("manifest.sha256") == "manifest"


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"format":"other"}', b"[" * 100_000])
def test_what_is_no_manifest_is_refused(data: bytes) -> None:
    with pytest.raises(Damaged):
        read_manifest(data)


def test_a_date_is_written_as_people_write_it() -> None:
    assert write_row([date(2026, 11, 22)], ["date"]) == b'["2026-11-22"]\n'


def test_no_training_record_is_left_out() -> None:
    recorded = {
        mapper.local_table.name: issubclass(mapper.class_, Recorded)  # type: ignore[attr-defined]
        for mapper in Base.registry.mappers
    }
    assert {recorded.get(name) for name in LEFT_OUT} == {False}
