"""Read certificates: by number for anybody, by person for those who may see them."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select

from certificates.models import Certificate, CertificateAct, SealedFile
from certificates.rules import Act, Reason, State, state
from lms.api.achievements import Completion, visible
from lms.api.acts import Actor, NotFound
from lms.api.data import db

LONGEST_LIST = 200  # certificates on a page


@dataclass(frozen=True)
class Standing:
    """A certificate with its acts in order and, once sealed, its file."""

    certificate: Certificate
    acts: tuple[CertificateAct, ...]
    file: SealedFile | None

    @property
    def rule_acts(self) -> list[Act]:
        """Return the acts as the rules see them."""
        return [
            Act(act.act, act.acted_at, Reason(act.reason, act.params), act.counts_from)  # type: ignore[arg-type]
            for act in self.acts
        ]

    @property
    def state(self) -> State:
        """Return what became of it."""
        return state(self.rule_acts)


def by_number(number: str) -> Standing | None:
    """Return what became of a number, in one indexed read; None when it was never given out."""
    found = _standings(_with_acts().where(Certificate.number == number))
    return found[0] if found else None


def by_numbers(numbers: Collection[str]) -> dict[str, Standing]:
    """Return what became of each number that was given out, in one indexed read."""
    if not numbers:
        return {}
    found = _standings(_with_acts().where(Certificate.number.in_(numbers)))
    return {standing.certificate.number: standing for standing in found}


def by_id(certificate_id: str) -> Standing:
    """Return a certificate by its id. Raises NotFound."""
    found = _standings(_with_acts().where(Certificate.id == certificate_id))
    if not found:
        raise NotFound()
    return found[0]


def seen_by(by: Actor, number: str | None = None, limit: int = LONGEST_LIST) -> list[Standing]:
    """Return the newest certificates that `by` may see; one's own are among them."""
    statement = select(Certificate.id)
    if number is not None:
        statement = statement.where(Certificate.number == number)
    return _newest(statement, by, limit)


def own(by: Actor, limit: int) -> list[Standing]:
    """Return the actor's own newest certificates."""
    return _newest(select(Certificate.id).where(Certificate.person_id == by.id), by, limit)


def _newest(statement: Select[*tuple[Any, ...]], by: Actor, limit: int) -> list[Standing]:
    mine = visible(
        statement,
        by,
        person=Certificate.person_id,
        sending=Certificate.sending_id,
        delivering=Certificate.delivering_id,
    )
    newest = mine.order_by(Certificate.reserved_at.desc(), Certificate.id).limit(limit).subquery()
    return _standings(_with_acts().join(newest, newest.c.id == Certificate.id))


def of_person(person_id: str) -> list[Standing]:
    """Return all certificates of a person, newest first, for rules that decide about them."""
    return _standings(_with_acts().where(Certificate.person_id == person_id))


def completion_of(certificate: Certificate) -> Completion:
    """Return the achievement that a certificate was reserved for."""
    return db.session.get_one(Completion, certificate.completion_id)


def with_act(act: str, limit: int, *, within: Actor | None) -> list[Standing]:
    """Return the newest certificates to which an act was appended.

    Args:
        within: only those that this coordinator sees; None: of the whole hub.
    """
    acted = select(CertificateAct.id).where(
        CertificateAct.certificate_id == Certificate.id, CertificateAct.act == act
    )
    statement = select(Certificate.id).where(acted.exists())
    if within is not None:
        return _newest(statement, within.only("coordinator"), limit)
    newest = statement.order_by(Certificate.reserved_at.desc()).limit(limit).subquery()
    return _standings(_with_acts().join(newest, newest.c.id == Certificate.id))


def every() -> list[Standing]:
    """Return all certificates, newest first (for the command line)."""
    return _standings(_with_acts())


def _with_acts() -> Select[*tuple[Any, ...]]:
    return (
        select(Certificate, CertificateAct, SealedFile)
        .outerjoin(CertificateAct, CertificateAct.certificate_id == Certificate.id)
        .outerjoin(SealedFile, SealedFile.certificate_id == Certificate.id)
        .order_by(Certificate.reserved_at.desc(), Certificate.id, CertificateAct.number)
    )


def _standings(statement: Select[*tuple[Any, ...]]) -> list[Standing]:
    rows: dict[str, tuple[Certificate, list[CertificateAct], SealedFile | None]] = {}
    for certificate, act, file in db.session.execute(statement):
        entry = rows.setdefault(certificate.id, (certificate, [], file))
        if act is not None:
            entry[1].append(act)
    return [Standing(certificate, tuple(acts), file) for certificate, acts, file in rows.values()]


def unreserved(limit: int) -> list[str]:
    """Return completions that no certificate was reserved for (the plugin was away)."""
    statement = (
        select(Completion.id)
        .outerjoin(Certificate, Certificate.completion_id == Completion.id)
        .where(Certificate.id.is_(None))
        .order_by(Completion.recorded_at)
        .limit(limit)
    )
    return list(db.session.scalars(statement))


def unsealed(limit: int) -> list[str]:
    """Return certificates that are approved and wait for their file, oldest first."""
    newest = (
        select(CertificateAct.act)
        .where(CertificateAct.certificate_id == Certificate.id)
        .order_by(CertificateAct.number.desc())
        .limit(1)
        .correlate(Certificate)
        .scalar_subquery()
    )
    statement = (
        select(Certificate.id)
        .outerjoin(SealedFile, SealedFile.certificate_id == Certificate.id)
        .where(SealedFile.id.is_(None), newest == "approved")
        .order_by(Certificate.reserved_at)
        .limit(limit)
    )
    return list(db.session.scalars(statement))
