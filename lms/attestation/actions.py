"""Attest evidence, complete or correct it, withdraw it, say as second assessor what one saw."""

from dataclasses import dataclass
from typing import Any

from lms import clock
from lms.actor import Actor
from lms.attestation import kinds, queries, rules
from lms.attestation.lines import to_attest
from lms.attestation.models import Attestation, SecondMarks, SecondOpinion
from lms.attestation.setbacks import LOST, tell_lost, tell_regained
from lms.columns import new_id
from lms.db import db, insert_once
from lms.errors import N_, Conflict, NotFound, RuleBroken
from lms.people.actions import Checked, confirm_proof
from lms.people.queries import hold_person
from lms.records.actions import record, sign

CHANGED = N_("This evidence was changed in the meantime. Look at it again.")


@dataclass(frozen=True)
class Said:
    """What an assessor says when signing.

    Attributes:
        facts: as the kind writes them down; "done_on" and "read_on" as ISO days.
        independent: the assessor is not the only one who trained the learner for it.
        reason: why a piece that was whole already is changed.
    """

    facts: dict[str, Any]
    independent: bool
    reason: str = ""


@dataclass(frozen=True)
class Told:
    """What a second assessor says when signing.

    Attributes:
        agrees: it was as attested; for what is judged blind the points decide instead.
        found: the points of an essay, found alone.
    """

    agrees: bool
    independent: bool
    note: str = ""
    found: dict[str, Any] | None = None


def attest(
    *, once: str, enrolment_id: str, key: str, said: Said, checked: Checked | None, by: Actor
) -> Attestation:
    """Attest a new piece of evidence; sending it again gives the first row back.

    Args:
        once: the random id of the form; key: of the clause that it shows.

    Raises:
        NotFound: not a learner and a clause that `by` may attest.
        RuleBroken: facts that cannot be true, no declaration, or a wrong password.
    """
    proof = confirm_proof(checked)
    line = to_attest(enrolment_id, key, by)
    hold_person(line.learner.id)
    if found := queries.recorded_once(once, by):
        return found
    _may_sign(line.clause, said)
    row = _append(
        once,
        by,
        series=new_id(),
        revision=1,
        enrolment_id=line.enrolment.id,
        person_id=line.learner.id,
        definition_id=line.definition.id,
        kind=line.clause["kind"],
        clause=key,
        assessors=_assessors(line.clause, by),
        facts=said.facts,
        independent=said.independent,
        reason="",
    )
    sign(row, meaning="attested", by=by, proof=proof)
    _tell(row, line.clause, by)
    return row


def amend(
    *, attestation_id: str, once: str, said: Said, checked: Checked | None, by: Actor
) -> Attestation:
    """Append a revision of a piece of evidence: the laboratory's result, or a correction.

    Raises:
        NotFound: not a piece that `by` may attest.
        Conflict: it is not the one that stands.
        RuleBroken: facts that cannot be true, a correction without a reason, a wrong password.
    """
    proof = confirm_proof(checked)
    seen = _held(attestation_id, by)
    if found := queries.recorded_once(once, by):
        return found
    _stands(seen)
    _may_sign(seen.clause, said)
    if seen.verdict != "provisional" and not said.reason.strip():
        raise RuleBroken(N_("Say why this is changed."), field="reason")
    row = _append(
        once,
        by,
        **_next(seen),
        facts=said.facts,
        independent=said.independent,
        assessors=_assessors(seen.clause, by),
        reason=said.reason.strip(),
    )
    sign(row, meaning="attested", by=by, proof=proof)
    _tell(row, seen.clause, by)
    return row


def withdraw(
    *, attestation_id: str, once: str, reason: str, checked: Checked | None, by: Actor
) -> Attestation:
    """Append that a piece of evidence does not count any more; nothing of it is removed.

    Raises:
        NotFound: not a piece that `by` may attest.
        Conflict: it is not the one that stands.
        RuleBroken: no reason, or a wrong password.
    """
    proof = confirm_proof(checked)
    seen = _held(attestation_id, by)
    if found := queries.recorded_once(once, by):
        return found
    _stands(seen)
    if not reason.strip():
        raise RuleBroken(N_("Say why this evidence is withdrawn."), field="reason")
    row = _append(
        once,
        by,
        **_next(seen),
        facts=seen.row.facts,
        independent=False,
        assessors=1,
        withdrawn=True,
        reason=reason.strip(),
    )
    sign(row, meaning="withdrawn", by=by, proof=proof)
    _tell(row, seen.clause, by)
    return row


