"""Which questions a blueprint may draw, and whether one paper can be filled. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Candidate:
    """A question, or a case whole, as a blueprint sees it.

    Attributes:
        case: the case that a question stands in: it is drawn with it and never alone.
        whole: this is a case, its id in `id`.
    """

    id: str
    kind: str
    outcome: str
    by_machine: bool
    case: str = ""
    whole: bool = False


def drawable(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return what lines draw: the questions outside cases, and each case whole in place of its
    first question."""
    cases = (Candidate(c.case, "", "", False, whole=True) if c.case else c for c in candidates)
    return list(dict.fromkeys(cases))


@dataclass(frozen=True)
class Line:
    """One line of a blueprint: by name, or by outcomes and kinds (None: any machine-marked).

    `count` is of questions, or of cases where it names `cases`.
    """

    count: int
    outcomes: Collection[str] = ()
    kinds: Collection[str] | None = None
    questions: Collection[str] = ()
    cases: Collection[str] = ()

    def takes(self, candidate: Candidate) -> bool:
        """Tell whether this line may draw the question or case."""
        if self.cases or candidate.whole:
            return candidate.whole and candidate.id in self.cases
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
        cases=tuple(table.get("cases") or ()),
    )


def fill(lines: Sequence[Line], candidates: Sequence[Candidate]) -> list[list[str]]:
    """Give each line its questions or cases, none twice, the first candidates before the later.

    Shuffle the candidates first to draw at random, and sort them to prefer some. Each in turn
    joins the paper if room can be made for it, questions already there changing lines if need
    be (augmenting paths). As the sets that can be filled form a matroid, the paper is as full
    as any, and no candidate is in it in place of an earlier one.

    Returns:
        The ids for each line, in the candidates' order; a line that could not be filled is
        shorter.
    """
    filled: list[list[Candidate]] = [[] for _ in lines]

    def place(candidate: Candidate, tried: set[int]) -> bool:
        for index, line in enumerate(lines):
            if index in tried or not line.takes(candidate):
                continue
            tried.add(index)
            if len(filled[index]) < line.count:
                filled[index].append(candidate)
                return True
            for held in filled[index]:
                if place(held, tried):
                    filled[index].remove(held)
                    filled[index].append(candidate)
                    return True
        return False

    for candidate in candidates:
        place(candidate, set())
    order = {candidate: place for place, candidate in enumerate(candidates)}
    return [[one.id for one in sorted(row, key=order.__getitem__)] for row in filled]
