"""Pictures that questions of others show: which are taken into a draft, and under which name.

They are found inside the file that was sent, never fetched. What a draft can show are drawings
(SVG) that our checker finds safe; photographs travel beside them, without what tells of who took
them, to be drawn anew. Everything else is left out with a reason.
"""

import binascii
import re
from base64 import b64decode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape
from posixpath import basename, dirname, join, normpath
from urllib.parse import unquote

from lms.assessment.uploads import recognised, stripped
from lms.curriculum.checking.figure import read_figure
from lms.errors import N_

MOST = 200  # pictures of one file
LARGEST = 1024 * 1024  # bytes of one: no file of a module is larger
LARGEST_ALL = 2 * 1024 * 1024  # bytes of all: they travel with the report
ENDINGS = (".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".emf")
LEFT_OUT = N_("The picture “%(name)s” was left out: draw it as a figure.")
_HOLDERS = ("@@PLUGINFILE@@/", "$IMS-CC-FILEBASE$/", "$CANVAS_OBJECT_REFERENCE$/")
_TOLD = {"title", "desc"}
_ROOT = re.compile(rb"<svg\b[^<>]*[^/]>")


class Unfit(Exception):
    """A picture that is not taken; says why with the picture's name."""

    def __init__(self, message: str, **params: str) -> None:
        super().__init__(message)
        self.message, self.params = message, params


@dataclass
class Gallery:
    """The pictures that a file holds, and those of them that questions have taken.

    Attributes:
        held: the bytes of each, by its path in the file, decoded when they are asked for.
        taken: the bytes of each, by its path in the draft.
        asked: the paths in the file of those that texts have named.
    """

    held: Mapping[str, Callable[[], bytes]] = field(default_factory=dict)
    taken: dict[str, bytes] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)

    def within(self, held: Mapping[str, Callable[[], bytes]]) -> "Gallery":
        """Return the same gallery over the pictures of one question."""
        return Gallery(held, self.taken)

    def take(self, source: str, alt: str, file: str) -> str:
        """Take the picture that an address means; return its path in the draft.

        Args:
            source: as it stands in the text.
            alt: what it shows, in words; "" if nobody says.
            file: the path of the file that the text stands in.

        Raises:
            Unfit: it is not there, or may not be taken.
        """
        path = self._path(source, file)
        self.asked.add(path)
        data = self.held[path]()
        if len(data) > LARGEST:
            raise Unfit(N_("The picture “%(name)s” is larger than 1 MiB and was left out."))
        kind = recognised(data)
        if kind in ("png", "jpeg"):
            return self._keep("media", path, stripped(data, kind), kind.replace("jpeg", "jpg"))
        return self._keep("figures", path, _drawing(data, alt or basename(path)), "svg")

    def _path(self, source: str, file: str) -> str:
        plain = unquote(source.split("?")[0].split("#")[0])
        for holder in _HOLDERS:
            plain = plain.removeprefix(holder)
        for path in (normpath(join(dirname(file), plain)), plain):
            if path in self.held:
                return path
        ends = [path for path in self.held if path.endswith(f"/{plain}")]
        if len(ends) != 1:
            raise Unfit(LEFT_OUT if "://" in source else N_("The picture “%(name)s” is missing."))
        return ends[0]

    def _keep(self, folder: str, path: str, data: bytes, ending: str) -> str:
        sign = sha256(data).hexdigest()[:8]
        stem = re.sub(r"[^a-z0-9]+", "-", basename(path).rpartition(".")[0].lower())[:40].strip("-")
        name = stem if stem.endswith(sign) else f"{stem or 'picture'}-{sign}"
        place = f"{folder}/{name}.{ending}"
        if place not in self.taken:
            whole = sum(map(len, self.taken.values())) + len(data)
            if len(self.taken) >= MOST or whole > LARGEST_ALL:
                said = N_("The picture “%(name)s” was left out: too many, send the file in parts.")
                raise Unfit(said)
        self.taken[place] = data
        return place


def _drawing(data: bytes, alt: str) -> bytes:
    """Return a drawing that may be shown, with a title and a description. Raises Unfit."""
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        said = N_("The picture “%(name)s” is no SVG, PNG or JPEG and was left out.")
        raise Unfit(said)
    problems = read_figure("", data).problems
    if problems and {one.key for one in problems} <= _TOLD:
        lacking = [one.key for one in problems]
        told = "".join(f"<{name}>{escape(alt)}</{name}>" for name in lacking)
        data = _ROOT.sub(lambda root: root[0] + told.encode(), data, count=1)
        problems = read_figure("", data).problems
    if problems:
        said = N_("The drawing “%(name)s” was left out: %(why)s.")
        raise Unfit(said, why=problems[0].message % problems[0].params)
    return data


def from_base64(text: str) -> bytes:
    """Return the bytes that a text stands for; none where it is damaged or far too long."""
    if len(text) > 2 * LARGEST:
        return bytes(LARGEST + 1)  # too large, whatever it is
    try:
        return b64decode(text)
    except (binascii.Error, ValueError):
        return b""
