"""The current app's settings, for rooms that need one; what each means is said in `config.py`."""

from typing import Any

from flask import current_app


def setting(name: str) -> Any:
    """Return the setting `name` (capitals, as in the environment) of the current app.

    Raises:
        KeyError: there is no such setting.
    """
    return current_app.config[name]
