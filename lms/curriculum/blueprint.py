"""Which questions a blueprint may draw, and whether one paper can be filled. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Candidate:
    """A question as a blueprint sees it."""

    id: str
    kind: str
    outcome: str
    by_machine: bool


@dataclass(frozen=True)
class Line:
    """One line of a blueprint: by name, or by outcomes and kinds (None: any machine-marked)."""

    count: int
    outcomes: Collection[str] = ()
    kinds: Collection[str] | None = None
    questions: Collection[str] = ()

    def takes(self, candidate: Candidate) -> bool:
        """Tell whether this line may draw the question."""
        if self.questions:
            return candidate.id in self.questions
        if self.outcomes and candidate.outcome not in self.outcomes:
            return False
        return candidate.by_machine if self.kinds is None else candidate.kind in self.kinds


def line_of(table: Mapping[str, Any]) -> Line:
    """Return a `[[paper.draw]]` table of a checked manifest as a line."""
    return Line(
        count=table["count"],
        outcomes=tuple(table.get("outcomes") or ()),
        kinds=table.get("kinds"),
        questions=tuple(table.get("questions") or ()),
    )


def fill(lines: Sequence[Line], candidates: Sequence[Candidate]) -> list[list[str]]:
    """Give each line its questions, none twice, trying candidates in the order given.

    Shuffle the candidates first to draw at random. Where lines compete for questions, one that
    has no other choice gets its own (augmenting paths), so a line stays short only if every
    way of filling the paper leaves one short.

    Returns:
        The ids for each line, in its order; a line that could not be filled is shorter.
    """
    holder: dict[str, int] = {}

    def place(line: int, seen: set[str]) -> bool:
        for candidate in candidates:
            if candidate.id in seen or not lines[line].takes(candidate):
                continue
            seen.add(candidate.id)
            current = holder.get(candidate.id)
            if current is None or place(current, seen):
                holder[candidate.id] = line
                return True
        return False

    for index, line in enumerate(lines):
        for _ in range(line.count):
            if not place(index, set()):
                break
    order = [candidate.id for candidate in candidates]
    return [[name for name in order if holder.get(name) == index] for index in range(len(lines))]
