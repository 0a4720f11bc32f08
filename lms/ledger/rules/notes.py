"""Signed notes, and checkpoints as notes (C2SP signed-note, tlog-checkpoint); no tree, no files."""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass, field, replace
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from lms.ledger.rules.tree import HASH_BYTES

MOST_CHARACTERS = 100_000  # the specification asks for room for 16 signatures of up to 5 kB
_ED25519 = b"\x01"
_KEY_ID_BYTES = 4
_KEY_BYTES = 32
_SIGNER_PREFIX = "PRIVATE+KEY+"
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
_FORBIDDEN = re.compile(r"[\x00-\x09\x0b-\x1f\ud800-\udfff]")


class Malformed(ValueError):
    """A text that is no signed note, no checkpoint or no key."""


class NotSigned(ValueError):
    """A well-formed note that the asked key has not signed, or not as it stands."""


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line of a note; `value` is what that key's algorithm made."""

    name: str
    key_id: bytes
    value: bytes

    def __str__(self) -> str:
        return f"— {self.name} {_encode(self.key_id + self.value)}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A text and the lines that sign it: the log's own, and cosignatures of outsiders."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return f"{self.text}\n{''.join(map(str, self.signatures))}"

    def cosigned(self, signature: Signature) -> Self:
        """Return the note with one more signature line."""
        return replace(self, signatures=(*self.signatures, signature))


@dataclass(frozen=True, slots=True)
class Verifier:
    """A key's name and public half: what an outsider keeps. Its text is the verifier key."""

    name: str
    public: bytes

    def __post_init__(self) -> None:
        _check_key(self.name, self.public)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `name+id+key` (Go's vkey). Raises Malformed."""
        name, key_id, public = _read_key(text)
        verifier = cls(name, public)
        _check_key_id(key_id, verifier)
        return verifier

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{_encode(_ED25519 + self.public)}"

    @property
    def key_id(self) -> bytes:
        """The first four bytes of SHA-256 over name, newline, type and key (C2SP signed-note)."""
        named = self.name.encode() + b"\n" + _ED25519 + self.public
        return hashlib.sha256(named).digest()[:_KEY_ID_BYTES]

    def has_signed(self, note: Note) -> bool:
        """Return whether this key signed the note; lines of other keys are ignored."""
        mine = [s for s in note.signatures if (s.name, s.key_id) == (self.name, self.key_id)]
        key = Ed25519PublicKey.from_public_bytes(self.public)
        try:
            for signature in mine:
                key.verify(signature.value, note.text.encode())
        except InvalidSignature:
            return False
        return bool(mine)


@dataclass(frozen=True, slots=True)
class Signer:
    """A key's name and private half. Its text is the signer key, a secret; its repr is not."""

    name: str
    seed: bytes = field(repr=False)

    def __post_init__(self) -> None:
        _check_key(self.name, self.seed)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `PRIVATE+KEY+name+id+seed` (Go's skey). Raises Malformed."""
        if not text.startswith(_SIGNER_PREFIX):
            raise Malformed("not a signer key")
        name, key_id, seed = _read_key(text.removeprefix(_SIGNER_PREFIX))
        signer = cls(name, seed)
        _check_key_id(key_id, signer.verifier)
        return signer

    def __str__(self) -> str:
        key_id = self.verifier.key_id.hex()
        return f"{_SIGNER_PREFIX}{self.name}+{key_id}+{_encode(_ED25519 + self.seed)}"

    @property
    def verifier(self) -> Verifier:
        """The public half."""
        return Verifier(self.name, self._key().public_key().public_bytes_raw())

    def sign(self, text: str) -> Note:
        """Return the text as a note with this key's signature (RFC 8032). Raises Malformed."""
        value = self._key().sign(text.encode("utf-8", "surrogatepass"))
        return parse_note(str(Note(text, (Signature(self.name, self.verifier.key_id, value),))))

    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


@dataclass(frozen=True, slots=True)
class TreeHead:
    """What a checkpoint says: this log had this root at this size (leaves)."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the text of a checkpoint note. Raises Malformed."""
        *lines, end = text.split("\n")
        if end or len(lines) < 3 or not all(lines):
            raise Malformed("a checkpoint has at least three lines and none of them empty")
        origin, size, root, *extensions = lines
        if not _SIZE.fullmatch(size):
            raise Malformed("the second line of a checkpoint is its size")
        head = cls(origin, int(size), _decode(root), tuple(extensions))
        if len(head.root) != HASH_BYTES:
            raise Malformed("the third line of a checkpoint is a root hash of 32 bytes")
        return head

    def text(self) -> str:
        """Return the text that is signed (C2SP tlog-checkpoint). Raises Malformed."""
        lines = (self.origin, str(self.size), _encode(self.root), *self.extensions)
        text = "".join(f"{line}\n" for line in lines)
        if TreeHead.parse(text) != self:
            raise Malformed("a part of the checkpoint would be read as another")
        return text


def parse_note(raw: str) -> Note:
    """Read a signed note; it proves nothing before a Verifier has been asked. Raises Malformed."""
    if len(raw) > MOST_CHARACTERS or _FORBIDDEN.search(raw):
        raise Malformed("too long for a signed note, or with characters that none may have")
    text, blank, lines = raw.rpartition("\n\n")
    if not blank or not lines.endswith("\n"):
        raise Malformed("a signed note ends with a blank line and its signatures")
    return Note(text + "\n", tuple(_read_signature(line) for line in lines[:-1].split("\n")))


def open_checkpoint(raw: str, verifier: Verifier) -> TreeHead:
    """Read a checkpoint that the verifier's key signed for the log of the same name.

    Raises Malformed, or NotSigned: by this key, or for this log.
    """
    note = parse_note(raw)
    head = TreeHead.parse(note.text)
    if head.origin != verifier.name or not verifier.has_signed(note):
        raise NotSigned(f"{verifier.name} has not signed this checkpoint")
    return head


def _read_signature(line: str) -> Signature:
    dash, _, rest = line.partition(" ")
    name, _, encoded = rest.partition(" ")
    value = _decode(encoded)
    if dash != "—" or not _is_key_name(name) or len(value) <= _KEY_ID_BYTES:
        raise Malformed("a signature line is a dash, a key name and a signature")
    return Signature(name, value[:_KEY_ID_BYTES], value[_KEY_ID_BYTES:])


def _read_key(text: str) -> tuple[str, str, bytes]:
    name, _, rest = text.partition("+")
    key_id, _, encoded = rest.partition("+")
    key = _decode(encoded)
    if key[:1] != _ED25519:
        raise Malformed("not an Ed25519 key")
    return name, key_id, key[1:]


def _check_key_id(key_id: str, verifier: Verifier) -> None:
    if key_id != verifier.key_id.hex():
        raise Malformed("the key does not belong to its id")


def _check_key(name: str, key: bytes) -> None:
    if not _is_key_name(name) or len(key) != _KEY_BYTES:
        raise Malformed("a key has a name without spaces and plus signs, and 32 bytes")


def _is_key_name(name: str) -> bool:
    return bool(name) and "+" not in name and not any(map(str.isspace, name))


def _encode(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _decode(text: str) -> bytes:
    """Decode base64 that has one spelling only, so that equal bytes are equal texts."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Malformed("not base64") from error
    if _encode(data) != text:
        raise Malformed("not the one base64 spelling of its bytes")
    return data
