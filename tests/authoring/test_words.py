"""Claims about the words of the checker: each mistake with its remedy, none in Python."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import ValidationError

from lms.curriculum.checking.problem import from_validation
from lms.curriculum.drafts.schema import Strict
from tests.authoring.test_guide import TABLES

ROOT = Path(__file__).parents[2]
FOLDERS = ("lms/curriculum", "lms/assessment/kinds", "lms/authoring")
# Which argument the mend is, counted from 0.
MEND = {"Problem": 3, "problem": 2}
WRONG = (0, -1, 1.5, 10**9, True, "", "x", "Ä b", "x" * 5000, [], ["x"], [1], [[]], {}, {"x": 1})


def _calls(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        name = getattr(
            getattr(node, "func", None), "id", getattr(getattr(node, "func", None), "attr", "")
        )
        if isinstance(node, ast.Call) and name in MEND:
            yield node


def _mend(call: ast.Call) -> ast.expr | None:
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    place = MEND[name]
    if any(isinstance(one, ast.Starred) for one in call.args):
        return call.args[-1]  # a pair of message and mend
    return call.args[place] if len(call.args) > place else None


def test_every_mistake_is_told_with_its_remedy() -> None:
    files = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")]
    calls = [(path, call) for path in files for call in _calls(path)]
    assert len(calls) > 90
    silent = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path, call in calls
        if (mend := _mend(call)) is None or (isinstance(mend, ast.Constant) and not mend.value)
    ]
    assert silent == []


@pytest.mark.parametrize("model", TABLES.values(), ids=lambda model: model.__name__)
def test_whatever_stands_at_a_key_is_refused_in_our_words(model: type[Strict]) -> None:
    for name, field in model.model_fields.items():
        for value in WRONG:
            try:
                model.model_validate({field.alias or name: value})
            except ValidationError as error:
                for found in from_validation("", error, model):
                    assert found.mend
                    assert found.message != "%(said)s", found.params["said"]
                    assert "%" not in found.text().replace("%%", "")
