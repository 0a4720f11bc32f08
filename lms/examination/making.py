"""Store a programme's exam as a version over the modules in service, once for each content."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from lms import clock
from lms.actor import SYSTEM
from lms.assessment.queries import kinds
from lms.columns import digest
from lms.curriculum.case import case_of
from lms.curriculum.exams import exam_code
from lms.curriculum.models import Definition, ModuleVersion, Question
from lms.curriculum.needs import ALONE, lesson_files, ref
from lms.curriculum.queries import InService, catalogue
from lms.db import Overtaken, db, insert_once
from lms.errors import N_, RuleBroken
from lms.examination import rules
from lms.learning.models import Enrolment
from lms.records.actions import record


def exam_version(definition: Definition, person_id: str) -> ModuleVersion:
    """Return the exam of a programme as this person takes it, stored now if it never was.

    Raises:
        RuleBroken: a module is missing or has too few questions, or the person has not begun as
            many electives as the programme asks for.
    """
    content: Mapping[str, Any] = definition.content
    chosen = _chosen(content, person_id)
    sources = _sources([*content["modules"], *chosen])
    manifest = rules.manifest(content, sources, chosen)
    shown, code = digest(manifest), exam_code(definition.code)
    same = select(ModuleVersion).where(
        ModuleVersion.code == code, ModuleVersion.shown_digest == shown
    )
    if found := db.session.scalars(same).first():
        return found
    return _store(definition, code, manifest, shown)


def _store(
    definition: Definition, code: str, manifest: Mapping[str, Any], shown: str
) -> ModuleVersion:
    newest = select(func.max(ModuleVersion.number)).where(ModuleVersion.code == code)
    number = (db.session.scalar(newest) or 0) + 1
    version, created = insert_once(
        ModuleVersion,
        ("code", "number"),
        code=code,
        version=f"{definition.version}-{number}",
        number=number,
        title=definition.title,
        source="exam",
        manifest=manifest,
        shown_digest=shown,
        folder_digest=shown,
        stored_at=clock.now(),
    )
    if not created:
        raise Overtaken
    record("exam.stored", version, by=SYSTEM)
    return version


def _chosen(content: Mapping[str, Any], person_id: str) -> list[str]:
    """Return the electives that count: of each choice the first ones that the person learns."""
    if not content.get("elective"):
        return []
    learnt = set(
        db.session.scalars(
            select(ModuleVersion.code)
            .join(Enrolment, Enrolment.module_version_id == ModuleVersion.id)
            .where(Enrolment.person_id == person_id)
        )
    )
    chosen: list[str] = []
    for elective in content["elective"]:
        taken = [code for code in elective["modules"] if ref(code).module in learnt]
        if len(taken) < elective["choose"]:
            raise RuleBroken(
                N_("This learner has not begun as many of the modules to choose from as the"
                   " programme asks for.")
            )  # fmt: skip
        chosen += taken[: elective["choose"]]
    return chosen


def _sources(codes: Sequence[str]) -> list[rules.Source]:
    in_service = {one.version.code: one for one in catalogue(clock.today())}
    found = []
    for code in codes:
        one = in_service.get(ref(code).module)
        if one is None:
            raise RuleBroken(N_("%(module)s is not there: there is no exam yet."), module=code)
        found.append(_source(code, one))
    return found


def _source(code: str, one: InService) -> rules.Source:
    version, lesson = one.version, ref(code).lesson
    files = lesson_files(lesson, version.manifest["lessons"]) if lesson else None
    questions = _machine_marked(version.id, files)
    return rules.Source(
        code=code,
        version=version.id,
        number=version.version,
        title=version.title,
        hours=ALONE if lesson else sum(version.manifest["hours"].values()),
        questions=Counter(question.outcome for question in questions),
        named=tuple(sorted(question.code for question in questions)) if lesson else (),
    )


def _machine_marked(version_id: str, lessons: Collection[str] | None) -> list[Question]:
    """Return the questions outside cases that no person alone marks, of some lessons or of all."""
    names = [kind.name for kind in kinds().values() if kind.marked_by != "person"]
    statement = select(Question).where(
        Question.module_version_id == version_id, Question.kind.in_(names)
    )
    if lessons is not None:
        statement = statement.where(Question.lesson.in_(lessons))
    statement = statement.order_by(Question.code)
    return [one for one in db.session.scalars(statement) if not case_of(one.shown)]
