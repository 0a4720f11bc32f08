"""Many rows where few were, as copies of one person's records; what is counted are queries."""

from typing import Any, TypeVar

import sqlalchemy as sa
from flask import Flask

from certificates.models import Certificate, CertificateAct, SealedFile
from lms.assessment.models import Attempt, AttemptItem, Response, Submission
from lms.columns import new_id
from lms.curriculum.models import Lesson, ModuleVersion
from lms.db import Row, db, transaction
from lms.learning.models import Enrolment
from lms.people.models import Person
from lms.programme.models import Completion
from tests.isolation.world import Records

R = TypeVar("R", bound=Row)


def copy_of(row: R, **changes: Any) -> R:
    """Add a copy of a row under a new id, with some of its columns changed."""
    columns = [column.key for column in sa.inspect(type(row)).column_attrs]
    values = {key: getattr(row, key) for key in columns} | {"id": new_id()} | changes
    made = type(row)(**values)
    db.session.add(made)
    db.session.flush()
    return made


def _all(model: type[R], *where: Any) -> list[R]:
    return list(db.session.scalars(sa.select(model).where(*where)))


def crowd(app: Flask, one: Records, count: int) -> None:
    """Add `count` people who stand where one stands: enrolled, handed in, marked, certified."""
    with app.app_context(), transaction():
        for _turn in range(count):
            _another(one)


def _another(one: Records) -> None:
    person = copy_of(db.session.get_one(Person, one.person), login=f"{new_id()}@test.example")
    for enrolment in _all(Enrolment, Enrolment.person_id == one.person):
        own = copy_of(enrolment, person_id=person.id)
        for attempt in _all(Attempt, Attempt.enrolment_id == enrolment.id):
            _attempt(attempt, enrolment_id=own.id, person_id=person.id)
    for completion in _all(Completion, Completion.person_id == one.person):
        done = copy_of(completion, person_id=person.id)
        for certificate in _all(Certificate, Certificate.completion_id == completion.id):
            _certificate(certificate, completion_id=done.id, person_id=person.id)


def _attempt(attempt: Attempt, **changes: Any) -> None:
    own = copy_of(attempt, **changes)
    for item in _all(AttemptItem, AttemptItem.attempt_id == attempt.id):
        put = copy_of(item, attempt_id=own.id)
        for response in _all(Response, Response.item_id == item.id):
            copy_of(response, attempt_id=own.id, item_id=put.id)
    for submission in _all(Submission, Submission.attempt_id == attempt.id):
        copy_of(submission, attempt_id=own.id)


def _certificate(certificate: Certificate, **changes: Any) -> None:
    number = new_id()[:19].upper()
    facts = certificate.facts | {"number": number}
    own = copy_of(certificate, number=number, facts=facts, **changes)
    for act in _all(CertificateAct, CertificateAct.certificate_id == certificate.id):
        copy_of(act, certificate_id=own.id)
    for file in _all(SealedFile, SealedFile.certificate_id == certificate.id):
        copy_of(file, certificate_id=own.id)


def certificates_of(app: Flask, one: Records, count: int) -> None:
    """Add `count` certificates to those of one person."""
    with app.app_context(), transaction():
        completion = _all(Completion, Completion.person_id == one.person)[0]
        certificate = _all(Certificate, Certificate.completion_id == completion.id)[0]
        for _turn in range(count):
            done = copy_of(completion, basis_digest=new_id())
            _certificate(certificate, completion_id=done.id)


def modules(app: Flask, one: Records, count: int) -> None:
    """Add `count` modules with lessons, one person enrolled and under way in each."""
    with app.app_context(), transaction():
        enrolment = db.session.get_one(Enrolment, one.enrolment)
        version = db.session.get_one(ModuleVersion, enrolment.module_version_id)
        for turn in range(count):
            other = copy_of(version, code=f"{version.code[:3]}{900 + turn}", number=1)
            for lesson in _all(Lesson, Lesson.module_version_id == version.id):
                copy_of(lesson, module_version_id=other.id)
            own = copy_of(enrolment, module_version_id=other.id)
            for attempt in _all(Attempt, Attempt.enrolment_id == enrolment.id):
                _attempt(attempt, enrolment_id=own.id, module_version_id=other.id)
