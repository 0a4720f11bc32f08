"""The renderer's child: killed, starved, hung or corrupted, the next certificate still comes."""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from certificates.press import Renderer, RenderRefused, RenderStopped
from certificates.render import render


@pytest.fixture
def renderer():
    renderer = Renderer()
    yield renderer
    renderer.close()


def test_the_child_prints_the_same_bytes_as_the_renderer_itself(renderer, make_facts, verify_url):
    facts = make_facts("ሰላማዊት ገብረ መድኅን", latin="Selamawit Gebremedhin")
    printed = renderer.render(facts, verify_url=verify_url, specimen=True)
    assert printed == render(facts, verify_url=verify_url, specimen=True)


def test_a_refusal_comes_back_with_its_character_and_the_child_goes_on(
    renderer, make_facts, verify_url
):
    renderer.render(make_facts(), verify_url=verify_url)
    child = renderer.pid
    with pytest.raises(RenderRefused) as refused:
        renderer.render(make_facts("A\U000f0000"), verify_url=verify_url)
    assert (refused.value.kind, refused.value.detail) == ("glyph-missing", "\U000f0000")
    with pytest.raises(RenderRefused) as refused:
        renderer.render({"number": "x"}, verify_url=verify_url)
    assert refused.value.kind == "failed"
    assert renderer.render(make_facts(), verify_url=verify_url)[:5] == b"%PDF-"
    assert renderer.pid == child


def test_a_child_killed_in_the_middle_is_replaced(renderer, make_facts, verify_url):
    renderer.render(make_facts(), verify_url=verify_url)
    child = renderer.pid
    os.kill(child, signal.SIGSTOP)  # it holds the job and answers nothing
    killer = threading.Timer(0.3, os.kill, (child, signal.SIGKILL))
    killer.start()
    with pytest.raises(RenderStopped):
        renderer.render(make_facts(), verify_url=verify_url)
    killer.join()
    assert renderer.render(make_facts(), verify_url=verify_url)[:5] == b"%PDF-"
    assert renderer.pid != child


def test_a_child_that_hangs_is_killed_at_the_limit(make_facts, verify_url):
    renderer = Renderer(seconds=15)
    renderer.render(make_facts(), verify_url=verify_url)
    child = renderer.pid
    os.kill(child, signal.SIGSTOP)
    renderer._seconds = 0.3
    started = time.monotonic()
    with pytest.raises(RenderStopped):
        renderer.render(make_facts(), verify_url=verify_url)
    assert time.monotonic() - started < 5
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)
    renderer._seconds = 15
    assert renderer.render(make_facts(), verify_url=verify_url)[:5] == b"%PDF-"
    renderer.close()


def test_a_child_that_wants_too_much_memory_is_stopped(make_facts, verify_url):
    starved = Renderer(memory=150 * 1024**2)
    with pytest.raises((RenderStopped, RenderRefused)):
        starved.render(make_facts("김서연 金秀賢"), verify_url=verify_url)
    starved.close()


def test_the_child_is_replaced_after_its_share_of_renders(make_facts, verify_url):
    renderer = Renderer(renders=2)
    children = set()
    for _ in range(3):
        renderer.render(make_facts(), verify_url=verify_url)
        children.add(renderer.pid)
    renderer.close()
    assert len(children - {None}) == 2


def test_threads_share_one_child(renderer, make_facts, verify_url):
    printed = []
    threads = [
        threading.Thread(
            target=lambda: printed.append(renderer.render(make_facts(), verify_url=verify_url))
        )
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(printed) == 4
    assert len(set(printed)) == 1


def test_the_child_knows_no_setting_of_the_platform(renderer, make_facts, verify_url, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "a secret of the web process")
    renderer.render(make_facts(), verify_url=verify_url)
    with open(f"/proc/{renderer.pid}/environ", "rb") as environment:
        assert b"SECRET_KEY" not in environment.read()


def test_the_child_ends_with_its_parent(renderer, make_facts, verify_url):
    renderer.render(make_facts(), verify_url=verify_url)
    process = renderer._process
    process.stdin.close()
    assert process.wait(timeout=10) == 0


@pytest.mark.parametrize("module", ["certificates.child", "certificates.names"])
def test_the_renderer_loads_neither_flask_nor_the_database(module):
    code = f"import sys, {module}; print(sorted({{'flask', 'sqlalchemy'}} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


def test_the_parent_does_not_load_the_layout_engine():
    code = "import sys, certificates.press; print('weasyprint' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "False"
