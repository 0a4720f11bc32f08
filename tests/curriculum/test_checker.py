"""The checker finds every planted mistake, all at once, each with its file and key."""

from pathlib import Path

import pytest

from lms.curriculum.checking.checker import check, examine
from lms.curriculum.drafts.source import Source

ROOT = Path(__file__).parents[2]


def test_sound_folder_has_no_problem(curriculum, kinds):
    assert check([curriculum.source], kinds) == []


def test_bundled_curriculum_has_no_mistake(kinds):
    report = examine([Source("modules", ROOT / "modules")], kinds)
    assert [problem.text() for problem in report.mistakes] == []
    assert "FND103" in {draft.module.id for draft in report.drafts}


def test_ten_different_mistakes_are_reported_at_once(curriculum, kinds, told):
    change = curriculum.change_module
    change("module.toml", 'level = "foundation"', 'level = "foundation"\ncolour = "red"')  # 1
    change("module.toml", "needs = []", 'needs = ["TST999"]')  # 2
    change("module.toml", 'references = ["DOC-1"]', 'references = ["DOC-7"]')  # 3
    change("lessons/10-dilution.md", "figures/flask.svg", "figures/flusk.svg")  # 4
    change("lessons/10-dilution.md", "C_1 V_1", "\\fraq{C_1} V_1")  # 5
    change("lessons/10-dilution.md", "*stock*", "*stock*\n\n<b>bold</b>\n\n## Part")  # 6
    change("questions/10-dilution.toml", "correct = true", "correct = false")  # 7
    change("questions/10-dilution.toml", 'max = "90"', 'max = "2"')  # 8
    change("essays/report.toml", 'kind = "essay"', 'kind = "poem"')  # 9
    change("figures/flask.svg", "<text", '<script>x()</script><text onclick="x()"')  # 10
    found = told(check([curriculum.source], kinds))
    assert found >= {
        ("module.toml", "colour"),
        ("module.toml", "needs[0]"),
        ("module.toml", "references[0]"),
        ("lessons/10-dilution.md", "line 3"),  # raw HTML
        ("lessons/10-dilution.md", "line 7"),  # LaTeX
        ("lessons/10-dilution.md", "line 9"),  # figure
        ("questions/10-dilution.toml", "question[0].option"),
        ("questions/10-dilution.toml", "question[1].key"),
        ("essays/report.toml", "question[0].kind"),
        ("figures/flask.svg", "script"),
        ("figures/flask.svg", "text.onclick"),
    }


def test_unreadable_key_does_not_hide_the_others(curriculum, kinds, told):
    curriculum.change_module("module.toml", 'title = "Dilution"', "")
    curriculum.change_module("module.toml", 'text = "Dilute"', "text = 7")
    curriculum.change_module("module.toml", "minutes = 30", 'minutes = "x"\ncolour = 1')
    curriculum.change_module("module.toml", "needs = []", 'needs = ["TST999"]')
    assert told(check([curriculum.source], kinds)) == {
        ("module.toml", "title"),
        ("module.toml", "outcome[0].text"),
        ("module.toml", "paper.minutes"),
        ("module.toml", "paper.colour"),
        ("module.toml", "needs[0]"),
        ("programmes/small.toml", "modules"),
        ("framework/roles.toml", "role[0].modules"),
    }


