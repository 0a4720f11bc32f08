"""The walk's certificate outlives its machine: the same bytes, the same verdict, a clean record."""

import threading
from collections.abc import Callable
from pathlib import Path

from flask import Flask

from certificates import queries as certificates
from certificates.presenting import verification
from lms import clock
from lms.db import transaction
from lms.jobs.actions import sweep
from lms.store import actions as store
from tests import walk
from tests.factories import actor_for


def _everything_swept() -> None:
    while sweep():
        pass


def _certificate() -> tuple[str, bytes]:
    with transaction(write=False):
        [standing] = certificates.every()
        assert standing.file is not None
        return standing.certificate.number, store.get(standing.file.digest)


def test_a_certificate_comes_back_byte_for_byte_from_a_backup_under_load(
    taught: Flask, tmp_path: Path, elsewhere: Callable[..., Flask]
) -> None:
    hub = walk.people_of_a_hub()
    walk.adopt(hub)
    walk.pass_module(hub, actor_for(hub.learner))
    _everything_swept()
    number, pdf = _certificate()
    late = [walk.newcomer(hub) for _ in range(3)]

    def go_on_working() -> None:
        with taught.app_context():
            for learner in late:
                walk.sit(walk.take_part(hub, learner), learner)

    meanwhile = threading.Thread(target=go_on_working)
    meanwhile.start()
    done = taught.test_cli_runner().invoke(args=["backup", str(tmp_path / "hub.tar")])
    meanwhile.join()
    assert done.exit_code == 0, done.output

    other = elsewhere()
    with other.app_context():
        done = other.test_cli_runner().invoke(args=["restore", str(tmp_path / "hub.tar")])
        assert done.exit_code == 0, done.output
        _everything_swept()
        done = other.test_cli_runner().invoke(args=["records", "verify"])
        assert done.exit_code == 0, done.output
        assert _certificate() == (number, pdf)
        with transaction(write=False):
            assert verification(number, clock.today())[0]["verdict"] == "valid"
