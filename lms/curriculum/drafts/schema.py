"""The shape of curriculum files as strict models; no rule that needs a second file."""

import re
from decimal import Decimal, InvalidOperation
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

MODULE_CODE = r"[A-Z]{2,5}[0-9]{3}"


def _is_share(text: str) -> str:
    try:
        share = Decimal(text)
    except InvalidOperation:
        share = Decimal(-1)
    if not 0 <= share <= 1:
        raise PydanticCustomError("share", "no share")
    return text


def written(like: str, pattern: str) -> AfterValidator:
    """Return a check of a text's form; who misses it is told an example, never a pattern."""
    form = re.compile(pattern)

    def check(text: str) -> str:
        if not form.fullmatch(text):
            raise PydanticCustomError("form", "write it like {like}", {"like": like})
        return text

    return AfterValidator(check)


Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Title = Annotated[str, StringConstraints(min_length=1, max_length=160, strip_whitespace=True)]
Slug = Annotated[str, Field(max_length=80), written("10-hand-washing", r"[a-z0-9]+(-[a-z0-9]+)*")]
Name = Annotated[str, Field(max_length=60), written("EU1", r"[A-Za-z0-9][A-Za-z0-9.<>()/-]*")]
ModuleCode = Annotated[str, written("FND103", MODULE_CODE)]
# A whole module, or one of its lessons taken alone (UPS204-L1).
_ONE = rf"{MODULE_CODE}(-L[1-9][0-9]?)?"
ModuleRef = Annotated[str, written("FND103 or UPS204-L1", _ONE)]
# What comes before a module: a module, a lesson, or any one of several (UPS202 or UPS203).
Need = Annotated[str, written("FND103 or UPS204-L1", rf"{_ONE}( or {_ONE}){{0,15}}")]
CompetencyCode = Annotated[str, written("FND-02", r"[A-Z]{2,5}-[0-9]{2}")]
OutcomeCode = Annotated[str, written("LO1", r"LO[0-9]{1,2}")]
Version = Annotated[str, written("1.0.0", r"[0-9]+\.[0-9]+\.[0-9]+")]
Language = Annotated[str, written("en", r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")]
Share = Annotated[str, AfterValidator(_is_share)]
LevelNumber = Annotated[int, Field(ge=1, le=4)]
Day = Annotated[str, written("2026-11-30", r"([0-9]{4}-[0-9]{2}-[0-9]{2})?")]


class Strict(BaseModel):
    """A table of a curriculum file: an unknown key is refused, nothing is converted."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Hours(Strict):
    """Nominal learner hours by kind."""

    theory: int = Field(ge=0)
    simulator: int = Field(ge=0)
    practical: int = Field(ge=0)
    workplace: int = Field(ge=0)


class Outcome(Strict):
    """What a learner can do afterwards; every outcome is tested by at least one question."""

    id: OutcomeCode
    text: Text


class Contribution(Strict):
    """The most that the module gives to a competency, and what its paper alone gives."""

    id: CompetencyCode
    most: Annotated[int, Field(ge=1, le=2)]
    from_paper: Annotated[int, Field(ge=0, le=2)]


class Draw(Strict):
    """One line of the blueprint: so many questions of these outcomes and kinds, or by name; or so
    many of these cases, each whole."""

    count: Annotated[int, Field(ge=1, le=200)]
    outcomes: list[OutcomeCode] | None = None
    kinds: list[Text] | None = None
    questions: list[Slug] | None = None
    cases: list[Slug] | None = None


class Paper(Strict):
    """The blueprint of the module's assessment."""

    minutes: Annotated[int, Field(ge=5, le=480)]
    draw: Annotated[list[Draw], Field(min_length=1)]


class Pass(Strict):
    """When an attempt passes, and when the next may start."""

    knowledge: Share
    essay: Share = "0.60"
    attempts: Annotated[int, Field(ge=1, le=10)]
    wait_hours: Annotated[int, Field(ge=0, le=24 * 90)]


class ModuleFile(Strict):
    """module.toml"""

    id: ModuleCode
    title: Title
    version: Version
    level: Literal["foundation", "practitioner", "advanced"]
    language: Language
    summary: Text
    hours: Hours
    needs: list[Need]
    roles: list[Text]
    requalify_months: Annotated[int, Field(ge=0, le=120)]
    lessons: Annotated[list[Slug], Field(min_length=1)]
    references: list[Name]
    outcome: Annotated[list[Outcome], Field(min_length=1)]
    competency: Annotated[list[Contribution], Field(min_length=1)]
    paper: Paper
    passing: Annotated[Pass, Field(alias="pass")]
    # Those for whom it is one of several to choose from.
    elective_roles: list[Text] = []
    # The level at which learners hold a competency of their own trade before they begin.
    technical_level: LevelNumber | None = None
    # One of the two reviewers has to be a regulator.
    regulator_review: bool = False


class CaseFile(Strict):
    """cases/<name>.toml; its questions are read by their kinds."""

    id: Slug
    title: Title
    lesson: Slug
    stimulus: Text


class Step(Strict):
    """One behaviour that an observer can see; `critical` fails the practical, `stop` ends it."""

    id: Slug
    text: Text
    guide: str = ""
    critical: bool = False
    before: list[Slug] = []
    stop: bool = False


class PracticalFile(Strict):
    """practicals/<slug>.toml"""

    id: Slug
    title: Title
    minutes: Annotated[int, Field(ge=5, le=24 * 60)]
    outcomes: Annotated[list[OutcomeCode], Field(min_length=1)]
    # How many assessors sign, whoever they are.
    signatures: Annotated[int, Field(ge=1, le=2)] = 1
    # What the observer writes down besides.
    record: list[Literal["room", "equipment", "lot"]] = []
    set_up: Text
    materials: Annotated[list[Text], Field(min_length=1)]
    safety: Text
    # The share of the ordinary steps that were observed.
    cut: Share = "0.85"
    rating: Annotated[list[Text], Field(min_length=5, max_length=5)]
    competencies: Annotated[
        dict[CompetencyCode, Annotated[int, Field(ge=1, le=2)]], Field(min_length=1)
    ]
    step: Annotated[list[Step], Field(min_length=3, max_length=80)]


class Competency(Strict):
    """One competency of the framework."""

    id: CompetencyCode
    title: Title
    critical: bool = False
    knows: Text
    does: Text


class Level(Strict):
    """One proficiency level of the framework."""

    number: LevelNumber
    name: Title
    meaning: Text
    evidence: Text


class CompetenciesFile(Strict):
    """framework/competencies.toml"""

    competency: Annotated[list[Competency], Field(min_length=1)]
    level: list[Level] = []


class Reference(Strict):
    """A document of the register."""

    id: Name
    title: Title
    edition: Text
    note: str = ""


class Limit(Strict):
    """A value marked † : where it stands, and who checked it there."""

    id: Name
    reference: Name
    text: Text
    value: str
    unit: str
    clause: str
    checked_by: str
    checked_on: Day


class ReferencesFile(Strict):
    """references.toml"""

    reference: list[Reference] = []
    limit: list[Limit] = []
