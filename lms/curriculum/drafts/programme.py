"""The shape of programmes/<slug>.toml: every clause of a programme's rules, typed."""

from typing import Annotated, Literal

from pydantic import Field

from lms.curriculum.drafts.role import Choice, Elective, Months, RoleCode
from lms.curriculum.drafts.schema import (
    CompetencyCode,
    LevelNumber,
    ModuleRef,
    Share,
    Strict,
    Text,
    Title,
    Version,
    written,
)
from lms.curriculum.evidence import Code

Programme = Annotated[str, written("FIRST-STEPS", r"[A-Z][A-Z0-9-]{1,30}")]
Amount = Annotated[str, written("0.5", r"[0-9]+(\.[0-9]+)?")]
Count = Annotated[int, Field(ge=1, le=1000)]


class Requirement(Strict):
    """A competency level that a programme demands."""

    competency: CompetencyCode
    level: LevelNumber


class BuildsOn(Strict):
    """The programme that this one goes beyond; `whole`: all of its modules and kinds stand here."""

    programme: Programme
    whole: bool


class Bound(Strict):
    """What is measured, and between what it passes; both ends count."""

    measure: Text
    least: Amount | None = None
    most: Amount | None = None
    unit: str = ""


class Evidence(Strict):
    """One clause of what has to be shown, by its kind."""

    kind: Code
    text: Text
    # The modules whose own papers and practicals give it; none: the programme asks for it beside.
    modules: list[ModuleRef] = []
    # How often at least, out of how many, one after the other, how soon, every how many months.
    count: Count | None = None
    of: Count | None = None
    consecutive: bool = False
    within_days: Count | None = None
    every_months: Months | None = None
    # Who signs.
    assessors: Annotated[int, Field(ge=1, le=2)] = 1
    # Asked only of those who go on to level 3 (phase D).
    level_3: bool = False
    # Of a workplace log: `count` entries for each of these competencies, so many hours in all.
    tasks: list[CompetencyCode] = []
    hours: Count | None = None
    passes: list[Bound] = []


class Domain(Strict):
    """A part of the exam with a cut of its own; `elective`: the chosen modules belong to it."""

    title: Title
    modules: list[ModuleRef] = []
    elective: bool = False


class Exam(Strict):
    """The blueprint of the programme's exam; each domain gets items by the hours of its modules."""

    items: Annotated[int, Field(ge=10, le=300)]
    overall: Share
    each_domain: Share
    critical_all_right: bool
    domain: Annotated[list[Domain], Field(min_length=1)]


class Defence(Strict):
    """An oral or observed defence."""

    form: Literal["oral", "observed", "oral-or-observed"]
    assessors: Annotated[int, Field(ge=1, le=4)]


class Renewal(Strict):
    """How a certificate is followed by a new one: inside the window, after it, long after it."""

    window_days: Annotated[int, Field(ge=0, le=365)]
    window_days_critical: Annotated[int, Field(ge=0, le=365)]
    quiz: bool
    practicals: list[Literal["critical", "yearly"]]
    after_window: Literal["module-practical", "all-practicals"]
    lapse_months: Months
    after_lapse: Literal["module-practical", "all-practicals"]


class Suspension(Strict):
    """What suspends the certificate."""

    on: Literal["idle", "gowning-failed", "aps-failed", "too-few-sessions"]
    # Below how many, in how many months.
    least: Count | None = None
    months: Months | None = None
    # Only where the task of one of these was not performed.
    competencies: list[CompetencyCode] = []


class PriorLearning(Strict):
    """What earlier learning may stand for: a share of the theory hours, by a challenge exam."""

    theory: Share
    practicals: bool


class ProgrammeFile(Strict):
    """programmes/<slug>.toml"""

    id: Programme
    title: Title
    version: Version
    summary: Text
    modules: Annotated[list[ModuleRef], Field(min_length=1)]
    validity_months: Months
    approval: Literal["rule", "person"]
    requires: Annotated[list[Requirement], Field(min_length=1)]
    roles: list[Text] = []
    hours: Annotated[int, Field(ge=1, le=5000)] | None = None
    builds_on: BuildsOn | None = None
    # The role whose required levels of 3 this programme asks for.
    matches: RoleCode | None = None
    # The shortest and the longest requalification period of its own modules.
    requalify_months: Annotated[list[Months], Field(min_length=2, max_length=2)] | None = None
    elective: list[Elective] = []
    choice: list[Choice] = []
    evidence: list[Evidence] = []
    exam: Exam | None = None
    defence: Defence | None = None
    renewal: Renewal | None = None
    suspension: list[Suspension] = []
    prior_learning: PriorLearning | None = None
