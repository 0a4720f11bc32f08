"""Write, change and take back entries of one's own log; countersign others' or send them back."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from lms import clock
from lms.actor import Actor
from lms.attestation.lines import Line, line_of, own_line
from lms.attestation.log import queries, rules
from lms.attestation.models import LogAnswer, LogEntry
from lms.attestation.setbacks import tell_lost, tell_regained
from lms.columns import new_id
from lms.db import db
from lms.errors import N_, Conflict, NotFound, RuleBroken
from lms.people.actions import Checked, confirm_proof
from lms.people.queries import hold_person
from lms.records.actions import record, sign

CHANGED = N_("This entry was changed in the meantime. Look at it again.")


@dataclass(frozen=True)
class Work:
    """What a learner writes down of a piece of work: hours above 0 and up to 24."""

    done_on: date
    task: str
    hours: Decimal
    codes: str
    text: str
    supervisor: str


def write_entry(*, once: str, key: str, work: Work, by: Actor) -> LogEntry:
    """Append an entry to one's own log; sending it again gives the first row back.

    Raises:
        NotFound: no programme of theirs asks for this log.
        RuleBroken: an entry that cannot be true.
    """
    line = own_line(key, by, clock.today())
    hold_person(by.id)
    if found := queries.written_once(once, by):
        return found
    return _append(once, line, work, by, series=new_id(), revision=1)


def change_entry(*, entry_id: str, once: str, work: Work, withdrawn: bool, by: Actor) -> LogEntry:
    """Append a revision of one's own entry, or take it back, while it is not countersigned.

    Raises:
        NotFound: not one of theirs.
        Conflict: it was changed or countersigned meanwhile.
        RuleBroken: an entry that cannot be true.
    """
    hold_person(by.id)
    if found := queries.written_once(once, by):
        return found
    seen = queries.own_entry(entry_id, by)
    if seen.entry.state not in ("waiting", "back") or not queries.is_newest(seen.row):
        raise Conflict(CHANGED)
    line = own_line(seen.row.clause, by, clock.today())
    revision = seen.row.revision + 1
    return _append(
        once, line, work, by, series=seen.row.series, revision=revision, withdrawn=withdrawn
    )


def _append(
    once: str,
    line: Line,
    work: Work,
    by: Actor,
    *,
    series: str,
    revision: int,
    withdrawn: bool = False,
) -> LogEntry:
    if line.clause["kind"] != "WL":
        raise NotFound()
    rules.check_entry(line.clause, asdict(work), clock.today())
    row = LogEntry(
        once=once,
        series=series,
        revision=revision,
        enrolment_id=line.enrolment.id,
        person_id=by.id,
        definition_id=line.definition.id,
        clause=line.key,
        withdrawn=withdrawn,
        written_at=clock.now(),
        **asdict(work),
    )
    db.session.add(row)
    record("log-entry.withdrawn" if withdrawn else "log-entry.written", row, by=by)
    return row


def answer_entry(
    *, entry_id: str, accepts: bool, reason: str, checked: Checked | None, by: Actor
) -> LogAnswer:
    """Countersign an entry, or send it back; a countersignature can be taken back with a reason.

    Raises:
        NotFound: not an entry that `by` may countersign.
        Conflict: it was changed or answered meanwhile.
        RuleBroken: sent back without a reason, or a wrong password.
    """
    proof = confirm_proof(checked)
    seen = queries.to_answer(entry_id, by)
    hold_person(seen.row.person_id)
    seen = queries.to_answer(entry_id, by)
    last = seen.answer
    if last and last.person_id == by.id and last.accepts == accepts:
        return last
    before = seen.entry.state
    if before not in ("waiting", "countersigned") or not queries.is_newest(seen.row):
        raise Conflict(CHANGED)
    if before == "countersigned" and accepts:
        raise Conflict(CHANGED)
    if not accepts and not reason.strip():
        raise RuleBroken(N_("Say why it goes back."), field="reason")
    row = LogAnswer(
        entry_id=seen.row.id,
        number=last.number + 1 if last else 1,
        accepts=accepts,
        reason=reason.strip(),
        person_id=by.id,
        answered_at=clock.now(),
    )
    db.session.add(row)
    record("log-entry.countersigned" if accepts else "log-entry.sent-back", row, by=by)
    sign(row, meaning="countersigned" if accepts else "sent-back", by=by, proof=proof)
    _tell(row, seen, by)
    return row


def _tell(row: LogAnswer, seen: queries.Written, by: Actor) -> None:
    """Tell what rests on a log that it is long enough again, or not any more."""
    enrolment, person = queries.learner_of(seen.row.enrolment_id, by)
    line = line_of(enrolment, person, seen.row.clause, clock.today())
    about: dict[str, Any] = {
        "person_id": seen.row.person_id, "clause": seen.row.clause, "text": line.clause["text"],
        "day": seen.row.done_on, "by": by,
    }  # fmt: skip
    if row.accepts and line.standing.met:
        tell_regained(row, **about)
    elif not row.accepts and row.number > 1 and not line.standing.met:
        tell_lost(row, how="withdrawn", **about)
