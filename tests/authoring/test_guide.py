"""Claims about docs/authoring.md: it tells every key, unit and word; its example is sound; what it
says the checker says is what the checker says."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from pydantic import BaseModel

from lms.assessment.kinds import (
    cloze_table,
    essay,
    hotspot_table,
    matching,
    numeric_table,
    options,
    ordering,
    short,
    worksheet_table,
)
from lms.assessment.kinds.file import FileQuestion
from lms.assessment.kinds.multiple import MultipleQuestion
from lms.authoring.drafts import Tried, try_files
from lms.curriculum.checking.problem import Problem
from lms.curriculum.drafts import programme, role, schema, wayfinding
from lms.curriculum.kind import Question
from lms.curriculum.reviewing import explained
from lms.curriculum.text.formula import FUNCTIONS
from lms.db import db
from lms.plugins import plugins
from tests.authoring import guide
from tests.authoring.spoils import SPOILS

# Each table of keys by its heading, and the model that says what is true.
TABLES: dict[str, type[schema.Strict]] = {
    "`module.toml`": schema.ModuleFile,
    "`hours`": schema.Hours,
    "`[[outcome]]`": schema.Outcome,
    "`[[competency]]`": schema.Contribution,
    "`[paper]`": schema.Paper,
    "`[[paper.draw]]`": schema.Draw,
    "`[pass]`": schema.Pass,
    "`[[question]]`": Question,
    '`kind = "single"`': options.OptionQuestion,
    '`kind = "multiple"`': MultipleQuestion,
    "`[[question.option]]`": options.Option,
    '`kind = "matching"`': matching.MatchingQuestion,
    "`[[question.target]]`": matching.Target,
    "`[[question.stem]]`": matching.Stem,
    '`kind = "ordering"`': ordering.OrderingQuestion,
    "`[[question.step]]`": ordering.Step,
    '`kind = "hotspot"`': hotspot_table.HotspotQuestion,
    "`[[question.region]]`": hotspot_table.Place,
    '`kind = "numeric"`': numeric_table.NumericQuestion,
    "`[question.parameters.NAME]`": numeric_table.Parameter,
    "`[question.key]`": numeric_table.NumericKey,
    "`weights`": numeric_table.Weights,
    "`[[question.key.tier]]`": numeric_table.Tier,
    "`[[question.mistake]]`": numeric_table.Mistake,
    '`kind = "short"`': short.ShortQuestion,
    "`[[question.accept]]`": short.Accept,
    "`[question.rubric]`": short.Rubric,
    '`kind = "cloze"`': cloze_table.ClozeQuestion,
    "`[[question.gap]]`": cloze_table.Gap,
    '`kind = "worksheet"`': worksheet_table.WorksheetQuestion,
    "`[[question.part]]`": worksheet_table.Part,
    '`kind = "essay"`': essay.EssayQuestion,
    '`kind = "file"`': FileQuestion,
    "`[[question.criterion]]`": essay.Criterion,
    "`cases/name.toml`": schema.CaseFile,
    "`practicals/name.toml`": schema.PracticalFile,
    "`[[step]]`": schema.Step,
    "`glossary.toml`": wayfinding.GlossaryFile,
    "`[[term]]`": wayfinding.Term,
    "`framework/tracks.toml`": wayfinding.TracksFile,
    "`[[track]]`": wayfinding.Track,
    "`[[product]]`": wayfinding.Product,
    "`[[planned]]`": wayfinding.Planned,
    "`review.toml`": explained.ReviewFile,
    "`[[explained]]`": explained.Explanation,
    "`references.toml`": schema.ReferencesFile,
    "`[[reference]]`": schema.Reference,
    "`[[limit]]`": schema.Limit,
    "`framework/competencies.toml`": schema.CompetenciesFile,
    "`[[competency]]` of the framework": schema.Competency,
    "`[[level]]`": schema.Level,
    "`framework/roles.toml`": role.RolesFile,
    "`[base]`": role.Bases,
    "`[base.industry]` and `[base.regulator]`": role.Base,
    "`[[role]]`": role.Role,
    "`programmes/name.toml`": programme.ProgrammeFile,
    "`[[requires]]`": programme.Requirement,
    "`[builds_on]`": programme.BuildsOn,
    "`[[elective]]`": role.Elective,
    "`[[choice]]`": role.Choice,
    "`[[evidence]]`": programme.Evidence,
    "`[[evidence.passes]]`": programme.Bound,
    "`[exam]`": programme.Exam,
    "`[[exam.domain]]`": programme.Domain,
    "`[defence]`": programme.Defence,
    "`[renewal]`": programme.Renewal,
    "`[[suspension]]`": programme.Suspension,
    "`[prior_learning]`": programme.PriorLearning,
}


def _below(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for one in model.__subclasses__():
        yield one
        yield from _below(one)


def _keys(model: type[schema.Strict]) -> dict[str, bool]:
    """Return the keys that a table documents, each with whether it is needed."""
    own = {field.alias or name: field.is_required() for name, field in model.model_fields.items()}
    if issubclass(model, Question) and model is not Question:
        common = Question.model_fields
        own = {k: v for k, v in own.items() if k not in common or v != common[k].is_required()}
    return own | ({"question": True} if model is schema.CaseFile else {})


def test_every_table_that_a_file_may_hold_is_in_the_guide() -> None:
    models = {one for one in _below(schema.Strict) if one.__module__.startswith("lms.")}
    assert models == set(TABLES.values())
    assert guide.key_tables().keys() == TABLES.keys()


@pytest.mark.parametrize("title", TABLES)
def test_guide_tells_every_key_of_a_table_and_whether_it_is_needed(title: str) -> None:
    told = guide.key_tables()[title]
    assert {key: word == "yes" for key, word in told.items()} == _keys(TABLES[title])


def test_guide_tells_every_kind_of_question(new_app) -> None:
    with new_app().app_context():
        kinds = {kind.name for kind in plugins().collect("question_kinds")}
    assert {title[9:-2] for title in TABLES if title.startswith("`kind")} == kinds


@pytest.mark.parametrize(
    ("title", "made"),
    [("All units", guide.units()), ("Words of equations", guide.equation_words())],
)
def test_guide_tells_what_the_code_knows(title: str, made: str) -> None:
    assert made in guide.section(title), "run: python -m tests.authoring.guide"


def test_guide_tells_every_function_of_a_formula() -> None:
    assert {row[0].strip("`").split("(")[0] for row in guide.rows("Functions")} == set(FUNCTIONS)


def test_links_within_the_guide_lead_somewhere() -> None:
    text = guide.GUIDE.read_text(encoding="utf-8")
    titles = re.findall(r"^##+ (.+)$", text, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", title).strip().lower().replace(" ", "-") for title in titles}
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= anchors


def test_places_that_the_guide_names_are_there() -> None:
    text = guide.GUIDE.read_text(encoding="utf-8")
    for path in re.findall(r"`(docs/[^`]+)`", text):
        assert (guide.ROOT / path).exists(), path


# --- the example and its mistakes -------------------------------------------------------------


def _files(folder: Path = guide.EXAMPLE) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def _tried(app: Flask, files: dict[str, bytes]) -> Tried:
    with app.app_context():
        try:
            return try_files(files, "my-module", [])
        finally:
            db.session.remove()


def test_example_module_is_sound_and_holds_one_of_each(new_app) -> None:
    app = new_app()
    tried = _tried(app, _files())
    assert tried.problems == ()
    assert tried.draft is not None
    with app.app_context():
        kinds = {kind.name for kind in plugins().collect("question_kinds")}
    assert {question.kind for question in tried.draft.questions} == kinds
    assert tried.draft.practicals
    assert tried.draft.sizes
    assert tried.draft.limits
    lesson = "".join(tried.draft.lessons.values())
    for block in ("::: example", "::: check", "::: caution", "::: key", "$$", "|---|", "!["):
        assert block in lesson


def _said(problem: Problem) -> str:
    place = f"{problem.file}: {problem.place}: " if problem.key else f"{problem.file}: "
    return problem.text().removeprefix(place)


def test_table_of_mistakes_says_what_the_checker_says(new_app) -> None:
    app, said = new_app(), set()
    for file, there, written in SPOILS:
        files = _files()
        text = files[file].decode()
        assert there in text, there
        files[file] = text.replace(there, written, 1).encode()
        problems = _tried(app, files).problems
        assert problems, (file, written)
        said |= {_said(one) for one in problems}
    told = [row[0].strip("`") for row in guide.rows("Mistakes and how to mend them")]
    assert said == set(told)
    assert len(told) == len(set(told))
