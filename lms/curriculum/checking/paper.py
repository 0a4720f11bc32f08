"""Checks that a module's questions test every outcome and can fill its paper."""

from collections.abc import Iterator, Mapping, Sequence

from lms.curriculum.blueprint import Candidate, drawable, fill, line_of
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
    yield from _check_draws(file, draft, candidates, kinds)
    yield from _check_cases(file, draft, candidates)
    lines = [line_of(draw.model_dump()) for draw in draft.module.paper.draw]
    filled = fill(lines, drawable(candidates))
    for index, (line, drawn) in enumerate(zip(lines, filled, strict=True)):
        if len(drawn) < line.count:
            message = N_("count is %(count)s, and only %(there)s questions fit")
            mend = N_("write more questions, or lower the count")
            if line.cases:
                message = N_("count is %(count)s, and only %(there)s cases fit")
                mend = N_("name more cases, or lower the count")
            params = {"count": line.count, "there": len(drawn)}
            yield Problem(file, f"paper.draw[{index}].count", message, mend, params)


def _check_outcomes(file: str, draft: Draft, candidates: Sequence[Candidate]) -> Iterator[Problem]:
    tested = {candidate.outcome for candidate in candidates}
    for index, outcome in enumerate(draft.module.outcome):
        if outcome.id not in tested:
            message = N_("no question tests %(outcome)s")
            mend = N_("write one, or take the outcome out")
            params = {"outcome": outcome.id}
            yield Problem(file, f"outcome[{index}].id", message, mend, params)


def _check_cases(file: str, draft: Draft, candidates: Sequence[Candidate]) -> Iterator[Problem]:
    """Check that draws name cases that are there, and take none of a case's questions out of it."""
    cases = {candidate.id: candidate.case for candidate in candidates if candidate.case}
    for index, draw in enumerate(draft.module.paper.draw):
        key = f"paper.draw[{index}]"
        for name in sorted(set(draw.cases or ()) - set(cases.values())):
            what = N_("there is no case “%(name)s”")
            yield unknown(file, f"{key}.cases", what, name, cases.values())
        for name in sorted(set(draw.questions or ()) & cases.keys()):
            message = N_("the question “%(name)s” stands in a case and is drawn with it alone")
            mend = N_("draw the case “%(case)s”")
            params = {"name": name, "case": cases[name]}
            yield Problem(file, f"{key}.questions", message, mend, params)
    drawn = {name for draw in draft.module.paper.draw for name in draw.cases or ()}
    for name in sorted(set(cases.values()) - drawn):
        message = N_("no draw names the case “%(name)s”: nobody will meet it")
        mend = N_("add it to a draw's cases")
        yield Problem(file, "paper.draw", message, mend, {"name": name}, note=True)


def _check_draws(
    file: str,
    draft: Draft,
    candidates: Sequence[Candidate],
    kinds: Mapping[str, QuestionKind],
) -> Iterator[Problem]:
    outcomes = {outcome.id for outcome in draft.module.outcome}
    questions = {candidate.id for candidate in candidates}
    for index, draw in enumerate(draft.module.paper.draw):
        key = f"paper.draw[{index}]"
        if [bool(draw.questions), bool(draw.outcomes), bool(draw.cases)].count(True) != 1:
            message = N_("a draw names either outcomes, questions or cases")
            yield Problem(file, key, message, N_("keep one of them"))
        for name in sorted(set(draw.outcomes or ()) - outcomes):
            what = N_("there is no outcome “%(name)s”")
            yield unknown(file, f"{key}.outcomes", what, name, outcomes)
        for name in sorted(set(draw.kinds or ()) - kinds.keys()):
            what = N_("there is no kind of question “%(name)s”")
            yield unknown(file, f"{key}.kinds", what, name, kinds)
        for name in sorted(set(draw.questions or ()) - questions):
            what = N_("there is no question “%(name)s”")
            yield unknown(file, f"{key}.questions", what, name, questions)
