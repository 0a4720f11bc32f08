"""Claims about how often the check draws questions: what it knows to be sound it draws no more."""

from random import Random

import pytest

from lms.assessment.kinds.numeric import Numeric
from lms.curriculum.checking.checker import examine
from lms.curriculum.sync import sync_all


@pytest.fixture
def drawn(monkeypatch):
    """A list that grows with each question whose values are drawn."""
    questions = []
    check = Numeric.check

    def watched(self, shown, key, rng: Random, draws=200):
        questions.append(shown["prompt"])
        return check(self, shown, key, rng, draws)

    monkeypatch.setattr(Numeric, "check", watched)
    return questions


def only_here(curriculum, words):
    """Give the question a text that no other test has had checked before."""
    curriculum.change_module("questions/10-dilution.toml", "in 100 mL?", f"in 100 mL, {words}?")


def test_same_question_is_drawn_once(curriculum, kinds, drawn):
    only_here(curriculum, "once")
    first = examine([curriculum.source], kinds)
    again = examine([curriculum.source], [type(kind)() for kind in kinds])
    assert len(drawn) == 1
    assert first.problems == again.problems


def test_changed_question_is_drawn_again(curriculum, kinds, drawn):
    only_here(curriculum, "before")
    examine([curriculum.source], kinds)
    curriculum.change_module("questions/10-dilution.toml", 'max = "90"', 'max = "3"')
    report = examine([curriculum.source], kinds)
    assert len(drawn) == 2
    assert [problem.about for problem in report.mistakes] == ["volume"]


def test_folder_that_is_stored_is_not_drawn_and_not_refused(new_app, curriculum, drawn):
    only_here(curriculum, "stored")
    app = new_app(curriculum_dirs=(curriculum.folder,))
    with app.app_context():
        assert "TST101 1.0.0" in sync_all().stored
        before = len(drawn)
        outcome = sync_all()
    assert "TST101 1.0.0" in outcome.unchanged
    assert len(drawn) == before
