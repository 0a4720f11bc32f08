"""Reserve a certificate for an achievement, approve or refuse it, seal it."""

import atexit
from datetime import date
from typing import Any

from certificates import queries
from certificates.design.glyphs import character_name
from certificates.models import Certificate, CertificateAct, SealedFile
from certificates.names import name_problem, settle_name
from certificates.numbers import new_number
from certificates.press import Renderer, RenderRefused
from certificates.rules import ActKind, Reason, may_follow
from lms.api.achievements import Achievement, achievement
from lms.api.acts import N_, SYSTEM, Actor, record
from lms.api.data import db, digest, insert_once, now, setting, today, transaction
from lms.api.plug import dispatch, store

_REFUSALS = {
    "glyph-missing": N_("The name cannot be printed: no font here has the character %(detail)s."),
    "does-not-fit": N_("The facts do not fit on the page of this design."),
    "failed": N_("The page could not be laid out: %(detail)s"),
}
_renderer = Renderer()
atexit.register(_renderer.close)  # the child must not outlive its worker


def reserve(completion_id: str) -> Certificate:
    """Reserve a number for a completion, its facts frozen; a second time gives the first back.

    Inserts rows only, so that it can run inside the act that completed the programme.
    """
    held = achievement(completion_id)
    number = new_number()
    facts = _facts(held, number)
    completion = held.completion
    certificate, created = insert_once(
        Certificate,
        ("completion_id",),
        number=number,
        completion_id=completion.id,
        person_id=completion.person_id,
        sending_id=completion.sending_id,
        delivering_id=completion.delivering_id,
        practice=completion.practice,
        expires_on=completion.expires_on,
        facts=facts,
        facts_digest=digest(facts),
        reserved_at=now(),
    )
    if created:
        record("certificate.reserved", certificate, by=SYSTEM)
        if held.approval == "rule":
            approve_by_rule(certificate, held)
    return certificate


def _facts(held: Achievement, number: str) -> dict[str, Any]:
    """Freeze what the paper will say. Practice claims no competency."""
    completion = held.completion
    names = {"name": settle_name(held.native_name or held.name)}
    if held.native_name:
        names["latin"] = settle_name(held.name)
    competencies = [] if completion.practice else held.competencies
    return {
        "number": number,
        "language": "en",
        "holder": names,
        "programme": {"title": held.programme, "version": held.version},
        "competencies": [
            {"id": c.id, "title": c.title, "level": c.level, "expires_on": c.expires_on}
            for c in competencies
        ],
        "hours": [],
        "issued_on": today().isoformat(),
        "expires_on": completion.expires_on.isoformat() if completion.expires_on else None,
        "issuer": {"name": setting("HUB_NAME")},
        "site": {"name": held.site},
        "practice": completion.practice,
    }


def approve_by_rule(certificate: Certificate, held: Achievement) -> CertificateAct:
    """Approve what the programme lets a rule approve, or refuse a name that nobody could trust."""
    for name in filter(None, (held.name, held.native_name)):
        problem = name_problem(name)
        if problem is not None:
            return append_act(certificate, "refused", problem, by=SYSTEM)
    act = append_act(
        certificate, "approved", Reason(N_("Approved by the programme's rule.")), by=SYSTEM
    )
    dispatch("certificates.seal", certificate.id)
    return act


def seal(certificate_id: str) -> None:
    """Render, store and seal an approved certificate; doing it again changes nothing.

    The page is rendered and stored before the transaction opens; a crash in between leaves a
    file that nothing names, and the certificate pending.
    """
    with transaction(write=False):
        standing = queries.by_id(certificate_id)
        facts, number = standing.certificate.facts, standing.certificate.number
        if standing.state != "approved":
            return
    try:
        pdf = _renderer.render(facts, verify_url=verify_url(number), specimen=setting("DEMO"))
    except RenderRefused as refusal:
        detail = refusal.detail
        if refusal.kind == "glyph-missing":
            detail = character_name(detail)  # a page would show an empty box for the character
        reason = Reason(_REFUSALS[refusal.kind], {"detail": detail})
        with transaction():
            append_act(queries.by_id(certificate_id).certificate, "refused", reason, by=SYSTEM)
        return
    name = store.put(pdf)
    with transaction():
        _store_sealed(certificate_id, name, len(pdf))


def _store_sealed(certificate_id: str, name: str, size: int) -> None:
    standing = queries.by_id(certificate_id)
    file, created = insert_once(
        SealedFile,
        ("certificate_id",),
        certificate_id=certificate_id,
        digest=name,
        size=size,
        sealed_at=now(),
    )
    if created:
        record("certificate.file-stored", file, by=SYSTEM)
        append_act(standing.certificate, "sealed", Reason(N_("Rendered and stored.")), by=SYSTEM)


def verify_url(number: str) -> str:
    """Return the address that the QR code of a certificate names."""
    return f"{setting('BASE_URL')}/verify/{number}"


def append_act(
    certificate: Certificate,
    kind: ActKind,
    reason: Reason,
    *,
    by: Actor,
    counts_from: date | None = None,
) -> CertificateAct:
    """Append an act; one that does not follow from the state changes nothing.

    Returns:
        The act, or the last one before it where it did not follow.
    """
    standing = queries.by_id(certificate.id)
    if not may_follow(standing.state, kind):
        return standing.acts[-1]
    act = CertificateAct(
        certificate_id=certificate.id,
        number=len(standing.acts) + 1,
        act=kind,
        reason=reason.msgid,
        params={name: str(value) for name, value in reason.params.items()},
        acted_by=by.id,
        acted_at=now(),
        counts_from=counts_from,
    )
    db.session.add(act)
    record(f"certificate.{kind}", act, by=by)
    return act
