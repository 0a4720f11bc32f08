"""Store what the folders hold: each version once, whole; corrected keys beside it. Draft folders
stay drafts; what was stored before stays in service whatever a folder says later."""

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lms import clock
from lms.actor import SYSTEM, Actor
from lms.columns import digest
from lms.curriculum import queries, register, rules, subjects
from lms.curriculum.checking.checker import Report, examine
from lms.curriculum.checking.problem import Problem
from lms.curriculum.drafts.draft import Draft
from lms.curriculum.drafts.source import UPLOADS, Source, from_directories, from_distributions
from lms.curriculum.models import (
    Definition,
    KeyProposal,
    ModuleVersion,
    Question,
)
from lms.curriculum.storing import store_key, store_row, store_version
from lms.db import transaction
from lms.errors import N_
from lms.plugins import plugins
from lms.settings import setting
from lms.store import actions as store


@dataclass
class Outcome:
    """What a sync did: versions stored, keys corrected or waiting, what it refused and why."""

    stored: list[str] = field(default_factory=list)
    corrected: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def refused(self) -> list[Problem]:
        """Return the mistakes: what they stand in was not stored."""
        return [problem for problem in self.problems if not problem.note]


def all_sources() -> list[Source]:
    """Return every source of this app: plugins', installed distributions', configured folders."""
    plugged = [
        Source(name, Path(folder)) for name, folder in plugins().collect("curriculum_sources")
    ]
    return [*plugged, *from_distributions(), *from_directories(setting("CURRICULUM_DIRS"))]


def examine_all(sources: list[Source] | None = None, stored: Collection[str] = ()) -> Report:
    """Check sources (default: every one of this app) with the kinds that are plugged in.

    Args:
        stored: digests of folders that are stored already, which need less.
    """
    kinds = plugins().collect("question_kinds")
    return examine(all_sources() if sources is None else sources, kinds, stored)


def sync_all(*, by: Actor = SYSTEM) -> Outcome:
    """Check every source, then store what is sound in a transaction of its own.

    Reading, drawing and keeping figures come before the transaction opens.
    """
    with transaction(write=False):
        stored = queries.folder_digests()
    report = examine_all(stored=stored)
    for draft in report.drafts:
        if not report.mistakes_in(draft.place):
            keep_figures(draft)
    with transaction():
        return sync(report, by=by)


def keep_figures(draft: Draft) -> None:
    """Put a draft's figures into the store, before any writing transaction opens."""
    for _, data in draft.figures():
        store.put(data)


def sync_draft(draft: Draft, *, by: Actor) -> Outcome:
    """Store one sound draft beside what is there; its figures have to be in the store already."""
    outcome = Outcome()
    _sync_module(draft, outcome, by)
    plugins().announce("curriculum_stored")
    return outcome


def sync(report: Report, *, by: Actor = SYSTEM) -> Outcome:
    """Store every sound module, programme and register of a report; what is stored stays.

    Figures have to be in the store already. Doing it twice is doing it once.
    """
    outcome = Outcome(problems=list(report.problems))
    for kind, tables in (
        ("framework", report.shared.competencies),
        ("roles", report.shared.roles),
        ("tracks", report.shared.tracks),
    ):
        for file, table in tables.items():
            if not report.mistakes_in(file):
                _define(kind, file.split("/")[0], table.model_dump(), outcome, by)
    for source, content in _registers(report).items():
        _define("references", source, content, outcome, by)
    for file, programme in report.shared.programmes.items():
        if not report.mistakes_in(file):
            # As written: a key that came later changes no programme that does without it.
            content = programme.model_dump(exclude_unset=True)
            _define("programme", programme.id, content, outcome, by, file)
    for draft in report.drafts:
        if not report.mistakes_in(draft.place):
            _sync_module(draft, outcome, by)
    plugins().announce("curriculum_stored")
    return outcome


def _registers(report: Report) -> dict[str, dict[str, Any]]:
    """Return each source's register of references as one, however many files it is written in.

    A source with a mistake in one of them keeps the register that is stored.
    """
    registers: dict[str, dict[str, Any]] = {}
    for file, table in report.shared.references.items():
        source = file.split("/")[0]
        if any(
            report.mistakes_in(f"{source}/{part}") for part in ("references.toml", "references")
        ):
            continue
        whole = registers.setdefault(source, {"reference": [], "limit": []})
        for name, rows in table.model_dump().items():
            whole[name] += rows
    return registers


# --- modules --------------------------------------------------------------------------------


