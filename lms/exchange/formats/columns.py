"""The columns of the spreadsheet template: one row a question. Cells hold our Markdown."""

import re
import string
from collections.abc import Sequence

LETTERS = tuple(string.ascii_uppercase[:20])
PLAIN = (
    "id", "kind", "outcome", "lesson", "critical", "points", "scoring",
    "prompt", "answer", "tolerance", "unit", "units", "why",
    "model answer", "words min", "words max",
)  # fmt: skip  # read as a list
AFTER = ("ids", "match ids", "more")
_FEWEST = 4  # letters of a file that needs fewer
ALIASES = {
    "question": "prompt",
    "question text": "prompt",
    "correct": "answer",
    "correct answer": "answer",
    "key": "answer",
    "feedback": "why",
    "explanation": "why",
    "type": "kind",
    "name": "id",
}


def header(letters: int = _FEWEST) -> list[str]:
    """Return the headings of a file with so many lettered parts, at least four."""
    parts = [
        heading
        for letter in LETTERS[: max(letters, _FEWEST)]
        for heading in (letter, f"{letter} why", f"{letter} match")
    ]
    return [*PLAIN, *parts, *AFTER]


KNOWN = frozenset(folded.lower() for folded in header(len(LETTERS)))


def folded(heading: str) -> str:
    """Return a heading as it is compared: small letters, one space, the usual other names."""
    name = re.sub(r"[\s_]+", " ", heading).strip().lower()
    name = re.sub(r"^(?:option|answer|choice) ([a-t])$", r"\1", name)
    return ALIASES.get(name, name)


def known(headings: Sequence[str]) -> int:
    """Return how many of these headings are known."""
    return sum(folded(one) in KNOWN for one in headings)
