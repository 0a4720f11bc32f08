"""How assessment comes in: its pages, its kinds of question, its cards, its closing of attempts."""

from collections.abc import Iterable

import click
from flask import Blueprint

from lms.actor import Actor
from lms.assessment.cards import attempt_panel, home_cards, module_standings
from lms.assessment.commands import scores
from lms.assessment.kinds.cloze import Cloze
from lms.assessment.kinds.essay import Essay
from lms.assessment.kinds.file import File
from lms.assessment.kinds.hotspot import Hotspot
from lms.assessment.kinds.matching import Matching
from lms.assessment.kinds.multiple import Multiple
from lms.assessment.kinds.numeric import Numeric
from lms.assessment.kinds.ordering import Ordering
from lms.assessment.kinds.short import Short
from lms.assessment.kinds.single import Single
from lms.assessment.kinds.worksheet import Worksheet
from lms.assessment.routes import blueprint
from lms.assessment.scanning.cards import scan_cards
from lms.assessment.scanning.queries import state_of
from lms.assessment.scanning.work import SCAN
from lms.assessment.work import CLOSE
from lms.curriculum.evidence import EvidenceKind
from lms.curriculum.kind import QuestionKind
from lms.curriculum.models import ModuleVersion
from lms.hookspecs import impl
from lms.jobs.rules import Work
from lms.store import scanner
from lms.web.navigation import Card, Standing

_scanning = Blueprint("scanning", __name__)  # what templates ask of files; it has no page
_scanning.add_app_template_global(state_of, "scan_state")
_scanning.add_app_template_global(scanner.is_set, "scanner_set")


@impl
def blueprints() -> Iterable[Blueprint]:
    """Give the attempts' pages."""
    return [blueprint, _scanning]


@impl
def question_kinds() -> Iterable[QuestionKind]:
    """Give what is chosen, ordered, pointed at, calculated, and written in words."""
    return [
        *(Single(), Multiple(), Matching(), Ordering(), Hotspot()),
        *(Numeric(), Worksheet(), Short(), Cloze(), Essay(), File()),
    ]


@impl
def evidence_kinds() -> Iterable[EvidenceKind]:
    """Give knowledge papers and the cases in them."""
    return [EvidenceKind("KT"), EvidenceKind("CS")]


@impl
def home(user: Actor) -> Iterable[Card]:
    """Give what waits: an open attempt, a result to come, results that are out."""
    return [*scan_cards(user), *home_cards(user)]


@impl
def standings(learner: Actor) -> Iterable[Standing]:
    """Give what is being answered, what waits for a result and what came out."""
    return module_standings(learner)


@impl
def module_panels(learner: Actor, module: ModuleVersion) -> Iterable[Card]:
    """Give the assessment's panel of a module page."""
    return attempt_panel(learner, module)


@impl
def commands() -> Iterable[click.Command]:
    """Give `scores …`."""
    return [scores]


@impl
def background_work() -> Iterable[Work]:
    """Give the closing of attempts whose time is over."""
    return [CLOSE, SCAN]
