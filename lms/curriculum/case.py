"""A case: what several questions are about. Puts it beside a question's own texts and takes it off
again, so that no kind of question knows of cases. Reads no file, asks no database."""

from dataclasses import dataclass, replace
from random import Random
from typing import Any

from lms.curriculum.kind import ParsedQuestion, Plain, QuestionKind, Render

_KEY = "case"


@dataclass(frozen=True)
class Case:
    """A stimulus (Markdown) that questions stand under."""

    id: str
    title: str
    stimulus: str


def under(case: Case, question: ParsedQuestion, number: int, of: int) -> ParsedQuestion:
    """Return a question with its case in what is shown: the question `number` of `of` in it."""
    told = {
        "id": case.id,
        "title": case.title,
        "stimulus": case.stimulus,
        "number": number,
        "of": of,
    }
    return replace(question, shown=question.shown | {_KEY: told})


def case_of(shown: Plain) -> dict[str, Any] | None:
    """Return the case in what is shown of a question (stored or presented), None outside one."""
    return shown.get(_KEY)


def own(shown: Plain) -> Plain:
    """Return what is shown of a question as its kind made it, without the case."""
    return {name: value for name, value in shown.items() if name != _KEY}


def draw(kind: QuestionKind, shown: Plain, key: Plain, rng: Random) -> Plain:
    """Return a variant of a question, in a case or not. Raises Undrawable."""
    return kind.draw(own(shown), key, rng)


def present(
    kind: QuestionKind,
    shown: Plain,
    variant: Plain,
    *,
    locale: str = "en",
    block: Render = str,
    inline: Render = str,
) -> Plain:
    """Return what a kind presents of a question, with its case rendered beside it."""
    presented = kind.present(own(shown), variant, locale=locale, block=block, inline=inline)
    case = case_of(shown)
    if case is None:
        return presented
    return presented | {_KEY: case | {"stimulus": block(case["stimulus"])}}
