"""Store one checked draft as a version, whole: files, lessons, practicals, questions and keys.
Whether it may be stored is for sync to say."""

from collections.abc import Callable
from typing import Any, TypeVar

from lms import clock
from lms.actor import Actor
from lms.columns import digest
from lms.curriculum.drafts.draft import Draft, shown_of
from lms.curriculum.models import (
    Lesson,
    ModuleFile,
    ModuleVersion,
    Practical,
    Question,
    QuestionKey,
)
from lms.curriculum.text import markdown
from lms.curriculum.text.markdown import Picture
from lms.db import AppendOnly, db
from lms.records.actions import record

Stored = TypeVar("Stored", bound=AppendOnly)
_SVG = "image/svg+xml"


def store_row(kind: str, row: Stored, by: Actor) -> Stored:
    """Add a row and its event."""
    db.session.add(row)
    record(kind, row, by=by)
    return row


def store_version(draft: Draft, number: int, by: Actor) -> None:
    """Store a draft as the version of this number in the order of versions."""
    module, now = draft.module, clock.now()
    version = ModuleVersion(
        code=module.id,
        version=module.version,
        number=number,
        title=module.title,
        source=draft.folder.source,
        manifest=draft.manifest | {"cited_limits": sorted(draft.limits)},
        shown_digest=draft.shown_digest(),
        folder_digest=draft.folder_digest(),
        stored_at=now,
    )
    store_row("module-version.stored", version, by)
    _store_figures(draft, version, by)
    _store_lessons(draft, version, by)
    _store_practicals(draft, version, by)
    _store_questions(draft, version, by)


def _store_figures(draft: Draft, version: ModuleVersion, by: Actor) -> None:
    for path, data in draft.figures():
        file = ModuleFile(
            module_version_id=version.id,
            path=path,
            media_type=_SVG,
            digest=digest(data),
            size=len(data),
            width=draft.sizes[path][0],
            height=draft.sizes[path][1],
        )
        store_row("module-file.stored", file, by)


def _store_questions(draft: Draft, version: ModuleVersion, by: Actor) -> None:
    for question in draft.questions:
        row = Question(
            module_version_id=version.id,
            code=question.id,
            kind=question.kind,
            outcome=question.outcome,
            lesson=question.lesson,
            critical=question.critical,
            points=str(question.points),
            shown=question.shown,
            shown_digest=digest(shown_of(question)),
        )
        store_row("question.stored", row, by)
        store_key(row, 1, question.key, by)


def _store_lessons(draft: Draft, version: ModuleVersion, by: Actor) -> None:
    pictures = _pictures(draft)
    for position, (code, text) in enumerate(draft.lessons.items(), 1):
        page = markdown.lesson(text, pictures)
        lesson = Lesson(
            module_version_id=version.id,
            locale=draft.module.language,
            code=code,
            position=position,
            title=page.title,
            source=text,
            html=page.html,
        )
        store_row("lesson.stored", lesson, by)


def _store_practicals(draft: Draft, version: ModuleVersion, by: Actor) -> None:
    for position, shown in enumerate(draft.practicals, 1):
        practical = Practical(
            module_version_id=version.id,
            code=shown["id"],
            position=position,
            title=shown["title"],
            shown=shown,
            shown_digest=digest(shown),
        )
        store_row("practical.stored", practical, by)


def _pictures(draft: Draft) -> Callable[[str], Picture | None]:
    """Return where a lesson's page fetches each figure; relative, so that it fits any address."""

    def picture(path: str) -> Picture | None:
        if path not in draft.sizes:
            return None
        name = digest(draft.folder.files[path])[:16]
        return Picture(f"../../files/{path}?v={name}", *draft.sizes[path])

    return picture


def store_key(question: Question, number: int, key: Any, by: Actor) -> None:
    """Append a key of a question."""
    row = QuestionKey(
        question_id=question.id,
        number=number,
        key=key,
        key_digest=digest(key),
        stored_at=clock.now(),
    )
    store_row("question-key.stored", row, by)
