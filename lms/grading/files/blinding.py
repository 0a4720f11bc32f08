"""Hands a file to the process that takes names out of it; kills what takes too long."""

import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[3]
_SECONDS = 20


def blind_copy(data: bytes, type: str) -> bytes | None:
    """Return a file as a marker gets it; None where names cannot be taken out of it.

    Args:
        type: one of `lms.assessment.uploads.TYPES`.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-m", "lms.grading.files.child", type],
            input=data, capture_output=True, timeout=_SECONDS, check=False, cwd=_ROOT,
            env={},  # nothing of this machine is its business
            start_new_session=True,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return None
    return done.stdout if done.returncode == 0 else None
