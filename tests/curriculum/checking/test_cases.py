"""Case files: every mistake with its file and key, and what a sound case becomes."""

from textwrap import dedent

import pytest

from lms.curriculum.case import case_of, own
from lms.curriculum.checking.checker import check, examine

CASE = """
    id = "off-balance"
    title = "A balance of 112 %"
    lesson = "10-dilution"
    stimulus = "The record says **112 %**, at most [5 mg](ref:LIMIT-1)."
    [[question]]
    id = "what-first"
    kind = "single"
    outcome = "LO1"
    lesson = "10-dilution"
    prompt = "What first?"
    why = "Because."
    [[question.option]]
    id = "stop"
    text = "Stop"
    correct = true
    [[question.option]]
    id = "go"
    text = "Go on"
    correct = false
    why = "That hides it."
    [[question]]
    id = "how-much"
    kind = "numeric"
    outcome = "LO1"
    lesson = "10-dilution"
    prompt = "How much?"
    why = "{answer}"
    [question.key]
    formula = "12"
    unit = "mL"
    units = ["mL"]
    relative = "0.02"
    significant = 2
"""
DRAW = '[[paper.draw]]\ncases = ["off-balance"]\ncount = 1\n[pass]'


@pytest.fixture
def cased(curriculum):
    """Return the small source with one case that its paper draws."""
    curriculum.change_module("module.toml", "[pass]", DRAW)
    curriculum.write("foundations/tst101-dilution/cases/10-off-balance.toml", CASE)
    return curriculum


def test_sound_case_stands_beside_what_its_kinds_show(cased, kinds):
    report = examine([cased.source], kinds)
    assert report.problems == []
    questions = {question.id: question for question in report.drafts[0].questions}
    told = case_of(questions["how-much"].shown)
    assert told["title"] == "A balance of 112 %"
    assert (told["number"], told["of"]) == (2, 2)
    assert "case" not in own(questions["how-much"].shown)
    assert case_of(questions["which"].shown) is None
    assert report.drafts[0].limits == {"LIMIT-1"}


def test_a_changed_stimulus_changes_the_digest_of_what_is_shown(cased, kinds):
    before = examine([cased.source], kinds).drafts[0].shown_digest()
    cased.change_module("cases/10-off-balance.toml", "112 %**", "113 %**")
    assert examine([cased.source], kinds).drafts[0].shown_digest() != before


PLACE = "cases/10-off-balance.toml"
MISTAKES = {
    "unknown lesson": (PLACE, '"10-dilution"\nstim', '"20-dilution"\nstim', PLACE, "lesson"),
    "unknown key": (PLACE, "stimulus", "colour = 1\nstimulus", PLACE, "colour"),
    "no title": (PLACE, 'title = "A balance of 112 %"', "", PLACE, "title"),
    "unknown limit": (PLACE, "ref:LIMIT-1", "ref:LIMIT-9", PLACE, "stimulus"),
    "raw HTML": (PLACE, "The record", "<br>The record", PLACE, "stimulus"),
    "heading": (PLACE, "The record", "## Part\\n\\nThe record", PLACE, "stimulus"),
    "missing figure": (PLACE, "The record", "![a](figures/no.svg)", PLACE, "stimulus"),
    "mistake in a question": (PLACE, "true", "false", PLACE, "question[0].option"),
    "question's id taken": (PLACE, '"what-first"', '"which"', None, "question[0].id"),
    "draw of no such case": (
        "module.toml",
        '["off-balance"]',
        '["of-balance"]',
        "module.toml",
        "paper.draw[2].cases",
    ),
    "draw of more cases than there are": (
        "module.toml",
        "count = 1\n[pass]",
        "count = 2\n[pass]",
        "module.toml",
        "paper.draw[2].count",
    ),
    "question drawn out of its case": (
        "module.toml",
        'questions = ["report"]',
        'questions = ["report", "how-much"]',
        "module.toml",
        "paper.draw[1].questions",
    ),
    "draw of two sorts": (
        "module.toml",
        'cases = ["off-balance"]',
        'cases = ["off-balance"]\noutcomes = ["LO1"]',
        "module.toml",
        "paper.draw[2]",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_mistake_of_a_case_is_found_at_its_key(cased, kinds, told, name):
    path, old, new, file, key = MISTAKES[name]
    cased.change_module(path, old, new)
    found = told(check([cased.source], kinds))
    # Of two questions with one id the later file's is refused.
    assert (file or "questions/10-dilution.toml", key) in found


def test_several_mistakes_are_found_at_once(cased, kinds, told):
    cased.change_module(PLACE, 'title = "A balance of 112 %"', "")
    cased.change_module(PLACE, "LIMIT-1", "LIMIT-9")
    cased.change_module(PLACE, "correct = true", "correct = 1")
    found = told(check([cased.source], kinds))
    assert found >= {
        (PLACE, "title"),
        (PLACE, "stimulus"),
        (PLACE, "question[0].option[0].correct"),
    }


def test_a_case_without_questions_or_with_one_is_a_mistake(cased, kinds, told):
    text = dedent(CASE)
    place = "foundations/tst101-dilution/cases/10-off-balance.toml"
    cased.write(place, text[: text.index("[[question]]")])
    assert (PLACE, "question") in told(check([cased.source], kinds))
    cased.write(place, text[: text.rindex("[[question]]")])
    assert (PLACE, "question") in told(check([cased.source], kinds))


def test_two_cases_of_one_id_are_a_mistake_and_an_undrawn_one_is_a_note(cased, kinds, told):
    other = CASE.replace("what-first", "x").replace("how-much", "y")
    cased.write("foundations/tst101-dilution/cases/20-again.toml", other)
    assert ("cases/20-again.toml", "id") in told(check([cased.source], kinds))
    cased.write(
        "foundations/tst101-dilution/cases/20-again.toml", other.replace("off-balance", "again")
    )
    problems = check([cased.source], kinds)
    assert told(problems) == set()
    assert [problem.params["name"] for problem in problems] == ["again"]
