"""One plugin manager per app: registering, collecting with care, announcing without mercy."""

import importlib
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from types import ModuleType
from typing import Any

import pluggy
from flask import Flask, current_app

from lms import clock, hookspecs
from lms.columns import new_id
from lms.db import apart

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class HookFault:
    """How a hook of a plugin failed last, when, and the number by which the log tells more."""

    said: str
    at: datetime
    reference: str
    times: int = 1


class Plugins:
    """The plugins of one app and the faults that collecting from them met."""

    def __init__(self, plugins: Iterable[str | object]) -> None:
        self._manager = pluggy.PluginManager("lms")
        self._manager.add_hookspecs(hookspecs)
        self.faults: dict[str, HookFault] = {}
        self.untold: set[str] = set()  # faults that nobody has written down yet
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
            except Exception as error:  # noqa: BLE001 - whatever it is, it is the plugin's
                self._note(call.plugin_name, hook, error)
        return gathered

    def _note(self, plugin: str, hook: str, error: Exception) -> None:
        place, reference = f"{plugin}.{hook}", new_id()[:10]
        log.exception("plugin %s failed in %s (failure %s)", plugin, hook, reference)
        times = self.faults[place].times + 1 if place in self.faults else 1
        said = f"{type(error).__name__}: {error}"
        self.faults[place] = HookFault(said, clock.now(), reference, times)
        self.untold.add(place)

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
