"""XML from outside as a small tree with line numbers; hostile documents are refused by defusedxml.

No entity of its own, no external one, no network; depth and number of elements are bounded, and how
much text there is (files within it apart: nobody reads their letters). A DOCTYPE that only names
its standard is passed over: old exporters write one.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.parsers.expat import XML_PARAM_ENTITY_PARSING_NEVER
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import InputSource

from defusedxml import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

from lms.errors import N_
from lms.exchange.bounds import LARGEST_WORDS, clean, too_wordy
from lms.exchange.item import Unreadable

DEEPEST = 100
MOST_ELEMENTS = 400_000
MOST_ATTRIBUTES = 60
FILE = "file"  # an element whose text is a file, not words to be read


@dataclass
class Node:
    """An element: its name without namespace or prefix, attributes, children, where it begins.

    `parts` holds text and elements in their order.
    """

    name: str
    line: int
    attributes: dict[str, str] = field(default_factory=dict)
    parts: list["str | Node"] = field(default_factory=list)

    def __iter__(self) -> Iterator["Node"]:
        return (part for part in self.parts if isinstance(part, Node))

    def get(self, name: str, default: str = "") -> str:
        """Return an attribute."""
        return self.attributes.get(name, default)

    def first(self, *names: str) -> "Node | None":
        """Return the child that a path of names leads to, the first at each step."""
        at: Node | None = self
        for name in names:
            at = next((child for child in at if child.name == name), None) if at else None
        return at

    def all(self, name: str) -> list["Node"]:
        """Return the children of a name."""
        return [child for child in self if child.name == name]

    def below(self, *names: str) -> Iterator["Node"]:
        """Yield elements of these names at any depth, in document order."""
        for node in self.walk():
            if node.name in names and node is not self:
                yield node

    def walk(self) -> Iterator["Node"]:
        """Yield this element and all below it, in document order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += reversed(list(node))

    def text(self, *names: str) -> str:
        """Return all text of the child that a path leads to, "" where there is none."""
        found = self.first(*names) if names else self
        if found is None:
            return ""
        return "".join(part for node in found._texts() for part in node).strip()

    def length(self) -> int:
        """Return how many characters of text stand below this element, files apart."""
        return sum(
            len(part)
            for node in self.walk()
            if node.name != FILE
            for part in node.parts
            if isinstance(part, str)
        )

    def _texts(self) -> Iterator[list[str]]:
        for part in self.parts:
            if isinstance(part, str):
                yield [part]
            else:
                yield from part._texts()


class _Tree(ContentHandler):
    def __init__(self) -> None:
        super().__init__()
        self.root: Node | None = None
        self.open: list[Node] = []
        self.count = 0
        self.length = 0
        self.at: Any = None

    def setDocumentLocator(self, locator: Any) -> None:  # noqa: N802 - the reader's name
        self.at = locator

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802
        self.count += 1
        line = int(self.at.getLineNumber() or 1)
        if len(self.open) >= DEEPEST:
            raise Unreadable(N_("Elements stand too deep in one another."), line)
        if self.count > MOST_ELEMENTS or len(attrs) > MOST_ATTRIBUTES:
            raise Unreadable(N_("There are too many elements in this file."), line)
        given = {_local(key): clean(value) for key, value in attrs.items()}
        node = Node(_local(name), line, given)
        if self.open:
            self.open[-1].parts.append(node)
        else:
            self.root = node
        self.open.append(node)

    def endElement(self, name: str) -> None:  # noqa: N802
        self.open.pop()

    def characters(self, content: str) -> None:
        if not self.open:
            return
        if self.open[-1].name != FILE:
            self.length += len(content)
        if self.length > LARGEST_WORDS:
            raise too_wordy()
        self.open[-1].parts.append(clean(content))

    def skippedEntity(self, name: str) -> None:  # noqa: N802
        line = int(self.at.getLineNumber() or 1)
        raise Unreadable(N_("The entity “&%(name)s;” is not known."), line, name=name[:40])


def _local(name: str) -> str:
    return name.rpartition(":")[2]


class _Parser(DefusedExpatParser):
    """The hardened parser, which fetches no document type and refuses one inside the document."""

    def reset(self) -> None:
        super().reset()
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.SetParamEntityParsing(XML_PARAM_ENTITY_PARSING_NEVER)

    def _doctype(
        self, name: str, sysid: str | None, pubid: str | None, has_internal_subset: bool
    ) -> None:
        if has_internal_subset:
            raise Unreadable(N_("This file declares a document type of its own: that is refused."))


def is_xml(data: bytes) -> bool:
    """Tell whether bytes begin as an XML document does, in UTF-8 or UTF-16."""
    return data[:400].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<")


def tree_of(data: bytes) -> Node:
    """Return the root element of a document.

    Raises:
        Unreadable: no well-formed XML, a document type or entities of its own, too deep, too much.
    """
    handler = _Tree()
    try:
        parser = _Parser(forbid_dtd=False, forbid_entities=True, forbid_external=True)
        parser.setContentHandler(handler)
        source = InputSource()
        source.setByteStream(io.BytesIO(data))
        parser.parse(source)
    except DefusedXmlException as error:
        raise Unreadable(N_("This file declares entities: that is refused.")) from error
    except SAXException as error:
        line = getattr(error, "getLineNumber", lambda: None)()
        said = N_("This is no well-formed XML: %(error)s.")
        raise Unreadable(said, line, error=str(error.getMessage())[:120]) from error
    except (ValueError, LookupError, UnicodeError) as error:
        raise Unreadable(N_("The encoding of this XML file cannot be read.")) from error
    if handler.root is None:
        raise Unreadable(N_("There is no element in this file."))
    return handler.root
