"""A handed-in file without what tells of who made it. Pure, but slow, and fed by strangers."""

import io
import warnings
from collections.abc import Iterator
from typing import Any

import pikepdf
from PIL import Image

from lms.assessment.uploads import stripped

# What a document says about itself, its makers and its past, none of it on a page.
_TELLS = ("/Metadata", "/PieceInfo", "/LastModified", "/Thumb", "/AF", "/EF", "/XFA")
_OF_ROOT = ("/OpenAction", "/AA", "/Collection", "/Perms", "/Legal", "/DSS")
_OF_COMMENT = ("/T", "/NM", "/M", "/CreationDate", "/FS")
_OF_SIGNATURE = ("/Name", "/Location", "/ContactInfo", "/Reason", "/Contents", "/Cert", "/M")
_DEEPEST = 60
_ORIENTATION = 0x0112
_PICTURE_TELLS = {"comment", "xmp", "XML:com.adobe.xmp", "photoshop", "Raw profile type exif"}


class CannotBlind(Exception):
    """What is in the file could not be read whole, so that nobody knows what it tells."""


def blinded(data: bytes, type: str) -> bytes:
    """Return a file as a marker gets it.

    Args:
        type: one of `lms.assessment.uploads.TYPES`.

    Raises:
        CannotBlind: broken, locked by a password, or of a type without a way to do it.
    """
    if type == "text":
        return data  # a text has nothing beside what its learner wrote
    if type == "pdf":
        return _blind_pdf(data)
    if type in ("png", "jpeg"):
        return _blind_picture(stripped(data, type))
    raise CannotBlind(type)


def _blind_pdf(data: bytes) -> bytes:
    out = io.BytesIO()
    try:
        with warnings.catch_warnings(), pikepdf.open(io.BytesIO(data)) as pdf:
            warnings.simplefilter("ignore")  # how a stranger's forms hang together is theirs
            if "/Info" in pdf.trailer:
                del pdf.trailer["/Info"]
            _drop(pdf.Root, _OF_ROOT)
            if "/Names" in pdf.Root:
                _drop(pdf.Root.Names, ("/EmbeddedFiles", "/JavaScript"))
            for one in list(pdf.objects):
                for table in _tables(one, 0):
                    _blind_table(table)
            # Only what the pages lead to is written: earlier states of the file go.
            pdf.save(out, fix_metadata_version=False)
    except (
        pikepdf.PdfError,
        pikepdf.PasswordError,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
    ) as fault:
        raise CannotBlind(str(fault)) from fault
    return out.getvalue()


def _tables(one: Any, depth: int) -> Iterator[Any]:
    """Yield a table and those that stand directly in it; what is referred to comes by itself."""
    if depth > _DEEPEST:
        raise CannotBlind("too deep")
    if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
        yield one
        inner = [one[key] for key in one.keys()]  # noqa: SIM118 - a stream has no other iterator
    elif isinstance(one, pikepdf.Array):
        inner = list(one)
    else:
        return
    for child in inner:
        if isinstance(child, pikepdf.Object) and not child.is_indirect:
            yield from _tables(child, depth + 1)


def _blind_table(table: Any) -> None:
    _drop(table, _TELLS)
    if "/ByteRange" in table:
        _drop(table, _OF_SIGNATURE)
    if "/Rect" in table and table.get("/Subtype") != "/Widget":
        _drop(table, _OF_COMMENT)
    if table.get("/Type") == "/Filespec":
        _drop(table, ("/F", "/UF", "/Desc"))


def _drop(table: Any, keys: tuple[str, ...]) -> None:
    for key in keys:
        if key in table:
            del table[key]


def _blind_picture(data: bytes) -> bytes:
    """Return a picture that is sound and says nothing beside itself but how to turn it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data)) as image:
                said = set(image.info) & _PICTURE_TELLS
                tags = set(image.getexif()) - {_ORIENTATION}
                image.verify()
    except (OSError, SyntaxError, ValueError, Warning, Image.DecompressionBombError) as fault:
        raise CannotBlind(str(fault)) from fault
    if said or tags:
        raise CannotBlind("a picture that tells more than it shows")
    return data
