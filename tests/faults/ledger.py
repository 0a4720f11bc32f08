"""The outside ledger: what clients said and what the server acknowledged; never asks the server."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Act:
    """One thing that a client wants done, written down before it is first sent.

    Attributes:
        kind: start, answer, submission, mark, release, sign-in or download.
        key: what makes it one act however often it is sent.
        said: its content.
        answer: what the server acknowledged it with, None until then.
        refused: the server said for good that it was not done (it may have been, unheard).
    """

    kind: str
    key: tuple[Any, ...]
    said: Any
    number: int = 0
    answer: Any = None
    refused: str = ""

    @property
    def acknowledged(self) -> bool:
        """Tell whether the server took responsibility for it."""
        return self.answer is not None


@dataclass
class Ledger:
    """Everything said and acknowledged in a run, by kind; clients write it from their threads."""

    acts: list[Act] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    strange: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def intend(self, kind: str, key: tuple[Any, ...], said: Any = None) -> Act:
        """Write an act down before it is sent."""
        with self._lock:
            act = Act(kind, key, said, number=len(self.acts))
            self.acts.append(act)
            return act

    def count(self, what: str) -> None:
        """Count something for the report."""
        with self._lock:
            self.counts[what] += 1

    def wonder(self, what: str) -> None:
        """Note an answer that no fault explains."""
        with self._lock:
            self.strange.append(f"{time.strftime('%H:%M:%S')} {what}")

    def of(self, kind: str) -> Iterator[Act]:
        """Yield the acts of a kind in the order in which they were intended."""
        return (act for act in self.acts if act.kind == kind)

    def heard(self, kind: str) -> int:
        """Return how many acts of a kind were acknowledged."""
        return sum(act.acknowledged for act in self.of(kind))
