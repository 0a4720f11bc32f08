"""Merkle trees (RFC 6962): hashes, frontier, proofs and their checking; no signature."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Self

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()

# Hash of the perfect subtree at (level, index), which covers the leaves from index·2^level up to
# (index + 1)·2^level, that one not.
Node = Callable[[int, int], bytes]


def leaf_hash(entry: bytes) -> bytes:
    """Hash one entry as a leaf (RFC 6962 section 2.1)."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash two subtrees into their parent (RFC 6962 section 2.1)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Frontier:
    """The roots of the perfect subtrees of a tree, largest first: all that appending needs to know.

    A tree of n leaves has as many of them as n has one bits.
    """

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if self.size < 0 or len(self.peaks) != self.size.bit_count():
            raise ValueError("a frontier has one hash for each one bit of its size")
        if any(len(peak) != HASH_BYTES for peak in self.peaks):
            raise ValueError("a frontier holds hashes of 32 bytes")

    def extend(self, leaf_hashes: Iterable[bytes]) -> Self:
        """Return the frontier after appending leaf hashes; O(1) each on average."""
        size, peaks = self.size, list(self.peaks)
        for leaf in leaf_hashes:
            below = size
            while below & 1:
                leaf = node_hash(peaks.pop(), leaf)
                below >>= 1
            peaks.append(leaf)
            size += 1
        return replace(self, size=size, peaks=tuple(peaks))

    def root(self) -> bytes:
        """Return the Merkle tree hash; the hash of nothing for an empty tree."""
        if not self.peaks:
            return EMPTY_ROOT
        *rest, root = self.peaks
        for left in reversed(rest):
            root = node_hash(left, root)
        return root


def root_of(leaf_hashes: Iterable[bytes]) -> bytes:
    """Return the Merkle tree hash of leaf hashes in their order."""
    return Frontier().extend(leaf_hashes).root()


def nodes_over(leaf_hashes: Sequence[bytes]) -> Node:
    """Return a Node over leaf hashes held in memory; it builds every perfect subtree once, O(n)."""
    levels = [list(leaf_hashes)]
    while len(levels[-1]) > 1:
        below = levels[-1]
        levels.append([node_hash(below[i], below[i + 1]) for i in range(0, len(below) - 1, 2)])
    return lambda level, index: levels[level][index]


def subtree_root(start: int, stop: int, node: Node) -> bytes:
    """Return the Merkle tree hash of the leaves start … stop − 1 of a tree, in O(log n) nodes.

    start must be where RFC 6962 would begin a subtree of this width (0 always is).
    """
    width = stop - start
    if width == 0:
        return EMPTY_ROOT
    if width & (width - 1) == 0:
        level = width.bit_length() - 1
        return node(level, start >> level)
    middle = start + _split(width)
    return node_hash(subtree_root(start, middle, node), subtree_root(middle, stop, node))


def inclusion_proof(position: int, size: int, node: Node) -> list[bytes]:
    """Return the audit path of a leaf (position from 0) in the tree of the first size leaves.

    RFC 6962 section 2.1.1. Raises ValueError unless 0 ≤ position < size.
    """
    if not 0 <= position < size:
        raise ValueError("the position lies outside the tree")
    path: list[bytes] = []
    start, stop = 0, size
    while stop - start > 1:
        middle = start + _split(stop - start)
        if position < middle:
            path.append(subtree_root(middle, stop, node))
            stop = middle
        else:
            path.append(subtree_root(start, middle, node))
            start = middle
    return path[::-1]


def consistency_proof(old_size: int, size: int, node: Node) -> list[bytes]:
    """Return the proof that the first old_size leaves begin the tree of the first size leaves.

    RFC 6962 section 2.1.2; empty for old_size 0 or size. Raises ValueError unless
    0 ≤ old_size ≤ size.
    """
    if not 0 <= old_size <= size:
        raise ValueError("the older tree is larger than the newer one")
    if old_size in (0, size):
        return []
    path: list[bytes] = []
    start, stop = 0, size
    while stop != old_size:
        middle = start + _split(stop - start)
        if old_size <= middle:
            path.append(subtree_root(middle, stop, node))
            stop = middle
        else:
            path.append(subtree_root(start, middle, node))
            start = middle
    if start:  # else the older root itself is where the proof begins, and the reader holds it
        path.append(subtree_root(start, stop, node))
    return path[::-1]


def is_included(leaf: bytes, position: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Return whether a proof shows that a leaf hash stands at a position in the tree of that root.

    RFC 9162 section 2.1.3.2.
    """
    if not 0 <= position < size:
        return False
    at, last, found = position, size - 1, leaf
    for other in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            found = node_hash(other, found)
            at, last = _climb_to_right_child(at, last)
        else:
            found = node_hash(found, other)
        at, last = at >> 1, last >> 1
    return last == 0 and found == root


def is_consistent(
    old_size: int, old_root: bytes, size: int, root: bytes, proof: Sequence[bytes]
) -> bool:
    """Return whether a proof shows that the older tree is the beginning of the newer one.

    RFC 9162 section 2.1.4.2, and two cases it leaves out: equal sizes, and an empty older tree.
    """
    if not 0 <= old_size <= size:
        return False
    if old_size == size:
        return not proof and old_root == root
    if old_size == 0:
        return not proof and old_root == EMPTY_ROOT
    path = list(proof) if old_size & (old_size - 1) else [old_root, *proof]
    if not path:
        return False
    at, last = old_size - 1, size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old_found = found = path[0]
    for other in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            old_found, found = node_hash(other, old_found), node_hash(other, found)
            at, last = _climb_to_right_child(at, last)
        else:
            found = node_hash(found, other)
        at, last = at >> 1, last >> 1
    return last == 0 and old_found == old_root and found == root


def _climb_to_right_child(at: int, last: int) -> tuple[int, int]:
    """Skip the levels at which a node on the right edge has no sibling."""
    while at and not at & 1:
        at, last = at >> 1, last >> 1
    return at, last


def _split(width: int) -> int:
    """Return the largest power of two below a width of at least 2."""
    return 1 << ((width - 1).bit_length() - 1)
