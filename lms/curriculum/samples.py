"""A question as one learner may meet it, with what is explained afterwards: what reviewers and
authors read before anybody is asked it. Stored questions and those of a draft alike."""

from dataclasses import dataclass
from random import Random

from lms.curriculum.case import draw, present
from lms.curriculum.kind import ParsedQuestion, Plain, QuestionKind, Render
from lms.curriculum.text import markdown


@dataclass(frozen=True)
class Sample:
    """A question, how one learner may be asked it, and what is right and why."""

    question: ParsedQuestion
    kind: QuestionKind
    item: Plain
    shown: Plain
    explained: Plain


def sample(question: ParsedQuestion, kind: QuestionKind, number: int, block: Render) -> Sample:
    """Return a question with the same draw each time, so that two people read the same numbers.

    Args:
        number: its place on the page.
        block: renders its texts, figures included.
    """
    shown, key, inline = question.shown, question.key, markdown.inline
    variant = draw(kind, shown, key, Random(question.id))
    return Sample(
        question=question,
        kind=kind,
        item={"id": question.id, "number": number, "points": str(question.points)},
        shown=present(kind, shown, variant, block=block, inline=inline),
        explained=kind.explain(shown, key, variant, None, block=block, inline=inline),
    )
