"""The bundled curriculum has no finding that is open: each is mended or explained."""

from pathlib import Path

import pytest

from lms.curriculum.drafts.source import Source
from lms.curriculum.reviewing.review import review_sources

BUNDLED = Path(__file__).parents[3] / "modules"
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
