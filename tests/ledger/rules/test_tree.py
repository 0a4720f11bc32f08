"""Trees against the known roots of RFC 6962 logs, against pymerkle, and against themselves."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from lms.ledger import rules

# The eight inputs with which Certificate Transparency logs test themselves, and their roots.
INPUTS = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
logs = st.lists(st.binary(max_size=12), max_size=70)


def _leaves(count: int) -> list[bytes]:
    return [rules.leaf_hash(b"entry %d" % n) for n in range(count)]


def _plain_root(leaves: list[bytes]) -> bytes:
    """RFC 6962 section 2.1 word for word, as the measure of everything faster."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while 2 * k < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + _plain_root(leaves[:k]) + _plain_root(leaves[k:])).digest()


@pytest.mark.parametrize("size", range(9))
def test_known_logs_have_their_known_roots(size):
    leaves = [rules.leaf_hash(entry) for entry in INPUTS[:size]]
    assert rules.root_of(leaves).hex() == ROOTS[size]


@pytest.mark.parametrize("size", [1, 2, 3, 5, 8, 13, 64, 100])
def test_roots_equal_those_of_pymerkle(size):
    entries = [b"entry %d" % n for n in range(size)]
    oracle = InmemoryTree(algorithm="sha256")
    for entry in entries:
        oracle.append_entry(entry)
    assert rules.root_of(map(rules.leaf_hash, entries)) == oracle.get_root(size)


@given(logs)
def test_every_way_to_the_root_is_the_definition(entries):
    leaves = [rules.leaf_hash(entry) for entry in entries]
    expected = _plain_root(leaves)
    assert rules.root_of(leaves) == expected
    if leaves:
        assert rules.subtree_root(0, len(leaves), rules.nodes_over(leaves)) == expected


@given(logs, st.lists(st.integers(0, 70), max_size=6))
def test_a_frontier_grown_in_any_batches_is_the_same(entries, cuts):
    leaves = [rules.leaf_hash(entry) for entry in entries]
    frontier, at = rules.Frontier(), 0
    for cut in [*sorted(min(cut, len(leaves)) for cut in cuts), len(leaves)]:
        frontier, at = frontier.extend(leaves[at:cut]), cut
    assert frontier == rules.Frontier().extend(leaves)
    assert frontier.size == len(leaves)
    assert len(frontier.peaks) == len(leaves).bit_count()


@pytest.mark.parametrize(
    ("size", "peaks", "why"),
    [(3, (bytes(32),), "one bit"), (1, (bytes(31),), "32 bytes"), (-1, (bytes(32),), "one bit")],
)
def test_a_frontier_refuses_hashes_that_cannot_be_its_own(size, peaks, why):
    with pytest.raises(ValueError, match=why):
        rules.Frontier(size, peaks)


def test_every_leaf_of_every_small_tree_is_included_and_only_there():
    for size in range(1, 34):
        leaves = _leaves(size)
        node, root = rules.nodes_over(leaves), rules.root_of(leaves)
        for position in range(size):
            proof = rules.inclusion_proof(position, size, node)
            assert len(proof) <= (size - 1).bit_length()
            for claimed in range(-1, size + 1):
                held = rules.is_included(leaves[position], claimed, size, proof, root)
                assert held is (claimed == position)


def test_every_small_tree_begins_every_later_one():
    leaves = _leaves(33)
    node = rules.nodes_over(leaves)
    roots = [rules.root_of(leaves[:size]) for size in range(34)]
    for size in range(34):
        for old in range(size + 1):
            proof = rules.consistency_proof(old, size, node)
            assert rules.is_consistent(old, roots[old], size, roots[size], proof)
            if old and old != size:
                assert not rules.is_consistent(old, roots[old - 1], size, roots[size], proof)
                assert not rules.is_consistent(old, roots[old], size, roots[size - 1], proof)
                assert not rules.is_consistent(old, roots[old], size, roots[size], proof[:-1])
                longer = [*proof, roots[1]]
                assert not rules.is_consistent(old, roots[old], size, roots[size], longer)


@given(st.integers(1, 70), st.data())
def test_a_proof_with_any_bit_changed_proves_nothing(size, data):
    leaves = _leaves(size)
    node, root = rules.nodes_over(leaves), rules.root_of(leaves)
    position = data.draw(st.integers(0, size - 1))
    proof = rules.inclusion_proof(position, size, node)
    if proof:
        forged = _flip_a_bit(proof, data)
        assert not rules.is_included(leaves[position], position, size, forged, root)
    old = data.draw(st.integers(1, size))
    proof = rules.consistency_proof(old, size, node)
    if proof:
        forged, old_root = _flip_a_bit(proof, data), rules.root_of(leaves[:old])
        assert not rules.is_consistent(old, old_root, size, root, forged)


def _flip_a_bit(proof: list[bytes], data: st.DataObject) -> list[bytes]:
    at = data.draw(st.integers(0, len(proof) - 1))
    bit = 1 << data.draw(st.integers(0, 255))
    flipped = (int.from_bytes(proof[at]) ^ bit).to_bytes(32)
    return [*proof[:at], flipped, *proof[at + 1 :]]


def test_a_shrunken_tree_is_no_continuation():
    leaves = _leaves(9)
    assert not rules.is_consistent(9, rules.root_of(leaves), 8, rules.root_of(leaves[:8]), [])
    assert not rules.is_consistent(-1, rules.EMPTY_ROOT, 8, rules.root_of(leaves[:8]), [])
    with pytest.raises(ValueError, match="larger"):
        rules.consistency_proof(9, 8, rules.nodes_over(leaves))
    with pytest.raises(ValueError, match="outside"):
        rules.inclusion_proof(9, 9, rules.nodes_over(leaves))


def test_a_proof_in_a_log_of_a_million_fits_in_a_kilobyte():
    asked = []

    def node(level: int, index: int) -> bytes:
        asked.append((level, index))
        return bytes(32)

    proof = rules.inclusion_proof(765_432, 1_000_000, node)
    assert sum(map(len, proof)) <= 1000
    assert len(asked) <= 64
