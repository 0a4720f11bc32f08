"""One plugin manager per app: registering, collecting with care, announcing without mercy."""

import importlib
import logging
from collections.abc import Iterable
from types import ModuleType
from typing import Any

import pluggy
from flask import Flask, current_app

from lms import hookspecs
from lms.db import apart

log = logging.getLogger(__name__)


class Plugins:
    """The plugins of one app and the faults that collecting from them met."""

    def __init__(self, plugins: Iterable[str | object]) -> None:
        self._manager = pluggy.PluginManager("lms")
        self._manager.add_hookspecs(hookspecs)
        self.faults: dict[str, str] = {}
        for plugin in plugins:
            loaded = importlib.import_module(plugin) if isinstance(plugin, str) else plugin
            self._manager.register(loaded, name=_name(loaded))
        self._manager.check_pending()  # a misspelt hook fails here, by name

    @property
    def names(self) -> list[str]:
        """Return the plugins' names in the order they were plugged in."""
        return [name for name, _ in self._manager.list_name_plugin()]

    def collect(self, hook: str, **arguments: Any) -> list[Any]:
        """Call a collect hook one plugin at a time; one that raises is noted and left out.

        Returns:
            What all of them gave, flattened, in the order the plugins were registered.
        """
        gathered: list[Any] = []
        for call in getattr(self._manager.hook, hook).get_hookimpls():
            wanted = {name: arguments[name] for name in call.argnames}
            kept_apart = apart()  # flushes what is ours: only the plugin's own faults are its
            try:
                with kept_apart:
                    gathered += list(call.function(**wanted) or ())
            except Exception as error:
                log.exception("plugin %s failed in %s", call.plugin_name, hook)
                self.faults[f"{call.plugin_name}.{hook}"] = f"{type(error).__name__}: {error}"
        return gathered

    def announce(self, hook: str, **arguments: Any) -> None:
        """Tell every plugin of a fact, in this transaction; what raises undoes it all."""
        for call in getattr(self._manager.hook, hook).get_hookimpls():
            call.function(**{name: arguments[name] for name in call.argnames})


def _name(plugin: object) -> str:
    if isinstance(plugin, ModuleType):
        return plugin.__name__.removesuffix(".plugin")
    return getattr(plugin, "name", type(plugin).__name__)


def init_plugins(app: Flask, plugins: Iterable[str | object]) -> Plugins:
    """Plug the rooms and the listed plugins into `app`."""
    app.extensions["plugins"] = Plugins(plugins)
    return app.extensions["plugins"]


def plugins() -> Plugins:
    """Return the plugins of the current app."""
    found: Plugins = current_app.extensions["plugins"]
    return found
