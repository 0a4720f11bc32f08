"""The strict checker: everything wrong in all sources, at once. Reads folders, writes nothing."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace

from lms.curriculum.checking.framework import read_shared
from lms.curriculum.checking.glossary import check_glossaries
from lms.curriculum.checking.graph import check_graph
from lms.curriculum.checking.module import check_module
from lms.curriculum.checking.problem import Problem
from lms.curriculum.checking.programmes import check_programmes
from lms.curriculum.checking.register import register_of
from lms.curriculum.checking.tracks import check_tracks
from lms.curriculum.drafts.draft import Draft, Shared
from lms.curriculum.drafts.source import Contents, Folder, Source, read
from lms.curriculum.kind import QuestionKind
from lms.errors import N_


@dataclass
class Report:
    """What was found in a number of sources.

    Attributes:
        drafts: the modules whose manifest is TOML at all, sound or not.
        problems: mistakes and notes, by file.
    """

    drafts: list[Draft] = field(default_factory=list)
    shared: Shared = field(default_factory=Shared)
    problems: list[Problem] = field(default_factory=list)

    @property
    def mistakes(self) -> list[Problem]:
        """Return the problems that are no mere notes."""
        return [problem for problem in self.problems if not problem.note]

    def mistakes_in(self, place: str) -> list[Problem]:
        """Return the mistakes in a file or anywhere under a folder."""
        return [p for p in self.mistakes if p.file == place or p.file.startswith(f"{place}/")]


def examine(
    sources: Iterable[Source], kinds: Iterable[QuestionKind], stored: Collection[str] = ()
) -> Report:
    """Read and check all sources together: every problem at once, and what could be read.

    Of two modules with one id the later is refused by name and left out; so is the later of two
    sources with one name.

    Args:
        stored: digests of folders that were found sound and stored whole: their questions are
            not drawn once more.
    """
    report = Report()
    contents = _read_all(sources, report)
    report.shared = read_shared([one.shared for one in contents], report.problems)
    register = register_of(report.shared, kinds)
    taken: dict[str, Folder] = {}
    for folder in (module for one in contents for module in one.modules):
        draws = folder.digest() not in stored
        checked = check_module(folder, replace(register, draws=draws))
        report.problems.extend(checked.problems)
        if checked.draft is None:
            continue
        code = checked.draft.module.id
        if code in taken:
            message = N_("the id “%(id)s” is taken, in %(other)s")
            params = {"id": code, "other": taken[code].place("module.toml")}
            place = folder.place("module.toml")
            report.problems.append(Problem(place, "id", message, N_("choose another id"), params))
            continue
        taken[code] = folder
        report.drafts.append(checked.draft)
    report.problems.extend(check_graph(report.drafts, report.shared))
    report.problems.extend(check_programmes(report.drafts, report.shared))
    report.problems.extend(check_tracks(report.drafts, report.shared))
    report.problems.extend(check_glossaries(report.drafts))
    report.problems = in_order(report.problems)
    return report


def check(sources: Iterable[Source], kinds: Iterable[QuestionKind]) -> list[Problem]:
    """Return every problem of all sources taken together."""
    return examine(sources, kinds).problems


def _read_all(sources: Iterable[Source], report: Report) -> list[Contents]:
    contents: dict[str, Contents] = {}
    for source in sources:
        if source.name in contents:
            message = N_("a source of this name is there already: %(folder)s is left out")
            params = {"folder": source.folder.name}
            problem = Problem(source.name, "", message, N_("rename the folder"), params)
            report.problems.append(problem)
            continue
        contents[source.name] = read(source)
        report.problems.extend(contents[source.name].problems)
    return list(contents.values())


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems as an author goes through the files: by file, `line 9` before `line 10`."""
    return sorted(problems, key=lambda problem: (problem.file, _natural(problem.key)))


def _natural(key: str) -> tuple[tuple[bool, int, str], ...]:
    parts = key.replace("[", " ").replace("]", " ").split()
    return tuple((not p.isdigit(), int(p) if p.isdigit() else 0, p) for p in parts)
