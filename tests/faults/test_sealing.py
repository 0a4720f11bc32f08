"""A worker or a renderer that dies while sealing: the certificate is sealed later, once."""

import random
import signal
import time
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from certificates import actions as certifying
from certificates.models import CertificateAct, SealedFile
from certificates.queries import unsealed
from lms.db import db, transaction
from lms.store import actions as store
from tests.factories import make_organisation
from tests.faults.hub import Hub
from tests.faults.world import complete, hand_in, opened, person_of, walker

pytestmark = pytest.mark.slow
PATIENCE = 60.0  # seconds


@pytest.mark.parametrize("victim", ["worker", "renderer"])
def test_what_dies_while_sealing_leaves_one_certificate(new_hub: Callable, victim: str) -> None:
    hub, _world = new_hub(unsealed=2)
    chance = random.Random(3)
    hub.start("worker")
    for _ in range(2):
        deadline = time.monotonic() + PATIENCE
        while not hub.renderer():
            assert time.monotonic() < deadline, hub.log("worker")
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.4))
        if victim == "renderer":
            hub.kill_renderer()
        else:
            hub.kill("worker")
            hub.start("worker")
    with opened(hub.config):
        _wait_until_sealed(hub)
        assert hub.stop() == []
        _assert_sealed_once(2)


def _wait_until_sealed(hub: Hub) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        with transaction(write=False):
            if not unsealed(10):
                return
        assert time.monotonic() < deadline, hub.log("worker")
        time.sleep(0.2)


def _assert_sealed_once(certificates: int) -> None:
    with transaction(write=False):
        files = db.session.scalars(select(SealedFile)).all()
        assert len({file.certificate_id for file in files}) == len(files) == certificates
        for file in files:
            assert len(store.get(file.digest)) == file.size
            acts = select(CertificateAct.act).where(
                CertificateAct.certificate_id == file.certificate_id
            )
            ordered = db.session.scalars(acts.order_by(CertificateAct.number))
            assert list(ordered) == ["approved", "sealed"]


def test_crash_between_storing_and_sealing_leaves_no_second_file(
    taught: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction():
        place = make_organisation("Centre")
        marker = person_of("marker", "instructor", place).id
    complete(hand_in(walker("walker", place)), marker)
    with transaction(write=False):
        (certificate,) = unsealed(10)
    before = set(store.names())

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(certifying, "_store_sealed", crash)
        with pytest.raises(KeyboardInterrupt):
            certifying.seal(certificate)
    assert len(set(store.names()) - before) == 1
    time.sleep(1.1)  # a page that told the time of its rendering would differ now
    certifying.seal(certificate)
    certifying.seal(certificate)
    _assert_sealed_once(1)
    assert len(set(store.names()) - before) == 1


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_worker_ends_when_it_is_told_to(new_hub: Callable, told: signal.Signals) -> None:
    hub, _world = new_hub()
    hub.start("worker")
    hub.wait_for("worker")
    time.sleep(1)
    worker = hub.running["worker"]
    worker.send_signal(told)
    assert worker.wait(20) == 0, hub.log("worker")
