"""What the demonstration's owner and reviewers make of figures: two decisions, a panel begun.

Its people are few, so the pages show what few people allow: counts, and a panel that waits for the
five judges that a cut takes.
"""

from sqlalchemy import select

from lms.curriculum.queries import newest_version
from lms.db import db, transaction
from lms.demo.signing import checked, member
from lms.psychometrics import actions, figures, queries
from lms.psychometrics.models import QuestionReview
from lms.psychometrics.standards import actions as standards

MODULE = "FND103"
DECISIONS = (
    ("keep", "Too few have answered to say more; the text was read again and is clear."),
    ("revise", "Two learners asked what the second option means. Say it in plain words."),
)


def play_judgements() -> None:
    """Let the owner decide about two questions and open a panel in which two judge; once."""
    with transaction():
        version = newest_version(MODULE)
        if version is None or db.session.scalar(select(QuestionReview.id).limit(1)):
            return
        owner, reviewer = member("owner"), member("reviewer")
        of = figures.sample(version, owner, practice=False)
        asked = [place for place in range(len(of.pairs)) if of.rows(place)]
        exposures = queries.exposures(version)
        for place, (decision, reason) in zip(asked, DECISIONS, strict=False):
            question = of.pairs[place][0]
            seen = figures.question_figures(of, place, exposures.get(question.id), None)
            actions.review_question(
                question=question,
                decision=decision,
                reason=reason,
                figures=seen.plain(),
                read_number=0,
                checked=checked(owner),
                by=owner,
            )
        panel = standards.open_panel(
            version=version,
            purpose="Who may calculate a batch alone. Barely competent: finds a tenfold error.",
            checked=checked(owner),
            by=owner,
        )
        for judge, usual in ((owner, 70), (reviewer, 80)):
            ratings = {id: usual + at % 4 * 5 for at, id in enumerate(sorted(panel.questions))}
            standards.rate(panel_id=panel.id, ratings=ratings, checked=checked(judge), by=judge)
