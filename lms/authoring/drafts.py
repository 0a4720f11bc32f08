"""A draft that is tried before it is stored: checked beside everything the hub knows, and its
pages made as learners would get them. Stores nothing."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from lms.curriculum import queries
from lms.curriculum.checking.checker import in_order
from lms.curriculum.checking.framework import read_shared
from lms.curriculum.checking.graph import check_graph
from lms.curriculum.checking.module import check_module
from lms.curriculum.checking.problem import Problem
from lms.curriculum.checking.register import register_of
from lms.curriculum.drafts.draft import Draft, Shared
from lms.curriculum.drafts.schema import ModuleFile
from lms.curriculum.drafts.source import UPLOADS, Folder, Source, read
from lms.curriculum.kind import Render
from lms.curriculum.samples import Sample, sample
from lms.curriculum.sync import all_sources
from lms.curriculum.text import markdown
from lms.curriculum.text.markdown import LessonPage, Picture
from lms.errors import NotFound
from lms.plugins import plugins
from lms.web.i18n import say


@dataclass(frozen=True)
class Tried:
    """A module's files after the check: its draft, as far as one could be made, and problems."""

    draft: Draft | None
    problems: tuple[Problem, ...]

    @property
    def sound(self) -> bool:
        """Tell whether it may be stored: notes hinder nothing."""
        return self.draft is not None and all(problem.note for problem in self.problems)


def try_files(files: Mapping[str, bytes], name: str, beside: Iterable[Draft]) -> Tried:
    """Check the files of one module with the framework and references of this hub.

    Args:
        beside: the other modules, as far as their manifests: what this one may need.
    """
    others = [source for source in all_sources() if source.name != name]
    shared = read_shared([read(source).shared for source in others], [])
    folder = Folder(name, "", dict(files))
    checked = check_module(folder, register_of(shared, plugins().collect("question_kinds")))
    problems = list(checked.problems)
    if checked.draft:
        code = checked.draft.module.id
        drafts = [checked.draft, *(one for one in beside if one.module.id != code)]
        mine = folder.place("module.toml")
        problems += [one for one in check_graph(drafts, Shared()) if one.file == mine]
    return Tried(checked.draft, tuple(in_order(problems)))


def try_folder(path: Path) -> Tried:
    """Check the module folder at `path` as it is now."""
    contents = read(Source(path.resolve().name, path))
    files = next((one.files for one in contents.modules if not one.path), contents.shared.files)
    if "module.toml" not in files:
        raise NotFound()
    tried = try_files(files, path.resolve().name, _in_folders())
    return Tried(tried.draft, (*contents.problems, *tried.problems))


def try_upload(files: Mapping[str, bytes]) -> Tried:
    """Check uploaded files beside the modules that are stored."""
    return try_files(files, UPLOADS, _stored())


def _stored() -> Iterator[Draft]:
    """Yield the newest stored version of every module, its manifest alone."""
    newest = {one.code: one for one in queries.every_version()}
    for version in newest.values():
        manifest = {k: v for k, v in version.manifest.items() if k != "cited_limits"}
        yield _manifest(Folder(version.source, version.code, {}), manifest)


def _in_folders() -> Iterator[Draft]:
    """Yield the modules of every source that can be read, their manifests alone."""
    for source in all_sources():
        for folder in read(source).modules:
            with suppress(ValueError):
                yield _manifest(folder, tomllib.loads(folder.files["module.toml"].decode()))


def _manifest(folder: Folder, table: dict[str, Any]) -> Draft:
    return Draft(folder, ModuleFile.model_validate(table), table)


def picture_of(draft: Draft, prefix: str) -> Any:
    """Return where pages of a draft fetch each figure, below `prefix`."""

    def picture(path: str) -> Picture | None:
        return Picture(f"{prefix}{path}", *draft.sizes[path]) if path in draft.sizes else None

    return picture


def lesson_page(draft: Draft, code: str, prefix: str) -> LessonPage:
    """Return a lesson as it will be shown. Raises NotFound."""
    if code not in draft.lessons:
        raise NotFound()
    return markdown.lesson(draft.lessons[code], picture_of(draft, prefix))


def titles(draft: Draft) -> list[tuple[str, str]]:
    """Return code and title of each lesson, in order; a lesson without a title has its code."""
    named = ((code, text.lstrip().partition("\n")[0]) for code, text in draft.lessons.items())
    return [(code, line.lstrip("# ").strip() or code) for code, line in named]


def block_of(draft: Draft, prefix: str) -> Render:
    """Return what renders the texts of a draft's questions and practicals."""
    return partial(markdown.prompt, pictures=picture_of(draft, prefix), say=say)


def samples(draft: Draft, prefix: str) -> Iterator[Sample]:
    """Yield every question with the same drawn numbers each time, cases in their order."""
    kinds = {kind.name: kind for kind in plugins().collect("question_kinds")}
    block = block_of(draft, prefix)
    for number, question in enumerate(draft.questions, 1):
        yield sample(question, kinds[question.kind], number, block)
