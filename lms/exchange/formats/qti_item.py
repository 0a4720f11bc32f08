"""Reads one item of QTI 2.0, 2.1, 2.2 or 3.0; packages of them are `package`'s.

Source: "QTI Assessment, Section and Item" 2.1, 2.2 and 3.0 of 1EdTech.
"""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from lms.errors import N_
from lms.exchange import building, numbers
from lms.exchange.building import Choice
from lms.exchange.formats import extras
from lms.exchange.formats.qti_body import interactions, without_blank, words
from lms.exchange.formats.qti_scoring import Declared, declared
from lms.exchange.item import Found, Table
from lms.exchange.numbers import number
from lms.exchange.pictures import Gallery
from lms.exchange.xml import Node

_FEEDBACK = ("feedbackInline", "feedbackBlock")
_APART = ("rubricBlock", *_FEEDBACK)


def read_item(item: Node, file: str, stimulus: Node | None, gallery: Gallery) -> Found:
    """Return the question of an `assessmentItem` (in the names of 2.x).

    Args:
        stimulus: a text that several items share, which this one refers to.
        gallery: the pictures of its package.
    """
    name = item.get("title") or item.get("identifier")
    found = Found(name, item.line, "", file=file, gallery=gallery)
    body = item.first("itemBody")
    asking = interactions(body) if body else []
    if body is None or not asking:
        found.kind = "description"
        return found.refuse(N_("This text has no answers: it asks nothing."))
    found.kind = asking[0].name
    if len(asking) > 1:
        return found.refuse(N_("It asks for several things in one; a question of ours asks one."))
    build = _KINDS.get(asking[0].name)
    if build is None:
        return found.refuse(N_("There is no kind of question “%(kind)s” here."), kind=found.kind)
    if list(item.below("templateProcessing", "templateDeclaration")):
        return found.refuse(N_("Its values are drawn by templates, which are not read."))
    key = Declared("", "") if build is _essay else declared(found, item, asking[0])
    table = build(found, item, asking[0], key) if key else None
    if table is not None:
        prompt = [words(stimulus, found), words(body, found, without=_APART)]
        prompt.append(words(asking[0].first("prompt"), found))
        text = without_blank("\n\n".join(filter(None, prompt)))
        _finish(found, item, body, table | {"prompt": text})
    return found


def _finish(found: Found, item: Node, body: Node, table: Table) -> None:
    """Add the item's id, its feedback, and what stands in it for authors."""
    identifier = item.get("identifier")
    if identifier and identifier == identifier.lower():
        table["id"] = identifier
    for block in body.below("rubricBlock"):
        text = block.text()
        if text.startswith(extras.SIGN):
            extras.merge(found, table, text)
        elif table["kind"] != "essay":
            found.change(N_("What stands in it for “%(who)s” was left out."), who=block.get("view"))
    options = {one["id"]: one for one in table.get("option", [])}
    for feedback in [*item.all("modalFeedback"), *body.below("feedbackBlock")]:
        said = words(feedback, found, without=_APART)
        option = options.get(feedback.get("identifier"))
        if option is not None and "why" not in option:
            option["why"] = said.replace("\n", " ")
        elif said and "why" not in table:
            table["why"] = said
        elif said:
            found.change(N_("Further feedback was left out."))
    found.table = table


def _option(found: Found, node: Node, weight: Fraction) -> Choice:
    feedback = node.first("feedbackInline") or node.first("feedbackBlock")
    return Choice(
        words(node, found, line=True, without=_FEEDBACK),
        weight,
        words(feedback, found, line=True),
        node.get("identifier"),
        node.get("fixed") == "true" and node.name == "simpleChoice",
    )


def _choices(found: Found, nodes: list[Node], key: Declared) -> list[Choice]:
    return [
        _option(
            found,
            node,
            key.share(node.get("identifier"))
            if key.rule == "map"
            else Fraction(node.get("identifier") in key.correct),
        )
        for node in nodes
    ]


def _choice(found: Found, _item: Node, node: Node, key: Declared) -> Table | None:
    choices = _choices(found, node.all("simpleChoice"), key)
    if node.get("shuffle") != "true":  # a fixed place means nothing where nothing is shuffled
        for one in choices:
            one.pinned = False
    if key.cardinality == "single":
        return building.choose_one(found, choices)
    table = building.choose_several(found, choices, weighted=key.rule == "map")
    return table if key.rule == "map" else table | {"scoring": "exact"}


