"""The QR code as an image of one sample a module; what it says is decided elsewhere."""

import io

import segno
from PIL import Image

MASK = 2  # a fixed mask: scoring all eight costs four times as much and every reader reads any
SAMPLES = 6  # a module, so that a viewer that smooths images still shows sharp edges


def qr_png(text: str) -> bytes:
    """Return a QR code, level M, without its quiet zone (the design keeps four modules free)."""
    code = segno.make(text, error="m", mask=MASK, micro=False, boost_error=False)
    rows = [bytes(0 if dark else 255 for dark in row) for row in code.matrix]
    size = len(rows)
    image = Image.frombytes("L", (size, size), b"".join(rows))
    image = image.resize((size * SAMPLES, size * SAMPLES), Image.Resampling.NEAREST)
    output = io.BytesIO()
    image.save(output, "PNG", optimize=False)
    return output.getvalue()
