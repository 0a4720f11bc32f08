"""Faults planted to prove the harness, and the launcher of a web and a worker that carry one.

The product never imports this: `planted.py web|worker` runs scripts/serve's own command on
`planted_app`, and FAULT_PLANT names what is broken in it.
"""

import os
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from alembic.migration import MigrationContext
from alembic.operations import Operations
from flask import has_request_context, request
from sqlalchemy import create_engine

import certificates.actions as certifying
import certificates.plugin as plugin
import lms.assessment.actions as assessing
import lms.db as database
from certificates import queries, work
from certificates.models import Certificate, CertificateAct, SealedFile
from config import Config
from lms.app import create_app
from lms.assessment.models import Response
from lms.db import db, insert_once, transaction
from lms.store import actions as store

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Plant:
    """One fault: what it does to the code, and which promise of the database it takes away.

    Attributes:
        break_code: patches the running process.
        targets: what is killed: where the fault lives, so that few kills do.
        pause: seconds between two kills, at least and at most: the fault must get its chance.
        unique: (table, columns) whose uniqueness the fault has forgotten.
        tells: it says when a kill would do harm (`harmful`), and the kill waits for that: what
            errs for two seconds in a minute is else met by luck.
    """

    break_code: Callable[[], None]
    targets: tuple[str, ...]
    pause: tuple[float, float]
    unique: tuple[str, str] | None = None
    tells: bool = False

    def alter_database(self, url: str) -> None:
        """Take the uniqueness away, as a migration without it would have."""
        if self.unique is None:
            return
        table, columns = self.unique
        engine = create_engine(url)  # the product's own would hold the foreign keys meanwhile
        with engine.begin() as connection:
            operations = Operations(MigrationContext.configure(connection))
            with operations.batch_alter_table(table) as batch:
                batch.drop_constraint(f"uq_{table}_{columns}", type_="unique")
        engine.dispose()


def harmful(folder: Path) -> Path:
    """Return the file in a hub's folder that stands there while a kill would do harm."""
    return folder / "kill-now"


def _dawdle() -> None:
    """Take long between two steps that belong together, and tell."""
    told = harmful(Path(os.environ["DATA_DIR"]))
    told.touch()
    time.sleep(2)
    told.unlink(missing_ok=True)


def _acknowledge_before_commit() -> None:
    """Answer first and commit a moment later, as a server that "writes behind" does."""
    commit = database._commit

    def later() -> None:
        session = db.session()
        if not session.new and not session.in_transaction():
            return commit()
        session.flush()
        db.session.registry.clear()  # the request's end must not roll it back

        def finish() -> None:
            time.sleep(0.25)
            session.commit()
            session.close()

        threading.Thread(target=finish, daemon=True).start()
        return None

    def only_answers() -> None:
        answering = has_request_context() and request.endpoint == "assessment.save"
        return later() if answering else commit()

    database._commit = only_answers


def _forget_the_key() -> None:
    """Insert every answer that comes, also one that came before."""

    def insert(model: Any, unique: tuple[str, ...], **values: Any) -> tuple[Any, bool]:
        if model is not Response:
            return insert_once(model, unique, **values)
        row = Response(**values)
        db.session.add(row)
        db.session.flush()
        return row, True

    assessing.insert_once = insert


def _seal_twice() -> None:
    """Store the file of a certificate in one transaction and say so in the next."""

    def store_sealed(certificate_id: str, name: str, size: int) -> None:
        row = SealedFile(
            certificate_id=certificate_id, digest=name, size=size, sealed_at=certifying.now()
        )
        db.session.add(row)
        certifying.record("certificate.file-stored", row, by=certifying.SYSTEM)

    def seal(certificate_id: str) -> None:
        with transaction(write=False):
            standing = queries.by_id(certificate_id)
            facts, number = standing.certificate.facts, standing.certificate.number
            if standing.state != "approved":
                return
        url = certifying.verify_url(number)
        pdf = certifying._renderer.render(facts, verify_url=url, specimen=False)
        with transaction():
            store_sealed(certificate_id, store.put(pdf), len(pdf))
        _dawdle()
        with transaction():
            certificate = queries.by_id(certificate_id).certificate
            reason = certifying.Reason("Rendered and stored.")
            certifying._act(certificate, "sealed", reason, by=certifying.SYSTEM)

    _replace_work("SEAL", "certificates.seal", queries.unsealed, seal)


