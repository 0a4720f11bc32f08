"""The static art as a ready PDF form: drawn once a process, placed under each certificate."""

import zlib
from functools import cache
from importlib.resources import files
from typing import Any

import pydyf
from weasyprint import HTML, Document

from certificates.design.sources import PackagedOnly

_PAGE = """<style>@page { size: A4 landscape; margin: 0 } body { margin: 0 }
img { display: block }</style><img src="seedtrain:art.svg">"""
_A4_LANDSCAPE = pydyf.Array([0, 0, 842, 596])


def place_art(_document: Document, pdf: pydyf.PDF) -> None:
    """Put the art under the first page, as an artifact (a WeasyPrint finisher)."""
    content, states = _drawn()
    form = pydyf.Stream(
        [content],
        extra={
            "Type": "/XObject",
            "Subtype": "/Form",
            "BBox": _A4_LANDSCAPE,
            "Filter": "/FlateDecode",
            "Resources": pydyf.Dictionary({"ExtGState": _dictionary(states)}),
        },
    )
    pdf.add_object(form)
    page_stream, resources = _first_page(pdf)
    resources["XObject"]["Art"] = form.reference
    page_stream.stream.insert(0, b"/Artifact BMC\nq\n/Art Do\nQ\nEMC")


@cache
def _drawn() -> tuple[bytes, dict[str, dict[str, float]]]:
    """Return the compressed drawing operators of the art and the graphics states they name."""
    caught: list[tuple[bytes, dict[str, dict[str, float]]]] = []

    def catch(_document: Document, pdf: pydyf.PDF) -> None:
        stream, resources = _first_page(pdf)
        operators = b"\n".join(_bytes(part) for part in stream.stream)
        states = {name: dict(state) for name, state in resources["ExtGState"].items()}
        caught.append((zlib.compress(operators, 9), states))

    page = HTML(string=_PAGE, url_fetcher=PackagedOnly(_packaged()))
    page.write_pdf(finisher=catch)
    return caught[0]


def _packaged() -> dict[str, tuple[str, bytes]]:
    art = files("certificates.design").joinpath("art.svg").read_bytes()
    return {"seedtrain:art.svg": ("image/svg+xml", art)}


def _first_page(pdf: pydyf.PDF) -> tuple[pydyf.Stream, pydyf.Dictionary]:
    page = next(o for o in pdf.objects if isinstance(o, dict) and o.get("Type") == "/Page")
    return _referenced(pdf, page["Contents"]), _referenced(pdf, page["Resources"])


def _referenced(pdf: pydyf.PDF, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _dictionary(states: dict[str, dict[str, float]]) -> pydyf.Dictionary:
    return pydyf.Dictionary({name: pydyf.Dictionary(state) for name, state in states.items()})


def _bytes(part: Any) -> bytes:
    data = getattr(part, "data", part)
    return data if isinstance(data, bytes) else str(data).encode()
