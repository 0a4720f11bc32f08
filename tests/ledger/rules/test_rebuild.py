"""Whoever keeps an older checkpoint notices any change to what it covers; honest logs are quiet."""

from dataclasses import dataclass, field, replace
from random import Random

import pytest

from lms.ledger import rules
from lms.ledger.rules.rebuild import MESSAGES, Finding, LeafRow, rebuild

SIGNER = rules.Signer("hub.example/audit", bytes(range(32)))


@dataclass(frozen=True)
class Checkpoint:
    size: int
    root: bytes
    frontier: list[str]
    note: str


@dataclass
class World:
    """A log's rows as an intruder with the database finds them."""

    entries: list[tuple[str, bytes]] = field(default_factory=list)
    leaves: list[LeafRow] = field(default_factory=list)
    checkpoints: list[Checkpoint] = field(default_factory=list)

    def append(self, *entries: tuple[str, bytes]) -> None:
        self.entries += entries
        self.leaves += [
            LeafRow(at, entry_id, rules.leaf_hash(data))
            for at, (entry_id, data) in enumerate(entries, len(self.leaves))
        ]
        self.checkpoints.append(checkpoint(self.leaves))

    def findings(self, *outside: str) -> list[Finding]:
        return rebuild(
            "audit", self.leaves, self.entries, self.checkpoints, SIGNER.verifier, outside
        )

    def kinds(self, *outside: str) -> list[str]:
        return [finding.kind for finding in self.findings(*outside)]


def checkpoint(leaves: list[LeafRow]) -> Checkpoint:
    frontier = rules.Frontier().extend(leaf.hash for leaf in leaves)
    head = rules.TreeHead(SIGNER.name, frontier.size, frontier.root())
    peaks = [peak.hex() for peak in frontier.peaks]
    return Checkpoint(frontier.size, head.root, peaks, str(SIGNER.sign(head.text())))


def world(random: Random, batches: int = 4) -> World:
    made = World()
    for _ in range(batches):
        start = len(made.entries)
        made.append(*(_entry(n) for n in range(start, start + random.randint(1, 5))))
    return made


def _entry(n: int) -> tuple[str, bytes]:
    return f"entry-{n}", b"what happened, %d" % n


