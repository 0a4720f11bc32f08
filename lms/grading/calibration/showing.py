"""What pages show of an anchor: the question as it is put on paper, the text as an answer."""

from typing import Any

from lms.assessment.explanation import explained_item
from lms.assessment.models import AttemptItem
from lms.assessment.queries import kinds
from lms.curriculum import case
from lms.curriculum.models import ModuleVersion, Question
from lms.curriculum.queries import prompts
from lms.curriculum.text import markdown
from lms.grading.queries import rubric_of


def shown(question: Question, version: ModuleVersion, text: str | None) -> dict[str, Any]:
    """Return what `grading/asked.html` and `grading/rubric.html` need, for no attempt of anybody.

    Args:
        text: the answer; None where only the question is shown.
    """
    kind, key = kinds()[question.kind], rubric_of(question.id)
    block = prompts(version.id)
    put = case.present(kind, question.shown, {}, block=block, inline=markdown.inline)
    item = AttemptItem(id="", kind=question.kind, variant={}, position=1, shown=put)
    return {
        "waiting": {"item": item},
        "response": None if text is None else {"given": {"text": text}},
        "explained": explained_item(item, question, key, block=block),
        "template": kind.template,
        "key": key.key,
        "question": question,
        "version": version,
    }
