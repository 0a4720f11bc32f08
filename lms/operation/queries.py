"""Read how the machine is: database, disk, store, queue, workers, work that waits, faults."""

import platform
import shutil
import sqlite3
from collections.abc import Sequence
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import func, select

from lms import clock
from lms.curriculum.exams import is_module
from lms.curriculum.models import ModuleVersion
from lms.db import apart, db
from lms.errors import N_
from lms.jobs import actions as jobs
from lms.jobs import queue
from lms.jobs.models import Fault, WorkerSeen
from lms.jobs.rules import Work
from lms.operation import rules
from lms.operation.rules import Check, Waiting
from lms.plugins import plugins
from lms.settings import setting
from lms.store import actions as store
from lms.store import scanner

_COUNTED = 1000
_FILES = 20_000
_PACKAGES = ("flask", "sqlalchemy", "alembic", "huey", "granian", "weasyprint", "argon2-cffi")


def checks() -> list[Check]:
    """Return what is well and what is not, a line each."""
    free = shutil.disk_usage(setting("DATA_DIR"))
    return [
        Check(N_("Database"), rules.WELL, N_("%(kind)s, %(size)s."), _database()),
        rules.of_part(N_("Queue"), _answers(lambda: queue.is_well(setting("QUEUE_URL")))),
        rules.of_worker(db.session.scalar(select(func.max(WorkerSeen.seen_at))), clock.now()),
        rules.of_disk(free.free, free.total),
        _store(),
        rules.of_scanner(scanner.is_set(), scanner.answers()),
        rules.of_backup(_last_backup(), clock.now()),
    ]


def _answers(ask: Any) -> bool:
    try:
        return bool(ask())
    except Exception:  # noqa: BLE001 - whatever it is, the part is not well
        return False


def _database() -> dict[str, Any]:
    if db.engine.dialect.name == "sqlite":
        pages = db.session.scalar(sa.text("PRAGMA page_count")) or 0
        page = db.session.scalar(sa.text("PRAGMA page_size")) or 0
        return {"kind": f"SQLite {sqlite3.sqlite_version}", "size": rules.size(pages * page)}
    server = db.session.scalar(sa.text("SHOW server_version"))
    whole = db.session.scalar(sa.text("SELECT pg_database_size(current_database())")) or 0
    return {"kind": f"PostgreSQL {server}", "size": rules.size(whole)}


def _store() -> Check:
    try:
        files, size, all_of_them = store.measure(_FILES)
    except OSError:
        return rules.of_part(N_("Files"), False)
    said = N_("%(files)s files, %(size)s.") if all_of_them else N_("More than %(files)s files.")
    return Check(N_("Files"), rules.WELL, said, {"files": files, "size": rules.size(size)})


def _last_backup() -> datetime | None:
    try:
        text = (Path(setting("DATA_DIR")) / "last-backup").read_text().strip()
        return datetime.fromisoformat(text)
    except (OSError, ValueError):
        return None


# --- work -----------------------------------------------------------------------------------


def waiting() -> list[Waiting]:
    """Return what waits of each kind of work; a kind that cannot say counts as failed."""
    failed = dict(
        db.session.execute(select(Fault.place, func.count(Fault.id)).group_by(Fault.place)).all()
    )
    return [_waiting(work, failed.get(work.name, 0)) for work in jobs.kinds().values()]


def _waiting(work: Work, failed: int) -> Waiting:
    try:
        with apart():
            if work.waiting is not None:
                number, oldest = work.waiting()
                return Waiting(work.name, number, False, oldest, failed)
            items = work.pending(_COUNTED + 1)
            return Waiting(
                work.name, min(len(items), _COUNTED), len(items) > _COUNTED, None, failed
            )
    except Exception:  # noqa: BLE001 - the worker's log tells why
        return Waiting(work.name, 0, False, None, failed + 1)


def faults() -> Sequence[Fault]:
    """Return the hooks and items of work that failed, latest first."""
    return db.session.scalars(select(Fault).order_by(Fault.last_at.desc()).limit(50)).all()


# --- what runs ------------------------------------------------------------------------------


def plugged() -> list[str]:
    """Return the names of what is plugged in beside the platform's own rooms."""
    return [name for name in plugins().names if not name.startswith("lms.")]


def sources() -> Sequence[Any]:
    """Return for each source of curriculum its name, modules, versions, and the latest storing."""
    statement = (
        select(
            ModuleVersion.source,
            func.count(sa.distinct(ModuleVersion.code)),
            func.count(ModuleVersion.id),
            func.max(ModuleVersion.stored_at),
        )
        .where(is_module())
        .group_by(ModuleVersion.source)
        .order_by(ModuleVersion.source)
    )
    return db.session.execute(statement).all()


def versions() -> list[tuple[str, str]]:
    """Return what software runs, and in which version."""
    schema = db.session.scalar(sa.text("SELECT version_num FROM alembic_version"))
    found = [("python", platform.python_version()), ("schema", str(schema))]
    for name in _PACKAGES:
        try:
            found.append((name, version(name)))
        except PackageNotFoundError:
            continue
    return found
