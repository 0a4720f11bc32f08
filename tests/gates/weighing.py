"""What an answer weighs on the wire, and what browsers ask with."""

from werkzeug.test import TestResponse

FIRST_RESPONSE = 14_000  # fits the ten segments that a new connection may send at once
BROWSER = {"Accept": "text/html", "Accept-Encoding": "gzip, deflate, br, zstd"}
# What the server adds to every answer beside what the app says.
SERVED = {"Date": "Thu, 01 Jan 2026 00:00:00 GMT", "Server": "granian", "Connection": "close"}


def size_of(answer: TestResponse) -> int:
    """Return the bytes of a response on the wire: status line, headers, body."""
    headers = dict(SERVED) | dict(answer.headers)
    lines = [f"HTTP/1.1 {answer.status}", *(f"{name}: {value}" for name, value in headers.items())]
    return len("\r\n".join([*lines, "", ""]).encode()) + len(answer.data)
