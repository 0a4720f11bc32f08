"""`curriculum review` at the command line: what it says, how it ends."""

import json

import pytest

from tests.curriculum.reviewing.planted import OTHER, PLANTED, REGISTER, clean


@pytest.fixture
def files():
    return clean()


@pytest.fixture
def run(new_app, tmp_path, files):
    """Write the files as they are by then, and run the command."""
    hub = tmp_path / "hub"

    def run(*words):
        for path, text in files.items():
            file = hub / path if path == REGISTER else hub / "flow" / "tst101" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        app = new_app(plugins=[], curriculum_dirs=(hub,))
        told = [str(hub / word) if word.startswith("flow") else word for word in words]
        return app.test_cli_runner().invoke(args=["curriculum", "review", *told])

    return run


def test_review_of_a_clean_curriculum_ends_with_0(run):
    answer = run()
    assert answer.exit_code == 0, answer.output
    assert answer.output.splitlines() == [
        "0 open, 0 explained, 0 notes",
        "2 printed results recomputed, 0 could not be read",
    ]


def test_review_that_finds_something_ends_with_1_and_says_where(run, files):
    PLANTED["does-not-recompute"](files)
    answer = run("flow/tst101")
    assert answer.exit_code == 1
    assert f"[does-not-recompute] hub/flow/tst101/{OTHER}: line" in answer.output
    assert "2 × 3 g is 6, not 7 g" in answer.output


def test_explained_finding_is_listed_with_its_reason_and_ends_with_0(run, files):
    PLANTED["does-not-recompute"](files)
    files["review.toml"] = f"""
        [[explained]]
        finding = "does-not-recompute"
        file = "{OTHER}"
        reason = "The lesson shows a wrong sum on purpose."
    """
    answer = run("flow/tst101")
    assert answer.exit_code == 0, answer.output
    assert "explained: [does-not-recompute]" in answer.output
    assert "(The lesson shows a wrong sum on purpose.)" in answer.output


def test_notes_alone_end_with_0(run, files):
    PLANTED["lesson-length"](files)
    answer = run("flow/tst101")
    assert answer.exit_code == 0, answer.output
    assert answer.output.startswith("note: [lesson-length]")


def test_review_as_json_holds_everything(run, files):
    PLANTED["does-not-recompute"](files)
    answer = run("flow", "--json")
    assert answer.exit_code == 1
    told = json.loads(answer.output)
    assert told["open"] == 1
    assert [one["kind"] for one in told["findings"]] == ["does-not-recompute"]
    assert told["recomputed"] == {"results": 2, "unread": []}


def test_folder_without_a_module_and_folder_that_is_not_there_are_wrong_use(run):
    assert run("flow/tst101/lessons").exit_code == 2
    assert run("flow/nowhere").exit_code == 2
