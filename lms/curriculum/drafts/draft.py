"""A module as read from its folder and found whole: what sync stores. No judgement lives here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lms.columns import digest
from lms.curriculum.drafts.programme import ProgrammeFile
from lms.curriculum.drafts.role import RolesFile
from lms.curriculum.drafts.schema import CompetenciesFile, ModuleFile, ReferencesFile
from lms.curriculum.drafts.source import Folder
from lms.curriculum.drafts.wayfinding import Term, TracksFile
from lms.curriculum.kind import ParsedQuestion


@dataclass
class Draft:
    """One module: its manifest and texts, as far as they could be read.

    Attributes:
        manifest: module.toml as its author wrote it.
        lessons: Markdown by lesson code, in the manifest's order.
        practicals: the tables of the observed practicals, as they are stored.
        sizes: width and height of each figure by its path.
        limits: the ids of the † limits that its texts cite.
        glossary: the words that its lessons explain.
    """

    folder: Folder
    module: ModuleFile
    manifest: dict[str, Any]
    lessons: dict[str, str] = field(default_factory=dict)
    questions: list[ParsedQuestion] = field(default_factory=list)
    practicals: list[Mapping[str, Any]] = field(default_factory=list)
    sizes: dict[str, tuple[int, int]] = field(default_factory=dict)
    limits: set[str] = field(default_factory=set)
    glossary: list[Term] = field(default_factory=list)

    @property
    def place(self) -> str:
        """Return how the module's folder is named to people."""
        return self.folder.place("")

    def figures(self) -> Iterator[tuple[str, bytes]]:
        """Yield path and bytes of each figure."""
        for path in sorted(self.sizes):
            yield path, self.folder.files[path]

    def folder_digest(self) -> str:
        """Return the digest of every file of the version as it lies in the folder."""
        return self.folder.digest()

    def shown_digest(self) -> str:
        """Return the digest of everything that a learner is shown, and of the pass rules."""
        shown: dict[str, Any] = {
            "manifest": self.manifest,
            "lessons": {code: digest(text.encode()) for code, text in self.lessons.items()},
            "questions": {q.id: digest(shown_of(q)) for q in self.questions},
            "figures": {path: digest(data) for path, data in self.figures()},
        }
        if self.practicals:  # a version stored before there were any keeps its digest
            shown["practicals"] = {one["id"]: digest(one) for one in self.practicals}
        return digest(shown)


def shown_of(question: ParsedQuestion) -> dict[str, Any]:
    """Return what is shown of a question together with what decides how it counts."""
    return {
        "kind": question.kind,
        "outcome": question.outcome,
        "lesson": question.lesson,
        "critical": question.critical,
        "points": question.points,
        "shown": question.shown,
    }


@dataclass
class Shared:
    """What all sources together define beside modules, with the file that each comes from."""

    competencies: dict[str, CompetenciesFile] = field(default_factory=dict)
    roles: dict[str, RolesFile] = field(default_factory=dict)
    programmes: dict[str, ProgrammeFile] = field(default_factory=dict)
    references: dict[str, ReferencesFile] = field(default_factory=dict)
    tracks: dict[str, TracksFile] = field(default_factory=dict)

    def competency_ids(self) -> set[str]:
        """Return the ids of all competencies."""
        return {c.id for table in self.competencies.values() for c in table.competency}

    def role_ids(self) -> set[str]:
        """Return the ids of all roles."""
        return {role.id for table in self.roles.values() for role in table.role}

    def reference_ids(self) -> set[str]:
        """Return the ids of all documents in the register."""
        return {r.id for table in self.references.values() for r in table.reference}

    def limit_ids(self) -> set[str]:
        """Return the ids of all limits in the register."""
        return {limit.id for table in self.references.values() for limit in table.limit}
