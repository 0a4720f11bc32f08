"""Reads QTI 1.2, as Canvas, Blackboard and older tools write it: items, their key, feedback."""

import html

from lms.errors import N_
from lms.exchange import building, numbers
from lms.exchange.building import Choice
from lms.exchange.formats import extras
from lms.exchange.formats.qti12_key import Key, key_of
from lms.exchange.item import Found, Table
from lms.exchange.markup.from_html import from_html, looks_like_html
from lms.exchange.markup.plain import escaped, one_line
from lms.exchange.pictures import Gallery
from lms.exchange.xml import Node

_RESPONSES = ("response_lid", "response_str", "response_num", "response_xy", "response_grp",
              "response_extension")  # fmt: skip
_REFUSED = {"calculated_question", "file_upload_question", "fill_in_multiple_blanks_question",
            "multiple_dropdowns_question"}  # fmt: skip
_GENERAL = ("general_fb", "correct_fb", "general_correct_fb", "solution", "correct")


def read(root: Node, file: str, gallery: Gallery) -> list[Found]:
    """Return every question of a `questestinterop`, in its order."""
    return [_item(one, file, gallery) for one in root.below("item")]


def _item(node: Node, file: str, gallery: Gallery) -> Found:
    name = node.get("title") or node.get("ident")
    found = Found(name, node.line, "", file=file, gallery=gallery)
    fields = {
        one.text("fieldlabel"): one.text("fieldentry") for one in node.below("qtimetadatafield")
    }
    presentation = node.first("presentation")
    found.kind = fields.get("question_type") or fields.get("qmd_itemtype") or "item"
    asked = list(presentation.below(*_RESPONSES)) if presentation else []
    if presentation is None or not asked:
        return found.refuse(N_("This text has no answers: it asks nothing."))
    if found.kind in _REFUSED:
        return found.refuse(N_("There is no kind of question “%(kind)s” here."), kind=found.kind)
    key = key_of(node)
    table = _table(found, asked, key)
    if table is None:
        return found
    table["prompt"] = _prompt(presentation, found)
    feedback = {one.get("ident"): one for one in node.all("itemfeedback")}
    _explain(found, table, key, feedback)
    points = numbers.number(fields.get("points_possible", "1"))
    if points is not None and points != 1:
        if points == int(points) and 1 <= points <= 100:
            table["points"] = int(points)
        else:
            found.change(N_("Its points are 1 now: ours are whole numbers from 1 to 100."))
    ident = node.get("ident")
    if fields.get("seedtrain"):
        table["id"] = ident
        extras.merge(found, table, fields["seedtrain"])
    found.table = table
    return found


def _table(found: Found, asked: list[Node], key: Key) -> Table | None:
    if len(asked) > 1:
        return _matching(found, asked, key)
    (response,) = asked
    if response.name == "response_lid":
        return _choices(found, response, key)
    if response.name in ("response_str", "response_num"):
        return _typed(found, response, key)
    found.refuse(N_("There is no kind of question “%(kind)s” here."), kind=response.name)
    return None


def words(node: Node | None, found: Found, *, line: bool = False) -> str:
    """Return the material below an element as our Markdown."""
    pieces = []
    for part in node.below("mattext", "matimage", "mataudio", "matvideo") if node else ():
        text = part.text()
        if part.name != "mattext":
            uri, alt = html.escape(part.get("uri")), html.escape(part.get("label"))
            pieces.append(from_html(f'<img src="{uri}" alt="{alt}">', found, line=line))
        elif part.get("texttype") in ("text/html", "text/xhtml") or looks_like_html(text):
            pieces.append(from_html(text, found, line=line))
        else:
            pieces.append(escaped(one_line(text) if line else text))
    return (" " if line else "\n\n").join(filter(None, pieces))


def _prompt(presentation: Node, found: Found) -> str:
    """Return what is asked: the material that stands in no response."""
    inside = {id(part) for one in presentation.below(*_RESPONSES) for part in one.below("material")}
    pieces = [words(one, found) for one in presentation.below("material") if id(one) not in inside]
    return "\n\n".join(filter(None, pieces))


def _labels(response: Node) -> list[Node]:
    return list(response.below("response_label"))


