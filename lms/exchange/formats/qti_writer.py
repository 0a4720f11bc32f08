"""Writes QTI packages: a ZIP with imsmanifest.xml; 1.2 as one quiz, 2.x and 3.0 an item a file."""

import html
import re
from collections.abc import Sequence

from lms.errors import N_
from lms.exchange.formats.qti12_writer import quiz
from lms.exchange.formats.qti_item_writer import KINDS, item
from lms.exchange.outgoing import Leaving
from lms.exchange.packing import zipped

_TYPES = {"1.2": "imsqti_xmlv1p2", "2.1": "imsqti_item_xmlv2p1", "2.2": "imsqti_item_xmlv2p2",
          "3.0": "imsqti_item_xmlv3p0"}  # fmt: skip
_NAMESPACES = {
    "1.2": "http://www.imsglobal.org/xsd/imscp_v1p1",
    "2.1": "http://www.imsglobal.org/xsd/imscp_v1p1",
    "2.2": "http://www.imsglobal.org/xsd/imscp_v1p1",
    "3.0": "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
}
_TAG = re.compile(r"(</?)([a-z]+[A-Za-z]*)([^>]*)>")
_ATTRIBUTE = re.compile(r" ([a-z]+[A-Z][A-Za-z]*)=")
_HTML = {"p", "br", "strong", "em", "code", "pre", "ul", "ol", "li", "table", "thead", "tbody",
         "tr", "th", "td", "img", "a", "div", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6",
         "hr", "object"}  # fmt: skip


def write(leaving: Sequence[Leaving], version: str) -> bytes:
    """Return questions as a package of QTI 1.2, 2.1, 2.2 or 3.0."""
    for one in leaving:
        if one.table["kind"] not in KINDS:
            kind = one.table["kind"]
            one.refuse(N_("This format has no such question: “%(kind)s”."), kind=kind)
    files: dict[str, bytes] = {}
    shown: dict[str, bytes] = {}
    for one in leaving:
        shown |= {} if one.refused else one.carried()
    if version == "1.2":
        files["quiz.xml"] = quiz([one for one in leaving if not one.refused]).encode()
    else:
        for one in leaving:
            text = "" if one.refused else item(one, version)
            if text and not one.refused:
                name = f"items/{one.table['id']}.xml"
                text = text.replace(' src="figures/', ' src="../figures/')
                files[name] = (_as_3(text) if version == "3.0" else text).encode()
    files["imsmanifest.xml"] = _manifest(list(files), list(shown), version).encode()
    return zipped("", files | shown)


def _manifest(names: Sequence[str], shown: Sequence[str], version: str) -> str:
    resources = "".join(
        f'<resource identifier="R{place}" type="{_TYPES[version]}" href="{html.escape(name)}">'
        f'<file href="{html.escape(name)}"/></resource>\n'
        for place, name in enumerate(names, 1)
    )
    resources += "".join(
        f'<resource identifier="F{place}" type="webcontent" href="{name}"><file href="{name}"/>'
        "</resource>\n"
        for place, name in enumerate(shown, 1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<manifest xmlns="{_NAMESPACES[version]}" identifier="questions">'
        f"<metadata><schema>QTI Package</schema><schemaversion>{version}</schemaversion></metadata>"
        f"<organizations/><resources>\n{resources}</resources></manifest>\n"
    )


def _as_3(text: str) -> str:
    """Return an item in the names of QTI 3.0, which differ only in how they are written."""

    def renamed(found: re.Match[str]) -> str:
        name = found[2]
        if name not in _HTML:
            name = f"qti-{_kebab(name)}"
        return f"{found[1]}{name}{_ATTRIBUTE.sub(lambda a: f' {_kebab(a[1])}=', found[3])}>"

    return _TAG.sub(renamed, text)


def _kebab(name: str) -> str:
    return re.sub(r"[A-Z]", lambda found: f"-{found[0].lower()}", name)
