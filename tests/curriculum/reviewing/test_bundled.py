"""The bundled curriculum has no finding that is open: each is mended or explained."""

import re
from pathlib import Path

import pytest

from lms.curriculum.drafts.source import Source, read
from lms.curriculum.reviewing.examples import Recomputed, recompute
from lms.curriculum.reviewing.matter import Lesson, Matter, matter_of
from lms.curriculum.reviewing.review import review_sources

BUNDLED = Path(__file__).parents[3] / "modules"
# An equals sign with a calculation before it on its line, and the first digit of the result.
_RESULT = re.compile(
    r"\d[^=\n|]{0,40}(?:×|÷|\+ |− |\\times|\\frac|/\d)[^=\n|]{0,40}= ?(?P<digit>\d)"
)
MODULES = sorted(file.parent for file in BUNDLED.glob("*/*/module.toml"))


@pytest.fixture(scope="module")
def whole():
    return review_sources([Source("bundled", BUNDLED)])


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name[:6])
def test_module_has_no_open_finding(whole, module):
    place = f"bundled/{module.relative_to(BUNDLED).as_posix()}"
    assert [finding.text() for finding in whole.under(place).open] == []


def test_nothing_beside_the_modules_is_open(whole):
    homes = tuple(f"bundled/{module.relative_to(BUNDLED).as_posix()}/" for module in MODULES)
    beside = [one for one in whole.open if not one.problem.file.startswith(homes)]
    assert [finding.text() for finding in beside] == []


def test_nearly_every_printed_calculation_is_recomputed(whole):
    assert len(whole.recomputed.unread) <= whole.recomputed.count / 50


def test_a_changed_digit_in_nearly_any_printed_result_is_found():
    """Change the first digit of each result in the lessons, one at a time."""
    changed, unseen = 0, []
    for folder in read(Source("bundled", BUNDLED)).modules:
        for lesson in matter_of(folder).lessons:
            for found in _RESULT.finditer(lesson.text):
                at = found.start("digit")
                digit = str(int(lesson.text[at]) % 9 + 1)
                text = lesson.text[:at] + digit + lesson.text[at + 1 :]
                spoilt = Matter(folder, {}, [Lesson(lesson.code, lesson.file, text)])
                changed += 1
                if not list(recompute(spoilt, Recomputed())):
                    unseen.append(found[0])
    assert changed > 100
    assert len(unseen) <= changed / 20, unseen