MISTAKES = {
    "unknown key": ("module.toml", "minutes = 30", "minutes = 30\nhours = 2", "paper.hours"),
    "missing key": ("module.toml", 'summary = "A small module."', "", "summary"),
    "wrong type": ("module.toml", "minutes = 30", 'minutes = "30"', "paper.minutes"),
    "not TOML": ("module.toml", "needs = []", "needs = [", "line 9"),
    "missing answer": (
        "questions/10-dilution.toml",
        "correct = true",
        "correct = false",
        "question[0].option",
    ),
    "unknown kind": (
        "questions/10-dilution.toml",
        'kind = "single"',
        'kind = "singel"',
        "question[0].kind",
    ),
    "duplicate id": (
        "questions/10-dilution.toml",
        'id = "volume"',
        'id = "which"',
        "question[1].id",
    ),
    "unknown lesson": (
        "essays/report.toml",
        'lesson = "10-dilution"',
        'lesson = "20-dilution"',
        "question[0].lesson",
    ),
    "unknown outcome": ("essays/report.toml", '"LO1"', '"LO2"', "question[0].outcome"),
    "dangling need": ("module.toml", "needs = []", 'needs = ["TST999"]', "needs[0]"),
    "dangling reference": ("module.toml", '["DOC-1"]', '["DOC-2"]', "references[0]"),
    "dangling limit": ("lessons/10-dilution.md", "ref:LIMIT-1", "ref:LIMIT-2", "line 3"),
    "missing figure": ("lessons/10-dilution.md", "figures/flask", "figures/none", "line 5"),
    "figure out of the folder": (
        "lessons/10-dilution.md",
        "figures/flask.svg",
        "../../../etc/passwd",
        "line 5",
    ),
    "missing lesson": ("module.toml", '["10-dilution"]', '["10-dilution", "20-x"]', "lessons[1]"),
    "unknown competency": ("module.toml", '"FND-02"', '"FND-99"', "competency[0].id"),
    "unknown role": ("module.toml", '["all"]', '["XYZ"]', "roles[0]"),
    "untested outcome": (
        "module.toml",
        "[[competency]]",
        '[[outcome]]\nid = "LO9"\ntext = "Fly"\n[[competency]]',
        "outcome[1].id",
    ),
    "blueprint too long": ("module.toml", "count = 2", "count = 3", "paper.draw[0].count"),
    "blueprint names nothing": (
        "module.toml",
        '["report"]',
        '["repart"]',
        "paper.draw[1].questions",
    ),
    "draw out of bounds": (
        "questions/10-dilution.toml",
        'max = "90"',
        'max = "2"',
        "question[1].key",
    ),
    "unknown LaTeX command": ("lessons/10-dilution.md", "C_1 V_1", "\\kern C_1", "line 3"),
    "unbalanced braces": ("lessons/10-dilution.md", "C_1 V_1", "C_{1 V_1", "line 3"),
    "LaTeX in a question": (
        "questions/10-dilution.toml",
        'why = "Because."',
        "why = '$\\foo$'",
        "question[0].why",
    ),
    "raw HTML": ("lessons/10-dilution.md", "What goes", "<br>What goes", "line 3"),
    "unclosed block": ("lessons/10-dilution.md", "So much.\n:::", "So much.", "line 11"),
    "unknown block": ("lessons/10-dilution.md", "::: check", "::: chek", "line 11"),
    "check without answer": ("lessons/10-dilution.md", "---\nSo much.", "", "line 11"),
    "link that leads nowhere": ("lessons/10-dilution.md", "ref:LIMIT-1", "other.md", "line 3"),
    "no title": ("lessons/10-dilution.md", "# Dilution of a", "Dilution of a", "line 1"),
    "half an equation": ("lessons/10-dilution.md", "C_2 V_2$", "C_2 V_2", "line 3"),
    "style in a drawing": ("figures/flask.svg", "<text", '<text style="fill:red"', "text.style"),
    "drawing that fetches": (
        "figures/flask.svg",
        "<text",
        '<text fill="url(https://x.example/a)"',
        "text.fill",
    ),
    "drawing with an entity": ("figures/flask.svg", "<svg", "<!DOCTYPE svg><svg", ""),
    "drawing with small text": ("figures/flask.svg", '"14"', '"9"', "text.font-size"),
    "drawing that says nothing": (
        "figures/flask.svg",
        "<desc>A flask with a line</desc>",
        "",
        "desc",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_mistake_is_found_at_its_key(name, curriculum, kinds, told):
    file, old, new, key = MISTAKES[name]
    curriculum.change_module(file, old, new)
    found = told(check([curriculum.source], kinds))
    assert any(f == file and k.startswith(key) for f, k in found), found


SHARED_MISTAKES = {
    "competency twice": (
        "framework/competencies.toml",
        "[[competency]]",
        '[[competency]]\nid = "FND-02"\ntitle = "x"\nknows = "x"\ndoes = "x"\n[[competency]]',
        "competency[1].id",
    ),
    "role of an unknown competency": (
        "framework/roles.toml",
        'levels = { "FND-02" = 3 }',
        'levels = { "FND-20" = 3 }',
        "role[0].levels",
    ),
    "role that its modules cannot reach": (
        "framework/roles.toml",
        '"FND-02" = 3',
        '"FND-02" = 4',
        "role[0].levels",
    ),
    "programme that its modules cannot reach": (
        "programmes/small.toml",
        "level = 1",
        "level = 4",
        "requires",
    ),
    "limit of no document": ("references.toml", '"DOC-1"\ntext', '"DOC-2"\ntext', "limit[0]"),
}


@pytest.mark.parametrize("name", SHARED_MISTAKES)
def test_shared_mistake_is_found_at_its_key(name, curriculum, kinds, told):
    file, old, new, key = SHARED_MISTAKES[name]
    curriculum.change(file, old, new)
    found = told(check([curriculum.source], kinds))
    assert any(f == file and k.startswith(key) for f, k in found), found


def test_circle_of_needs_is_named(curriculum, kinds):
    curriculum.change_module("module.toml", "needs = []", 'needs = ["TST102"]')
    for path in list((curriculum.folder / "foundations/tst101-dilution").rglob("*.*")):
        name = path.relative_to(curriculum.folder / "foundations/tst101-dilution").as_posix()
        curriculum.write(f"foundations/tst102/{name}", path.read_text(encoding="utf-8"))
    curriculum.change("foundations/tst102/module.toml", 'id = "TST101"', 'id = "TST102"')
    curriculum.change("foundations/tst102/module.toml", '["TST102"]', '["TST101"]')
    texts = [problem.text() for problem in check([curriculum.source], kinds)]
    assert any("TST101 → TST102 → TST101" in text for text in texts), texts


def test_programme_without_a_prerequisite_is_refused(curriculum, kinds, told):
    curriculum.change_module("module.toml", "needs = []", 'needs = ["TST102"]')
    assert ("programmes/small.toml", "modules") in told(check([curriculum.source], kinds))


def test_module_not_written_yet_is_a_note(curriculum, kinds):
    curriculum.change("framework/roles.toml", '["TST101"]', '["TST101", "UPS204-L1"]')
    report = examine([curriculum.source], kinds)
    assert report.mistakes == []
    assert "UPS204" in report.problems[0].text()


def test_second_source_with_the_same_id_is_refused_by_name(curriculum, kinds, tmp_path):
    other = type(curriculum)(tmp_path / "copy")
    report = examine([curriculum.source, other.source], kinds)
    assert [draft.folder.source for draft in report.drafts] == ["hub"]
    clash = [p.text() for p in report.mistakes if p.file.endswith("tst101-dilution/module.toml")]
    assert len(clash) == 1
    assert clash[0].startswith("copy/")
    assert "hub/foundations/tst101-dilution/module.toml" in clash[0]


def test_one_wrong_question_is_no_paper_that_cannot_be_filled(curriculum, kinds, told):
    curriculum.change_module("questions/10-dilution.toml", "correct = true", "correct = false")
    found = told(check([curriculum.source], kinds))
    assert not any(file == "module.toml" for file, _ in found), found


def test_stray_file_in_a_module_is_refused(curriculum, kinds, told):
    curriculum.write("foundations/tst101-dilution/figures/photo.png", "x")
    assert ("figures/photo.png", "") in told(check([curriculum.source], kinds))


def test_problem_says_how_to_mend_it(curriculum, kinds):
    curriculum.change_module("module.toml", "minutes = 30", "minute = 30")
    texts = [problem.text() for problem in check([curriculum.source], kinds)]
    assert any("unknown key" in text and "did you mean “minutes”?" in text for text in texts)
