"""File: a learner sends a file, such as a photographed record, that a person marks on a rubric."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from lms.assessment.kinds.essay import Criterion
from lms.assessment.kinds.options import tables, twice
from lms.curriculum.checking.problem import Problem
from lms.curriculum.drafts.schema import Text
from lms.curriculum.kind import (
    ParsedQuestion,
    Plain,
    Question,
    QuestionKind,
    Render,
    parsed,
    problem,
    validated,
)
from lms.errors import N_


class FileQuestion(Question):
    """A question answered with a file; its model answer says what a very good one holds."""

    why: str = ""
    model_answer: Text
    types: Annotated[list[Literal["pdf", "png", "jpeg", "text"]], Field(min_length=1)]
    megabytes: Annotated[int, Field(ge=1, le=20)] = 3
    criterion: Annotated[list[Criterion], Field(min_length=1, max_length=12)]


class File(QuestionKind):
    """Payload: `{"file": {"digest", "bytes", "type"}}`; the bytes lie in the store."""

    name = "file"
    template = "assessment/kinds/file.html"
    marked_by = "person"
    takes_files = True

    def parse(self, table: Mapping[str, Any]) -> ParsedQuestion:
        question = validated(FileQuestion, table, _problems(table))
        shown = {
            "types": sorted(set(question.types)),
            "megabytes": question.megabytes,
            "criteria": [criterion.title for criterion in question.criterion],
        }
        key = {
            "model_answer": question.model_answer,
            "criteria": [criterion.model_dump() for criterion in question.criterion],
        }
        return parsed(question, shown, key)

    def present(
        self,
        shown: Plain,
        variant: Plain,
        *,
        locale: str = "en",
        block: Render = str,
        inline: Render = str,
    ) -> Plain:
        return shown | {
            "prompt": block(shown["prompt"]),
            "criteria": [inline(title) for title in shown["criteria"]],
        }

    def read(self, form: Mapping[str, list[str]]) -> Plain | None:
        # A file is no field: what a form's texts say of one is never believed.
        return None

    def explain(
        self,
        shown: Plain,
        key: Plain,
        variant: Plain,
        payload: Plain | None,
        *,
        locale: str = "en",
        block: Render = str,
        inline: Render = str,
    ) -> Plain:
        return {
            "why": block(key["why"]),
            "model_answer": block(key["model_answer"]),
            "criteria": key["criteria"],
        }


def _problems(table: Mapping[str, Any]) -> Iterator[Problem]:
    if table.get("critical"):
        yield problem(
            "critical",
            N_("a file cannot be critical: a person's mark is no right or wrong"),
            N_("ask what is critical in a question that a machine marks"),
        )
    for name in twice(criterion.get("id") for criterion in tables(table, "criterion")):
        message = N_("two criteria have the id “%(name)s”")
        yield problem("criterion", message, N_("change one of them"), name=name)
