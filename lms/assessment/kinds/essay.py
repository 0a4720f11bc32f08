"""Essay: a text that a person marks on a rubric of criteria with five levels each."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import Field

from lms.curriculum.checking.problem import Problem
from lms.curriculum.drafts.schema import Slug, Strict, Text
from lms.curriculum.kind import (
    ParsedQuestion,
    Plain,
    Question,
    QuestionKind,
    Render,
    Said,
    parsed,
    problem,
    validated,
)
from lms.errors import N_

MOST = 4  # points of the best level of a criterion


class Criterion(Strict):
    """One criterion of the rubric; the index of a level is its points, from 0 to 4."""

    id: Slug
    title: Text
    levels: Annotated[list[Text], Field(min_length=MOST + 1, max_length=MOST + 1)]


class EssayQuestion(Question):
    """An essay; its model answer is its explanation, so that `why` may be left out."""

    why: str = ""
    model_answer: Text
    words_min: Annotated[int, Field(ge=0, le=10_000)]
    words_max: Annotated[int, Field(ge=1, le=10_000)]
    criterion: Annotated[list[Criterion], Field(min_length=1, max_length=12)]


class Essay(QuestionKind):
    """Payload: `{"text": …}` exactly as it was typed. `key["criteria"]` is the rubric."""

    name = "essay"
    template = "assessment/kinds/essay.html"
    marked_by = "person"

    def parse(self, table: Mapping[str, Any]) -> ParsedQuestion:
        question = validated(EssayQuestion, table, _problems(table))
        shown = {
            "words_min": question.words_min,
            "words_max": question.words_max,
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
        text = form.get("text", [""])[-1]
        return {"text": text} if text.strip() else None

    def echo(self, payload: Plain | None, locale: str) -> Said | None:
        if payload is None:
            return None
        return N_("Words: %(count)s"), {"count": str(count_words(payload["text"]))}

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


def count_words(text: str) -> int:
    """Count words as spaces set them apart."""
    return len(text.split())


def _problems(table: Mapping[str, Any]) -> Iterator[Problem]:
    least, most = table.get("words_min"), table.get("words_max")
    if isinstance(least, int) and isinstance(most, int) and least > most:
        yield problem("words_max", N_("words_max is less than words_min"), N_("swap them"))
    if table.get("critical"):
        yield problem(
            "critical",
            N_("an essay cannot be critical: a person's mark is no right or wrong"),
            N_("ask what is critical in a question that a machine marks"),
        )
    criteria = table.get("criterion")
    listed = criteria if isinstance(criteria, list) else []
    ids = [criterion.get("id") for criterion in listed if isinstance(criterion, dict)]
    for name in sorted({str(one) for one in ids if ids.count(one) > 1}):
        yield problem(
            "criterion",
            N_("two criteria have the id “%(name)s”"),
            N_("change one of them"),
            name=name,
        )
