"""The rules run where the platform's parts are absent, as in the stand-alone verifier."""

import subprocess
import sys
from pathlib import Path

import lms

ALONE = """
import sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"flask", "sqlalchemy", "flask_sqlalchemy", "werkzeug"}:
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Absent())
from lms.ledger import rules
print(rules.root_of([rules.leaf_hash(b"")]).hex())
print(*sorted(name for name in sys.modules if name.split(".")[0] == "lms"))
"""


def test_the_rules_import_nothing_of_the_platform():
    done = subprocess.run(
        [sys.executable, "-c", ALONE],
        cwd=Path(lms.__file__).parents[1],
        capture_output=True,
        text=True,
        check=True,
    )
    root, loaded = done.stdout.splitlines()
    assert root == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert set(loaded.split()) <= {
        "lms",
        "lms.ledger",
        "lms.ledger.rules",
        "lms.ledger.rules.notes",
        "lms.ledger.rules.tree",
    }