def _store_without_reservation() -> None:
    """Give a certificate its number only when its file is made: nothing is reserved before."""

    def issue(completion_id: str) -> None:
        with transaction(write=False):
            held = certifying.achievement(completion_id)
            number = certifying.new_number()
            facts = certifying._facts(held, number)
        url = certifying.verify_url(number)
        name = store.put(certifying._renderer.render(facts, verify_url=url, specimen=False))
        _dawdle()
        with transaction():
            _insert(completion_id, held.completion, number, facts, name)

    certifying.reserve = lambda _completion_id: None
    _replace_work("RESERVE", "certificates.reserve", queries.unreserved, issue)


def _insert(completion_id: str, completion: Any, number: str, facts: Any, name: str) -> None:
    certificate = Certificate(
        number=number,
        completion_id=completion_id,
        person_id=completion.person_id,
        sending_id=completion.sending_id,
        delivering_id=completion.delivering_id,
        practice=completion.practice,
        expires_on=completion.expires_on,
        facts=facts,
        facts_digest=certifying.digest(facts),
        reserved_at=certifying.now(),
    )
    rows: list[Any] = [certificate]
    db.session.add(certificate)
    db.session.flush()
    for place, act in enumerate(("approved", "sealed"), 1):
        rows.append(
            CertificateAct(
                certificate_id=certificate.id,
                number=place,
                act=act,
                reason="Approved",
                params={},
                acted_by="system",
                acted_at=certifying.now(),
            )
        )
    size = len(store.get(name))
    rows.append(
        SealedFile(
            certificate_id=certificate.id, digest=name, size=size, sealed_at=certifying.now()
        )
    )
    db.session.add_all(rows)
    for row in rows:
        certifying.record("certificate.issued", row, by=certifying.SYSTEM)


def _replace_work(attribute: str, name: str, pending: Any, do: Any) -> None:
    setattr(plugin, attribute, work.Work(name, pending, do))


_KEY = ("response", "attempt_id_client_sequence")
PLANTS = {
    "early-acknowledgement": Plant(_acknowledge_before_commit, ("web",), (0.5, 2)),
    "no-key": Plant(_forget_the_key, ("web",), (0.5, 2), _KEY),
    "unreserved": Plant(
        _store_without_reservation, ("worker",), (0.1, 1), ("certificate", "completion_id"), True
    ),
    "sealed-twice": Plant(
        _seal_twice, ("worker",), (0.1, 1), ("sealed_file", "certificate_id"), True
    ),
}


def make_app() -> Any:
    """Make the product's app with the fault that FAULT_PLANT names."""
    PLANTS[os.environ["FAULT_PLANT"]].break_code()
    return create_app(Config.from_environment())


def command(part: str) -> list[str]:
    """Return the command of scripts/serve for a part, on the app of this file."""
    path = str(ROOT / "scripts" / "serve")  # no ending, so it takes a loader by name
    spec = spec_from_file_location("serve", path, loader=SourceFileLoader("serve", path))
    assert spec is not None
    assert spec.loader is not None
    serve = sys.modules["serve"] = module_from_spec(spec)  # dataclasses look their module up
    spec.loader.exec_module(serve)
    words: list[str] = serve.COMMANDS[part]()
    product = {"web": "wsgi:app", "worker": "wsgi"}[part]
    words[words.index(product)] = f"tests.faults.planted_app{product.removeprefix('wsgi')}"
    return words


if __name__ == "__main__":
    words = command(sys.argv[1])
    os.chdir(ROOT)
    os.execv(words[0], words)
