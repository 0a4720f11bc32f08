"""Counts what goes over the wire, as Chromium's own protocol tells it."""

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

# What Chromium adds to each request by itself, whatever the page says.
BROWSERS_OWN = {
    *("host", "connection", "user-agent", "origin", "referer", "content-length"),
    *("accept-encoding", "accept-language", "pragma", "cache-control"),
}


@dataclass
class Exchange:
    """One request and its answer. Bytes: answer with headers as received, request as written."""

    url: str
    method: str
    body: str
    status: int = 0
    received: int = 0
    encoding: str = ""
    kind: str = ""
    cached: bool = False
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def sent(self) -> int:
        """Return the request line, the page's own headers (cookie too) and the body, in bytes."""
        path = "/" + self.url.split("/", 3)[3]
        own = {
            name: value
            for name, value in self.headers.items()
            if name.lower() not in BROWSERS_OWN and not name.lower().startswith("sec-")
        }
        lines = [f"{self.method} {path} HTTP/1.1", *(f"{n}: {v}" for n, v in own.items())]
        return sum(len(line.encode()) + 2 for line in lines) + 2 + len(self.body.encode())

    @property
    def name(self) -> str:
        """Return the path without the host."""
        return "/" + self.url.split("/", 3)[3]


class Wire:
    """Listens to a page; `exchanges` in the order of their requests."""

    def __init__(self, page: Page) -> None:
        self.by_id: dict[str, Exchange] = {}
        self._extra: dict[str, dict[str, str]] = {}
        self._session = page.context.new_cdp_session(page)
        for event, told in {
            "requestWillBeSent": self._asked,
            "requestWillBeSentExtraInfo": self._headers,
            "responseReceived": self._answered,
            "requestServedFromCache": self._cached,
            "loadingFinished": self._finished,
        }.items():
            self._session.on(f"Network.{event}", told)
        self._session.send("Network.enable")

    @property
    def exchanges(self) -> list[Exchange]:
        """Return what went over the wire; what the browser had already is left out."""
        return [one for one in self.by_id.values() if not one.cached]

    def forget(self) -> None:
        """Begin to count anew."""
        self.by_id.clear()

    def _asked(self, told: dict[str, Any]) -> None:
        asked = told["request"]
        if not asked["url"].startswith("data:"):
            exchange = Exchange(asked["url"], asked["method"], asked.get("postData", ""))
            exchange.headers = self._extra.pop(told["requestId"], {})
            self.by_id[told["requestId"]] = exchange

    def _headers(self, told: dict[str, Any]) -> None:
        exchange = self.by_id.get(told["requestId"])
        if exchange is None:  # the two events come in either order
            self._extra[told["requestId"]] = told["headers"]
        else:
            exchange.headers = told["headers"]

    def _answered(self, told: dict[str, Any]) -> None:
        if exchange := self.by_id.get(told["requestId"]):
            answer = told["response"]
            headers = {name.lower(): value for name, value in answer["headers"].items()}
            exchange.status = answer["status"]
            exchange.encoding = headers.get("content-encoding", "")
            exchange.kind = headers.get("content-type", "").partition(";")[0]
            exchange.cached = exchange.cached or answer.get("fromDiskCache", False)

    def _cached(self, told: dict[str, Any]) -> None:
        if exchange := self.by_id.get(told["requestId"]):
            exchange.cached = True

    def _finished(self, told: dict[str, Any]) -> None:
        if exchange := self.by_id.get(told["requestId"]):
            exchange.received = int(told["encodedDataLength"])