def _sync_module(draft: Draft, outcome: Outcome, by: Actor) -> None:
    module = draft.module
    newest = queries.newest_version(module.id)
    if newest is not None and _foreign(newest.source, draft.folder.source):
        message = N_("the id “%(id)s” is taken, in %(other)s")
        params = {"id": module.id, "other": newest.source}
        place = draft.folder.place("module.toml")
        outcome.problems.append(Problem(place, "id", message, N_("choose another id"), params))
    elif newest is None or _later(module.version, newest.version):
        _sync_glossary(draft, outcome, by)
        store_version(draft, newest.number + 1 if newest else 1, by)
        outcome.stored.append(f"{module.id} {module.version}")
    elif module.version != newest.version:
        message = N_("version %(stored)s is stored already, and this is an older number")
        _refuse(draft, outcome, message, newest.version)
    elif draft.folder_digest() != newest.folder_digest and (
        draft.shown_digest() != newest.shown_digest
    ):
        message = N_("the text differs from version %(stored)s as it is stored")
        _refuse(draft, outcome, message, newest.version)
    else:
        _sync_glossary(draft, outcome, by)
        _sync_keys(draft, newest, outcome, by)


def _sync_glossary(draft: Draft, outcome: Outcome, by: Actor) -> None:
    """Store the words that a module explains; they are no part of a version and need no new one."""
    code = draft.module.id
    if draft.glossary or register.newest_definition("glossary", code):
        terms = [one.model_dump() for one in draft.glossary]
        content = {"title": draft.module.title, "language": draft.module.language, "term": terms}
        _define("glossary", code, content, outcome, by)


def _foreign(stored: str, source: str) -> bool:
    """Tell whether an upload meets a folder's module or a folder an uploaded one.

    A folder may be renamed or packaged; what was uploaded has no folder to come from.
    """
    return stored != source and UPLOADS in (stored, source)


def _refuse(draft: Draft, outcome: Outcome, message: str, stored: str) -> None:
    mend = N_("raise the version; until then %(stored)s stays in service")
    place = draft.folder.place("module.toml")
    outcome.problems.append(Problem(place, "version", message, mend, {"stored": stored}))


def _later(version: str, than: str) -> bool:
    return [int(n) for n in version.split(".")] > [int(n) for n in than.split(".")]


# --- keys -----------------------------------------------------------------------------------


def _sync_keys(draft: Draft, version: ModuleVersion, outcome: Outcome, by: Actor) -> None:
    """Take over corrected keys: at once in a draft, as proposals where people have approved."""
    stored = subjects.newest_keys(version.id)
    corrected_before = any(number > 1 for _, number, _ in stored.values())
    waiting = {question.id: proposal for question, proposal in subjects.proposals(version.id)}
    if draft.folder_digest() == version.folder_digest and not (corrected_before or waiting):
        outcome.unchanged.append(f"{version.code} {version.version}")
        return
    state = rules.state(queries.acts_of([version.id])[version.id], "", clock.today())
    changed = False
    for question in draft.questions:
        row, number, key_digest = stored[question.id]
        current = waiting[row.id].key_digest if row.id in waiting else key_digest
        if digest(question.key) == current:
            continue
        changed = True
        name = f"{version.code} {version.version} {question.id}"
        if state == rules.DRAFT:
            store_key(row, number + 1, question.key, by)
            outcome.corrected.append(name)
        else:
            _propose(row, question.key, by)
            outcome.waiting.append(name)
    if not changed:
        outcome.unchanged.append(f"{version.code} {version.version}")


def _propose(question: Question, key: Any, by: Actor) -> None:
    row = KeyProposal(
        question_id=question.id,
        number=subjects.proposals_made(question.id) + 1,
        key=key,
        key_digest=digest(key),
        proposed_at=clock.now(),
    )
    store_row("question-key.proposed", row, by)


# --- definitions ----------------------------------------------------------------------------


def _define(
    kind: str, code: str, content: Any, outcome: Outcome, by: Actor, file: str = ""
) -> None:
    """Store a definition that differs from the newest; a programme has to raise its version."""
    newest = register.newest_definition(kind, code)
    if newest and newest.content_digest == digest(content):
        return
    number = newest.number + 1 if newest else 1
    version = content.get("version") or str(number)
    if newest and kind == "programme" and not _later(version, newest.version):
        message = N_("the programme differs from version %(stored)s as it is stored")
        mend = N_("raise the version; until then %(stored)s stays in service")
        params = {"stored": newest.version}
        outcome.problems.append(Problem(file, "version", message, mend, params))
        return
    row = Definition(
        kind=kind,
        code=code,
        number=number,
        version=version,
        title=content.get("title", code),
        content=content,
        content_digest=digest(content),
        stored_at=clock.now(),
    )
    store_row("definition.stored", row, by)
    outcome.stored.append(f"{kind} {code} {version}")