def _choices(found: Found, response: Node, key: Key) -> Table | None:
    labels, name = _labels(response), response.get("ident")
    if response.get("rcardinality") == "Ordered":
        return _ordering(found, labels, key.order.get(name, []))
    choices = [
        Choice(
            words(one, found, line=True), key.share(name, one.get("ident")), "", one.get("ident")
        )
        for one in labels
    ]
    if response.get("rcardinality", "Single") != "Multiple":
        return building.choose_one(found, choices)
    table = building.choose_several(found, choices, weighted=not key.exact)
    return table | ({"scoring": "exact"} if key.exact else {})


def _ordering(found: Found, labels: list[Node], order: list[str]) -> Table | None:
    texts = {one.get("ident"): words(one, found, line=True) for one in labels}
    if sorted(order) != sorted(texts):
        found.refuse(N_("Its key does not name each of its steps once."))
        return None
    table = building.in_order([texts[name] for name in order])
    for step, id in zip(table["step"], building.ids_for(order), strict=True):
        step["id"] = id
    return table | {"scoring": "exact"}


def _typed(found: Found, response: Node, key: Key) -> Table | None:
    name = response.get("ident")
    fib = next(response.below("render_fib"), None)
    kind = fib.get("fibtype", "String") if fib else "String"
    ranges = key.ranges.get(name, [])
    if found.kind == "essay_question" or not (key.values.get(name) or ranges):
        return building.essay()
    numeric = kind in ("Integer", "Decimal", "Scientific") or response.name == "response_num"
    if ranges or numeric or found.kind == "numerical_question":
        return _number(found, key, name)
    patterns = [Choice(text, key.share(name, text)) for text in key.values[name]]
    cased = any(key.cased) and found.kind != "short_answer_question"
    return building.short(found, patterns, cased=cased)


def _number(found: Found, key: Key, name: str) -> Table | None:
    exact = [numbers.number(text) for text in key.values.get(name, {})]
    answers = [one for one in exact if one is not None]
    ranges = key.ranges.get(name, [])
    if not answers and not ranges:
        found.refuse(N_("Its key is no number."))
        return None
    middle, off = numbers.between(*ranges[0]) if ranges else (answers[0], answers[0] * 0)
    if len(ranges) > 1 or len(answers) > 1:
        found.change(N_("Only the first of its right numbers was taken."))
    if answers and ranges and answers[0] != middle:
        found.change(N_("Its tolerance is the same to both sides now."))
        off = max(abs(answers[0] - bound) for bound in ranges[0])
    return numbers.a_number(answers[0] if answers else middle, off)


def _matching(found: Found, asked: list[Node], key: Key) -> Table | None:
    stems: list[tuple[str, str]] = []
    targets: dict[str, str] = {}
    for response in asked:
        labels = {one.get("ident"): words(one, found, line=True) for one in _labels(response)}
        targets |= labels
        right = [ident for ident in labels if key.share(response.get("ident"), ident) > 0]
        stem = words(response.first("material"), found, line=True)
        if response.name != "response_lid" or len(right) != 1 or not stem:
            said = N_("It asks for several things in one; a question of ours asks one.")
            found.refuse(said)
            return None
        stems.append((stem, labels[right[0]]))
    table = building.pairs(stems, list(targets.values()))
    names = {text: ident for ident, text in targets.items()}
    ids = building.ids_for([names[target["text"]] for target in table["target"]])
    stem_ids = building.ids_for([response.get("ident") for response in asked])
    known = {one["id"]: id for one, id in zip(table["target"], ids, strict=True)}
    for one in table["target"]:
        one["id"] = known[one["id"]]
    for stem, id in zip(table["stem"], stem_ids, strict=True):
        stem["id"], stem["target"] = id, known[stem["target"]]
    return table


def _explain(found: Found, table: Table, key: Key, feedback: dict[str, Node]) -> None:
    """Put each feedback where ours has its place: an option's, or the explanation."""
    used = set()
    for option in table.get("option", []):
        ident = key.feedback.get(option["id"], "")
        node = feedback.get(ident) or feedback.get(f"{option['id']}_fb")
        if node is not None:
            option["why"] = words(node, found, line=True) or option.get("why", "")
            used.add(node.get("ident"))
            if not option["why"]:
                del option["why"]
    for ident in (*_GENERAL, *feedback):
        node = feedback.get(ident)
        if node is None or ident in used:
            continue
        used.add(ident)
        said = words(node, found)
        if ident == "solution" and table["kind"] == "essay":
            table["model_answer"] = said
        elif said and "why" not in table:
            table["why"] = said
        elif said:
            found.change(N_("Further feedback was left out."))
