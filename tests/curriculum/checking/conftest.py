"""The 51 modules as the curriculum map prints their headings, and the bundled shared files."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from lms.curriculum.drafts.draft import Draft, Shared
from lms.curriculum.drafts.programme import ProgrammeFile
from lms.curriculum.drafts.role import RolesFile
from lms.curriculum.drafts.schema import CompetenciesFile
from lms.curriculum.drafts.source import Folder
from tests.curriculum.checking.curriculum_map import MODULES, module_of

FOLDER = Path(__file__).parents[3] / "modules"


@pytest.fixture(scope="module")
def drafts() -> list[Draft]:
    """All 51 modules as the map prints their headings."""
    return [Draft(Folder("map", code, {}), module_of(code), {}) for code in MODULES]


def _read(path: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / path).read_text(encoding="utf-8"))


@pytest.fixture
def shared() -> Shared:
    """The bundled framework, roles and programmes."""
    shared = Shared()
    table = _read("framework/competencies.toml")
    shared.competencies["competencies"] = CompetenciesFile.model_validate(table)
    shared.roles["roles"] = RolesFile.model_validate(_read("framework/roles.toml"))
    for path in sorted(FOLDER.glob("programmes/*.toml")):
        table = _read(f"programmes/{path.name}")
        shared.programmes[table["id"]] = ProgrammeFile.model_validate(table)
    return shared
