"""A small server that speaks clamd's protocol, for tests: it finds EICAR's test file."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

# Two halves, so that no scanner takes this file itself for what it tests.
EICAR = (r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD" + "-ANTIVIRUS-TEST-FILE!$H+H*").encode()
MOST = 1_000_000  # bytes of a stream, as StreamMaxLength


class _Line(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        server = self.server
        assert isinstance(server, Clamd)
        command = self._until_zero()
        server.heard.append(command)
        if server.silent:
            return
        if command == b"zPING":
            self.wfile.write(b"PONG\0")
        elif command == b"zINSTREAM":
            self.wfile.write(self._judge(server) + b"\0")

    def _until_zero(self) -> bytes:
        held = b""
        while not held.endswith(b"\0"):
            held += self.rfile.read(1)
        return held[:-1]

    def _judge(self, server: "Clamd") -> bytes:
        data = b""
        while length := struct.unpack("!L", self.rfile.read(4))[0]:
            data += self.rfile.read(length)
            if len(data) > MOST:
                return b"INSTREAM size limit exceeded. ERROR"
        server.streams.append(data)
        return b"stream: Eicar-Test-Signature FOUND" if EICAR in data else b"stream: OK"


class Clamd(socketserver.ThreadingTCPServer):
    """A running scanner: what it was asked, and the streams it judged."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Line)
        self.heard: list[bytes] = []
        self.streams: list[bytes] = []
        self.silent = False

    @property
    def url(self) -> str:
        return f"tcp://127.0.0.1:{self.server_address[1]}"


@contextmanager
def clamd() -> Iterator[Clamd]:
    """Run a scanner for a while."""
    with Clamd() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
