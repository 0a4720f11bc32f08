"""Reads and checks what sources define beside modules: framework, programmes, references."""

from collections.abc import Iterator, Sequence

from pydantic import BaseModel

from lms.curriculum.checking.problem import Problem, unknown
from lms.curriculum.checking.tables import load_model
from lms.curriculum.drafts.draft import Shared
from lms.curriculum.drafts.programme import ProgrammeFile
from lms.curriculum.drafts.role import RolesFile
from lms.curriculum.drafts.schema import CompetenciesFile, ReferencesFile
from lms.curriculum.drafts.source import Folder
from lms.curriculum.drafts.wayfinding import TracksFile
from lms.errors import N_


def read_shared(folders: Sequence[Folder], problems: list[Problem]) -> Shared:
    """Read the shared files of all sources, in their order."""
    shared = Shared()
    for folder in folders:
        for path, data in folder.files.items():
            _read(shared, folder.place(path), path, data, problems)
    problems.extend(_check_ids(shared))
    problems.extend(_check_names(shared))
    return shared


# Where each table of a source stands, its shape, and what it is among the shared ones.
_TABLES: dict[str, tuple[type[BaseModel], str]] = {
    "framework/competencies.toml": (CompetenciesFile, "competencies"),
    "framework/roles.toml": (RolesFile, "roles"),
    "framework/tracks.toml": (TracksFile, "tracks"),
    "references.toml": (ReferencesFile, "references"),
}


def _read(shared: Shared, file: str, path: str, data: bytes, problems: list[Problem]) -> None:
    if path in _TABLES:
        model, name = _TABLES[path]
        if table := load_model(file, data, model, problems):
            getattr(shared, name)[file] = table
    elif path.startswith("programmes/") and path.endswith(".toml"):
        if programme := load_model(file, data, ProgrammeFile, problems):
            shared.programmes[file] = programme
    elif path.startswith("references/") and path.endswith(".toml"):
        if register := load_model(file, data, ReferencesFile, problems):
            shared.references[file] = register
    elif path.endswith(".toml"):
        message = N_("a file of this name is not expected here")
        mend = N_("put it into a module's folder, or under framework, programmes or references")
        problems.append(Problem(file, "", message, mend))


def _ids(shared: Shared) -> Iterator[tuple[str, str, str, str]]:
    """Yield (what, id, file, key) of everything that has an id."""
    for file, competencies in shared.competencies.items():
        for index, competency in enumerate(competencies.competency):
            yield "competency", competency.id, file, f"competency[{index}].id"
        for index, level in enumerate(competencies.level):
            yield "level", str(level.number), file, f"level[{index}].number"
    for file, roles in shared.roles.items():
        for index, role in enumerate(roles.role):
            yield "role", role.id, file, f"role[{index}].id"
    yield from _ids_of_tracks(shared)
    for file, programme in shared.programmes.items():
        yield "programme", programme.id, file, "id"
    for file, references in shared.references.items():
        for index, reference in enumerate(references.reference):
            yield "reference", reference.id, file, f"reference[{index}].id"
        for index, limit in enumerate(references.limit):
            yield "limit", limit.id, file, f"limit[{index}].id"


def _ids_of_tracks(shared: Shared) -> Iterator[tuple[str, str, str, str]]:
    for file, tracks in shared.tracks.items():
        for index, track in enumerate(tracks.track):
            yield "track", track.id, file, f"track[{index}].id"
        for index, product in enumerate(tracks.product):
            yield "product", product.id, file, f"product[{index}].id"


def _check_ids(shared: Shared) -> Iterator[Problem]:
    """Refuse the later of two equal ids, in whatever source it stands, naming the first."""
    first: dict[tuple[str, str], str] = {}
    for what, name, file, key in _ids(shared):
        if (what, name) in first:
            message = N_("the id “%(id)s” is taken, in %(other)s")
            params = {"id": name, "other": first[what, name]}
            yield Problem(file, key, message, N_("choose another id"), params)
        first.setdefault((what, name), file)


def _check_names(shared: Shared) -> Iterator[Problem]:
    known = shared.competency_ids()
    no_competency = N_("no competency “%(name)s” in the framework")
    for file, roles in shared.roles.items():
        bases = {"base.industry": roles.base.industry, "base.regulator": roles.base.regulator}
        tables = bases | {f"role[{index}]": role for index, role in enumerate(roles.role)}
        for key, table in tables.items():
            for name in table.levels.keys() - known:
                yield unknown(file, f"{key}.levels", no_competency, name, known)
    for file, programme in shared.programmes.items():
        for index, requirement in enumerate(programme.requires):
            if requirement.competency not in known:
                key = f"requires[{index}].competency"
                yield unknown(file, key, no_competency, requirement.competency, known)
    for file, references in shared.references.items():
        documents = shared.reference_ids()
        for index, limit in enumerate(references.limit):
            if limit.reference not in documents:
                what = N_("no document “%(name)s” in the register of references")
                yield unknown(file, f"limit[{index}].reference", what, limit.reference, documents)
