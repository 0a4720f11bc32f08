"""Withhold what no longer stands; suspend, revoke, reinstate by the signed acts of people."""

from collections.abc import Sequence
from datetime import date

from certificates import queries
from certificates.actions import append_act
from certificates.models import CertificateAct
from certificates.queries import Standing
from certificates.rules import ActKind, Reason, issue_day, may_follow
from certificates.status.queries import decidable
from certificates.status.rules import check_second
from lms.api.achievements import EvidenceWithdrawal, Setback, still_stands
from lms.api.acts import N_, SYSTEM, Actor, Checked, Conflict, confirm_proof, sign
from lms.api.data import today

_WRITTEN = N_("%(why)s")  # what a person wrote stands as it is


def withhold_fallen(withdrawal: EvidenceWithdrawal | Setback) -> list[CertificateAct]:
    """Withhold each certificate whose achievement no longer stands: evidence was withdrawn, or a
    piece of a clause was not passed the last time.

    A sealed one is suspended, from the day of its issue on or from that of the piece; one not
    sealed yet is refused. Nothing is revoked by rule: two people decide.
    """
    acts = []
    for standing in queries.of_person(withdrawal.person_id):
        kind = _way_of_withholding(standing)
        certificate = standing.certificate
        if kind and not still_stands(queries.completion_of(certificate)):
            about = {"why": withdrawal.reason, "clause": withdrawal.clause}
            reason = Reason(withdrawal.message, about)
            issued = issue_day(certificate.facts)
            since = max(issued, withdrawal.counts_from or issued) if kind == "suspended" else None
            acts.append(append_act(certificate, kind, reason, by=SYSTEM, counts_from=since))
    return acts


def propose_regained(setback: Setback) -> list[CertificateAct]:
    """Propose to reinstate what was suspended for a clause that is shown again and passed.

    The proposal is the assessor's who signed the piece: a content owner has still to agree.
    """
    by = Actor(setback.signed_by, setback.signer)
    acts = []
    for standing in queries.of_person(setback.person_id):
        certificate = standing.certificate
        fell = standing.state == "suspended" and _fell_for(standing.acts, setback.clause)
        if fell and still_stands(queries.completion_of(certificate)):
            about = {"why": setback.reason, "signer": setback.signer}
            reason = Reason(setback.message, about)
            acts.append(append_act(certificate, "reinstatement-proposed", reason, by=by))
    return acts


def _fell_for(acts: Sequence[CertificateAct], clause: str) -> bool:
    """Tell whether the last suspension was for want of a clause."""
    last = next(act for act in reversed(acts) if act.act == "suspended")
    return last.params.get("clause") == clause


def _way_of_withholding(standing: Standing) -> ActKind | None:
    kinds: tuple[ActKind, ...] = ("suspended", "refused")
    return next((kind for kind in kinds if may_follow(standing.state, kind)), None)


def change_standing(
    *,
    number: str,
    kind: ActKind,
    why: str,
    read_number: int,
    checked: Checked | None,
    by: Actor,
) -> CertificateAct:
    """Append a signed act: suspend, propose to revoke or reinstate, agree as second person or not.

    Args:
        read_number: how many acts the page showed.

    Raises:
        NotFound: not a certificate that `by` may decide about.
        Conflict: somebody acted since the page was opened.
        RuleBroken: a wrong password, the proposer's own decision, no owner among the two.
    """
    proof = confirm_proof(checked)
    standing = decidable(by, number)
    if len(standing.acts) != read_number or not may_follow(standing.state, kind):
        raise Conflict(N_("Somebody else changed this certificate in the meantime. Look again."))
    last = standing.acts[-1]
    owners = {last.acted_by: last.params.get("owner") == "yes", by.id: by.has("owner")}
    check_second(kind, by.id, proposer=last.acted_by, owners=owners)
    owner = "yes" if by.has("owner") else "no"
    reason = Reason(_WRITTEN, {"why": why.strip(), "name": by.name, "owner": owner})
    since = _since(standing, kind)
    act = append_act(standing.certificate, kind, reason, by=by, counts_from=since)
    sign(act, meaning=kind, by=by, proof=proof)
    return act


def _since(standing: Standing, kind: ActKind) -> date | None:
    """Return from when an act counts: a revocation from the suspension before it."""
    if kind == "suspended":
        return today()
    if kind != "revoked":
        return None
    return next(act.since for act in reversed(standing.rule_acts) if act.kind == "suspended")
