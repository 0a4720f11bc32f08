"""What list pages share: what their address asks for, the page before and after."""

from typing import Any

from flask import request, url_for

from lms.cohort.queries import Wanted

_LAST_PAGE = 100_000


def wanted() -> Wanted:
    """Return what the address narrows a list to."""
    asked = {
        name: request.args.get(name, "").strip()[:100] for name in ("q", "what", "place", "state")
    }
    return Wanted(asked["q"], asked["what"], asked["place"], asked["state"])


def page() -> int:
    """Return the page asked for, from 1."""
    asked = request.args.get("page", "1")
    return min(max(int(asked), 1), _LAST_PAGE) if asked.isascii() and asked.isdigit() else 1


def address(endpoint: str, **changes: Any) -> str:
    """Return the address of a page with the same choice as this one, some of it changed."""
    asked = {name: value for name, value in request.args.items() if name not in ("lang", "page")}
    return url_for(endpoint, **{k: v for k, v in (asked | changes).items() if v})


def around(endpoint: str, *, more: bool) -> tuple[str | None, str | None]:
    """Return the addresses of the pages before and after this one."""
    now = page()
    before = address(endpoint, page=now - 1) if now > 1 else None
    return before, address(endpoint, page=now + 1) if more else None
