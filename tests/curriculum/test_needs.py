"""What codes name, which files a lesson is, and what meets a need."""

import pytest

from lms.curriculum.needs import Ref, alternatives, is_met, lesson_files, ref
from lms.curriculum.wording import needs_said

FILES = ["10-hosts", "20-genes", "40-nitrogen", "45-pressure", "100-end"]


@pytest.mark.parametrize(
    ("code", "named"), [("ANA202", Ref("ANA202")), ("ANA202-L1", Ref("ANA202", 1))]
)
def test_code_names_a_module_or_a_lesson(code, named) -> None:
    assert ref(code) == named
    assert named.code == code


@pytest.mark.parametrize(
    ("lesson", "files"),
    [(1, ["10-hosts"]), (3, []), (4, ["40-nitrogen", "45-pressure"]), (10, ["100-end"])],
)
def test_lesson_is_the_files_of_its_number(lesson, files) -> None:
    assert lesson_files(lesson, FILES) == files


def test_need_may_have_alternatives() -> None:
    named = alternatives("UPS202 or ANA202-L1 or UPS203")
    assert [one.code for one in named] == ["UPS202", "ANA202-L1", "UPS203"]


@pytest.mark.parametrize(
    ("need", "met"),
    [
        ("UPS202", True),
        ("UPS202-L1", True),  # a whole module brings its lessons
        ("ANA202-L1", True),
        ("ANA202-L2", False),
        ("ANA202", False),  # a lesson brings no module
        ("UPS203 or UPS202", True),
        ("UPS203 or UPS204", False),
    ],
)
def test_need_is_met_by_what_is_there(need, met) -> None:
    assert is_met(need, {"UPS202", "ANA202-L1"}) is met


@pytest.mark.parametrize(
    ("needs", "said"),
    [
        ([], ""),
        (["FND101", "FND103"], "FND101, FND103"),
        (["FND104", "ANA202-L1"], "FND104, ANA202 lesson 1"),
        (["REG101", "ANA301 or TTX301"], "REG101; one of ANA301, TTX301"),
    ],
)
def test_needs_are_said_in_a_line(needs, said, app) -> None:
    assert needs_said(needs) == said
