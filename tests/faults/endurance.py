"""Kills web and worker at random moments while people work, then looks for what was lost.

KILLS (default 50) and SEED come from the environment; PLANT=name proves the harness on a planted
fault. On SQLite, or on TEST_DATABASE_URL and TEST_QUEUE_URL. Status 0: nothing lost or doubled.
"""

import os
import random
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from certificates.queries import unreserved, unsealed
from lms.db import transaction
from lms.records.queries import unsequenced
from lms.store import actions as store
from tests.faults import planted, players
from tests.faults.audit import Verdict, audit
from tests.faults.browser import GaveUp
from tests.faults.hub import Hub, NotWell, fresh_hub
from tests.faults.world import World, build, founded, opened

SETTLE = 180.0  # seconds that the sweep gets to finish what the kills left
TARGETS = 5 * ("web",) + ("one web process",) + 2 * ("worker",) + 3 * ("renderer",)
FIRST = 3  # walkers on stage before the first kill; each kill brings another
PAUSE = (0.2, 3.0)  # seconds between two kills
PATIENCE = 30.0  # seconds that a planted fault gets to reach the moment when a kill does harm
PROMISED = ("start", "answer", "submission", "mark", "release", "download")
ENCORE = 120.0  # seconds after the last kill in which each of them must have been done
SHOWN = 12  # findings on the screen


@dataclass
class Run:
    """One run and what happened in it."""

    kills: int
    seed: int
    hub: Hub
    stage: players.Stage
    killed: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)

    def log(self, line: str) -> None:
        """Print one line of progress."""
        print(f"{time.monotonic() - self.began:6.1f} s  {line}", flush=True)


def endure(kills: int, seed: int, plant: str = "") -> int:
    """Do one run and print its report; return the exit status."""
    with fresh_hub(plant) as hub:
        run = Run(kills, seed, hub, players.Stage(hub.port, seed))
        run.log(f"seed {seed}" + (f", planted fault: {plant}" if plant else ""))
        with founded(hub.config):
            some = 2 if plant else 4  # a planted fault makes sealing slow
            world = build(scribblers=3, walkers=kills + FIRST, waiting=some, unsealed=some)
            files = set(store.names())
        if plant:
            planted.PLANTS[plant].alter_database(hub.config.database_url)
        try:
            _play(run, world)
            with opened(hub.config):
                _settle(run)
                _last_downloads(run)
                run.wrong += hub.stop()
                with transaction(write=False):
                    verdict = audit(run.stage.ledger, files)
        except NotWell as failure:
            print(failure)
            return 1
        return _report(run, verdict)


def _play(run: Run, world: World) -> None:
    """Bring everybody on stage, kill, and let them go."""
    for part in ("worker", "web"):
        run.hub.start(part)
    for part in ("web", "worker"):
        run.hub.wait_for(part)
    run.log("web and worker are up, people come in")
    for learner in world.walkers[:FIRST]:
        run.stage.walkers.put(learner)
    threads = [
        *(_player(run, players.scribble, learner) for learner in world.scribblers),
        *(_player(run, players.walk, number) for number in (1, 2)),
        *(_player(run, players.instruct, login) for login in world.instructors),
        _player(run, players.hold),
    ]
    try:
        _kill_at_random(run, world)
        if not run.hub.plant:  # one who dawdles or repeats may keep others from their turn
            _await_every_kind(run)
    finally:
        run.stage.over.set()
        for thread in threads:
            thread.join(120)
    run.wrong += [f"{thread.name} did not end" for thread in threads if thread.is_alive()]


def _await_every_kind(run: Run) -> None:
    """Let people go on until each kind of act was acknowledged: else a run says nothing of it."""
    deadline = time.monotonic() + ENCORE
    while missing := [kind for kind in PROMISED if not run.stage.ledger.heard(kind)]:
        if time.monotonic() > deadline:
            run.wrong.append(f"nobody got to do this: {', '.join(missing)}")
            return
        time.sleep(0.2)


def _player(run: Run, play: Callable[..., None], *what: Any) -> threading.Thread:
    def act() -> None:
        try:
            play(run.stage, *what)
        except GaveUp as end:
            if not run.stage.over.is_set():
                run.wrong.append(f"{play.__name__}: {end}")
        except Exception as error:  # noqa: BLE001 - a player's own mistake must show, not hide
            run.wrong.append(f"{play.__name__}: {type(error).__name__}: {error}")

    thread = threading.Thread(target=act, name=play.__name__, daemon=True)
    thread.start()
    return thread


