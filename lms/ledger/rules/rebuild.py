"""Rebuild a log from its rows and name what does not fit; reads nothing itself.

Not on the rules' front page: its findings are the platform's words, not the verifier's.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple, Protocol

from lms.errors import N_
from lms.ledger.rules.notes import (
    NotSigned,
    TreeHead,
    Verifier,
    open_checkpoint,
    parse_note,
)
from lms.ledger.rules.tree import HASH_BYTES, Frontier, leaf_hash

MESSAGES = {
    "leaf-missing": N_("The log %(log)s has no leaf at position %(position)s."),
    "leaf-doubled": N_("The log %(log)s holds %(entry_id)s more than once, at %(position)s too."),
    "leaf-altered": N_("In the log %(log)s the leaf at position %(position)s is no hash at all."),
    "entry-altered": N_(
        "The row %(entry_id)s was changed after the log %(log)s took it in at %(position)s."
    ),
    "entry-differs": N_(
        "The row %(entry_id)s and its leaf at position %(position)s of the log %(log)s"
        " do not fit each other."
    ),
    "entry-missing": N_(
        "The row %(entry_id)s is gone; the log %(log)s took it in at position %(position)s."
    ),
    "leaf-unsigned": N_("The log %(log)s has leaves from position %(position)s on unsigned."),
    "key-missing": N_("The log %(log)s has lost its public key."),
    "checkpoint-altered": N_("The checkpoint of %(size)s leaves of the log %(log)s was changed."),
    "tree-differs": N_(
        "The leaves of the log %(log)s do not give its checkpoint of %(size)s leaves:"
        " one from position %(position)s on was changed, moved or put in."
    ),
    "tail-missing": N_(
        "The log %(log)s ends at position %(position)s; a checkpoint covers %(size)s leaves."
    ),
    "outside-unsigned": N_(
        "The checkpoint of %(size)s leaves that was handed in is not signed by the log %(log)s."
    ),
    "outside-differs": N_(
        "The checkpoint of %(size)s leaves that was handed in is not one of this log %(log)s:"
        " the log was rewritten, or there are two."
    ),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not fit. `kind` is a key of MESSAGES and stays the same for scripts.

    Attributes:
        position: the first leaf that it can concern (from 0), None when no leaf is.
        entry_id: the row that it concerns, where one can be named.
        size: the size of the checkpoint that it concerns.
    """

    kind: str
    log: str
    position: int | None = None
    entry_id: str | None = None
    size: int | None = None

    @property
    def message(self) -> str:
        """The translatable sentence; its parameters are `params`."""
        return MESSAGES[self.kind]

    @property
    def params(self) -> dict[str, str | int | None]:
        """What the sentence names."""
        return {
            "log": self.log,
            "position": self.position,
            "entry_id": self.entry_id,
            "size": self.size,
        }

    def __str__(self) -> str:
        return self.message % self.params


class LeafRow(NamedTuple):
    """A leaf as it is stored."""

    position: int
    entry_id: str
    hash: bytes


class CheckpointRow(Protocol):
    """A checkpoint as it is stored; the note alone is signed."""

    size: int
    root: bytes
    frontier: list[str]
    note: str


def read_frontier(row: CheckpointRow) -> Frontier:
    """Return the frontier that a checkpoint stores. Raises ValueError when it can be none."""
    return Frontier(row.size, tuple(bytes.fromhex(peak) for peak in row.frontier))


def signed_head(row: CheckpointRow, verifier: Verifier) -> TreeHead | None:
    """Return what the note of a stored checkpoint was signed for, None when it was not signed."""
    try:
        return open_checkpoint(row.note, verifier)
    except ValueError:
        return None


def is_sound(row: CheckpointRow, verifier: Verifier) -> bool:
    """Return whether a stored checkpoint says in all its columns what its note was signed for."""
    head = signed_head(row, verifier)
    try:
        root = read_frontier(row).root()
    except (ValueError, TypeError):  # whatever stands in a column that was tampered with
        return False
    return head is not None and (head.size, head.root) == (row.size, row.root) and root == row.root


