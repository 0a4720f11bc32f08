"""What a file is by its bytes, and what is taken out of it before it is kept."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from lms.assessment.uploads import recognised, stripped

SECRET = "Abebe Bikila, 9.03 N 38.74 E"


def photograph(turn: int = 6) -> bytes:
    held, exif = io.BytesIO(), Image.Exif()
    exif[0x0112], exif[0x010E], exif[0x9286] = turn, SECRET, SECRET
    Image.new("RGB", (40, 20), "red").save(held, "JPEG", exif=exif, comment=SECRET.encode())
    return held.getvalue()


def drawing() -> bytes:
    held, texts = io.BytesIO(), PngImagePlugin.PngInfo()
    texts.add_text("Author", SECRET)
    texts.add_itxt("Comment", SECRET)
    Image.new("RGB", (40, 20), "red").save(held, "PNG", pnginfo=texts)
    return held.getvalue() + SECRET.encode()


@pytest.mark.parametrize(
    ("data", "type"),
    [
        (photograph(), "jpeg"), (drawing(), "png"), (b"%PDF-1.7\n", "pdf"),
        ("température;37,2\n".encode(), "text"), (b"", ""), (b" \n", ""), (b"MZ\x90\0", ""),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", ""),
        (b"\xef\xbb\xbf <!doctype html>", ""), (b"PK\3\4\x14\0", ""), (b"GIF89a\xff", ""),
    ],
)  # fmt: skip
def test_type_is_read_from_the_bytes(data: bytes, type: str) -> None:
    assert recognised(data) == type


@pytest.mark.parametrize(("data", "type"), [(photograph(), "jpeg"), (drawing(), "png")])
def test_picture_keeps_its_pixels_and_loses_what_tells_of_its_maker(data: bytes, type: str) -> None:
    kept = stripped(data, type)
    assert b"Abebe" in data
    assert b"Abebe" not in kept
    before, after = Image.open(io.BytesIO(data)), Image.open(io.BytesIO(kept))
    assert after.convert("RGB").tobytes() == before.convert("RGB").tobytes()
    assert stripped(kept, type) == kept


def test_how_a_photograph_is_turned_is_kept_and_nothing_else_of_it() -> None:
    exif = Image.open(io.BytesIO(stripped(photograph(6), "jpeg"))).getexif()
    assert dict(exif) == {0x0112: 6}
    assert not dict(Image.open(io.BytesIO(stripped(photograph(1), "jpeg"))).getexif())


@given(st.binary(max_size=200), st.sampled_from(["jpeg", "png", "pdf", "text"]))
def test_junk_behind_a_good_beginning_never_raises(tail: bytes, type: str) -> None:
    heads = {"jpeg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n", "pdf": b"%PDF-", "text": b""}
    stripped(heads[type] + tail, type)
    recognised(heads[type] + tail)


@given(st.integers(0, 700))
def test_picture_that_is_cut_off_comes_back_as_it_was_or_shorter(cut: int) -> None:
    for data, type in ((photograph(), "jpeg"), (drawing(), "png")):
        assert len(stripped(data[:cut], type)) <= len(data)
