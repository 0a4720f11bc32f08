"""The shape of framework/roles.toml: what a job asks for, and the modules that lead there."""

from typing import Annotated, Literal

from pydantic import Field

from lms.curriculum.drafts.schema import (
    CompetencyCode,
    LevelNumber,
    ModuleRef,
    Strict,
    Title,
    written,
)

RoleCode = Annotated[str, written("UPO", r"[A-Z]{2,5}")]
Levels = dict[CompetencyCode, Annotated[int, Field(ge=0, le=4)]]
Months = Annotated[int, Field(ge=1, le=120)]


class Elective(Strict):
    """So many modules of these, as the learner chooses; each brings its own needs and hours."""

    choose: Annotated[int, Field(ge=1, le=8)]
    modules: Annotated[list[ModuleRef], Field(min_length=2)]


class Choice(Strict):
    """So many competencies of these at a level, whichever they are."""

    choose: Annotated[int, Field(ge=1, le=8)]
    level: LevelNumber
    competencies: Annotated[list[CompetencyCode], Field(min_length=2)]
    # Held by who comes: the modules need not lead there.
    brought: bool = False
    # The level that is asked for later, and within how many months.
    later_level: LevelNumber | None = None
    later_months: Months | None = None


class Base(Strict):
    """What every role of industry, or of a regulator, needs."""

    levels: Levels


class Bases(Strict):
    """The two bases."""

    industry: Base
    regulator: Base


class Role(Strict):
    """A job role: required levels over its base, and the modules that lead there."""

    id: RoleCode
    title: Title
    base: Literal["industry", "regulator"]
    levels: Levels
    modules: list[ModuleRef]
    elective: list[Elective] = []
    choice: list[Choice] = []


class RolesFile(Strict):
    """framework/roles.toml"""

    base: Bases
    role: Annotated[list[Role], Field(min_length=1)]
