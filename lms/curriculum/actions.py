"""The signed acts on a version: reviewed, approved, effective, retired, impact, key corrected."""

from datetime import date

from lms import clock
from lms.actor import Actor, Proof
from lms.curriculum import rules, subjects
from lms.curriculum.models import ContentAct, ModuleVersion, QuestionKey
from lms.curriculum.subjects import Subject
from lms.db import db
from lms.errors import N_, Conflict, NotAllowed
from lms.records.actions import record, sign


def review(
    *, version: ModuleVersion, seen: str, by: Actor, proof: Proof, note: str = ""
) -> ContentAct:
    """Sign that the version, as it stands, is sound.

    Args:
        seen: digest of what the reviewer had before them; another by now refuses the signature.

    Raises:
        NotAllowed: `by` is no reviewer.
        RuleBroken: it is approved already, or this person has reviewed it.
        Conflict: a key or a limit changed since the page was opened.
    """
    subject = _subject(version, seen, by, "reviewer")
    rules.check_review(subject.state, subject.acts, subject.digest, by.id)
    return _act(subject, rules.REVIEWED, by, proof, note=note)


def check_values(
    *, version: ModuleVersion, seen: str, by: Actor, proof: Proof, note: str = ""
) -> ContentAct:
    """Sign that each † value was compared with its document, in the edition the register names.

    Raises:
        NotAllowed: `by` is no reviewer.
        RuleBroken: no value waits to be checked, or the version is approved already.
    """
    subject = _subject(version, seen, by, "reviewer")
    waiting = rules.open_limits(subject.limits, subject.acts, subject.digest)
    rules.check_values(subject.state, waiting)
    return _act(subject, rules.CHECKED, by, proof, note=note)


def approve(
    *, version: ModuleVersion, seen: str, by: Actor, proof: Proof, note: str = ""
) -> ContentAct:
    """Sign as content owner that the version may be taught.

    Raises:
        RuleBroken: two reviews are missing, this person is a reviewer, † values are unchecked.
    """
    subject = _subject(version, seen, by, "owner")
    still_open = rules.open_limits(subject.limits, subject.acts, subject.digest)
    rules.check_approval(subject.state, subject.acts, subject.digest, by.id, still_open)
    return _act(subject, rules.APPROVED, by, proof, note=note)


def make_effective(
    *, version: ModuleVersion, seen: str, by: Actor, proof: Proof, on: date, note: str = ""
) -> ContentAct:
    """Sign from which day on the version certifies.

    Raises:
        RuleBroken: it is not approved, or the day is over.
    """
    subject = _subject(version, seen, by, "owner")
    rules.check_effective(subject.state, on, clock.today())
    return _act(subject, rules.EFFECTIVE, by, proof, on=on, note=note)


def retire(
    *, version: ModuleVersion, seen: str, by: Actor, proof: Proof, on: date, note: str = ""
) -> ContentAct:
    """Sign from which day on the version is no longer taught.

    Raises:
        RuleBroken: it is retired already, or the day is over.
    """
    subject = _subject(version, seen, by, "owner")
    rules.check_retirement(subject.state, on, clock.today())
    return _act(subject, rules.RETIRED, by, proof, on=on, note=note)


def decide_impact(
    *, version: ModuleVersion, seen: str, by: Actor, proof: Proof, note: str
) -> ContentAct:
    """Sign what a change since means for those who hold this version.

    Raises:
        RuleBroken: nobody was certified on it, or nothing is said.
    """
    subject = _subject(version, seen, by, "owner")
    rules.check_impact(subject.state, note)
    return _act(subject, rules.IMPACT, by, proof, note=note)


def correct_keys(
    *, version: ModuleVersion, seen: str, by: Actor, proof: Proof, note: str
) -> ContentAct:
    """Sign the corrected keys that wait for an approved version; from now on they count.

    What was shown stays as it is. Scores given so far stay too, until they are replayed.

    Raises:
        RuleBroken: none waits, no reason is given, or the version is a draft.
    """
    subject = _subject(version, seen, by, "owner")
    waiting = subjects.proposals(version.id)
    rules.check_correction(subject.state, len(waiting), note)
    keys = subjects.newest_keys(version.id)
    for question, proposal in waiting:
        row = QuestionKey(
            question_id=question.id,
            number=keys[question.code][1] + 1,
            key=proposal.key,
            key_digest=proposal.key_digest,
            stored_at=clock.now(),
        )
        db.session.add(row)
        record("question-key.stored", row, by=by)
    return _act(subjects.subject_of(version, clock.today()), rules.CORRECTED, by, proof, note=note)


def _subject(version: ModuleVersion, seen: str, by: Actor, role: str) -> Subject:
    if not by.has(role):
        raise NotAllowed()
    subject = subjects.subject_of(version, clock.today())
    if subject.digest != seen:
        raise Conflict(N_("A key or a † value changed since you opened this page. Look again."))
    return subject


def _act(
    subject: Subject, act: str, by: Actor, proof: Proof, on: date | None = None, note: str = ""
) -> ContentAct:
    row = ContentAct(
        module_version_id=subject.version.id,
        number=len(subject.acts) + 1,
        act=act,
        person_id=by.id,
        as_regulator=by.has("regulator"),
        subject_digest=subject.digest,
        effective_on=on,
        note=note.strip(),
        acted_at=clock.now(),
    )
    db.session.add(row)
    record(f"content.{act}", row, by=by)
    sign(row, meaning=act, by=by, proof=proof)
    return row
