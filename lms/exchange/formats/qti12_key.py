"""The key of a QTI 1.2 item, put together from its conditions: what earns how much, said why."""

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from lms.exchange.numbers import number
from lms.exchange.xml import Node

_TESTS = (
    "varequal",
    "varsubstring",
    "vargte",
    "vargt",
    "varlte",
    "varlt",
    "varinside",
    "varsubset",
)
_NONE = Fraction(0)


@dataclass
class Key:
    """What the conditions of an item say.

    Attributes:
        values: for each response, what earns something, and how much.
        ranges: for each response, ranges of numbers that earn something.
        order: for each response, what stands at its first place, its second, ….
        exact: whether several choices earn only together.
        feedback: which feedback is shown to those who chose an option.
    """

    values: dict[str, dict[str, Fraction]] = field(default_factory=dict)
    ranges: dict[str, list[tuple[Decimal, Decimal]]] = field(default_factory=dict)
    order: dict[str, list[str]] = field(default_factory=dict)
    exact: bool = False
    whole: Fraction = Fraction(100)
    cased: list[bool] = field(default_factory=list)
    feedback: dict[str, str] = field(default_factory=dict)

    def share(self, response: str, value: str) -> Fraction:
        """Return the share of all points that a value earns."""
        worth = self.values.get(response, {}).get(value, _NONE)
        return worth / self.whole if self.whole > 0 else _NONE


def key_of(item: Node) -> Key:
    """Return the key of an item."""
    key = Key()
    largest = [number(one.get("maxvalue")) for one in item.below("decvar") if one.get("maxvalue")]
    for condition in item.below("respcondition"):
        _condition(key, condition)
    top = max((w for held in key.values.values() for w in held.values()), default=_NONE)
    declared = next((Fraction(one) for one in largest if one), None)
    key.whole = declared or max(top, Fraction(1))
    if top > key.whole:
        key.whole = top
    return key


def _condition(key: Key, condition: Node) -> None:
    tests = condition.first("conditionvar")
    if tests is None:
        return
    worth = _worth(condition)
    shown = [one.get("linkrefid") for one in condition.all("displayfeedback")]
    wanted = [one for one in _wanted(tests) if one.name in _TESTS]
    equal = [one for one in wanted if one.name == "varequal"]
    if shown and len(equal) == 1:
        key.feedback.setdefault(equal[0].text(), shown[0])
    if worth is None:
        return
    _ranges(key, wanted)
    key.cased += [one.get("case").lower() == "yes" for one in equal]
    ordered = [one for one in equal if one.get("index")]
    if ordered:
        for one in ordered:
            key.order.setdefault(one.get("respident"), []).append(one.text())
        return
    together = tests.first("and") is not None or len(equal) > 1
    if together and tests.first("or") is None and len({e.get("respident") for e in equal}) == 1:
        key.exact = worth > 0
    for one in equal:
        held = key.values.setdefault(one.get("respident"), {})
        held[one.text()] = held.get(one.text(), _NONE) + worth


def _wanted(node: Node) -> list[Node]:
    """Return all tests that are not under a `not`."""
    found: list[Node] = []
    waiting = [*node][::-1]
    while waiting:
        one = waiting.pop()
        if one.name != "not":
            found.append(one)
            waiting += [*one][::-1]
    return found


def _worth(condition: Node) -> Fraction | None:
    """Return what a condition sets the score to, or adds; None where it does neither."""
    for one in condition.all("setvar"):
        text = one.text()
        if text.lower().endswith(".max"):
            return Fraction(100)
        value = number(text)
        if value is not None:
            return Fraction(-value if one.get("action") == "Subtract" else value)
    return None


def _ranges(key: Key, tests: list[Node]) -> None:
    least = [number(one.text()) for one in tests if one.name in ("vargte", "vargt")]
    most = [number(one.text()) for one in tests if one.name in ("varlte", "varlt")]
    for one, other in zip(least, most, strict=False):
        if one is not None and other is not None:
            response = next(t.get("respident") for t in tests if t.name.startswith("varg"))
            key.ranges.setdefault(response, []).append((min(one, other), max(one, other)))
