"""Claims about drafts: the files say what the report took, and nothing is overwritten."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.errors import RuleBroken
from lms.exchange import draft, toml
from tests.exchange.taking import read


def test_questions_stand_in_the_draft_as_the_report_took_them(tmp_path: Path) -> None:
    report = read("moodle.gift")
    draft.write_into(tmp_path, "moodle.gift", report)
    tables = tomllib.loads((tmp_path / "questions/moodle.toml").read_text())["question"]
    essays = tomllib.loads((tmp_path / "essays/moodle.toml").read_text())["question"]
    assert sorted(one["id"] for one in tables + essays) == sorted(one["id"] for one in report.taken)
    assert all(one in report.taken for one in tables + essays)


def test_same_draft_again_changes_nothing_and_another_is_refused(tmp_path: Path) -> None:
    report = read("moodle.gift")
    draft.write_into(tmp_path, "moodle.gift", report)
    draft.write_into(tmp_path, "moodle.gift", report)
    place = tmp_path / "questions/moodle.toml"
    place.write_text("# mine")
    with pytest.raises(RuleBroken):
        draft.write_into(tmp_path, "moodle.gift", report)
    assert place.read_text() == "# mine"


def test_module_that_is_there_gets_the_questions_alone(tmp_path: Path) -> None:
    (tmp_path / "module.toml").write_text("# mine")
    draft.write_into(tmp_path, "../../Über x.gift", read("moodle.gift"))
    assert (tmp_path / "module.toml").read_text() == "# mine"
    assert sorted(p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*.*")) == [
        "essays/ber-x.toml",
        "module.toml",
        "questions/ber-x.toml",
    ]


def test_file_of_which_nothing_was_taken_makes_no_draft(tmp_path: Path) -> None:
    with pytest.raises(RuleBroken):
        draft.write_into(tmp_path, "x.gift", read("x.gift", "nothing"))
    assert list(tmp_path.iterdir()) == []


_TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"))


@given(st.lists(st.fixed_dictionaries({"id": _TEXTS, "text": _TEXTS}), max_size=2), _TEXTS)
def test_any_table_is_read_back_from_its_file(parts: list[dict[str, str]], text: str) -> None:
    table = {"prompt": text, "list": [text], "key": {"formula": text, "weights": {"value": text}}}
    table |= {"parameters": {"v": {"choices": [text]}}} | ({"option": parts} if parts else {})
    assert tomllib.loads(toml.written([table], "head"))["question"] == [table]
