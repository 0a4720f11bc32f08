"""Reads packages: a ZIP with imsmanifest.xml and items of QTI 1.2, 2.x or 3.0; or one alone."""

from collections.abc import Mapping
from functools import partial
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from lms.errors import N_
from lms.exchange import archive
from lms.exchange.bounds import LARGEST_WORDS, MOST_ITEMS, too_many, too_wordy
from lms.exchange.formats import qti12
from lms.exchange.formats.qti_body import as_2
from lms.exchange.formats.qti_item import read_item
from lms.exchange.item import Found, Unreadable
from lms.exchange.pictures import ENDINGS, Gallery
from lms.exchange.xml import Node, tree_of

MANIFEST = "imsmanifest.xml"
_MOST_ELEMENTS = 800_000  # of all files of a package together


def read(data: bytes) -> list[Found]:
    """Return every question of a package.

    A file that cannot be read, or that the manifest names and that is not there, is told of as a
    refused question.
    """
    files = archive.unpacked(data, (".xml", ".qti", *ENDINGS))
    shown = {name: files.pop(name) for name in [*files] if name.lower().endswith(ENDINGS)}
    gallery = Gallery({name: partial(bytes, held) for name, held in shown.items()})
    trees: dict[str, Node] = {}
    found: list[Found] = []
    left, words = _MOST_ELEMENTS, LARGEST_WORDS
    for name, held in files.items():
        try:
            trees[name] = as_2(tree_of(held))
        except Unreadable as error:
            if not name.endswith(MANIFEST):
                found.append(
                    Found(name, error.line, file=name).refuse(error.said[0], **error.said[1])
                )
            continue
        left -= sum(1 for _ in trees[name].walk())
        words -= trees[name].length()
        if left < 0:
            raise Unreadable(N_("There are too many elements in this file."))
        if words < 0:
            raise too_wordy()
    found += _missing(files, trees)
    for name, root in trees.items():
        found += _of_root(name, root, trees, gallery)
        if len(found) > MOST_ITEMS:
            raise too_many()
    return found


def read_alone(root: Node) -> list[Found]:
    """Return the questions of one document: an item, or a `questestinterop` of QTI 1.2."""
    return _of_root("", as_2(root), {}, Gallery())


ROOTS = ("assessmentItem", "qti-assessment-item", "questestinterop")


def _of_root(name: str, root: Node, trees: Mapping[str, Node], gallery: Gallery) -> list[Found]:
    if root.name == "assessmentItem":
        return [read_item(root, name, _stimulus(name, root, trees), gallery)]
    if root.name == "questestinterop":
        return qti12.read(root, name, gallery)
    return []


def _stimulus(name: str, item: Node, trees: Mapping[str, Node]) -> Node | None:
    reference = item.first("assessmentStimulusRef")
    if reference is None:
        return None
    root = trees.get(_path(name, reference.get("href")))
    return root.first("stimulusBody") if root else None


def _path(name: str, href: str) -> str:
    return normpath(join(dirname(name), unquote(href.split("?")[0])))


def _missing(files: Mapping[str, bytes], trees: Mapping[str, Node]) -> list[Found]:
    """Return a refusal for each item that a manifest names and the package does not hold."""
    found = []
    for name, root in trees.items():
        if not name.endswith(MANIFEST):
            continue
        for resource in root.below("resource"):
            if "qti" not in resource.get("type") or "item" not in resource.get("type"):
                continue
            path = _path(name, resource.get("href"))
            if path not in files:
                one = Found(resource.get("identifier"), resource.line, file=name)
                said = N_("The manifest names “%(file)s”, which is not in the package.")
                found.append(one.refuse(said, file=path))
    return found
