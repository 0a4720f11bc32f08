"""File: its table, and that no field of a form is ever believed to be a file."""

from typing import Any

import pytest

from lms.assessment.kinds.file import File
from lms.curriculum.kind import LeftToPerson, QuestionRefused

CRITERION = {"id": "c", "title": "Whole", "levels": list("01234")}
TABLE: dict[str, Any] = {
    "id": "q", "kind": "file", "outcome": "LO1", "lesson": "l", "prompt": "Send it.",
    "model_answer": "A page.", "types": ["png", "jpeg", "png"], "criterion": [CRITERION],
}  # fmt: skip


def test_file_is_marked_by_a_person_on_its_rubric() -> None:
    made = File().parse(TABLE)
    assert made.shown["types"] == ["jpeg", "png"]
    assert made.key["criteria"] == [CRITERION]
    with pytest.raises(LeftToPerson):
        File().score(made.shown, made.key, {}, {"file": {}}, "en")


def test_no_field_is_a_file() -> None:
    assert File().read({"file": ["x"], "digest": ["0" * 64]}) is None


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"types": []}, "types"),
        ({"types": ["exe"]}, "types[0]"),
        ({"megabytes": 0}, "megabytes"),
        ({"megabytes": 21}, "megabytes"),
        ({"critical": "safety"}, "critical"),
        ({"criterion": [CRITERION, CRITERION]}, "criterion"),
        ({"criterion": []}, "criterion"),
    ],
)
def test_table_that_cannot_be_marked_is_refused(change: dict[str, Any], key: str) -> None:
    with pytest.raises(QuestionRefused) as refusal:
        File().parse(TABLE | change)
    assert key in {problem.key for problem in refusal.value.problems}
