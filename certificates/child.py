"""The process that prints: takes jobs from `certificates.press` until its input ends.

Loads neither Flask nor SQLAlchemy, and is started without any setting or key of the platform.
"""

import json
import os
import resource
import signal
import sys
from typing import Any

from certificates.press import MEMORY, PDF, REFUSED, SECONDS, receive, send
from certificates.render import DoesNotFit, GlyphMissing, render


def main() -> None:
    """Answer jobs from standard input until it ends."""
    memory = int(sys.argv[1]) if len(sys.argv) > 1 else MEMORY
    if memory:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    jobs = os.fdopen(os.dup(0), "rb", buffering=0)
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # whatever a library prints must not land among the answers
    while True:
        try:
            job = json.loads(receive(jobs))
        except EOFError:
            return
        signal.alarm(int(2 * SECONDS))  # ends an orphan whose parent can no longer kill it
        answer = _answer(job)
        signal.alarm(0)
        send(answers, answer)


def _answer(job: dict[str, Any]) -> bytes:
    try:
        pdf = render(job["facts"], verify_url=job["verify_url"], specimen=job["specimen"])
    except GlyphMissing as missing:
        refusal = {"kind": "glyph-missing", "detail": missing.character}
    except DoesNotFit as large:
        refusal = {"kind": "does-not-fit", "detail": str(large)}
    except MemoryError:
        raise  # the heap is in no state to go on: die, and let the parent start afresh
    except Exception as error:  # noqa: BLE001 - one bad certificate must not end the others
        refusal = {"kind": "failed", "detail": f"{type(error).__name__}: {error}"}
    else:
        return PDF + pdf
    return REFUSED + json.dumps(refusal).encode()


if __name__ == "__main__":
    main()
