"""What rooms and plugins put on shared pages, as plain values: menu entries and cards."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from lms.plugins import plugins


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
        about: the id of what it is about; of several cards about one thing only those of the
            furthest `stage` are shown: who waits for a result is not asked to read on.
    """

    template: str
    values: dict[str, Any] = field(default_factory=dict)
    order: int = 50
    about: str = ""
    stage: int = 0


@dataclass(frozen=True)
class Standing:
    """How a person stands in one module, for lists of modules.

    Attributes:
        code: the module's id.
        state: learning, waiting or passed: what lists are filtered by.
        tone, word: the tag that says it; the word is a translatable message.
        stage: of several standings in one module the highest is said.
    """

    code: str
    state: str
    tone: str
    word: str
    stage: int = 0


def furthest_standings(learner: Any) -> dict[str, Standing]:
    """Return how a person stands in each module, by code: of several standings the furthest."""
    found = plugins().collect("standings", learner=learner)
    return {one.code: one for one in sorted(found, key=lambda one: one.stage)}


def arranged(cards: Iterable[Card]) -> list[Card]:
    """Return the cards to show, in their order: about each thing only what is furthest on."""
    all_cards = list(cards)
    furthest: dict[str, int] = {}
    for card in all_cards:
        furthest[card.about] = max(furthest.get(card.about, 0), card.stage)
    shown = [c for c in all_cards if not c.about or c.stage == furthest[c.about]]
    return sorted(shown, key=lambda card: card.order)
