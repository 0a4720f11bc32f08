"""`curriculum check` and `curriculum sync` at the command line: what they say, how they end."""

import pytest


@pytest.fixture
def run(new_app, curriculum):
    app = new_app(plugins=[], curriculum_dirs=(curriculum.folder,))
    return lambda *words: app.test_cli_runner().invoke(args=["curriculum", *words])


def test_check_of_a_sound_curriculum_ends_with_0(run):
    answer = run("check")
    assert answer.exit_code == 0, answer.output
    assert "0 mistakes" in answer.output


def test_check_lists_mistakes_and_ends_with_1(run, curriculum):
    curriculum.change_module("module.toml", "minutes = 30", "minute = 30")
    answer = run("check")
    assert answer.exit_code == 1
    assert "module.toml: paper › minute: unknown key — did you mean “minutes”?" in answer.output


def test_check_of_a_path_that_is_not_there_is_wrong_use(run):
    assert run("check", "/nowhere/at/all").exit_code == 2


def test_check_of_one_module_tells_of_that_module_only(run, curriculum):
    curriculum.change("references.toml", 'edition = "2026"', "")
    curriculum.change_module("module.toml", "minutes = 30", "minute = 30")
    answer = run("check", str(curriculum.folder / "foundations/tst101-dilution"))
    assert answer.exit_code == 1
    assert "module.toml" in answer.output
    assert "references.toml" not in answer.output


def test_check_of_a_folder_outside_refers_to_the_framework_of_all(run, curriculum, tmp_path):
    home = curriculum.folder / "foundations/tst101-dilution"
    outside = tmp_path / "mine"
    home.rename(outside)
    answer = run("check", str(outside))
    assert answer.exit_code == 0, answer.output


def test_sync_stores_and_a_second_time_changes_nothing(run):
    first = run("sync")
    assert first.exit_code == 0, first.output
    assert "stored: TST101 1.0.0" in first.output
    second = run("sync")
    assert second.exit_code == 0
    assert "1 unchanged" in second.output


def test_sync_that_refuses_something_ends_with_1(run, curriculum):
    run("sync")
    curriculum.change_module("lessons/10-dilution.md", "So much.", "More.")
    assert run("sync").exit_code == 1
