"""Findings about texts that say nearly the same: questions of the whole bank, lessons' paragraphs.

Two texts are compared by their shingles (runs of words): the overlap is what they share over what
the shorter one has (overlap coefficient). An index from shingle to texts finds the pairs, so that
a bank of thousands is compared in seconds and only texts that share anything meet.
Source: A. Broder, On the resemblance and containment of documents, 1997.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from lms.curriculum.reviewing.finding import Finding
from lms.curriculum.reviewing.matter import Curriculum, Item, Lesson, Matter, Place
from lms.curriculum.reviewing.prose import EQUATION, HEADING, Block
from lms.curriculum.reviewing.words import beginning, shingles

ITEM_WORDS, ITEM_OVERLAP, FEWEST_ITEM = 3, 0.8, 6
PARAGRAPH_WORDS, PARAGRAPH_OVERLAP, FEWEST_PARAGRAPH = 4, 0.5, 10
T = TypeVar("T")
Shingles = frozenset[tuple[str, ...]]


@dataclass(frozen=True)
class _Alike(Generic[T]):
    """Two texts and how much they share."""

    first: T
    second: T
    overlap: float


def alike(texts: Sequence[tuple[T, Shingles]], least: float) -> Iterator[_Alike[T]]:
    """Yield each pair of texts whose overlap is at least `least`, in the texts' order."""
    holding: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, (_, runs) in enumerate(texts):
        shared = Counter(other for run in runs for other in holding[run])
        for other in sorted(shared):
            smaller = min(len(runs), len(texts[other][1]))
            if shared[other] >= least * smaller:
                yield _Alike(texts[other][0], texts[at][0], shared[other] / smaller)
        for run in runs:
            holding[run].append(at)


def items(curriculum: Curriculum) -> Iterator[Finding]:
    """Find questions that nearly repeat another one, anywhere in the whole bank."""
    known: list[tuple[tuple[Matter, Item], Shingles]] = []
    for matter in curriculum.modules:
        for item in matter.items:
            runs = shingles(item.asked(), ITEM_WORDS)
            if len(runs) >= FEWEST_ITEM:
                known.append(((matter, item), runs))
    for pair in alike(known, ITEM_OVERLAP):
        (before, twin), (matter, item) = pair.first, pair.second
        other = twin.id if before is matter else f"{before.id} {twin.id}"
        what = "this is nearly the question “%(other)s”: %(share)s %% of its words"
        mend = "ask something else, or make one parametrised question of the two"
        about = f"{item.id} {other}"
        share = round(100 * pair.overlap)
        yield matter.finding(
            "near-duplicate", item.place, what, mend, {"other": other, "share": share}, about=about
        )


def paragraphs(curriculum: Curriculum) -> Iterator[Finding]:
    """Find paragraphs that nearly repeat another one, in the same module or across."""
    known: list[tuple[tuple[Matter, Lesson, Block], Shingles]] = []
    for matter in curriculum.modules:
        for lesson in matter.lessons:
            for block in lesson.blocks:
                runs = shingles(block.text, PARAGRAPH_WORDS)
                if block.kind not in (HEADING, EQUATION) and len(runs) >= FEWEST_PARAGRAPH:
                    known.append(((matter, lesson, block), runs))
    for pair in alike(known, PARAGRAPH_OVERLAP):
        before, twin, there = pair.first
        matter, lesson, here = pair.second
        what = "this paragraph nearly repeats %(other)s, line %(line)s: %(share)s %% of its words"
        mend = "say it once, and point to it"
        yield matter.finding(
            "repeated-paragraph",
            Place(lesson.file, f"line {here.line}"),
            what,
            mend,
            {
                "other": before.folder.place(twin.file),
                "line": there.line,
                "share": round(100 * pair.overlap),
            },
            about=beginning(here.text),
        )
