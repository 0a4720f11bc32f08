"""A stored question as the `[[question]]` table that it was written as; no database here.

Kinds split a table into what is shown and the key. This puts it together again, and the kind's own
`parse` is the judge: only a table that comes to the very same question is handed out.
"""

from collections.abc import Callable, Mapping
from typing import Any

from lms.curriculum.case import case_of, own
from lms.curriculum.kind import ParsedQuestion, Plain, QuestionKind, QuestionRefused
from lms.exchange.item import Table


def table_of(question: ParsedQuestion, kinds: Mapping[str, QuestionKind]) -> Table | None:
    """Return a stored question as a table; None where its kind's table cannot be told.

    What a case is about stands before the prompt, as questions of other systems stand alone.
    """
    kind, put = kinds.get(question.kind), _KINDS.get(question.kind)
    if kind is None or put is None:
        return None
    shown, key = own(question.shown), question.key
    table: Table = {"id": question.id, "kind": question.kind, "outcome": question.outcome}
    table |= {"lesson": question.lesson, "prompt": shown["prompt"]}
    table |= {"critical": question.critical} if question.critical else {}
    table |= {"points": question.points} if question.points != 1 else {}
    table |= {"why": key["why"]} if key["why"] else {}
    try:
        table |= put(shown, key)
        again = kind.parse(table)
    except (QuestionRefused, LookupError, TypeError):
        return None
    if (again.shown, again.key) != (shown, key):
        return None
    if case := case_of(question.shown):
        table["prompt"] = f"{str(case['stimulus']).strip()}\n\n{table['prompt']}"
    return table


def _options(shown: Plain, key: Plain) -> Table:
    options = []
    for one in shown["options"]:
        option: Table = {"id": one["id"], "text": one["text"]}
        option |= {"correct": True} if one["id"] in key["correct"] else {}
        option |= {"pinned": True} if one["pinned"] else {}
        for name, held in (("why", key["whys"]), ("weight", key.get("weights", {}))):
            if one["id"] in held:
                option[name] = held[one["id"]]
        options.append(option)
    return {"option": options} | _rule(key, "net")


def _rule(key: Plain, usual: str) -> Table:
    rule = key.get("scoring", usual)
    return {} if rule == usual else {"scoring": rule}


def _matching(shown: Plain, key: Plain) -> Table:
    stems = [
        {**one, "target": key["pairs"][one["id"]], "why": key["whys"][one["id"]]}
        for one in shown["stems"]
    ]
    return {"target": shown["targets"], "stem": stems, "scoring": key["scoring"]}


def _ordering(shown: Plain, key: Plain) -> Table:
    texts = {one["id"]: one["text"] for one in shown["steps"]}
    steps = [{"id": id, "text": texts[id], "why": key["whys"][id]} for id in key["order"]]
    return {"step": steps, "free": key["free"], "scoring": key["scoring"]}


def _drawn(shown: Plain) -> Table:
    return {"parameters": shown["parameters"], "derived": dict(shown["derived"])}


def _number(key: Plain, units: list[str]) -> Table:
    """Return a `[question.key]` and its mistakes; the unit alone is no list to choose from."""
    left = {name: value for name, value in key.items() if name not in ("why", "mistakes")}
    left |= {"units": units} if "" in units or units not in ([], [key.get("unit")]) else {}
    return {"key": left, "mistake": key["mistakes"]}


def _numeric(shown: Plain, key: Plain) -> Table:
    return _drawn(shown) | _number(key, shown["units"])


def _worksheet(shown: Plain, key: Plain) -> Table:
    parts = [
        {"id": one["id"], "prompt": one["prompt"], "weight": one["weight"]}
        | {"why": key["parts"][one["id"]]["why"]}
        | _number(key["parts"][one["id"]], one["units"])
        for one in shown["parts"]
    ]
    return _drawn(shown) | {"part": parts, "scoring": key["scoring"]}


def _short(shown: Plain, key: Plain) -> Table:
    (criterion,) = key["criteria"]
    rubric = {name: value for name, value in criterion.items() if name != "id"}
    held = {"answer": key["answer"], "accept": key["accept"], "rubric": rubric}
    return held | {"characters": shown["characters"]}


def _marked(shown: Plain, key: Plain) -> Table:
    names = ("words_min", "words_max", "types", "megabytes")
    held = {name: shown[name] for name in names if name in shown}
    return held | {"model_answer": key["model_answer"], "criterion": key["criteria"]}


def _hotspot(shown: Plain, key: Plain) -> Table:
    texts = {one["id"]: one["text"] for one in shown["places"]}
    regions = [
        {"id": one["id"], "text": texts[one["id"]], one["shape"]: one["numbers"]}
        | ({"correct": True} if one["correct"] else {})
        | {"why": one["why"]}
        for one in key["regions"]
    ]
    return {"size": shown["size"], "region": regions, "scoring": key["scoring"]}


_GAPS: dict[str, Callable[[Plain, Plain], Table]] = {
    "single": _options,
    "short": _short,
    "numeric": lambda shown, key: _number(key, shown["units"]),
}


def _cloze(shown: Plain, key: Plain) -> Table:
    gaps = []
    for one in shown["gaps"]:
        held = key["gaps"][one["id"]]
        gap: dict[str, Any] = {"id": one["id"], "kind": one["kind"], "weight": one["weight"]}
        gap |= {"why": held["why"]} if held["why"] else {}
        gaps.append(gap | _GAPS[one["kind"]](one["shown"], held))
    drawn = _drawn(shown) if "parameters" in shown else {}
    return {"text": shown["text"], "gap": gaps, "scoring": key["scoring"], **drawn}


_KINDS: dict[str, Callable[[Plain, Plain], Table]] = {
    "single": _options,
    "multiple": _options,
    "matching": _matching,
    "ordering": _ordering,
    "numeric": _numeric,
    "worksheet": _worksheet,
    "short": _short,
    "essay": _marked,
    "file": _marked,
    "hotspot": _hotspot,
    "cloze": _cloze,
}
