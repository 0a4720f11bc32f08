"""What a learner of the demonstration who knows the answer fills in, by kind of question."""

from collections.abc import Callable, Mapping
from decimal import Context
from typing import Any

from lms.curriculum.models import Question, QuestionKey

Fields = dict[str, list[str]]
_LONGEST = 4000  # characters of an essay: the model answers are shorter


def right_answer(question: Question, key: QuestionKey, variant: Any) -> Fields | None:
    """Return the form fields of a right answer; None where no field gives one (a file)."""
    given = _GIVEN.get(question.kind)
    return given({**key.key, "shown": question.shown}, variant) if given else None


def _number(key: Mapping[str, Any], answer: str) -> Fields:
    rounded = str(Context(prec=4).create_decimal(answer))
    return {"number": [rounded], "unit": [key["unit"]]}


def _worksheet(key: Mapping[str, Any], variant: Any) -> Fields:
    return {
        f"{part}-{field}": value
        for part, own in key["parts"].items()
        for field, value in {"number": [variant["answers"][part]], "unit": [own["unit"]]}.items()
    }


def _gaps(key: Mapping[str, Any], variant: Any) -> Fields:
    return {
        f"{gap}-{field}": value
        for gap, own in key["gaps"].items()
        for field, value in _GIVEN[_gap_kind(own)](own, variant[gap]).items()
    }


def _gap_kind(key: Mapping[str, Any]) -> str:
    return "numeric" if "formula" in key else "short" if "accept" in key else "single"


def _places(key: Mapping[str, Any]) -> Fields:
    right = {one["id"] for one in key["regions"] if one["correct"]}
    places = [one for one in key["shown"]["places"] if one["id"] in right]
    return {"place": [f"{one['x']} {one['y']}" for one in places]}


_GIVEN: dict[str, Callable[[Any, Any], Fields]] = {
    "single": lambda key, _variant: {"choice": list(key["correct"])},
    "multiple": lambda key, _variant: {"choices": list(key["correct"])},
    "matching": lambda key, _variant: {
        f"stem-{stem}": [target] for stem, target in key["pairs"].items()
    },
    "ordering": lambda key, _variant: {
        f"place-{step}": [str(place)] for place, step in enumerate(key["order"], 1)
    },
    "numeric": lambda key, variant: _number(key, variant["answer"]),
    "short": lambda key, _variant: {"text": [key["answer"]]},
    "hotspot": lambda key, _variant: _places(key),
    "worksheet": _worksheet,
    "cloze": _gaps,
    "essay": lambda key, _variant: {"text": [key["model_answer"].replace("**", "")[:_LONGEST]]},
}
