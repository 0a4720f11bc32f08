"""What rooms and plugins put on shared pages, as plain values: menu entries and cards."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Entry:
    """A menu entry. `title` is a translatable message; `order` sorts the menu."""

    title: str
    url: str
    order: int = 50


@dataclass(frozen=True)
class Card:
    """Something to do or to know on a first page or a module page.

    Attributes:
        template: a template that draws it, given `card`.
        values: plain values for it.
        order: lower comes first; what waits for this person comes before what merely is.
    """

    template: str
    values: dict[str, Any] = field(default_factory=dict)
    order: int = 50
