"""A small sound module as files, to be spoilt one key at a time."""

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from lms.assessment.plugin import question_kinds
from lms.curriculum.checking.problem import Problem
from lms.curriculum.drafts.source import Source

SHARED = {
    "framework/competencies.toml": """
        [[level]]
        number = 1
        name = "Aware"
        meaning = "Explains"
        evidence = "Paper"
        [[competency]]
        id = "FND-02"
        title = "Bioprocess calculation"
        knows = "Units"
        does = "Calculates"
    """,
    "framework/roles.toml": """
        [base.industry]
        levels = { "FND-02" = 1 }
        [base.regulator]
        levels = { "FND-02" = 2 }
        [[role]]
        id = "UPO"
        title = "Upstream operator"
        base = "industry"
        levels = { "FND-02" = 3 }
        modules = ["TST101"]
    """,
    "programmes/small.toml": """
        id = "B09"
        title = "Small programme"
        version = "1.0.0"
        summary = "One module."
        modules = ["TST101"]
        validity_months = 24
        approval = "rule"
        [[requires]]
        competency = "FND-02"
        level = 1
    """,
    "references.toml": """
        [[reference]]
        id = "DOC-1"
        title = "A document"
        edition = "2026"
        [[limit]]
        id = "LIMIT-1"
        reference = "DOC-1"
        text = "At most 5."
        value = "5"
        unit = "mg"
        clause = "4.2"
        checked_by = "A Checker"
        checked_on = "2026-11-01"
    """,
}
MODULE = {
    "module.toml": """
        id = "TST101"
        title = "Dilution"
        version = "1.0.0"
        level = "foundation"
        language = "en"
        summary = "A small module."
        hours = { theory = 1, simulator = 0, practical = 1, workplace = 1 }
        needs = []
        roles = ["all"]
        requalify_months = 24
        lessons = ["10-dilution"]
        references = ["DOC-1"]
        [[outcome]]
        id = "LO1"
        text = "Dilute"
        [[competency]]
        id = "FND-02"
        most = 2
        from_paper = 1
        [paper]
        minutes = 30
        [[paper.draw]]
        outcomes = ["LO1"]
        count = 2
        [[paper.draw]]
        questions = ["report"]
        count = 1
        [pass]
        knowledge = "0.80"
        essay = "0.60"
        attempts = 2
        wait_hours = 24
    """,
    "lessons/10-dilution.md": """
        # Dilution of a *stock*

        What goes in comes out: $C_1 V_1 = C_2 V_2$, at most [5 mg](ref:LIMIT-1).

        ![A flask](figures/flask.svg "One flask")

        | a | b |
        |---|--:|
        | 1 | 2 |

        ::: check
        How much?
        ---
        So much.
        :::
    """,
    "questions/10-dilution.toml": """
        [[question]]
        id = "which"
        kind = "single"
        outcome = "LO1"
        lesson = "10-dilution"
        prompt = "Which?"
        why = "Because."
        [[question.option]]
        id = "a"
        text = "This"
        correct = true
        [[question.option]]
        id = "b"
        text = "That"
        correct = false
        why = "Not that."

        [[question]]
        id = "volume"
        kind = "numeric"
        outcome = "LO1"
        lesson = "10-dilution"
        prompt = "From {c1} mol/L to 1 mol/L in 100 mL?"
        why = "100 / {c1} = {answer}."
        [question.parameters.c1]
        choices = ["2", "4"]
        [question.key]
        formula = "100 / c1"
        unit = "mL"
        units = ["mL", "L"]
        relative = "0.02"
        min = "1"
        max = "90"
        significant = 3
    """,
    "essays/report.toml": """
        [[question]]
        id = "report"
        kind = "essay"
        outcome = "LO1"
        lesson = "10-dilution"
        prompt = "Report it."
        why = "A report says what was done."
        model_answer = "It was done."
        words_min = 10
        words_max = 200
        [[question.criterion]]
        id = "facts"
        title = "Facts"
        levels = ["0 none", "1 few", "2 some", "3 most", "4 all"]
    """,
    "practicals/weighing.toml": """
        id = "weighing"
        title = "Weighing"
        minutes = 30
        outcomes = ["LO1"]
        set_up = "A balance at most [5 mg](ref:LIMIT-1) off."
        materials = ["A balance", "Salt"]
        safety = "Gloves."
        rating = ["1 none", "2 much help", "3 some help", "4 alone", "5 could teach"]
        [competencies]
        FND-02 = 2
        [[step]]
        id = "check"
        text = "Checks the balance"
        critical = true
        before = ["weigh"]
        [[step]]
        id = "weigh"
        text = "Weighs the salt"
        [[step]]
        id = "write"
        text = "Writes the mass down at once"
    """,
    "figures/flask.svg": """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 200">
        <title>A flask</title><desc>A flask with a line</desc>
        <text x="10" y="20" font-size="14">100 mL</text>
        </svg>
    """,
}
KINDS = tuple(question_kinds())
HOME = "foundations/tst101-dilution"


class Curriculum:
    """A source on disk: sound at first, then changed by replacing text in its files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for path, text in SHARED.items():
            self.write(path, text)
        for path, text in MODULE.items():
            self.write(f"{HOME}/{path}", text)

    @property
    def source(self) -> Source:
        return Source(self.folder.name, self.folder)

    def write(self, path: str, text: str) -> None:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(text).lstrip("\n"), encoding="utf-8")

    def change(self, path: str, old: str, new: str) -> None:
        file = self.folder / path
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")

    def change_module(self, path: str, old: str, new: str) -> None:
        self.change(f"{HOME}/{path}", old, new)


@pytest.fixture
def curriculum(tmp_path: Path) -> Curriculum:
    """A small sound source in a folder named `hub`."""
    return Curriculum(tmp_path / "hub")


@pytest.fixture
def kinds() -> tuple[object, ...]:
    """The platform's own kinds of question."""
    return KINDS


@pytest.fixture
def told() -> Callable[[list[Problem]], set[tuple[str, str]]]:
    """Return (file below the module or source, key) of mistakes."""

    def told(problems: list[Problem]) -> set[tuple[str, str]]:
        return {
            (p.file.removeprefix("hub/").removeprefix(f"{HOME}/"), p.key)
            for p in problems
            if not p.note
        }

    return told
