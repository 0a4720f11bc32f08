"""Checks what stands at the head of a case file; its questions are `questions.py`'s."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from pydantic import ValidationError

from lms.curriculum.case import Case
from lms.curriculum.checking.problem import Problem, from_validation, unknown
from lms.curriculum.checking.prose import Prose, check_prose
from lms.curriculum.drafts.schema import CaseFile
from lms.curriculum.text.markdown_html import parser
from lms.errors import N_

KEYS = frozenset(CaseFile.model_fields)
FEWEST, MOST = 2, 8


def read_case(
    prose: Prose, whole: Mapping[str, Any], lessons: Collection[str], problems: list[Problem]
) -> Case:
    """Return the case of a file as far as it could be read, and add its problems.

    A case without an id goes by its file's name, so that its questions stay its own.

    Args:
        prose: its file, and what its stimulus may point to.
        whole: the file's tables.
        lessons: the module's lessons.
    """
    head = {name: value for name, value in whole.items() if name in KEYS}
    try:
        CaseFile.model_validate(head)
    except ValidationError as error:
        problems.extend(from_validation(prose.file, error, CaseFile))
    id, title, lesson, stimulus = (
        value if isinstance(value := head.get(name), str) else ""
        for name in ("id", "title", "lesson", "stimulus")
    )
    if lesson and lesson not in lessons:
        what = N_("there is no lesson “%(name)s”")
        problems.append(unknown(prose.file, "lesson", what, lesson, lessons))
    problems.extend(check_prose(replace(prose, text=stimulus, key="stimulus")))
    if any(token.type == "heading_open" for token in parser().parse(stimulus)):
        message = N_("no heading stands in a case: its title is one")
        mend = N_("write it in bold, or give the text a table")
        problems.append(Problem(prose.file, "stimulus", message, mend))
    count = len(whole["question"]) if isinstance(whole.get("question"), list) else FEWEST
    if not FEWEST <= count <= MOST:
        message = N_("a case has %(fewest)s to %(most)s questions")
        mend = N_("split the case, or ask more about it")
        params = {"fewest": FEWEST, "most": MOST}
        problems.append(Problem(prose.file, "question", message, mend, params))
    return Case(id or PurePosixPath(prose.file).stem, title.strip(), stimulus.strip())
