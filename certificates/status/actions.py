"""Withhold what no longer stands; suspend, revoke, reinstate by the signed acts of people."""

from datetime import date

from certificates import queries
from certificates.actions import append_act
from certificates.models import CertificateAct
from certificates.queries import Standing
from certificates.rules import ActKind, Reason, issue_day, may_follow
from certificates.status.queries import decidable
from certificates.status.rules import check_second
from lms.api.achievements import EvidenceWithdrawal, still_stands
from lms.api.acts import N_, SYSTEM, Actor, Checked, Conflict, confirm_proof, sign
from lms.api.data import today

_WRITTEN = N_("%(why)s")  # what a person wrote stands as it is


def withhold_fallen(withdrawal: EvidenceWithdrawal) -> list[CertificateAct]:
    """Withhold each certificate whose achievement no longer stands without withdrawn evidence.

    A sealed one is suspended, from the day of its issue on; one not sealed yet is refused. Nothing
    is revoked by rule: two people decide.
    """
    acts = []
    for standing in queries.of_person(withdrawal.person_id):
        kind = _way_of_withholding(standing)
        certificate = standing.certificate
        if kind and not still_stands(queries.completion_of(certificate)):
            why = N_("Evidence that it rests on was withdrawn: %(why)s")
            reason = Reason(why, {"why": withdrawal.reason})
            since = issue_day(certificate.facts) if kind == "suspended" else None
            acts.append(append_act(certificate, kind, reason, by=SYSTEM, counts_from=since))
    return acts


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
