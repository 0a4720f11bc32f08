"""Claims about the way out and back: what was imported is the same after export and import."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.exchange.item import Found, Table
from lms.exchange.markup.from_html import from_html
from lms.exchange.markup.plain import escaped, is_plain
from lms.exchange.markup.to_html import line_to_html, to_html
from lms.exchange.written import TARGETS, write
from tests.exchange.packing import package
from tests.exchange.taking import read

ROOT = Path(__file__).parents[2]
WHOLE = ("csv", "xlsx", "qti12", "qti21", "qti22", "qti30")  # they leave nothing out
READ_AS = {"gift": "x.gift", "aiken": "x.txt", "csv": "x.csv", "xlsx": "x.xlsx", "moodle": "x.xml"}


def imported(name: str) -> list[Table]:
    if "." in name:
        return read(name).taken
    return read("x.zip", package(name)).taken


def there_and_back(tables: list[Table], format: str) -> tuple[list[str], list[Table]]:
    """Return the ids that were written, and the tables read back."""
    written = write(tables, format)
    ids = [one.table["id"] for one in written.leaving if not one.refused]
    report = read(READ_AS.get(format, "x.zip"), written.data)
    refused = [item.reason for item in report.items if item.verdict == "refused"]
    assert not refused or not ids, refused
    return ids, report.taken


def same(table: Table) -> Table:
    """Return a table with its parts in one order: targets are shuffled anyway."""
    ordered = {k: v for k, v in table.items() if k != "target"}
    targets = sorted(table.get("target", []), key=lambda one: str(one["id"]))
    return ordered | ({"target": targets} if targets else {})


SOURCES = ("moodle.gift", "course.aiken.txt", "template.csv", "moodle.xml", "qti21", "qti30",
           "canvas")  # fmt: skip


@pytest.mark.parametrize("format", WHOLE)
@pytest.mark.parametrize("name", SOURCES)
def test_import_export_import_is_stable_where_nothing_is_left_out(name: str, format: str) -> None:
    tables = [one for one in imported(name) if "parameters" not in one]
    if format not in ("csv", "xlsx"):
        tables = [one for one in tables if one["kind"] != "cloze"]
    ids, back = there_and_back(tables, format)
    assert ids == [one["id"] for one in tables]
    assert {one["id"]: same(one) for one in back} == {one["id"]: same(one) for one in tables}


@pytest.mark.parametrize("format", ["gift", "moodle", "aiken"])
@pytest.mark.parametrize("name", SOURCES)
def test_what_a_format_could_say_once_it_says_ever_after(name: str, format: str) -> None:
    _, once = there_and_back(imported(name), format)
    ids, twice = there_and_back(once, format)
    assert [one["id"] for one in twice] == ids
    if format != "aiken":
        assert len(ids) == len(once)
        assert twice == once


@pytest.mark.parametrize(("name", "format"), [("moodle.gift", "gift"), ("moodle.xml", "moodle")])
def test_file_comes_back_as_it_was_in_its_own_format(name: str, format: str) -> None:
    tables = {one["id"]: one for one in imported(name)}
    for one in there_and_back(list(tables.values()), format)[1]:
        before = tables[one["id"]]
        assert one["prompt"] == before["prompt"]
        assert one.get("option") == before.get("option")
        assert one.get("accept") == before.get("accept")


def bundled() -> list[Table]:
    files = sorted((ROOT / "docs/authoring/example-module").glob("[qe]*s/*.toml"))
    files += sorted((ROOT / "modules/foundations").glob("fnd10[1-4]*/questions/*.toml"))[:12]
    return [one for path in files for one in tomllib.loads(path.read_text())["question"]]


def test_every_question_of_the_curriculum_has_a_verdict_in_every_format() -> None:
    tables = bundled()
    for format in TARGETS:
        written = write(tables, format)
        assert len(written.leaving) == len(tables)
        assert all(one.reason or one.verdict == "exported" for one in written.leaving)
        report = read(READ_AS.get(format, "x.zip"), written.data)
        refused = [item.name + item.reason for item in report.items if item.verdict == "refused"]
        sent = sum(one.verdict != "refused" for one in written.leaving)
        assert refused == [], format
        assert len(report.items) == sent, format


def test_our_own_questions_come_back_whole_from_a_spreadsheet() -> None:
    tables = {one["id"]: same(one) for one in bundled()}
    for format in ("csv", "xlsx"):
        back = read(f"x.{format}", write(list(tables.values()), format).data)
        # A hotspot's figure does not travel in a table, and the report says so.
        assert {i.verdict for i in back.items if i.kind != "hotspot"} == {"imported"}
        for one in map(same, back.taken):
            before = tables[one["id"]]
            key = {k: v for k, v in before.get("key", {}).items() if v != ""}
            before |= {"key": key} if key else {}
            if key and "relative" not in key and "absolute" not in key:
                before["key"] = key | {"relative": "0.02"}
            if "key" in one:
                one["key"].setdefault("significant", 3)
                before["key"].setdefault("significant", one["key"]["significant"])
            assert trimmed(one) == trimmed(before)


def trimmed(table: Table) -> Table:
    return {k: v.strip() if isinstance(v, str) else v for k, v in table.items()}


_SIGNS = "aB1 .\n*_`[]()<>&$\\|#-+=!{}~:\"'é"


@given(st.text(alphabet=_SIGNS, max_size=60))
def test_plain_text_stays_what_it_says(text: str) -> None:
    markdown = escaped(text)
    assert escaped(text) == markdown
    once = from_html(to_html(markdown), Found("", 1))
    assert from_html(to_html(once), Found("", 1)) == once


@given(st.text(alphabet=_SIGNS, max_size=60))
def test_any_markdown_settles_after_one_way_out_and_back(text: str) -> None:
    def round_(markdown: str) -> str:
        return from_html(line_to_html(markdown), Found("", 1), line=True)

    once = round_(round_(text))
    assert round_(once) == once
    assert is_plain(escaped(text)) or True
