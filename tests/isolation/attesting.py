"""Evidence of each kind for each person of the two sites; its doors are in attested.py."""

from decimal import Decimal

from lms import clock
from lms.actor import SYSTEM
from lms.attestation.models import Attestation, LogEntry, Panel
from lms.attestation.panel.rules import read_samples
from lms.attestation.panel.rules import seal as sealed
from lms.attestation.rules import key_of
from lms.columns import digest, new_id
from lms.curriculum.models import Definition
from lms.db import db
from lms.learning.models import Enrolment
from lms.records.actions import record

CLAUSE = {"kind": "OD", "text": "Oral or observed defence", "count": 1}


def attested_of(enrolment: Enrolment, secret: str) -> str:
    """Append a defence of an enrolled person that holds a sentence of theirs; returns it."""
    today = clock.today()
    row = Attestation(
        once=new_id(),
        series=new_id(),
        revision=1,
        enrolment_id=enrolment.id,
        person_id=enrolment.person_id,
        definition_id=any_definition(),
        kind="OD",
        clause=key_of(CLAUSE, "X09"),
        done_on=today,
        facts={
            "done_on": today.isoformat(), "way": "oral", "subject": secret, "asked": "-",
            "outcome": "passed",
        },
        whole=True,
        independent=True,
        assessors=1,
        withdrawn=False,
        reason="",
        attested_by=enrolment.person_id,
        attested_at=clock.now(),
    )  # fmt: skip
    db.session.add(row)
    record("attestation.recorded", row, by=SYSTEM)
    return row.id


def entry_of(enrolment: Enrolment, secret: str) -> str:
    """Append an entry to the log of an enrolled person that holds a sentence of theirs."""
    row = LogEntry(
        once=new_id(),
        series=new_id(),
        revision=1,
        enrolment_id=enrolment.id,
        person_id=enrolment.person_id,
        definition_id=any_definition(),
        clause="wl-none",
        done_on=clock.today(),
        task="",
        hours=Decimal(2),
        codes="",
        text=secret,
        supervisor="-",
        withdrawn=False,
        written_at=clock.now(),
    )
    db.session.add(row)
    record("log-entry.written", row, by=SYSTEM)
    return row.id


def panel_of(enrolment: Enrolment, secret: str) -> str:
    """Seal a blinded panel for an enrolled person whose name is a sentence of theirs."""
    content = sealed(read_samples("A; 1; 1\nB; 2; 1\nC; 3; 1", "number"), "number", "")
    row = Panel(
        once=new_id(),
        enrolment_id=enrolment.id,
        person_id=enrolment.person_id,
        definition_id=any_definition(),
        clause="bp-none",
        title=secret,
        sort="number",
        unit="",
        codes=["A", "B", "C"],
        sealed=content,
        digest=digest(content),
        made_by=enrolment.person_id,
        made_at=clock.now(),
    )
    db.session.add(row)
    record("panel.sealed", row, by=SYSTEM)
    return row.id


def any_definition() -> str:
    """Return a definition with the clause, stored once, that no list of programmes shows."""
    stored = db.session.query(Definition).filter_by(kind="clauses", code="X09").first()
    if stored is None:
        content = {"id": "X09", "evidence": [CLAUSE]}
        stored = Definition(
            kind="clauses", code="X09", number=1, version="1.0.0", title="X", content=content,
            content_digest=digest(content), stored_at=clock.now(),
        )  # fmt: skip
        db.session.add(stored)
        record("definition.stored", stored, by=SYSTEM)
    return stored.id