def second(*, attestation_id: str, told: Told, checked: Checked | None, by: Actor) -> SecondOpinion:
    """Say as second assessor whether it was as attested; a second time gives the first back.

    Raises:
        NotFound: not a piece that `by` may assess.
        Conflict: it does not stand any more, or waits for nobody's second signature.
        RuleBroken: no declaration, a disagreement without words, or a wrong password.
    """
    proof = confirm_proof(checked)
    seen = _held(attestation_id, by)
    if seen.opinion and seen.opinion.person_id == by.id:
        return seen.opinion
    _stands(seen)
    if seen.verdict != "second":
        raise Conflict(CHANGED)
    agrees = _agrees(seen, told, by)
    row, created = insert_once(
        SecondOpinion,
        ("attestation_id",),
        attestation_id=seen.row.id,
        person_id=by.id,
        agrees=agrees,
        independent=told.independent,
        note=told.note.strip(),
        signed_at=clock.now(),
    )
    if not created:
        raise Conflict(CHANGED)
    record("attestation.seconded", row, by=by)
    if told.found is not None:
        marks = SecondMarks(opinion_id=row.id, facts=told.found)
        db.session.add(marks)
        record("attestation.marked", marks, by=by)
    sign(row, meaning="attested" if agrees else "disagreed", by=by, proof=proof)
    _tell(seen.row, seen.clause, by)
    return row


def _agrees(seen: queries.Seen, told: Told, by: Actor) -> bool:
    """Tell whether a second assessor confirms a piece, by their word or by what they found alone.

    Raises:
        RuleBroken: the first's own, no declaration, a disagreement without words.
    """
    if seen.row.attested_by == by.id:
        raise RuleBroken(N_("Another assessor than the first has to sign."))
    if kinds.KINDS[seen.row.kind].blind:
        if told.found is None:
            raise RuleBroken(N_("Mark it yourself first."))
        agrees = rules.finds_the_same(seen.clause, seen.row.facts, told.found)
    else:
        agrees = told.agrees
        if not agrees and not told.note.strip():
            raise RuleBroken(N_("Say in a few words what was different."), field="note")
    if (agrees or told.found is not None) and not told.independent:
        raise RuleBroken(TRAINED, field="independent")
    return agrees


def _tell(row: Attestation, clause: rules.Clause, by: Actor) -> None:
    """Tell what rests on a clause that this piece lost or regained it."""
    db.session.flush()
    [seen] = [one for one in queries.evidence_for(row.person_id, row.clause)
              if one.row.id == row.id]  # fmt: skip
    stands = queries.stands_in(row.person_id, row.clause, clause, clock.today())
    about = {
        "person_id": row.person_id, "clause": row.clause, "text": clause["text"],
        "day": row.done_on, "by": by,
    }  # fmt: skip
    if seen.verdict in LOST and not stands.met:
        tell_lost(row, how=seen.verdict, **about)
    elif stands.met and seen.verdict not in ("provisional", "second"):
        tell_regained(row, **about)


TRAINED = N_("The only trainer of a learner cannot attest it. Ask a colleague.")


def _held(attestation_id: str, by: Actor) -> queries.Seen:
    """Return a piece that `by` may assess, its learner held."""
    seen = queries.attested(attestation_id, by)
    if seen.row.person_id == by.id:
        raise NotFound()
    hold_person(seen.row.person_id)
    return queries.attested(attestation_id, by)


def _stands(seen: queries.Seen) -> None:
    if seen.row.withdrawn or queries.revisions(seen.row.series)[-1].row.id != seen.row.id:
        raise Conflict(CHANGED)


def _may_sign(clause: rules.Clause, said: Said) -> None:
    kinds.check_facts(clause["kind"], said.facts, clock.today())
    if not said.independent:
        raise RuleBroken(TRAINED, field="independent")


def _assessors(clause: rules.Clause, by: Actor) -> int:
    return rules.signatures_needed(clause, queries.levels_today(by.id, clock.today()))


def _next(seen: queries.Seen) -> dict[str, Any]:
    """Return what a revision has from the one before it."""
    names = ("series", "enrolment_id", "person_id", "definition_id", "kind", "clause")
    kept = {name: getattr(seen.row, name) for name in names}
    return kept | {"revision": seen.row.revision + 1}


def _append(once: str, by: Actor, **values: Any) -> Attestation:
    row = Attestation(
        **{"withdrawn": False} | values,
        once=once,
        done_on=kinds.moment(values["facts"], "done_on"),
        whole=kinds.is_read(values["kind"], values["facts"]),
        attested_by=by.id,
        attested_at=clock.now(),
    )
    db.session.add(row)
    record("attestation.withdrawn" if row.withdrawn else "attestation.recorded", row, by=by)
    return row
