"""The demonstration answers each bundled question of the newer kinds, rightly and with a slip."""

import tomllib
from pathlib import Path
from random import Random
from typing import Any

import pytest

from lms.assessment.kinds.cloze import Cloze
from lms.assessment.kinds.hotspot import Hotspot
from lms.assessment.kinds.short import Short
from lms.assessment.kinds.worksheet import Worksheet
from lms.curriculum.kind import QuestionKind
from lms.curriculum.models import Question, QuestionKey
from lms.demo.given import right_answer
from lms.demo.slips import slip

MODULES = Path(__file__).parents[2] / "modules"
KINDS: dict[str, QuestionKind] = {
    one.name: one for one in (Cloze(), Hotspot(), Short(), Worksheet())
}
BUNDLED = [
    pytest.param(table, id=f"{path.parts[-3][:6]}-{table['id']}")
    for path in sorted(MODULES.glob("*/*/questions/*.toml"))
    for table in tomllib.loads(path.read_text(encoding="utf-8"))["question"]
    if table["kind"] in KINDS
]


@pytest.mark.parametrize("table", BUNDLED)
def test_right_answer_earns_all_and_a_slip_less_by_machine(table: dict[str, Any]) -> None:
    kind = KINDS[table["kind"]]
    made = kind.parse(table)
    question = Question(kind=made.kind, shown=made.shown)
    key = QuestionKey(key=made.key)
    for seed in range(20):
        variant = kind.draw(made.shown, made.key, Random(seed))
        earned = []
        for fields in (right_answer(question, key, variant), slip(question, key, variant)):
            assert fields
            given = kind.read(fields)
            earned.append(kind.score(made.shown, made.key, variant, given, "en").fraction)
        assert earned[0] == 1, variant
        assert earned[1] < 1, variant


def test_modules_ask_questions_of_each_newer_kind() -> None:
    assert {one.values[0]["kind"] for one in BUNDLED} == set(KINDS)  # type: ignore[index, call-overload]
    assert len(BUNDLED) >= 23
