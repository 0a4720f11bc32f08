"""Holds the outside ledger against the database, the store and the records' own proof."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select, text

from certificates.models import Certificate, CertificateAct, SealedFile
from lms.assessment.models import Attempt, AttemptItem, Response, Result, Score, Submission
from lms.assessment.queries import effective, kinds
from lms.db import db
from lms.errors import NotFound
from lms.grading.models import Mark
from lms.programme.models import Completion
from lms.records.models import Signature
from lms.records.verify import verify
from lms.store import actions as store
from tests.faults.ledger import Act, Ledger

PROBE = hashlib.sha256(b"seedtrain").hexdigest()  # what /healthz keeps in the store


@dataclass(frozen=True)
class Finding:
    """What is wrong: lost, doubled, changed, invented, orphan or failed; of what; where."""

    fault: str
    what: str
    where: str

    def __str__(self) -> str:
        return f"{self.fault} {self.what}: {self.where}"


@dataclass
class Verdict:
    """What the audit came to: a line for each kind of thing, and every finding."""

    lines: list[tuple[str, int, int]] = field(default_factory=list)  # what, acknowledged, stored
    findings: list[Finding] = field(default_factory=list)
    verified: str = ""

    def number(self, fault: str, what: str) -> int:
        """Return how many findings are of a fault and of a thing."""
        return sum(one.fault == fault and one.what == what for one in self.findings)


def audit(ledger: Ledger, files_before: set[str]) -> Verdict:
    """Compare everything that was acknowledged with everything that is there.

    Args:
        files_before: what the store held before the run.
    """
    verdict = Verdict()
    checks: tuple[tuple[str, Callable[..., Iterator[Finding]], int, int], ...] = (
        ("start", _starts, ledger.heard("start"), _rows(Attempt)),
        ("answer", _answers, ledger.heard("answer"), _rows(Response)),
        ("submission", _submissions, ledger.heard("submission"), _rows(Submission)),
        ("mark", _marks, ledger.heard("mark"), _rows(Mark)),
        ("release", _releases, ledger.heard("release"), _rows(Result)),
        ("download", _downloads, ledger.heard("download"), _rows(SealedFile)),
    )
    for what, check, heard, rows in checks:
        verdict.lines.append((what, heard, rows))
        verdict.findings += check(ledger)
    verdict.lines.append(("certificate", _rows(Completion), _rows(Certificate)))
    verdict.findings += _certificates()
    verdict.findings += _files(files_before)
    verdict.findings += [Finding("failed", "request", one) for one in ledger.strange]
    verdict.findings += _proof(verdict)
    return verdict


def _rows(model: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def _starts(ledger: Ledger) -> Iterator[Finding]:
    stored: dict[str, list[str]] = defaultdict(list)
    for enrolment, id in db.session.execute(select(Attempt.enrolment_id, Attempt.id)):
        stored[enrolment].append(id)
    for enrolment, ids in stored.items():
        if len(ids) > 1:  # nobody in this play failed and began again
            yield Finding("doubled", "start", f"enrolment {enrolment}: {len(ids)} attempts")
    for act in ledger.of("start"):
        if act.acknowledged and act.answer not in stored[act.key[0]]:
            yield Finding("lost", "start", f"attempt {act.answer}")


def _answers(ledger: Ledger) -> Iterator[Finding]:
    attempts = {act.key[0] for act in ledger.of("answer")}
    statement = select(Response).where(Response.attempt_id.in_(attempts))
    rows: dict[str, list[Response]] = defaultdict(list)
    for row in db.session.scalars(statement.where(Response.item_id.is_not(None))):
        rows[row.claimed_at].append(row)
    pairs = select(AttemptItem.id, AttemptItem.kind)
    kind_of = dict(db.session.execute(pairs).tuples().all())
    sent: dict[str, list[Act]] = defaultdict(list)
    for act in ledger.of("answer"):
        sent[act.said["item"]].append(act)
        found = rows.pop(act.said["token"], [])
        yield from _answer(act, found, kind_of[act.said["item"]])
    for token in rows:
        yield Finding("invented", "answer", f"nobody said {token}")
    numbers = Counter(db.session.execute(select(Response.attempt_id, Response.number)).tuples())
    for (attempt, number), times in numbers.items():
        if times > 1:
            yield Finding("doubled", "answer", f"attempt {attempt} has {times} numbers {number}")
    for attempt in attempts:
        yield from _counting(attempt, sent)


def _answer(act: Act, found: list[Response], kind: str) -> Iterator[Finding]:
    where = f"attempt {act.key[0]}, client {act.key[1]}, sequence {act.key[2]}"
    if len(found) > 1:
        yield Finding("doubled", "answer", f"{where}: {len(found)} rows")
    if act.acknowledged and not found:
        yield Finding("lost", "answer", where)
    for row in found:
        said = kinds()[kind].read(act.said["fields"])
        same = (row.attempt_id, row.client, row.sequence) == act.key
        if not same or row.item_id != act.said["item"] or row.given != said:
            yield Finding("changed", "answer", where)
        if act.acknowledged and not (
            row.standing == act.answer[0] and act.answer[1] in (None, row.number)
        ):
            yield Finding("changed", "answer", f"{where}: {act.answer}, stored as {row.standing}")


def _counting(attempt: str, sent: dict[str, list[Act]]) -> Iterator[Finding]:
    """Find items where not the last acknowledged answer counts, or where it was not scored."""
    given = effective(attempt)
    scores: dict[str, list[Score]] = defaultdict(list)
    statement = select(Score).join(AttemptItem).where(AttemptItem.attempt_id == attempt)
    for score in db.session.scalars(statement):
        scores[score.item_id].append(score)
    closed = db.session.scalars(select(Submission).where(Submission.attempt_id == attempt)).first()
    items = db.session.scalars(select(AttemptItem).where(AttemptItem.attempt_id == attempt))
    for item in items:
        last = _last_that_counts(sent.get(item.id, []))
        row = given.get(item.id)
        if last and (row is None or row.claimed_at not in last):
            yield Finding("lost", "answer", f"the last one of item {item.id} does not count")
        if closed is None or kinds()[item.kind].marked_by != "machine":
            continue
        if [score.response_id for score in scores[item.id]] != [row.id if row else None]:
            yield Finding("lost", "answer", f"item {item.id} is not scored once on what counts")


def _last_that_counts(acts: list[Act]) -> set[str]:
    """Return the tokens that may count: the last acknowledged one, or one sent after it."""
    tokens: set[str] = set()
    for act in acts:
        if act.acknowledged and act.answer[0] == "counts":
            tokens = {act.said["token"]}
        elif not act.acknowledged and tokens:
            tokens.add(act.said["token"])
    return tokens


def _submissions(ledger: Ledger) -> Iterator[Finding]:
    yield from _once(
        ledger, "submission", db.session.scalars(select(Submission.attempt_id)), _doubled_by_key
    )


def _releases(ledger: Ledger) -> Iterator[Finding]:
    yield from _once(
        ledger, "release", db.session.scalars(select(Result.attempt_id)), _doubled_by_key
    )
    yield from _signatures("result", Result, "released")


def _marks(ledger: Ledger) -> Iterator[Finding]:
    marks = list(db.session.scalars(select(Mark)))
    yield from _once(ledger, "mark", (mark.comment for mark in marks), _doubled_by_key)
    said = {act.key[0]: act.said for act in ledger.of("mark")}
    for mark in marks:
        known = said.get(mark.comment)
        if known and (mark.item_id, mark.levels) != (known["item"], known["levels"]):
            yield Finding("changed", "mark", f"of item {mark.item_id}")
    signed = _signed("mark", "graded")
    for id, times in signed.items():
        if times > 1:
            yield Finding("doubled", "mark", f"{id} is signed “graded” {times} times")
    for act in ledger.of("sign"):
        if act.acknowledged:
            yield from (Finding("lost", "sign", id) for id in act.said if not signed[id])


def _doubled_by_key(kind: str, key: str, times: int) -> Finding:
    return Finding("doubled", kind, f"{key}: {times} times")


def _once(
    ledger: Ledger,
    kind: str,
    keys: Iterable[str],
    doubled: Callable[[str, str, int], Finding],
) -> Iterator[Finding]:
    stored = Counter(keys)
    for key, times in stored.items():
        if times > 1:
            yield doubled(kind, key, times)
    for act in ledger.of(kind):
        if act.acknowledged and not stored[act.key[0]]:
            yield Finding("lost", kind, str(act.key[0]))


def _signatures(table: str, model: Any, meaning: str) -> Iterator[Finding]:
    signed = _signed(table, meaning)
    for id in db.session.scalars(select(model.id)):
        if signed[id] != 1:
            fault = "doubled" if signed[id] else "lost"
            yield Finding(fault, table, f"{id} is signed “{meaning}” {signed[id]} times")


def _signed(table: str, meaning: str) -> Counter[str]:
    statement = select(Signature.subject_id).where(
        Signature.subject_table == table, Signature.meaning == meaning
    )
    return Counter(db.session.scalars(statement))


def _downloads(ledger: Ledger) -> Iterator[Finding]:
    statement = select(Certificate.number, SealedFile.digest).join(
        SealedFile, SealedFile.certificate_id == Certificate.id
    )
    stored = dict(db.session.execute(statement).tuples().all())
    for act in ledger.of("download"):
        if stored.get(act.key[0]) != act.answer:
            yield Finding("changed", "certificate", f"{act.key[0]} has other bytes than downloaded")


def _certificates() -> Iterator[Finding]:
    held = Counter(db.session.scalars(select(Certificate.completion_id)))
    people = Counter(db.session.scalars(select(Completion.person_id)))
    for person in db.session.scalars(
        select(Attempt.person_id).join(Result).where(Result.passed.is_(True))
    ):
        if people[person] != 1:
            yield Finding("lost", "completion", f"{person} has {people[person]}")
    for id in db.session.scalars(select(Completion.id)):
        if held[id] != 1:
            fault = "doubled" if held[id] else "lost"
            yield Finding(fault, "certificate", f"completion {id} has {held[id]}")
    files: dict[str, list[str]] = defaultdict(list)
    for file in db.session.scalars(select(SealedFile)):
        files[file.certificate_id].append(file.digest)
    for certificate in db.session.scalars(select(Certificate)):
        statement = select(CertificateAct.act).where(
            CertificateAct.certificate_id == certificate.id
        )
        acts = list(db.session.scalars(statement.order_by(CertificateAct.number)))
        yield from _sealed(certificate.number, acts, files[certificate.id])


def _sealed(number: str, acts: list[str], files: list[str]) -> Iterator[Finding]:
    if acts != ["approved", "sealed"]:
        fault = "doubled" if len(acts) > 2 else "lost"
        yield Finding(fault, "seal", f"{number} went {', '.join(acts) or 'nowhere'}")
    if len(files) != 1:
        yield Finding("doubled" if files else "lost", "seal", f"{number} has {len(files)} files")
    for digest in files:
        try:
            store.get(digest)
        except NotFound as missing:
            yield Finding("lost", "file", f"of {number}: {missing}")


def _files(before: set[str]) -> Iterator[Finding]:
    named = set(db.session.scalars(select(SealedFile.digest)))
    for name in set(store.names()) - before - named - {PROBE}:
        yield Finding("orphan", "file", f"{name}: no certificate names it")


def _proof(verdict: Verdict) -> Iterator[Finding]:
    report = verify()
    verdict.verified = f"{report.rows} rows, {report.events} events, {report.waiting} waiting"
    for mismatch in report.mismatches:
        yield Finding("changed", "record", f"{mismatch.table} {mismatch.row}: {mismatch.what}")
    if report.waiting:
        yield Finding("lost", "leaf", f"{report.waiting} events are not in the tree")
    if db.engine.dialect.name == "sqlite":
        for line in db.session.scalars(text("PRAGMA integrity_check")):
            if line != "ok":
                yield Finding("changed", "database", line)
        for line in db.session.execute(text("PRAGMA foreign_key_check")):
            yield Finding("orphan", "row", str(tuple(line)))
