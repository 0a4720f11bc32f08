"""What owners of content begin in the world: a regrade, a panel of judges; signed by no second."""

from lms.curriculum import queries as curriculum
from lms.people.actions import Checked
from lms.people.queries import actor_of_person
from lms.psychometrics.standards import actions as standards
from lms.regrade import actions as regrade
from lms.regrade import queries as regrading
from tests.factories import proof_of


def proposed_run(version_id: str, owner: str) -> str:
    """Propose to drop a question; return the run's id."""
    by = actor_of_person(owner)
    used = regrading.used_questions(version_id)
    return regrade.propose_run(
        version=curriculum.version_by_id(version_id),
        questions=[used[0].question.id],
        policy="drop",
        reason="It asks what no lesson says.",
        checked=Checked("", "", by.id, proof_of(by), 0),
        by=by,
    ).id


def open_panel(version_id: str, owner: str) -> str:
    """Open a panel of judges; return its id."""
    by = actor_of_person(owner)
    return standards.open_panel(
        version=curriculum.version_by_id(version_id),
        purpose="Whom a site may let work alone.",
        checked=Checked("", "", by.id, proof_of(by), 0),
        by=by,
    ).id
