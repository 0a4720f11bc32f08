"""A plugin whose pages do what a test tells them to, each in its request's transaction."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint

from lms.db import reads
from lms.hookspecs import impl
from lms.web.access import public

Act = Callable[[], object]


class Probe:
    """Pages that do what a test tells them: /act as any view, /look marked `@reads`."""

    name = "probe"

    def __init__(self) -> None:
        self.act: Act = lambda: None
        self.last: Act = lambda: None

    @impl
    def blueprints(self) -> list[Blueprint]:
        pages = Blueprint("probe", __name__)

        @pages.route("/act", methods=["GET", "POST"])
        @public
        def act() -> str:
            return str(self.act())

        @pages.post("/look")
        @public
        @reads
        def look() -> str:
            return str(self.act())

        @pages.after_request
        def after(response: Any) -> Any:
            self.last()
            return response

        return [pages]
