"""Checks one module folder by itself, given what all sources define. The graph is not here."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from pydantic import ValidationError

from lms.curriculum.checking.figure import read_figure
from lms.curriculum.checking.glossary import read_glossary
from lms.curriculum.checking.paper import check_paper
from lms.curriculum.checking.practicals import check_levels, plain, read_practicals
from lms.curriculum.checking.problem import Problem, from_validation, unknown
from lms.curriculum.checking.prose import Prose, check_lesson
from lms.curriculum.checking.questions import Reading, read_questions
from lms.curriculum.checking.register import Register
from lms.curriculum.checking.repair import repaired
from lms.curriculum.checking.tables import load_text, load_toml
from lms.curriculum.drafts.draft import Draft
from lms.curriculum.drafts.schema import ModuleFile
from lms.curriculum.drafts.source import Folder
from lms.errors import N_

_EXPECTED = re.compile(
    r"^(module\.toml|glossary\.toml|review\.toml|lessons/[^/]+\.md|figures/[^/]+\.svg"
    r"|(questions|essays|cases|practicals)/[^/]+\.toml)$"
)


@dataclass
class Checked:
    """A module's draft, as far as one could be made, and its problems."""

    draft: Draft | None = None
    problems: list[Problem] = field(default_factory=list)


def check_module(folder: Folder, register: Register) -> Checked:
    """Read and check one module folder: every problem at once."""
    checked = Checked()
    problems = checked.problems
    problems.extend(_check_files(folder))
    draft, unread = _manifest(folder, problems)
    texts = _texts(folder, problems)
    sizes = _figures(folder, problems)
    outcomes = None
    if draft and "outcome" not in unread:
        outcomes = {outcome.id for outcome in draft.module.outcome}
    used: set[str] = set()
    for code, text in texts.items():
        prose = Prose(folder.place(f"lessons/{code}.md"), text, sizes, register.limits, used=used)
        problems.extend(check_lesson(prose))
    reading = Reading(folder, register, texts, sizes, outcomes, used, problems)
    questions = read_questions(reading)
    if draft:
        prose = Prose("", "", sizes, register.limits, used=used)
        practicals = read_practicals(prose, draft, problems)
        draft.practicals = [plain(practical) for practical in practicals]
        there = [path for path in folder.files if path.startswith("practicals/")]
        if "competency" not in unread and len(practicals) == len(there):
            problems.extend(check_levels(draft, practicals))
    for path in sorted(sizes.keys() - used):
        message = N_("no lesson or question shows this figure")
        problems.append(Problem(folder.place(path), "", message, N_("show it or take it out")))
    if draft:
        draft.lessons = {code: texts[code] for code in draft.module.lessons if code in texts}
        draft.questions, draft.sizes = questions, sizes
        draft.glossary = read_glossary(folder, texts, problems)
        draft.limits = {name.removeprefix("ref:") for name in used if name.startswith("ref:")}
        problems.extend(_check_draft(draft, reading, unread))
        checked.draft = None if "id" in unread else draft
    return checked


def _check_draft(draft: Draft, reading: Reading, unread: set[str]) -> Iterator[Problem]:
    """Check what the manifest says against the rest of the folder and the register."""
    found = [*_check_names(draft, reading.register)]
    if not reading.unread:
        found.extend(check_paper(draft, reading.candidates, reading.register.kinds))
    if "lessons" not in unread:
        found.extend(_check_lessons(draft, set(reading.lessons)))
    for problem in found:
        # What stands in for an unread key must not be found wrong in its turn.
        if problem.key.split("[")[0].split(".")[0] not in unread:
            yield problem


def _check_files(folder: Folder) -> Iterator[Problem]:
    for path in folder.files:
        if not _EXPECTED.match(path):
            message = N_("nothing of this kind belongs in a module")
            mend = N_("put it where its kind belongs, as the guide shows, or take it out")
            yield Problem(folder.place(path), "", message, mend)


