"""`review.toml` of a module: findings that are right as they are, each with its reason."""

from collections.abc import Iterable
from dataclasses import replace

from lms.curriculum.checking.problem import Problem
from lms.curriculum.checking.tables import load_model
from lms.curriculum.drafts.schema import Strict, Text
from lms.curriculum.reviewing.finding import Finding
from lms.curriculum.reviewing.matter import Matter

FILE = "review.toml"
FEWEST_WORDS = 3  # of a reason


class Explanation(Strict):
    """One finding that its author stands by.

    Attributes:
        finding: its kind; file: where it stands, from the module's folder.
        about: what it is about, as `--json` prints it; "" takes all of this kind in the file.
    """

    finding: Text
    file: Text
    about: str = ""
    reason: Text


class ReviewFile(Strict):
    """review.toml"""

    explained: list[Explanation] = []


def explain(matter: Matter, findings: Iterable[Finding]) -> list[Finding]:
    """Return a module's findings with the reasons of its `review.toml`.

    An explanation that fits nothing any more is a finding, and so is one without a real reason.
    """
    findings = list(findings)
    data = matter.folder.files.get(FILE)
    if data is None:
        return findings
    problems: list[Problem] = []
    file = matter.folder.place(FILE)
    read = load_model(file, data, ReviewFile, problems)
    findings += [Finding("unreadable-explanation", problem) for problem in problems]
    for index, one in enumerate(read.explained if read else []):
        fitting = [at for at, finding in enumerate(findings) if _fits(matter, one, finding)]
        place = f"explained[{index}]"
        if not fitting:
            what = "nothing is found any more that this explains: %(kind)s in %(file)s"
            params = {"kind": one.finding, "file": one.file}
            problem = Problem(file, place, what, "take it out", params)
            findings.append(Finding("stale-explanation", problem, one.about))
        elif len(one.reason.split()) < FEWEST_WORDS:
            mend = "say why it is right as it is"
            problem = Problem(file, f"{place}.reason", "this is no reason", mend)
            findings.append(Finding("stale-explanation", problem, one.about))
        else:
            for at in fitting:
                findings[at] = replace(findings[at], reason=one.reason)
    return findings


def _fits(matter: Matter, one: Explanation, finding: Finding) -> bool:
    return (
        finding.kind == one.finding
        and finding.problem.file == matter.folder.place(one.file)
        and one.about in ("", finding.about)
    )