def _flip(data: bytes, random: Random) -> bytes:
    bit = random.randrange(len(data) * 8)
    return bytes([*data[: bit // 8], data[bit // 8] ^ (1 << bit % 8), *data[bit // 8 + 1 :]])


# Each takes a world, changes something among the first `covered` leaves, and may re-do the rest.


def flip_an_entry(w: World, random: Random, covered: int) -> None:
    at = random.randrange(covered)
    w.entries[at] = (w.entries[at][0], _flip(w.entries[at][1], random))


def flip_a_leaf(w: World, random: Random, covered: int) -> None:
    at = random.randrange(covered)
    w.leaves[at] = w.leaves[at]._replace(hash=_flip(w.leaves[at].hash, random))


def flip_a_root(w: World, random: Random, covered: int) -> None:
    at = random.randrange(len(w.checkpoints))
    row = w.checkpoints[at]
    w.checkpoints[at] = replace(row, root=_flip(row.root, random))


def flip_a_frontier(w: World, random: Random, covered: int) -> None:
    at = random.randrange(len(w.checkpoints))
    peak = _flip(bytes.fromhex(w.checkpoints[at].frontier[-1]), random).hex()
    row = w.checkpoints[at]
    w.checkpoints[at] = replace(row, frontier=[*row.frontier[:-1], peak])


def shift_a_checkpoint(w: World, random: Random, covered: int) -> None:
    at = random.randrange(len(w.checkpoints))
    w.checkpoints[at] = replace(w.checkpoints[at], size=w.checkpoints[at].size + 1)


def swap_the_notes(w: World, random: Random, covered: int) -> None:
    one, two, *rest = w.checkpoints
    w.checkpoints = [replace(one, note=two.note), replace(two, note=one.note), *rest]


def delete_a_leaf(w: World, random: Random, covered: int) -> None:
    del w.leaves[random.randrange(covered)]


def delete_an_entry(w: World, random: Random, covered: int) -> None:
    del w.entries[random.randrange(covered)]


def delete_both_and_renumber(w: World, random: Random, covered: int) -> None:
    at = random.randrange(covered)
    del w.leaves[at], w.entries[at]
    _renumber(w)


def insert_and_renumber(w: World, random: Random, covered: int) -> None:
    at = random.randrange(covered)
    w.entries.append(("intruder", b"never happened"))
    w.leaves.insert(at, LeafRow(at, "intruder", rules.leaf_hash(b"never happened")))
    _renumber(w)


def swap_two(w: World, random: Random, covered: int) -> None:
    one = random.randrange(covered)
    two = random.choice([n for n in range(len(w.leaves)) if n != one])
    w.leaves[one], w.leaves[two] = w.leaves[two], w.leaves[one]
    _renumber(w)


def swap_two_entries(w: World, random: Random, covered: int) -> None:
    one = random.randrange(covered)
    two = random.choice([n for n in range(len(w.leaves)) if n != one])
    (a, x), (b, y) = w.entries[one], w.entries[two]
    w.entries[one], w.entries[two] = (a, y), (b, x)


def edit_and_hash_again(w: World, random: Random, covered: int) -> None:
    flip_an_entry(w, random, covered)
    _hash_again(w)


def cut_the_tail(w: World, random: Random, covered: int) -> None:
    keep = random.randrange(covered)
    del w.leaves[keep:], w.entries[keep:]
    _sign_again(w)


def cut_the_tail_and_grow_another(w: World, random: Random, covered: int) -> None:
    cut_the_tail(w, random, covered)
    while len(w.leaves) < covered:
        w.append((f"other-{len(w.leaves)}", b"another history"))


def edit_and_sign_everything_again(w: World, random: Random, covered: int) -> None:
    edit_and_hash_again(w, random, covered)
    _sign_again(w)


def drop_and_sign_everything_again(w: World, random: Random, covered: int) -> None:
    delete_both_and_renumber(w, random, covered)
    _sign_again(w)


def swap_and_sign_everything_again(w: World, random: Random, covered: int) -> None:
    swap_two(w, random, covered)
    _sign_again(w)


def drop_every_row(w: World, random: Random, covered: int) -> None:
    w.entries, w.leaves, w.checkpoints = [], [], []


def _renumber(w: World) -> None:
    w.leaves = [leaf._replace(position=at) for at, leaf in enumerate(w.leaves)]


def _hash_again(w: World) -> None:
    data = dict(w.entries)
    w.leaves = [leaf._replace(hash=rules.leaf_hash(data[leaf.entry_id])) for leaf in w.leaves]


def _sign_again(w: World) -> None:
    sizes = {min(row.size, len(w.leaves)) for row in w.checkpoints} | {len(w.leaves)}
    w.checkpoints = [checkpoint(w.leaves[:size]) for size in sorted(sizes) if size]


IN_THE_OPEN = [
    flip_an_entry, flip_a_leaf, flip_a_root, flip_a_frontier, shift_a_checkpoint, swap_the_notes,
    delete_a_leaf, delete_an_entry, delete_both_and_renumber, insert_and_renumber, swap_two,
    swap_two_entries, edit_and_hash_again,
]  # fmt: skip  # rows changed without the key
WITH_THE_KEY = [
    cut_the_tail, cut_the_tail_and_grow_another, edit_and_sign_everything_again,
    drop_and_sign_everything_again, swap_and_sign_everything_again, drop_every_row,
]  # fmt: skip  # the log as such is in order again: only an older checkpoint can tell


@pytest.mark.parametrize("change", IN_THE_OPEN, ids=lambda change: change.__name__)
def test_a_change_behind_the_logs_back_is_found_without_any_outsider(change):
    for seed in range(50):
        random = Random(seed)
        w = world(random)
        change(w, random, len(w.leaves))
        assert w.findings(), seed


@pytest.mark.parametrize("change", WITH_THE_KEY, ids=lambda change: change.__name__)
def test_a_rewritten_log_is_in_order_but_for_the_checkpoint_that_others_kept(change):
    for seed in range(50):
        random = Random(seed)
        w = world(random)
        kept = w.checkpoints[2]
        change(w, random, kept.size)
        assert w.findings() == [], seed
        assert set(w.kinds(kept.note)) & {"outside-differs", "tail-missing"}, seed


def test_of_a_thousand_random_changes_the_holder_of_an_older_checkpoint_sees_each():
    unseen = []
    for seed in range(1000):
        random = Random(f"change {seed}")
        w = world(random, batches=random.randint(2, 6))
        kept = random.choice(w.checkpoints)
        change = random.choice(IN_THE_OPEN + WITH_THE_KEY)
        change(w, random, kept.size)
        if not w.findings(kept.note):
            unseen.append((seed, change.__name__))
    assert unseen == []


def test_a_thousand_honest_logs_raise_no_alarm():
    for seed in range(1000):
        random = Random(seed)
        w = world(random, batches=random.randint(0, 5))
        w.entries.append(("not yet in the log", b"committed a moment ago"))
        random.shuffle(w.entries)
        kept = [row.note for row in w.checkpoints if random.random() < 0.5]
        assert w.findings(*kept) == []


def test_the_first_finding_names_the_row_that_was_changed():
    w = world(Random(1))
    w.entries[6] = (w.entries[6][0], b"something else")
    w.entries[3] = (w.entries[3][0], b"something else")
    first, second = w.findings()
    assert (first.kind, first.position, first.entry_id) == ("entry-altered", 3, "entry-3")
    assert second.entry_id == "entry-6"
    assert str(first) == "The row entry-3 was changed after the log audit took it in at 3."


def test_a_missing_leaf_is_named_by_its_position():
    w = world(Random(1))
    del w.leaves[4]
    assert (w.findings()[0].kind, w.findings()[0].position) == ("leaf-missing", 4)


def test_a_missing_row_is_named():
    w = world(Random(1))
    del w.entries[4]
    assert w.findings() == [Finding("entry-missing", "audit", 4, "entry-4")]


def test_leaves_that_nobody_signed_are_named():
    w = world(Random(1))
    w.leaves.append(LeafRow(len(w.leaves), "late", rules.leaf_hash(b"")))
    w.entries.append(("late", b""))
    assert w.findings() == [Finding("leaf-unsigned", "audit", len(w.leaves) - 1)]


def test_an_entry_put_in_twice_is_named():
    w = world(Random(1))
    w.leaves.append(w.leaves[2]._replace(position=len(w.leaves)))
    assert w.kinds()[0] == "leaf-doubled"


def test_a_leaf_that_is_no_hash_is_named_and_the_rest_still_read():
    w = world(Random(1))
    w.leaves[2] = w.leaves[2]._replace(hash=b"short")
    assert w.kinds()[0] == "leaf-altered"


def test_a_tree_that_differs_is_narrowed_to_the_checkpoints_around_it():
    w = world(Random(1))
    at = w.checkpoints[1].size
    w.entries[at] = (w.entries[at][0], b"something else")
    _hash_again(w)
    assert w.findings() == [
        Finding("tree-differs", "audit", w.checkpoints[1].size, size=w.checkpoints[2].size)
    ]


def test_a_checkpoint_of_another_key_proves_nothing():
    w = world(Random(1))
    other = rules.Signer(SIGNER.name, bytes(32))
    note = str(other.sign(rules.parse_note(w.checkpoints[0].note).text))
    assert w.kinds(note) == ["outside-unsigned"]


def test_a_text_that_is_no_checkpoint_is_refused():
    with pytest.raises(rules.Malformed):
        world(Random(1)).findings("not a checkpoint")


def test_a_log_without_its_public_key_is_a_finding():
    w = world(Random(1))
    found = rebuild("audit", w.leaves, w.entries, w.checkpoints, None)
    assert [finding.kind for finding in found] == ["key-missing"]
    assert rebuild("audit", [], [], [], None) == []


def test_every_message_can_be_filled_in():
    for kind in MESSAGES:
        assert "%" not in str(Finding(kind, "audit", 1, "entry-1", 2))
