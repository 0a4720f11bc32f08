"""Claims about sealing: once, whatever dies in between, and the same bytes for ever after."""

import os
import signal
import threading
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from certificates import actions, queries
from certificates.models import Certificate, CertificateAct, SealedFile
from certificates.press import RenderRefused, RenderStopped
from certificates.work import SEAL
from lms.api.plug import store
from lms.db import db, transaction
from lms.jobs.actions import do_one, sweep
from lms.programme.models import Completion
from lms.records.verify import verify
from tests import walk
from tests.factories import PASSWORD, signed_in


def _sweep() -> None:
    while sweep():
        pass


def _achieve(hub: walk.Hub, name: str = "Amina Okafor", **kwargs: Any) -> str:
    """Let one more learner pass; returns the certificate that is reserved and approved now."""
    learner = walk.newcomer(hub, name, **kwargs)
    walk.pass_module(hub, learner)
    with transaction(write=False):
        statement = sa.select(Certificate.id).where(Certificate.person_id == learner.id)
        return db.session.scalars(statement).one()


def _state(certificate_id: str) -> tuple[str, int]:
    """Return a certificate's state and how many files it has."""
    with transaction(write=False):
        files = sa.select(sa.func.count(SealedFile.id)).where(
            SealedFile.certificate_id == certificate_id
        )
        return queries.by_id(certificate_id).state, db.session.scalar(files) or 0


def _bytes(certificate_id: str) -> bytes:
    with transaction(write=False):
        file = queries.by_id(certificate_id).file
        assert file is not None
        return store.get(file.digest)


class Press:
    """Stands for the renderer: prints what the test says, or fails as it says."""

    def __init__(self, *answers: bytes | Exception) -> None:
        self.answers = list(answers)
        self.asked = 0

    def render(self, facts: Any, *, verify_url: str, specimen: bool = False) -> bytes:
        self.asked += 1
        answer = self.answers.pop(0) if self.answers else b"%PDF-1.7 another design"
        if isinstance(answer, Exception):
            raise answer
        return answer


# --- what dies in between --------------------------------------------------------------------


def test_a_child_killed_while_it_prints_costs_nothing_and_the_certificate_comes_once(
    walked: Flask, hub: walk.Hub
) -> None:
    certificate_id = _achieve(hub)
    actions._renderer.render(_facts(certificate_id), verify_url="x")  # it runs now
    child = actions._renderer.pid
    assert child is not None
    os.kill(child, signal.SIGSTOP)  # so that it dies with the job in its hands
    killer = threading.Timer(0.3, os.kill, (child, signal.SIGKILL))
    killer.start()
    assert not do_one("certificates.seal", certificate_id)
    killer.join()
    assert _state(certificate_id) == ("approved", 0)
    _sweep()
    assert _state(certificate_id) == ("sealed", 1)
    assert _bytes(certificate_id).startswith(b"%PDF-")
    _sweep()
    assert _state(certificate_id) == ("sealed", 1)


def _facts(certificate_id: str) -> dict[str, Any]:
    with transaction(write=False):
        facts: dict[str, Any] = queries.by_id(certificate_id).certificate.facts
        return facts


@pytest.mark.parametrize("place", ["before storing", "after storing", "while writing it down"])
def test_a_worker_that_dies_anywhere_leaves_it_pending_and_it_is_sealed_once(
    walked, hub, monkeypatch, place
) -> None:
    certificate_id = _achieve(hub)
    with monkeypatch.context() as dying:
        dying.setattr(actions, "_renderer", Press(b"%PDF-1.7 the first"))
        if place == "before storing":
            dying.setattr(store, "put", _die)
        elif place == "after storing":
            dying.setattr(actions, "_store_sealed", _die)
        else:
            dying.setattr(actions, "append_act", _die)
        with pytest.raises(SystemExit):
            actions.seal(certificate_id)
    assert _state(certificate_id) == ("approved", 0)
    monkeypatch.setattr(actions, "_renderer", Press(b"%PDF-1.7 the second"))
    _sweep()
    assert _state(certificate_id) == ("sealed", 1)
    assert _bytes(certificate_id) == b"%PDF-1.7 the second"
    with transaction(write=False):
        assert verify().mismatches == ()


def _die(*_args: Any, **_kwargs: Any) -> Any:
    raise SystemExit


def test_a_renderer_that_stops_leaves_the_others_to_be_sealed(walked, hub, monkeypatch) -> None:
    first, second = _achieve(hub), _achieve(hub, "Bilal Demo")
    press = Press(RenderStopped("killed"), b"%PDF-1.7 of the second")
    monkeypatch.setattr(actions, "_renderer", press)
    sweep()
    assert _state(first) == ("approved", 0)
    assert _state(second) == ("sealed", 1)
    sweep()
    assert _state(first) == ("sealed", 1)


