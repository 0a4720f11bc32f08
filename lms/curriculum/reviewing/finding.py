"""What a review finds: its sort, place, what is wrong, how to mend it. No rule lives here.

Findings are told on the command line alone, in the source language.
"""

from dataclasses import dataclass, field
from typing import Any

from lms.curriculum.checking.problem import Problem

# Every sort of finding, as the guide for authors and each `review.toml` name it.
KINDS = (
    "outcome-without-items",
    "outcome-tested-once",
    "outcome-thin-on-paper",
    "paper-too-short",
    "bank-too-small",
    "item-without-feedback",
    "few-singles",
    "key-position",
    "longest-is-key",
    "matching-without-spare",
    "near-duplicate",
    "repeated-paragraph",
    "undefined-abbreviation",
    "hard-to-read",
    "long-sentence",
    "lesson-length",
    "figure-undescribed",
    "figure-text-overflows",
    "figure-text-overlaps",
    "unreferenced-limit",
    "lesson-without-limit",
    "uncited-limit",
    "broken-link",
    "does-not-recompute",
    "draws-refused",
    "draws-unbounded",
    "mistake-accepted",
    "unreadable-explanation",
    "stale-explanation",
)


@dataclass(frozen=True)
class Finding:
    """One finding (or note) of a review.

    Attributes:
        kind: the sort of finding, as `review.toml` names it.
        problem: where, what and how to mend.
        about: what it is about (a question, an abbreviation, a sentence's first words), so that
            an explanation finds it again after the text has moved.
        reason: why it is right as it is, from the module's `review.toml`; "" while it is open.
    """

    kind: str
    problem: Problem
    about: str = ""
    reason: str = field(default="", compare=False)

    @property
    def note(self) -> bool:
        """Tell whether this is worth knowing and leaves nothing open."""
        return self.problem.note

    def text(self) -> str:
        """Return the finding on one line, in the source language."""
        return f"[{self.kind}] {self.problem.text()}"

    def plain(self) -> dict[str, Any]:
        """Return the finding as it goes into JSON."""
        return {
            "kind": self.kind,
            "file": self.problem.file,
            "place": self.problem.place,
            "about": self.about,
            "what": self.problem.message % self.problem.params,
            "mend": self.problem.mend % self.problem.params,
            "note": self.note,
            "explained": self.reason or None,
        }
