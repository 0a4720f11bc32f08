"""Make and seal a blinded panel, hand in its values, sign what it came to."""

from collections.abc import Mapping

from lms import clock
from lms.actor import Actor
from lms.attestation import actions as evidence
from lms.attestation.lines import to_attest
from lms.attestation.models import Attestation, Panel, PanelValues
from lms.attestation.panel import queries, rules
from lms.attestation.queries import recorded_once
from lms.columns import digest
from lms.db import db, insert_once
from lms.errors import N_, Conflict, NotFound
from lms.people.actions import Checked, confirm_proof
from lms.people.queries import hold_person
from lms.records.actions import record, sign


def make_panel(
    *,
    once: str,
    enrolment_id: str,
    key: str,
    title: str,
    sort: rules.Sort,
    unit: str,
    samples: str,
    checked: Checked | None,
    by: Actor,
) -> Panel:
    """Make a panel for a candidate, seal its references and sign it; once for each form.

    Args:
        samples: as typed, one a line.

    Raises:
        NotFound: not a learner whose clause `by` may attest, or none that asks for panels.
        RuleBroken: samples that cannot be read, or a wrong password.
    """
    proof = confirm_proof(checked)
    line = to_attest(enrolment_id, key, by)
    if line.clause["kind"] != "BP":
        raise NotFound()
    if found := queries.made_once(once, by):
        return found
    read = rules.read_samples(samples, sort)
    sealed = rules.seal(read, sort, unit.strip())
    row = Panel(
        once=once,
        enrolment_id=line.enrolment.id,
        person_id=line.learner.id,
        definition_id=line.definition.id,
        clause=key,
        title=title.strip(),
        sort=sort,
        unit=unit.strip(),
        codes=[one.code for one in read],
        sealed=sealed,
        digest=digest(sealed),
        made_by=by.id,
        made_at=clock.now(),
    )
    db.session.add(row)
    record("panel.sealed", row, by=by)
    sign(row, meaning="sealed", by=by, proof=proof)
    return row


def hand_in(*, panel_id: str, given: Mapping[str, str], by: Actor) -> PanelValues:
    """Hand in a candidate's values for good; a second time gives the first back.

    Raises:
        NotFound: not a panel of theirs.
        RuleBroken: a sample without a value, or a value that is no number.
    """
    found = queries.panel(panel_id, by)
    if found.row.person_id != by.id:
        raise NotFound()
    hold_person(by.id)
    row, created = insert_once(
        PanelValues,
        ("panel_id",),
        panel_id=panel_id,
        person_id=by.id,
        given=rules.read_values(found.row.sealed, given),
        handed_at=clock.now(),
    )
    if created:
        record("panel.handed-in", row, by=by)
    return row


def assess(*, panel_id: str, independent: bool, checked: Checked | None, by: Actor) -> Attestation:
    """Sign what a panel came to, as evidence for its clause; once for each panel.

    Raises:
        NotFound: not a panel that `by` may assess: whoever made it knows its references.
        Conflict: somebody else has signed it, or its content is not what was sealed.
        RuleBroken: no declaration, or a wrong password.
    """
    found = queries.to_assess(panel_id, by)
    row, values = found.row, found.values
    if values is None:
        raise NotFound()
    if not rules.is_unchanged(row.sealed, row.digest):
        raise Conflict(N_("What was sealed was changed: this panel counts for nothing."))
    if found.signed and recorded_once(panel_id, by) is None:
        raise Conflict(N_("Somebody else has signed this panel."))
    sort: rules.Sort = "class" if row.sort == "class" else "number"
    facts = rules.facts_of(rules.score(row.sealed, values.given), sort)
    facts |= {"done_on": values.handed_at.date().isoformat(), "panel": panel_id}
    return evidence.attest(
        once=panel_id,
        enrolment_id=row.enrolment_id,
        key=row.clause,
        said=evidence.Said(facts, independent),
        checked=checked,
        by=by,
    )
