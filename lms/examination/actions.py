"""Open a sitting, look at identity, let a candidate begin, note an incident, sign the sitting."""

import secrets

from lms import clock
from lms.actor import SYSTEM, Actor
from lms.assessment.actions import give_paper
from lms.assessment.models import Attempt
from lms.columns import digest
from lms.curriculum.queries import version_by_id
from lms.db import db, insert_once
from lms.errors import N_, Conflict, NotFound, RuleBroken
from lms.examination import making, queries, reporting, rules
from lms.examination.models import IdentityCheck, Incident, Seat, Sitting, SittingReport
from lms.learning.actions import enrol
from lms.learning.models import Enrolment
from lms.people.actions import Checked, confirm_proof
from lms.people.models import Organisation
from lms.people.queries import hold_person
from lms.programme.actions import complete_programmes
from lms.records.actions import record, sign

CLOSED = N_("This sitting is signed: nothing can be added to it.")
CHANGED = N_("Something changed in this sitting since you opened the page. Look at it again.")


def open_sitting(*, once: str, programme: str, place_id: str, room: str, by: Actor) -> Sitting:
    """Open a sitting with a code of its own; sending it again gives the first one back.

    Raises:
        NotFound: not an organisation at which `by` is an instructor.
        RuleBroken: the programme has no exam that can be taken.
    """
    place = next((one for one in queries.places(by) if one.id == place_id), None)
    if place is None:
        raise NotFound()
    found = queries.exams(clock.today()).get(programme)
    if found is None:
        raise RuleBroken(N_("The exam of this programme cannot be taken yet."), field="programme")
    row, created = insert_once(
        Sitting,
        ("once",),
        once=once,
        programme_code=programme,
        definition_id=found[0].id,
        place_id=place.id,
        room=room.strip(),
        code="".join(secrets.choice(rules.ALPHABET) for _ in range(rules.CODE_LENGTH)),
        opened_by=by.id,
        opened_at=clock.now(),
    )
    if created:
        record("sitting.opened", row, by=by)
    elif row.opened_by != by.id:
        raise NotFound()
    return row


def check_identity(
    *,
    sitting_id: str,
    person_id: str,
    document: str,
    agrees: bool,
    note: str,
    read_number: int,
    by: Actor,
) -> IdentityCheck:
    """Append what comparing a candidate with a paper showed; who agrees may begin.

    Args:
        document: one of `rules.DOCUMENTS`; its number is not asked for.
        read_number: how many checks the page showed.

    Raises:
        NotFound: not a sitting of `by`, or not a learner of its programme; oneself never is.
        Conflict: the sitting is signed, or somebody else looked in the meantime.
        RuleBroken: a disagreement without words, or there is no exam for this learner.
    """
    held = queries.sitting(sitting_id, by)
    enrolment, person = queries.learner(held, person_id, by)
    hold_person(person.id)
    if held.report is not None:
        raise Conflict(CLOSED)
    earlier = queries.checks(sitting_id, person.id)
    if len(earlier) != read_number:
        raise Conflict(CHANGED)
    if not agrees and not note.strip():
        raise RuleBroken(N_("Say in a few words what did not agree."), field="note")
    known = next((one.enrolment_id for one, _by in reversed(earlier) if one.enrolment_id), None)
    row = IdentityCheck(
        sitting_id=sitting_id,
        person_id=person.id,
        number=len(earlier) + 1,
        enrolment_id=(known or _enrolled(held, enrolment).id) if agrees else known,
        document=document,
        agrees=agrees,
        note=note.strip(),
        checked_by=by.id,
        checked_at=clock.now(),
    )
    db.session.add(row)
    record("identity.checked", row, by=by)
    return row


def _enrolled(held: queries.Held, enrolment: Enrolment) -> Enrolment:
    """Return the candidate's enrolment in the exam, under the organisations of the programme's."""
    return enrol(
        person=queries.person(enrolment.person_id),
        version=making.exam_version(held.definition, enrolment.person_id),
        programme_code=held.row.programme_code,
        sending=db.session.get_one(Organisation, enrolment.sending_id),
        delivering=db.session.get_one(Organisation, enrolment.delivering_id),
        by=SYSTEM,
    )


def enter_exam(*, code: str, locale: str, checked: Checked | None, by: Actor) -> Attempt:
    """Give a candidate whose identity was seen the paper; an open one is given back instead.

    Raises:
        RuleBroken: the code is of no sitting that waits for `by`, a further attempt may not start,
            or a wrong password.
    """
    proof = confirm_proof(checked)
    hold_person(by.id)
    for sitting, check, _programme in queries.waiting_for(by, clock.now()):
        if rules.same_code(code, sitting.code) and check.enrolment_id:
            enrolment = db.session.get_one(Enrolment, check.enrolment_id)
            version = version_by_id(enrolment.module_version_id)
            attempt = give_paper(enrolment=enrolment, version=version, locale=locale, by=by)
            seat, created = insert_once(
                Seat,
                ("attempt_id",),
                sitting_id=sitting.id,
                attempt_id=attempt.id,
                person_id=by.id,
                check_id=check.id,
                taken_at=clock.now(),
            )
            if created:
                record("seat.taken", seat, by=by)
                sign(seat, meaning="began", by=by, proof=proof)
            return attempt
    raise RuleBroken(
        N_("This is not the code of a sitting that waits for you. Look at it again, or ask the"
           " invigilator whether your identity was checked."),
        field="code",
    )  # fmt: skip


def note_incident(*, once: str, sitting_id: str, person_id: str, text: str, by: Actor) -> Incident:
    """Append what happened in a sitting; sending it again gives the first row back.

    Args:
        person_id: the candidate it is about, "" for all of them.

    Raises:
        NotFound: not a sitting of `by`, or nobody of its candidates.
        Conflict: the sitting is signed.
    """
    held = queries.sitting(sitting_id, by)
    if held.report is not None:
        raise Conflict(CLOSED)
    if person_id and not queries.checks(sitting_id, person_id):
        raise NotFound()
    row, created = insert_once(
        Incident,
        ("once",),
        once=once,
        sitting_id=sitting_id,
        person_id=person_id or None,
        text=text.strip(),
        noted_by=by.id,
        noted_at=clock.now(),
    )
    if created:
        record("incident.noted", row, by=by)
    elif row.sitting_id != sitting_id:
        raise NotFound()
    return row


def sign_sitting(
    *, sitting_id: str, read: str, checked: Checked | None, by: Actor
) -> SittingReport:
    """Sign what happened in a sitting, which closes it; a second time gives the first back.

    Args:
        read: the digest of the statement that the page showed.

    Raises:
        NotFound: not a sitting of `by`.
        Conflict: something changed since the page was opened.
        RuleBroken: somebody is still answering, or a wrong password.
    """
    proof = confirm_proof(checked)
    held = queries.sitting(sitting_id, by)
    if held.report is not None:
        return held.report
    candidates = queries.candidates(sitting_id)
    if any(one.attempt and not one.submission for one in candidates):
        raise RuleBroken(N_("Somebody is still answering. Sign when everybody has handed in."))
    statement = reporting.statement(held)
    if digest(statement) != read:
        raise Conflict(CHANGED)
    row, created = insert_once(
        SittingReport,
        ("sitting_id",),
        sitting_id=sitting_id,
        statement=statement,
        signed_by=by.id,
        signed_at=clock.now(),
    )
    if created:
        record("sitting.signed", row, by=by)
        sign(row, meaning="invigilated", by=by, proof=proof)
        for one in candidates:
            if one.result is not None and one.result.passed:
                hold_person(one.person.id)
                complete_programmes(one.person.id)
    return row