def _kill_at_random(run: Run, world: World) -> None:
    chance = random.Random(run.seed)
    plant = planted.PLANTS.get(run.hub.plant)
    targets, pause = (plant.targets, plant.pause) if plant else (TARGETS, PAUSE)
    time.sleep(2)
    for number in range(run.kills):
        if plant and plant.tells:
            _await_harm(run.hub)
        done = _kill(run, chance.choice(targets))
        run.killed[done] += 1
        if not plant:  # one who makes sealing slow has enough to do
            run.stage.walkers.put(world.walkers[FIRST + number])
        if chance.random() < 0.85:  # else the next kill may hit the start
            run.hub.wait_for(done)
        if (number + 1) % 10 == 0:
            counts = run.stage.ledger.counts
            run.log(f"{number + 1} kills, {counts['requests']} requests, {counts['cut']} cut")
        time.sleep(chance.uniform(*pause))
    run.hub.wait_for("web")


def _await_harm(hub: Hub) -> None:
    """Wait until a kill would do harm, or for long enough that there may be nothing to harm."""
    told = planted.harmful(hub.folder)
    told.unlink(missing_ok=True)  # of one who was killed meanwhile
    deadline = time.monotonic() + PATIENCE
    while not told.exists() and time.monotonic() < deadline:
        time.sleep(0.05)


def _kill(run: Run, target: str) -> str:
    """Kill a target, start it again; return what was really there to be killed."""
    hub = run.hub
    if target == "renderer" and hub.kill_renderer(patience=3):
        return target
    if target == "one web process" and hub.kill_one_web_process():
        return target
    part = "web" if target.endswith(("web", "process")) else "worker"
    hub.kill(part)
    hub.start(part)
    return part


def _settle(run: Run) -> None:
    """Wait until the worker's sweep has finished everything that is pending."""
    run.log("everybody went home; the sweep finishes what is left")
    deadline = time.monotonic() + SETTLE
    while time.monotonic() < deadline:
        with transaction(write=False):
            left = len(unreserved(999)) + len(unsealed(999)) + len(unsequenced(999))
        if not left:
            return
        time.sleep(0.5)
    run.wrong.append(f"{left} items are still pending after {SETTLE:.0f} s of sweeping")


def _last_downloads(run: Run) -> None:
    while not run.stage.holders.empty():
        try:
            players.download(run.stage, run.stage.holders.get())
        except GaveUp as end:
            run.wrong.append(f"download: {end}")


def _report(run: Run, verdict: Verdict) -> int:
    counts = run.stage.ledger.counts
    killed = ", ".join(f"{number} {what}" for what, number in sorted(run.killed.items()))
    database = run.hub.config.database_url.split(":")[0].split("+")[0]
    print(f"\n{database}, seed {run.seed}: {run.killed.total()} kills ({killed})")
    print(f"{counts['requests']} requests, {counts['cut']} cut, {counts['busy']} told to wait")
    print(f"{'':14}{'acknowledged':>13}{'in database':>13}{'lost':>7}{'doubled':>9}{'changed':>9}")
    for what, heard, rows in verdict.lines:
        faults = [verdict.number(fault, what) for fault in ("lost", "doubled", "changed")]
        print(f"{what:14}{heard:13}{rows:13}{faults[0]:7}{faults[1]:9}{faults[2]:9}")
    print(f"records verify: {verdict.verified}")
    findings = [str(one) for one in verdict.findings] + [f"failed run: {w}" for w in run.wrong]
    for line in findings[:SHOWN]:
        print(f"  FOUND {line}")
    if len(findings) > SHOWN:
        print(f"  … and {len(findings) - SHOWN} more")
    tally = Counter(f"{one.fault} {one.what}" for one in verdict.findings)
    found = ", ".join(f"{number} {name}" for name, number in tally.most_common())
    if findings and not run.hub.plant:
        for part in ("web", "worker"):
            print(f"--- the end of the {part}'s log\n{run.hub.log(part, 2000)}")
    took = time.monotonic() - run.began
    print(f"{'nothing lost, nothing doubled' if not findings else found or 'failed'}, {took:.0f} s")
    return 1 if findings else 0


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    sys.exit(
        endure(
            int(os.environ.get("KILLS") or 50),
            int(os.environ.get("SEED") or time.time_ns() % 10**9),
            os.environ.get("PLANT", ""),
        )
    )
