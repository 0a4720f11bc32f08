"""Signed notes, checkpoints and keys: what is written reads back, and nothing else is believed."""

import base64
import hashlib
from contextlib import suppress

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lms.ledger import rules

# RFC 8032 section 7.1, test 1: a secret key and its public half.
SEED = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
PUBLIC = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
SIGNER = rules.Signer("hub.example/audit", SEED)
WITNESS = rules.Signer("witness.example/w1", bytes(range(32)))
HEAD = rules.TreeHead("hub.example/audit", 3, bytes(range(32)))


def test_a_verifier_key_is_name_id_and_key():
    key_id = hashlib.sha256(b"hub.example/audit\n\x01" + PUBLIC).digest()[:4].hex()
    encoded = base64.b64encode(b"\x01" + PUBLIC).decode()
    assert str(SIGNER.verifier) == f"hub.example/audit+{key_id}+{encoded}"
    assert rules.Verifier.parse(str(SIGNER.verifier)) == SIGNER.verifier


def test_a_signer_key_reads_back_and_keeps_silent_in_its_repr():
    assert rules.Signer.parse(str(SIGNER)) == SIGNER
    assert str(SIGNER).startswith("PRIVATE+KEY+hub.example/audit+")
    assert repr(SIGNER) == "Signer(name='hub.example/audit')"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hub.example/audit",
        str(SIGNER.verifier).replace("audit", "other"),
        str(SIGNER.verifier)[:-2],
        str(WITNESS.verifier).replace("+", "+0", 1),
        "a+00000000+" + base64.b64encode(b"\x02" + PUBLIC).decode(),
        str(SIGNER),
    ],
)
def test_a_damaged_verifier_key_is_refused(text):
    with pytest.raises(rules.Malformed):
        rules.Verifier.parse(text)


@pytest.mark.parametrize("text", ["", str(SIGNER.verifier), str(SIGNER).replace("audit", "other")])
def test_a_damaged_signer_key_is_refused(text):
    with pytest.raises(rules.Malformed):
        rules.Signer.parse(text)


@pytest.mark.parametrize("name", ["", "two words", "a+b", "line\nbreak", "no\u00a0break"])
def test_a_key_name_has_no_space_and_no_plus(name):
    with pytest.raises(rules.Malformed):
        rules.Signer(name, SEED)


def test_a_checkpoint_is_the_text_of_the_specification():
    note = SIGNER.sign(HEAD.text())
    root = base64.b64encode(HEAD.root).decode()
    value = base64.b64encode(SIGNER.verifier.key_id + note.signatures[0].value).decode()
    assert str(note) == f"hub.example/audit\n3\n{root}\n\n— hub.example/audit {value}\n"
    assert rules.open_checkpoint(str(note), SIGNER.verifier) == HEAD


def test_a_checkpoint_keeps_cosignatures_of_keys_it_does_not_know():
    own = SIGNER.sign(HEAD.text())
    cosigned = own.cosigned(WITNESS.sign(HEAD.text()).signatures[0])
    reread = rules.parse_note(str(cosigned))
    assert reread == cosigned
    assert SIGNER.verifier.has_signed(reread)
    assert WITNESS.verifier.has_signed(reread)
    assert not WITNESS.verifier.has_signed(own)


def test_a_failing_line_of_a_known_key_spoils_the_note():
    own, other = SIGNER.sign(HEAD.text()), SIGNER.sign("another text\n")
    assert not SIGNER.verifier.has_signed(own.cosigned(other.signatures[0]))


def test_a_key_of_the_same_name_is_another_key():
    impostor = rules.Signer(SIGNER.name, bytes(32))
    with pytest.raises(rules.NotSigned):
        rules.open_checkpoint(str(impostor.sign(HEAD.text())), SIGNER.verifier)


def test_a_checkpoint_of_another_log_is_not_this_logs():
    other = rules.TreeHead("hub.example/certificates", 3, HEAD.root)
    with pytest.raises(rules.NotSigned):
        rules.open_checkpoint(str(SIGNER.sign(other.text())), SIGNER.verifier)


@given(st.data())
def test_any_changed_character_of_a_checkpoint_is_noticed(data):
    raw = str(SIGNER.sign(HEAD.text()))
    at = data.draw(st.integers(0, len(raw) - 1))
    put = data.draw(st.text(max_size=2))
    changed = raw[:at] + put + raw[at + 1 :]
    assume(changed != raw)
    with pytest.raises((rules.Malformed, rules.NotSigned)):
        rules.open_checkpoint(changed, SIGNER.verifier)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(raw):
    for read in (
        rules.parse_note,
        rules.TreeHead.parse,
        rules.Verifier.parse,
        rules.Signer.parse,
    ):
        with suppress(rules.Malformed):
            assert read(raw) is not None


@given(
    st.builds(
        rules.TreeHead,
        origin=st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20),
        size=st.integers(0, 2**63 - 1),
        root=st.binary(min_size=32, max_size=32),
        extensions=st.lists(st.sampled_from(["one", "two words"]), max_size=2).map(tuple),
    )
)
def test_a_tree_head_reads_back_as_written(head):
    assert rules.TreeHead.parse(head.text()) == head


@pytest.mark.parametrize(
    "head",
    [
        rules.TreeHead("evil\n999", 3, bytes(32)),
        rules.TreeHead("", 3, bytes(32)),
        rules.TreeHead("a", -3, bytes(32)),
        rules.TreeHead("a", 3, bytes(31)),
        rules.TreeHead("a", 3, bytes(32), ("",)),
        rules.TreeHead("a", 3, bytes(32), ("one\ntwo",)),
    ],
)
def test_a_tree_head_that_would_read_as_another_is_not_written(head):
    with pytest.raises(rules.Malformed):
        head.text()


@pytest.mark.parametrize("text", ["control \r return\n", "lone \udc80 surrogate\n", "no end"])
def test_a_text_that_no_note_may_hold_is_not_signed(text):
    with pytest.raises(rules.Malformed):
        SIGNER.sign(text)


def test_a_note_past_the_limit_is_not_read():
    with pytest.raises(rules.Malformed):
        rules.parse_note("x" * 200_000 + "\n\n— a AAAAAAAA\n")
