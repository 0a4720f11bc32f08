"""What the bundled curriculum costs at start: with all of it stored against a hub without any.

Each start is a process of its own that makes the app and answers one page. Prints the
median ratios of time and memory, and what each stored module adds.
Run: .venv/bin/python benchmarks/starting.py [rounds]
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))  # run from anywhere, without installing

from flask_migrate import upgrade
from sqlalchemy import func, select

from config import Config
from lms.app import create_app
from lms.curriculum.models import ModuleVersion
from lms.curriculum.sync import sync_all
from lms.db import db, transaction

ROOT = Path(__file__).parent.parent
_START = """
import json, resource, time
began = time.perf_counter()
from config import Config
from lms.app import create_app
app = create_app(Config.from_environment())
assert app.test_client().get("/sign-in").status_code == 200
taken = time.perf_counter() - began
print(json.dumps([taken, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""


def main() -> None:
    """Start both hubs in turns and print what the curriculum adds."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    with tempfile.TemporaryDirectory() as folder:
        bare, full = Path(folder) / "bare", Path(folder) / "full"
        _hub(bare, taught=False)
        modules = _hub(full, taught=True)
        figures = [(_started(bare), _started(full)) for _ in range(rounds)]
    for place, (name, unit) in enumerate((("time", "s"), ("memory", "MiB"))):
        ratio = statistics.median(with_[place] / without[place] for without, with_ in figures)
        most = statistics.median(with_[place] for _, with_ in figures)
        print(
            f"{name}: {ratio:.2f} of a hub without modules;"
            f" {most:.1f} {unit} with {modules} modules (n={rounds})"
        )


def _hub(folder: Path, *, taught: bool) -> int:
    folder.mkdir()
    with create_app(replace(Config(), data_dir=folder)).app_context():
        upgrade()
        if taught:
            sync_all()
        with transaction(write=False):
            return db.session.scalar(select(func.count()).select_from(ModuleVersion)) or 0


def _started(folder: Path) -> tuple[float, float]:
    environment = os.environ | {"DATA_DIR": str(folder)}
    command = [sys.executable, "-c", _START]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    seconds, memory = json.loads(done.stdout)
    return seconds, memory


if __name__ == "__main__":
    main()
