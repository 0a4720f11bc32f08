"""What every page shows around its content: who is signed in, the menu, whether it is a demo."""

from typing import Any

from flask import Flask

from lms.plugins import plugins
from lms.settings import setting
from lms.web.access import maybe_actor


def init_layout(app: Flask) -> None:
    """Give every template the values that the layout draws."""
    app.context_processor(_around)


def _around() -> dict[str, Any]:
    actor = maybe_actor()
    entries = plugins().collect("navigation", user=actor) if actor else []
    return {
        "signed_in": actor,
        "navigation": sorted(entries, key=lambda entry: (entry.order, entry.url)),
        "hub_name": setting("HUB_NAME"),
        "is_demo": setting("DEMO"),
    }