def rebuild(
    log: str,
    leaves: Iterable[LeafRow],
    entries: Iterable[tuple[str, bytes]],
    checkpoints: Sequence[CheckpointRow],
    verifier: Verifier | None,
    outside: Sequence[str] = (),
) -> list[Finding]:
    """Build the tree from its leaves, hold it against every checkpoint and against the entries.

    Args:
        leaves: all of the log, in the order of their positions.
        entries: (id, bytes) of every row that may be in the log, in any order; those not yet in
            it are none of our business.
        checkpoints: all of the log, in the order of their sizes.
        verifier: the log's public key; None when the log has none left.
        outside: checkpoint notes that somebody else kept.

    Returns:
        The first row that does not fit, then the others; empty when all is well.

    Raises:
        Malformed: one of the outside texts is no checkpoint.
    """
    tree = _Tree(log)
    hashes = tree.read(leaves)
    heads, others, trouble = _read_heads(log, checkpoints, verifier, outside)
    tree.against(hashes, heads, others)
    rows = tree.findings + tree.match(entries)
    rows.sort(key=lambda finding: finding.position or 0)
    signed = checkpoints[-1].size if checkpoints else 0
    if tree.frontier.size > signed:  # each batch is signed as it is written
        trouble.append(Finding("leaf-unsigned", log, signed))
    return rows + tree.mismatches + trouble


@dataclass
class _Tree:
    """The tree as far as it has been rebuilt, and what was found on the way."""

    log: str
    frontier: Frontier = field(default_factory=Frontier)
    hashes: bytearray = field(default_factory=bytearray)
    places: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    mismatches: list[Finding] = field(default_factory=list)
    sound_up_to: int = 0  # leaves proven by a signed checkpoint

    def read(self, leaves: Iterable[LeafRow]) -> Iterator[bytes]:
        """Pass the hashes on as one would append them, noting gaps and doubles."""
        expected = 0
        for position, entry_id, stored in leaves:
            if position > expected:
                self.findings.append(Finding("leaf-missing", self.log, expected))
            if position < expected or entry_id in self.places:
                self.findings.append(Finding("leaf-doubled", self.log, position, entry_id))
            if len(stored) != HASH_BYTES:
                self.findings.append(Finding("leaf-altered", self.log, position, entry_id))
                stored = leaf_hash(stored)
            self.places[entry_id] = len(self.hashes) // HASH_BYTES
            self.hashes += stored
            expected = position + 1
            yield stored

    def against(
        self, hashes: Iterator[bytes], stored: Sequence[TreeHead], outside: Sequence[TreeHead]
    ) -> None:
        """Compare the root at each checkpoint's size; after the first misfit only outsiders'."""
        claims = [(head, "tree-differs") for head in stored]
        claims += [(head, "outside-differs") for head in outside]
        for head, kind in sorted(claims, key=lambda claim: claim[0].size):
            more = head.size - self.frontier.size
            self.frontier = self.frontier.extend(islice(hashes, more))
            fits = (head.size, head.root) == (self.frontier.size, self.frontier.root())
            if fits and not self.mismatches:
                self.sound_up_to = head.size
            elif not fits and (kind == "outside-differs" or not self.mismatches):
                short = self.frontier.size < head.size
                at = self.frontier.size if short else self.sound_up_to
                what = "tail-missing" if short else kind
                self.mismatches.append(Finding(what, self.log, at, size=head.size))
        self.frontier = self.frontier.extend(hashes)

    def match(self, entries: Iterable[tuple[str, bytes]]) -> list[Finding]:
        """Hash every entry again and hold it against its leaf."""
        found, waiting = [], dict(self.places)
        for entry_id, data in entries:
            at = waiting.pop(entry_id, None)
            if at is None:
                continue
            start = at * HASH_BYTES
            if self.hashes[start : start + HASH_BYTES] != leaf_hash(data):
                kind = "entry-altered" if at < self.sound_up_to else "entry-differs"
                found.append(Finding(kind, self.log, at, entry_id))
        gone = [Finding("entry-missing", self.log, at, e) for e, at in waiting.items()]
        return found + gone


def _read_heads(
    log: str,
    rows: Sequence[CheckpointRow],
    verifier: Verifier | None,
    outside: Sequence[str],
) -> tuple[list[TreeHead], list[TreeHead], list[Finding]]:
    """Return what was signed, as we kept it and as others did, and what of it was changed."""
    if verifier is None:
        return [], [], [Finding("key-missing", log)] if rows or outside else []
    heads = [head for row in rows if (head := signed_head(row, verifier))]
    trouble = [
        Finding("checkpoint-altered", log, size=row.size)
        for row in rows
        if not is_sound(row, verifier)
    ]
    others = []
    for text in outside:
        try:
            others.append(open_checkpoint(text, verifier))
        except NotSigned:
            size = TreeHead.parse(parse_note(text).text).size
            trouble.append(Finding("outside-unsigned", log, size=size))
    return heads, others, trouble
