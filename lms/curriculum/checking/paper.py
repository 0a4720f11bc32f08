"""Checks that a module's questions test every outcome and can fill its paper."""

from collections.abc import Iterator, Mapping, Sequence

from lms.curriculum.blueprint import Candidate, fill, line_of
from lms.curriculum.checking.problem import Problem, unknown
from lms.curriculum.drafts.draft import Draft
from lms.curriculum.kind import QuestionKind
from lms.errors import N_


def check_paper(
    draft: Draft, candidates: Sequence[Candidate], kinds: Mapping[str, QuestionKind]
) -> Iterator[Problem]:
    """Yield every problem between a module's outcomes, its questions and its blueprint."""
    file = draft.folder.place("module.toml")
    yield from _check_outcomes(file, draft, candidates)
    yield from _check_draws(file, draft, {candidate.id for candidate in candidates}, kinds)
    lines = [line_of(draw.model_dump()) for draw in draft.module.paper.draw]
    for index, (line, filled) in enumerate(zip(lines, fill(lines, candidates), strict=True)):
        if len(filled) < line.count:
            message = N_("this draws %(count)s questions, and only %(there)s are there for it")
            params = {"count": line.count, "there": len(filled)}
            mend = N_("write more questions, or lower the count")
            yield Problem(file, f"paper.draw[{index}].count", message, mend, params)


def _check_outcomes(file: str, draft: Draft, candidates: Sequence[Candidate]) -> Iterator[Problem]:
    tested = {candidate.outcome for candidate in candidates}
    for index, outcome in enumerate(draft.module.outcome):
        if outcome.id not in tested:
            message = N_("no question tests %(outcome)s")
            mend = N_("write one, or take the outcome out")
            params = {"outcome": outcome.id}
            yield Problem(file, f"outcome[{index}].id", message, mend, params)


def _check_draws(
    file: str, draft: Draft, questions: set[str], kinds: Mapping[str, QuestionKind]
) -> Iterator[Problem]:
    outcomes = {outcome.id for outcome in draft.module.outcome}
    for index, draw in enumerate(draft.module.paper.draw):
        key = f"paper.draw[{index}]"
        if bool(draw.questions) == bool(draw.outcomes):
            message = N_("a draw names either outcomes or questions")
            yield Problem(file, key, message, N_("keep one of the two"))
        for name in sorted(set(draw.outcomes or ()) - outcomes):
            what = N_("there is no outcome “%(name)s”")
            yield unknown(file, f"{key}.outcomes", what, name, outcomes)
        for name in sorted(set(draw.kinds or ()) - kinds.keys()):
            what = N_("there is no kind of question “%(name)s”")
            yield unknown(file, f"{key}.kinds", what, name, kinds)
        for name in sorted(set(draw.questions or ()) - questions):
            what = N_("there is no question “%(name)s”")
            yield unknown(file, f"{key}.questions", what, name, questions)
