"""What a file is by its bytes, and the same file without what tells of who made it. Pure."""

from collections.abc import Iterator

# Types by the word that authors write: its media type, and what its name ends in.
TYPES = {
    "pdf": ("application/pdf", "pdf"),
    "png": ("image/png", "png"),
    "jpeg": ("image/jpeg", "jpg"),
    "text": ("text/plain; charset=utf-8", "txt"),
}
_PNG = b"\x89PNG\r\n\x1a\n"
# Chunks and segments that hold texts, times and places, none of them the picture.
_PNG_TELLS = {b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"}
_JPEG_TELLS = {*range(0xE1, 0xF0), 0xFE} - {0xE2, 0xEE}  # kept: colour profile and transform
_ORIENTATION = 0x0112


def recognised(data: bytes) -> str:
    """Return which of the known types some bytes are, "" for none; names are not believed."""
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(_PNG):
        return "png"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return "text" if text.strip() and "\0" not in text and not _is_markup(text) else ""


def _is_markup(text: str) -> bool:
    return text.lstrip("\ufeff \t\r\n").startswith("<")


def stripped(data: bytes, type: str) -> bytes:
    """Return a picture without its comments, times and places; anything else as it is.

    How a photograph is to be turned is kept. What is no sound picture comes back as it was.
    """
    try:
        if type == "png":
            return _PNG + b"".join(_png_chunks(data))
        if type == "jpeg":
            return b"\xff\xd8" + b"".join(_jpeg_segments(data))
    except (IndexError, ValueError):
        return data
    return data


def _png_chunks(data: bytes) -> Iterator[bytes]:
    at = len(_PNG)
    while at < len(data):
        length = int.from_bytes(_piece(data, at, 4), "big")
        chunk = _piece(data, at, length + 12)
        if chunk[4:8] not in _PNG_TELLS:
            yield chunk
        if chunk[4:8] == b"IEND":
            return  # what hangs on behind the picture is none of it
        at += length + 12


def _jpeg_segments(data: bytes) -> Iterator[bytes]:
    at = 2
    while True:
        head = _piece(data, at, 4)
        if head[0] != 0xFF:
            raise ValueError("no segment")
        if head[1] == 0xDA:
            yield data[at:]  # the picture itself
            return
        segment = _piece(data, at, 2 + int.from_bytes(head[2:], "big"))
        if head[1] == 0xE1 and (turn := _turned(segment)):
            yield _turning(turn)
        if head[1] not in _JPEG_TELLS:
            yield segment
        at += len(segment)


def _piece(data: bytes, at: int, length: int) -> bytes:
    piece = data[at : at + length]
    if len(piece) < length or length < 4:
        raise ValueError("cut off")
    return piece


def _turned(segment: bytes) -> int:
    """Return how a photograph is to be turned (2 to 8), 0 where it says nothing."""
    if segment[4:10] != b"Exif\0\0":
        return 0
    tiff = segment[10:]
    order: str = "little" if tiff[:2] == b"II" else "big"

    def number(at: int, size: int) -> int:
        return int.from_bytes(tiff[at : at + size], order)  # type: ignore[arg-type]

    first = number(4, 4)
    for entry in range(min(number(first, 2), 200)):
        at = first + 2 + 12 * entry
        if number(at, 2) == _ORIENTATION:
            turn = number(at + 8, 2)
            return turn if 2 <= turn <= 8 else 0
    return 0


def _turning(turn: int) -> bytes:
    """Return a segment that says how to turn a photograph, and nothing else."""
    entry = _ORIENTATION.to_bytes(2, "big") + b"\0\3\0\0\0\1" + turn.to_bytes(2, "big") + b"\0\0"
    tiff = b"MM\0\x2a\0\0\0\x08\0\1" + entry + b"\0\0\0\0"
    body = b"Exif\0\0" + tiff
    return b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body
