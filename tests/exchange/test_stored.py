"""Claims about stored questions as tables: each comes to the very same question, or to nothing."""

import tomllib
from pathlib import Path

import pytest

from lms.curriculum.case import Case, under
from lms.exchange.stored import table_of
from tests.exchange.taking import KINDS

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "docs/authoring/example-module").glob("[qec]*s/*.toml"))
FILES += sorted((ROOT / "modules").glob("*/*1*/[qec]*s/*.toml"))[::7]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_question_comes_back_as_the_table_of_the_same_question(path: Path) -> None:
    for table in tomllib.loads(path.read_text())["question"]:
        stored = KINDS[table["kind"]].parse(table)
        told = table_of(stored, KINDS)
        assert told is not None, table["id"]
        assert KINDS[table["kind"]].parse(told) == stored


def test_every_kind_is_among_them() -> None:
    kinds = {t["kind"] for path in FILES for t in tomllib.loads(path.read_text())["question"]}
    assert kinds >= {"single", "multiple", "matching", "ordering", "numeric", "essay", "short",
                     "cloze", "file", "hotspot", "worksheet"}  # fmt: skip


def test_question_of_a_case_carries_what_the_case_is_about() -> None:
    table = tomllib.loads(FILES[0].read_text())["question"][0]
    stored = KINDS[table["kind"]].parse(table)
    told = table_of(under(Case("c", "A case", "What happened.\n"), stored, 1, 2), KINDS)
    assert told is not None
    assert told["prompt"].startswith("What happened.\n\n")


def test_question_of_a_kind_that_is_gone_or_unknown_is_no_table() -> None:
    table = tomllib.loads(FILES[0].read_text())["question"][0]
    stored = KINDS[table["kind"]].parse(table)
    assert table_of(stored, {}) is None
