"""Claims about `questions …`: its status, its JSON, what it writes and what it never does."""

import json
from pathlib import Path

import pytest
from flask import Flask

from tests.exchange.packing import FILES

GIFT = str(FILES / "moodle.gift")
ROOT = Path(__file__).parents[2]


@pytest.fixture
def run(app: Flask):
    return lambda *words: app.test_cli_runner().invoke(args=["questions", *map(str, words)])


def test_json_has_a_verdict_for_every_question_and_nothing_else(run) -> None:
    done = run("import", GIFT, "--json", "--dry-run")
    items = json.loads(done.output)["items"]
    assert done.exit_code == 1
    assert len(items) == 16
    assert {tuple(one) for one in items} == {("name", "kind", "verdict", "line", "reason")}
    assert {one["verdict"] for one in items} == {"changed", "refused"}
    assert all(isinstance(one["line"], int) and one["reason"] for one in items)


def test_status_says_whether_something_was_refused(run, tmp_path: Path) -> None:
    good = tmp_path / "good.gift"
    good.write_text("Which? {=a ~b}", encoding="utf-8")
    assert run("import", good).exit_code == 0
    assert run("import", GIFT).exit_code == 1
    assert run("import", tmp_path / "none.gift").exit_code == 2
    assert run("import", good, "--format", "word").exit_code == 2


def test_draft_is_written_where_it_is_said_and_never_over_another(run, tmp_path: Path) -> None:
    place = tmp_path / "draft"
    run("import", GIFT, "--into", place, "--dry-run")
    assert not place.exists()
    assert run("import", GIFT, "--into", place).exit_code == 1
    assert (place / "questions/moodle.toml").exists()
    assert run("import", GIFT, "--into", place).exit_code == 1
    (place / "questions/moodle.toml").write_text("# mine", encoding="utf-8")
    assert run("import", GIFT, "--into", place).exit_code == 2
    assert (place / "questions/moodle.toml").read_text(encoding="utf-8") == "# mine"


def test_hostile_file_is_a_refusal_and_no_failure(run, tmp_path: Path) -> None:
    file = tmp_path / "x.zip"
    file.write_bytes(b"PK\x03\x04" + bytes(range(256)))
    done = run("import", file, "--json")
    assert done.exit_code == 1
    assert [one["verdict"] for one in json.loads(done.output)["items"]] == ["refused"]


def test_questions_of_a_module_are_exported_with_their_verdicts(run, tmp_path: Path) -> None:
    file = tmp_path / "x.zip"
    module = ROOT / "docs/authoring/example-module"
    done = run("export", module, file, "--format", "qti21", "--json")
    verdicts = {one["name"]: one["verdict"] for one in json.loads(done.output)["items"]}
    assert verdicts["no-label"] == "exported"
    assert verdicts["concentrate-volume"] == "refused"
    assert done.exit_code == 1
    again = json.loads(run("import", file, "--json").output)["items"]
    assert {one["name"] for one in again} == {n for n, v in verdicts.items() if v != "refused"}
    assert {one["verdict"] for one in again} == {"imported"}


def test_what_is_no_sound_question_is_not_exported(run, tmp_path: Path) -> None:
    source = tmp_path / "q.toml"
    source.write_text('[[question]]\nid = "a"\nkind = "single"\n', encoding="utf-8")
    assert run("export", source, tmp_path / "x.gift", "--format", "gift").exit_code == 2
    assert not (tmp_path / "x.gift").exists()
