"""How a QTI item is scored: its declared key, its points, and whether its rule is one we know."""

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from lms.errors import N_
from lms.exchange.item import Found
from lms.exchange.numbers import number
from lms.exchange.xml import Node

_KNOWN = {
    "responseProcessing", "responseCondition", "responseIf", "responseElseIf", "responseElse",
    "match", "variable", "correct", "setOutcomeValue", "baseValue", "isNull", "not", "and", "or",
    "equal", "sum", "mapResponse", "stringMatch", "member", "multiple", "gt", "gte", "lt", "lte",
    "setFeedback", "exitResponse",
}  # fmt: skip  # read as a list
_TEMPLATES = {"match_correct": "match", "cc2_match": "match", "cc2_match_basic": "match",
              "map_response": "map", "cc2_map_response": "map", "rp_match_correct": "match",
              "rp_map_response": "map"}  # fmt: skip


@dataclass
class Declared:
    """What an item declares of one response.

    Attributes:
        rule: "match" (all or nothing) or "map" (points for each part).
        points: what each part earns; only with "map".
        near: how a number is compared: "absolute" or "relative" (in per cent), and the bounds.
    """

    cardinality: str
    base_type: str
    correct: list[str] = field(default_factory=list)
    rule: str = "match"
    points: dict[str, Fraction] = field(default_factory=dict)
    default: Fraction = Fraction(0)
    cased: bool = False
    near: tuple[str, Decimal, Decimal] | None = None

    def share(self, value: str) -> Fraction:
        """Return the share of all points that a part earns."""
        whole = sum((one for one in self.points.values() if one > 0), Fraction(0))
        if self.cardinality == "single":
            whole = max(self.points.values(), default=Fraction(0))
        return self.points.get(value, self.default) / whole if whole > 0 else Fraction(0)


def declared(found: Found, item: Node, interaction: Node) -> Declared | None:
    """Return the key of an interaction's response; None (and why) if there is none to use."""
    name = interaction.get("responseIdentifier")
    named = [one for one in item.all("responseDeclaration") if one.get("identifier") == name]
    if not named:
        found.refuse(N_("Nothing is declared of its response “%(name)s”."), name=name[:60])
        return None
    node = named[0]
    held = Declared(node.get("cardinality", "single"), node.get("baseType"))
    right = node.first("correctResponse")
    held.correct = [one.text() for one in right.all("value")] if right else []
    if mapping := node.first("mapping"):
        _map(held, mapping)
    return held if _rule(found, item, held) else None


def _map(held: Declared, mapping: Node) -> None:
    for entry in mapping.all("mapEntry"):
        worth = number(entry.get("mappedValue", "0"))
        held.points[entry.get("mapKey")] = Fraction(worth or 0)
        held.cased = held.cased or entry.get("caseSensitive") == "true"
    held.default = Fraction(number(mapping.get("defaultValue", "0")) or 0)


def _rule(found: Found, item: Node, held: Declared) -> bool:
    """Find the rule of scoring; False (and why) where it is none that we have."""
    held.rule = "map" if held.points and not held.correct else "match"
    node = item.first("responseProcessing")
    if node is None or not (list(node) or node.get("template")):
        if held.correct or held.points:
            found.change(N_("It has no rule of scoring; its declared key was taken."))
        return True
    if template := node.get("template") or node.get("templateLocation"):
        name = template.rstrip("/").rpartition("/")[2].lower().removesuffix(".xml")
        if name not in _TEMPLATES:
            found.refuse(N_("Its rule of scoring “%(name)s” is none that we have."), name=name[:60])
            return False
        held.rule = _TEMPLATES[name]
        return True
    return _own_rule(found, node, held)


def _own_rule(found: Found, node: Node, held: Declared) -> bool:
    names = {one.name for one in node.walk()}
    if more := sorted(names - _KNOWN):
        said = N_("It has a rule of scoring of its own (“%(name)s”).")
        found.refuse(said, name=more[0][:60])
        return False
    if "mapResponse" in names and held.points:
        held.rule = "map"
    elif not ({"correct"} & names) or "match" not in names:
        _nearness(node, held)
        if held.near is None and (held.correct or held.points):
            found.change(N_("Its own rule of scoring was left out; its declared key counts."))
    else:
        held.rule = "match"
    return True


def _nearness(node: Node, held: Declared) -> None:
    for equal in node.below("equal"):
        bounds = [number(one) for one in equal.get("tolerance", "0").split()]
        least = bounds[0] if bounds else None
        if least is None:
            continue
        most = bounds[-1] if bounds[-1] is not None else least
        mode = equal.get("toleranceMode", "exact")
        if mode == "exact":
            least = most = Decimal(0)
        held.near = ("relative" if mode == "relative" else "absolute", abs(least), abs(most))
        return
