"""Two regrades of the demonstration: one carried out that costs somebody the pass, one waiting."""

from collections.abc import Collection, Mapping
from fractions import Fraction

from sqlalchemy import select

from lms.assessment.models import Attempt
from lms.assessment.paper import standing_fractions
from lms.assessment.queries import items_of
from lms.curriculum.models import ModuleVersion, Question
from lms.db import db, transaction
from lms.demo.signing import checked, member
from lms.learning.queries import own_enrolment
from lms.regrade import actions
from lms.regrade.models import RegradeRun
from lms.regrade.rules import Policy

MODULE = "FND103"


def play_regrades() -> None:
    """Let the owner propose and a reviewer decide, once; certificates must be sealed by then."""
    with transaction():
        narrow = own_enrolment(MODULE, member("narrow"))
        if narrow is None or db.session.scalar(select(RegradeRun.id).limit(1)):
            return
        enrolment, version = narrow
        attempt = db.session.scalars(
            select(Attempt).where(Attempt.enrolment_id == enrolment.id)
        ).one()
        fractions = standing_fractions(attempt.id)
        right, blank = (_questions(attempt, fractions, earned=share) for share in (1, 0))
        dropped = right[: _enough(len(fractions), len(blank), version)]
        run = _propose(version, dropped, "drop", "They ask for figures that no lesson gives.")
        reviewer = member("reviewer")
        actions.decide_run(
            run_id=run.id, carry_out=True, note="", checked=checked(reviewer), by=reviewer
        )
        _propose(version, blank[:1], "full-marks", "Its answer can be read in two ways.")


def _enough(items: int, blank: int, version: ModuleVersion) -> int:
    """Return how many right answers must be dropped before the share falls below the cut."""
    cut = Fraction(version.manifest["pass"]["knowledge"])
    shares = (Fraction(items - blank - n, items - n) for n in range(items - blank))
    return next(n for n, share in enumerate(shares) if share < cut)


def _questions(
    attempt: Attempt, fractions: Mapping[str, Fraction | None], *, earned: int
) -> list[str]:
    """Return the questions, none of them critical, that earned just so much."""
    found = {
        item.question_id: item.id
        for item in items_of(attempt.id)
        if fractions.get(item.id) == earned
    }
    asked = db.session.scalars(select(Question).where(Question.id.in_(found)))
    return sorted(one.id for one in asked if not one.critical)


def _propose(
    version: ModuleVersion, questions: Collection[str], policy: Policy, reason: str
) -> RegradeRun:
    owner = member("owner")
    return actions.propose_run(
        version=version,
        questions=questions,
        policy=policy,
        reason=reason,
        checked=checked(owner),
        by=owner,
    )
