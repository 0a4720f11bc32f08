"""The whole review: every rule over every module, with its explanations."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from lms.curriculum.checking.checker import in_order
from lms.curriculum.checking.framework import read_shared
from lms.curriculum.drafts.source import Source, read
from lms.curriculum.reviewing import (
    abbreviations,
    citations,
    draws,
    duplicates,
    figures,
    items,
    links,
    paper,
    readability,
)
from lms.curriculum.reviewing.examples import Recomputed, recompute
from lms.curriculum.reviewing.explained import explain
from lms.curriculum.reviewing.finding import Finding
from lms.curriculum.reviewing.matter import Curriculum, Matter, matter_of

Alone = Callable[[Matter], Iterator[Finding]]
Beside = Callable[[Matter, Curriculum], Iterator[Finding]]
Whole = Callable[[Curriculum], Iterator[Finding]]

# Of a module by itself, of a module beside all others, and of all together.
ALONE: Sequence[Alone] = (
    items.outcomes,
    items.feedback,
    items.spare_targets,
    items.key_position,
    items.longest_is_key,
    abbreviations.lessons,
    abbreviations.questions,
    readability.hard_lessons,
    readability.long_sentences,
    readability.length,
    figures.figures,
)
BESIDE: Sequence[Beside] = (
    paper.sizes,
    links.broken,
    links.modules,
    citations.uncited,
    citations.lessons,
)
WHOLE: Sequence[Whole] = (duplicates.items, duplicates.paragraphs, citations.never_cited)


@dataclass
class Review:
    """What a review found, and how far worked examples could be recomputed."""

    findings: list[Finding] = field(default_factory=list)
    recomputed: Recomputed = field(default_factory=Recomputed)

    @property
    def open(self) -> list[Finding]:
        """Return the findings that are no mere notes and that nobody has explained."""
        return [one for one in self.findings if not one.note and not one.reason]

    def under(self, place: str) -> "Review":
        """Return what concerns one folder."""
        mine = [one for one in self.findings if _is_under(one.problem.file, place)]
        return Review(mine, self.recomputed.under(place))

    def plain(self) -> dict[str, Any]:
        """Return the review as it goes into JSON."""
        return {
            "open": len(self.open),
            "findings": [one.plain() for one in self.findings],
            "recomputed": self.recomputed.plain(),
        }


def review_sources(sources: Iterable[Source], closely: str = "") -> Review:
    """Read sources and review them together; what cannot be read is for the check to say.

    Args:
        closely: the module or folder whose questions are drawn as often as `draws` says.
    """
    contents = [read(source) for source in sources]
    shared = read_shared([one.shared for one in contents], [])
    modules = [matter_of(folder) for one in contents for folder in one.modules]
    return review(Curriculum(modules, shared), closely)


def review(curriculum: Curriculum, closely: str = "") -> Review:
    """Review all modules together: every finding, by file and place."""
    found: dict[str, list[Finding]] = {matter.folder.place(""): [] for matter in curriculum.modules}
    beside: list[Finding] = []
    recomputed = Recomputed()
    for matter in curriculum.modules:
        mine = found[matter.folder.place("")]
        for alone in ALONE:
            mine.extend(alone(matter))
        for rule in BESIDE:
            mine.extend(rule(matter, curriculum))
        mine.extend(recompute(matter, recomputed))
        often = closely and _is_under(matter.folder.place(""), closely)
        mine.extend(draws.drawn(matter, draws.DRAWS if often else draws.DRAWS_BESIDE))
    for whole in WHOLE:
        for finding in whole(curriculum):
            home = next((h for h in found if _is_under(finding.problem.file, h)), None)
            (beside if home is None else found[home]).append(finding)
    for matter in curriculum.modules:
        beside.extend(explain(matter, found[matter.folder.place("")]))
    return Review(_in_order(beside), recomputed)


def _is_under(file: str, place: str) -> bool:
    return file == place or file.startswith(f"{place}/")


def _in_order(findings: Iterable[Finding]) -> list[Finding]:
    findings = list(findings)
    places = {id(one): at for at, one in enumerate(in_order(f.problem for f in findings))}
    return sorted(findings, key=lambda finding: places[id(finding.problem)])
