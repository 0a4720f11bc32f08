"""Claims about the set-up commands where something is missing or unfit for real use."""

import os
import subprocess
import sys
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"


def _run(script: str, *words: str, **changes: str) -> "subprocess.CompletedProcess[str]":
    """Run a script with an environment changed; an empty value takes a variable out.

    Storing the whole curriculum takes a minute or so: the patience is for a busy machine.
    """
    environment = {name: value for name, value in (os.environ | changes).items() if value}
    command = [sys.executable, SCRIPTS / script, *words]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False, timeout=300
    )


def test_what_is_missing_is_said_in_one_line(tmp_path: Path) -> None:
    said = _run("system", "test", PATH=str(tmp_path), CI="")
    assert said.returncode == 0
    assert len(said.stderr.splitlines()) == 1
    assert "sudo apt-get install chromium" in said.stderr


def test_where_ci_runs_nothing_may_be_missing(tmp_path: Path) -> None:
    assert _run("system", "test", PATH=str(tmp_path), CI="true").returncode == 1


def test_an_unknown_group_is_wrong_use() -> None:
    assert _run("system", "kitchen").returncode == 2


def test_real_use_refuses_the_default_secret() -> None:
    said = _run("prepare", SECRET_KEY="")
    assert said.returncode == 1
    assert "SECRET_KEY is not set" in said.stderr


def test_real_use_stores_the_curriculum_and_warns_of_an_address_nobody_reaches(
    tmp_path: Path,
) -> None:
    said = _run(
        "prepare",
        SECRET_KEY="only for this test",
        DATA_DIR=str(tmp_path),
        DATABASE_URL="",
        BASE_URL="http://127.0.0.1:8000",
        ADMIN_NAME="Amina Okafor",
        ADMIN_LOGIN="amina@test.example",
        ADMIN_COUNTRY="KR",
        PERSON_PASSWORD="a long enough password",
    )
    assert said.returncode == 0, said.stderr
    assert "BASE_URL is http://127.0.0.1:8000" in said.stderr
    assert "stored: FND103" in said.stdout
    assert "amina@test.example (administrator) added" in said.stdout
