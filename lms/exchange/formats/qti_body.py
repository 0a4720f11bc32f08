"""Items of QTI 2.x and 3.0 as one shape, and their bodies as our Markdown."""

import html
import re
from collections.abc import Collection, Iterator

from lms.exchange.item import Found
from lms.exchange.markup.from_html import from_html
from lms.exchange.markup.plain import BLANK
from lms.exchange.xml import Node

_BLANK = "\ue0fe"  # until the text is whole
_PREFIX = "qti-"
_KEBAB = re.compile(r"-([a-z0-9])")
_UNSHOWN = {"stylesheet", "catalogInfo", "companionMaterialsInfo", "templateBlock"}
# Elements of QTI that only hold HTML: they go, what is in them stays.
_HOLDING = {"contentBody": "div", "prompt": "p", "stimulusBody": "div", "itemBody": "div",
            "simpleChoice": "", "inlineChoice": "", "simpleAssociableChoice": "",
            "hottext": "", "rubricBlock": "div", "modalFeedback": "", "feedbackInline": "",
            "feedbackBlock": "div"}  # fmt: skip


def as_2(root: Node) -> Node:
    """Return a tree in the names of QTI 2.x: those of 3.0 differ only in how they are written."""
    for node in root.walk():
        if node.name.startswith(_PREFIX):
            node.name = _camel(node.name.removeprefix(_PREFIX))
        node.attributes = {_camel(key): value for key, value in node.attributes.items()}
    return root


def _camel(name: str) -> str:
    return _KEBAB.sub(lambda found: found[1].upper(), name)


def is_interaction(node: Node) -> bool:
    """Tell whether an element asks for something."""
    return node.name.endswith("Interaction")


def interactions(body: Node) -> list[Node]:
    """Return what asks for something in a body, in order."""
    return [node for node in body.walk() if is_interaction(node)]


def words(
    node: Node | None, found: Found, *, line: bool = False, without: Collection[str] = ()
) -> str:
    """Return an element's content as our Markdown.

    Args:
        line: whether it stands on one line, as an option does.
        without: names of elements that are left out of it.
    """
    if node is None:
        return ""
    return from_html("".join(_pieces(node, without, inside=True)), found, line=line)


def without_blank(markdown: str) -> str:
    """Return a prompt whose place for the answer shows as a line, and at its end not at all."""
    return markdown.rstrip(f"{_BLANK} \n").replace(_BLANK, BLANK)


def _pieces(node: Node, without: Collection[str], inside: bool = False) -> Iterator[str]:
    """Yield the HTML of an element; trees are as deep as `xml.DEEPEST` allows."""
    if node.name in _UNSHOWN or (node.name in without and not inside):
        return
    if is_interaction(node) and not inside:
        yield (
            f" {_BLANK} "
            if node.name in ("textEntryInteraction", "inlineChoiceInteraction")
            else ""
        )
        return
    if node.name == "object" and node.get("type").startswith("image/"):
        said = html.escape(node.get("alt") or node.text())
        yield f'<img src="{html.escape(node.get("data"))}" alt="{said}">'
        return
    tag = _HOLDING.get(node.name, node.name)
    attributes = _tex(node) if node.name == "math" else node.attributes
    named = "".join(
        f' {key}="{html.escape(value)}"'
        for key, value in attributes.items()
        if key in ("src", "href", "alt", "alttext", "start")
    )
    if tag and not inside:
        yield f"<{tag}{named}>"
    for part in node.parts:
        if isinstance(part, str):
            yield html.escape(part, quote=False)
        else:
            yield from _pieces(part, without)
    if tag and not inside and tag not in ("br", "img", "hr"):
        yield f"</{tag}>"


def _tex(math: Node) -> dict[str, str]:
    """Return an equation's attributes, its LaTeX among them where it brings one."""
    for note in math.below("annotation"):
        if "tex" in note.get("encoding").lower():
            return {"alttext": note.text()}
    return math.attributes
