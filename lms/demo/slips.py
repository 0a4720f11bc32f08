"""Slips that people really make in the newer kinds of question, so that their traces have something
to say in the demonstration. Right answers are in given.py."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from lms.assessment.kinds.drawing import work_out
from lms.curriculum.models import Question, QuestionKey
from lms.demo.given import Fields, right_answer


def slip(question: Question, key: QuestionKey, variant: Any) -> Fields | None:
    """Return a wrong or half right answer; None for kinds that know no slip here."""
    make = _SLIPS.get(question.kind)
    return make(question, key, variant) if make else None


def _hotspot(question: Question, key: QuestionKey, _variant: Any) -> Fields:
    wrong = {one["id"] for one in key.key["regions"] if not one["correct"]}
    place = next(one for one in question.shown["places"] if one["id"] in wrong)
    return {"place": [f"{place['x']} {place['y']}"]}


def _worksheet(question: Question, key: QuestionKey, variant: Any) -> Fields:
    """Get the first part wrong by half, and go on rightly from there."""
    known = {**variant["values"], **variant["derived"]}
    own: dict[str, str] = {}
    for part in question.shown["parts"]:
        worked = work_out(key.key["parts"][part["id"]]["formula"], known | own)
        own[part["id"]] = f"{worked if own else worked / 2:.4g}"
    fields: Fields = {}
    for name, number in own.items():
        fields |= {f"{name}-number": [number], f"{name}-unit": [key.key["parts"][name]["unit"]]}
    return fields


def _cloze(question: Question, key: QuestionKey, variant: Any) -> Fields:
    """Leave the last gap empty, and take the numbers ten times too large."""
    fields = dict(right_answer(question, key, variant) or {})
    last = question.shown["gaps"][-1]["id"]
    for name, values in tuple(fields.items()):
        if name.startswith(f"{last}-"):
            del fields[name]
        elif name.endswith("-number"):
            fields[name] = [f"{Decimal(values[0]) * 10:f}"]
    return fields


def _short(_question: Question, key: QuestionKey, _variant: Any) -> Fields:
    known = [one["pattern"] for one in key.key["accept"] if Decimal(one["weight"]) < 1]
    return {"text": [next((one for one in known if "*" not in one), "")]}


_SLIPS: dict[str, Callable[[Question, QuestionKey, Any], Fields]] = {
    "hotspot": _hotspot,
    "short": _short,
    "worksheet": _worksheet,
    "cloze": _cloze,
}