def _manifest(folder: Folder, problems: list[Problem]) -> tuple[Draft | None, set[str]]:
    """Return the draft of a manifest, and the keys of it that could not be read."""
    file = folder.place("module.toml")
    table = load_toml(file, folder.files["module.toml"], problems)
    if table is None:
        return None, set()
    try:
        return Draft(folder, ModuleFile.model_validate(table), table), set()
    except ValidationError as error:
        problems.extend(from_validation(file, error, ModuleFile))
        module, unread = repaired(table, error)
    return Draft(folder, module, table), unread


def _texts(folder: Folder, problems: list[Problem]) -> dict[str, str]:
    texts = {}
    for path, data in folder.files.items():
        if path.startswith("lessons/") and path.endswith(".md"):
            text = load_text(folder.place(path), data, problems)
            if text is not None:
                texts[PurePosixPath(path).stem] = text
    return texts


def _figures(folder: Folder, problems: list[Problem]) -> dict[str, tuple[int, int]]:
    sizes = {}
    for path, data in folder.files.items():
        if path.startswith("figures/") and path.endswith(".svg"):
            drawing = read_figure(folder.place(path), data)
            problems.extend(drawing.problems)
            sizes[path] = (drawing.width, drawing.height)
    return sizes


def duplicates(names: Iterable[str]) -> list[str]:
    """Return the names that stand more than once, in order."""
    names = list(names)
    return sorted({name for name in names if names.count(name) > 1})


def _check_names(draft: Draft, register: Register) -> Iterator[Problem]:
    """Check what the manifest refers to by name."""
    file, module = draft.folder.place("module.toml"), draft.module
    for index, competency in enumerate(module.competency):
        key = f"competency[{index}]"
        if competency.id not in register.competencies:
            what = N_("no competency “%(name)s” in the framework")
            yield unknown(file, f"{key}.id", what, competency.id, register.competencies)
        if competency.from_paper > competency.most:
            message = N_("the paper alone cannot give more than the whole module")
            mend = N_("lower from_paper, or raise most")
            yield Problem(file, f"{key}.from_paper", message, mend)
    for index, reference in enumerate(module.references):
        if reference not in register.references:
            what = N_("no document “%(name)s” in the register of references")
            yield unknown(file, f"references[{index}]", what, reference, register.references)
    if not module.roles and not module.elective_roles:
        message = N_("this module says of no role that it is for it")
        yield Problem(file, "roles", message, N_('name a role, or write ["all"]'))
    for key, roles in (("roles", module.roles), ("elective_roles", module.elective_roles)):
        yield from _check_roles(file, key, roles, register.roles)
    for key, names in {
        "outcome": [outcome.id for outcome in module.outcome],
        "competency": [competency.id for competency in module.competency],
        "lessons": module.lessons,
        "needs": module.needs,
    }.items():
        for name in duplicates(names):
            message = N_("“%(name)s” stands here twice")
            yield Problem(file, key, message, N_("take one out"), {"name": name})


def _check_roles(
    file: str, key: str, roles: Iterable[str], known: Collection[str]
) -> Iterator[Problem]:
    for index, role in enumerate(roles):
        if role not in known and (role != "all" or key != "roles"):
            what = N_("no role “%(name)s” in the framework")
            yield unknown(file, f"{key}[{index}]", what, role, known)


def _check_lessons(draft: Draft, texts: set[str]) -> Iterator[Problem]:
    file = draft.folder.place("module.toml")
    for index, code in enumerate(draft.module.lessons):
        if code not in texts:
            what = N_("there is no file lessons/%(name)s.md")
            yield unknown(file, f"lessons[{index}]", what, code, texts)
    for code in sorted(texts - set(draft.module.lessons)):
        message = N_("module.toml does not list this lesson")
        place = draft.folder.place(f"lessons/{code}.md")
        yield Problem(place, "", message, N_("add it to lessons, or take the file out"))