# --- once ------------------------------------------------------------------------------------


def test_workers_that_race_seal_it_once(walked, hub, monkeypatch) -> None:
    certificate_id = _achieve(hub)
    together = threading.Barrier(3)

    class Meeting:
        def render(self, *_args: Any, **_kwargs: Any) -> bytes:
            together.wait(20)  # all have seen it approved
            return b"%PDF-1.7 of " + str(threading.get_ident()).encode()

    monkeypatch.setattr(actions, "_renderer", Meeting())

    def work() -> None:
        with walked.app_context():
            actions.seal(certificate_id)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert _state(certificate_id) == ("sealed", 1)
    with transaction(write=False):
        acts = [act.act for act in queries.by_id(certificate_id).acts]
        assert acts == ["approved", "sealed"]
        assert verify().mismatches == ()


def test_reserving_twice_gives_the_first_number_back(walked: Flask, hub: walk.Hub) -> None:
    with transaction():
        completion = db.session.scalars(sa.select(Completion.id)).one()
        first = db.session.scalars(sa.select(Certificate.number)).one()
        assert actions.reserve(completion).number == first
    with transaction(write=False):
        assert db.session.scalar(sa.select(sa.func.count(Certificate.id))) == 1
        assert db.session.scalar(sa.select(sa.func.count(CertificateAct.id))) == 2


# --- the same bytes for ever -----------------------------------------------------------------


def test_an_issued_certificate_is_never_rendered_again(walked, hub, monkeypatch) -> None:
    """A new design, a new name, a second sealing: what was issued stays as it was issued."""
    client = signed_in(walked, "learner@walk")
    with transaction(write=False):
        (one,) = queries.every()
        number, certificate_id = one.certificate.number, one.certificate.id
    before = client.get(f"/certificates/{number}.pdf").data
    assert before.startswith(b"%PDF-")
    press = Press()
    monkeypatch.setattr(actions, "_renderer", press)
    SEAL.do(certificate_id)
    _sweep()
    assert client.get(f"/certificates/{number}.pdf").data == before
    assert press.asked == 0
    assert _state(certificate_id) == ("sealed", 1)


def test_a_damaged_file_is_not_served_and_not_replaced(walked, hub, tmp_path) -> None:
    with transaction(write=False):
        file = db.session.scalars(sa.select(SealedFile)).one()
        digest = file.digest
        number = db.session.scalars(sa.select(Certificate.number)).one()
    (tmp_path / "store" / digest[:2] / digest).write_bytes(b"%PDF-1.7 forged")
    assert signed_in(walked, "learner@walk").get(f"/certificates/{number}.pdf").status_code == 404


# --- what cannot be printed ------------------------------------------------------------------


def test_a_character_that_no_font_has_refuses_the_paper_and_keeps_the_achievement(
    walked: Flask, hub: walk.Hub
) -> None:
    login = "rare@x.example"
    refused = _achieve(
        hub, "Rare Demo", native_name="\U00016a70\U00016a71 Demo", login=login, password=PASSWORD
    )
    _sweep()
    assert _state(refused) == ("refused", 0)
    with transaction(write=False):
        act = queries.by_id(refused).acts[-1]
        assert act.params["detail"].startswith("U+16A70")
        person = queries.by_id(refused).certificate.person_id
        held = sa.select(sa.func.count(Completion.id)).where(Completion.person_id == person)
        assert db.session.scalar(held) == 1
        assert verify().mismatches == ()
    page = signed_in(walked, login).get("/certificates/").text
    assert "U+16A70" in page
    _sweep()
    assert _state(refused) == ("refused", 0)


@pytest.mark.parametrize("kind", ["glyph-missing", "does-not-fit", "failed"])
def test_what_the_printer_refuses_is_refused_once_with_its_reason(
    walked, hub, monkeypatch, kind
) -> None:
    certificate_id = _achieve(hub)
    press = Press(RenderRefused(kind, "x"))
    monkeypatch.setattr(actions, "_renderer", press)
    _sweep()
    assert _state(certificate_id) == ("refused", 0)
    assert press.asked == 1
    with transaction(write=False):
        assert queries.by_id(certificate_id).acts[-1].reason


def test_a_name_that_looks_like_another_is_refused_when_it_is_reserved(walked, hub) -> None:
    """The listener never raises on data: the act that completed the programme stands."""
    refused = _achieve(hub, "P\u0430ul Demo")  # a Cyrillic letter in a Latin word
    assert _state(refused) == ("refused", 0)
    _sweep()
    assert _state(refused) == ("refused", 0)