def _inline_choice(found: Found, _item: Node, node: Node, key: Declared) -> Table | None:
    return building.choose_one(found, _choices(found, node.all("inlineChoice"), key))


def _text_entry(found: Found, _item: Node, node: Node, key: Declared) -> Table | None:
    if key.base_type in ("float", "integer"):
        return _number(found, key)
    if key.rule == "map":
        patterns = [Choice(text, key.share(text)) for text in key.points]
    else:
        patterns = [Choice(text, Fraction(1)) for text in key.correct]
    return building.short(found, patterns, cased=key.cased)


def _number(found: Found, key: Declared) -> Table | None:
    given = key.correct or [text for text in key.points if key.share(text) == 1]
    answer = number(given[0]) if given else None
    if answer is None:
        found.refuse(N_("Its key is no number."))
        return None
    if len(given) > 1 or (key.rule == "map" and len(key.points) > 1):
        found.change(N_("Only the first of its right numbers was taken."))
    mode, least, most = key.near or ("absolute", Decimal(0), Decimal(0))
    if least != most:
        found.change(N_("Its tolerance is the same to both sides now."))
    table = numbers.a_number(answer, max(least, most))
    if mode == "relative":
        del table["key"]["absolute"]
        table["key"]["relative"] = numbers.digits(max(least, most) / 100)
    return table


def _match(found: Found, _item: Node, node: Node, key: Declared) -> Table | None:
    sets = [one.all("simpleAssociableChoice") for one in node.all("simpleMatchSet")]
    pairs = [one.split() for one in (key.correct or [p for p, w in key.points.items() if w > 0])]
    if len(sets) != 2 or any(len(pair) != 2 for pair in pairs):
        found.refuse(N_("Its two lists, or the pairs of its key, cannot be read."))
        return None
    for stems, targets, at in ((sets[0], sets[1], 0), (sets[1], sets[0], 1)):
        chosen = [(pair[at], pair[1 - at]) for pair in pairs]
        if sorted(one for one, _ in chosen) == sorted(one.get("identifier") for one in stems):
            return _pairs(found, stems, targets, dict(chosen), key)
    found.refuse(N_("In its key something of one list goes with none, or with several."))
    return None


def _pairs(
    found: Found, stems: list[Node], targets: list[Node], chosen: dict[str, str], key: Declared
) -> Table | None:
    texts = {one.get("identifier"): words(one, found, line=True) for one in (*stems, *targets)}
    if not set(chosen.values()) <= {one.get("identifier") for one in targets}:
        found.refuse(N_("Its two lists, or the pairs of its key, cannot be read."))
        return None
    ids = {
        one.get("identifier"): id
        for listed in (stems, targets)
        for one, id in zip(
            listed, building.ids_for([n.get("identifier") for n in listed]), strict=True
        )
    }
    table: Table = {
        "kind": "matching",
        "target": [{"id": ids[one.get("identifier")], "text": texts[one.get("identifier")]}
                   for one in targets],
        "stem": [{"id": ids[one.get("identifier")], "text": texts[one.get("identifier")],
                  "target": ids[chosen[one.get("identifier")]]} for one in stems],
    }  # fmt: skip
    return table if key.rule == "map" else table | {"scoring": "exact"}


def _order(found: Found, _item: Node, node: Node, key: Declared) -> Table | None:
    steps = {one.get("identifier"): one for one in node.all("simpleChoice")}
    if sorted(key.correct) != sorted(steps):
        found.refuse(N_("Its key does not name each of its steps once."))
        return None
    ids = building.ids_for(key.correct)
    listed = [
        {"id": id, "text": words(steps[name], found, line=True, without=_FEEDBACK)}
        for id, name in zip(ids, key.correct, strict=True)
    ]
    return {"kind": "ordering", "scoring": "exact", "step": listed}


def _essay(found: Found, item: Node, _node: Node, _key: Declared) -> Table | None:
    table = building.essay()
    notes = [
        words(block, found)
        for block in item.below("rubricBlock")
        if not block.text().startswith(extras.SIGN)
    ]
    return table | ({"model_answer": "\n\n".join(filter(None, notes))} if any(notes) else {})


_KINDS: dict[str, Callable[[Found, Node, Node, Declared], Table | None]] = {
    "choiceInteraction": _choice,
    "inlineChoiceInteraction": _inline_choice,
    "textEntryInteraction": _text_entry,
    "matchInteraction": _match,
    "orderInteraction": _order,
    "extendedTextInteraction": _essay,
}
