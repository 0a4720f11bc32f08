"""The dry run: what a policy would change for each attempt, and what would follow from that."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from lms import clock
from lms.assessment import paper
from lms.assessment.models import Attempt, AttemptItem, Response, Result
from lms.assessment.queries import effective, items_of, kinds, scores_of
from lms.assessment.results import result_of, results_of, voided
from lms.assessment.rules import rubric_share
from lms.assessment.scoring import BY_DECISION, earned
from lms.competency.consequences import Change, Consequence
from lms.competency.queries import evidence_from, level_of, levels_of
from lms.curriculum.kind import LeftToPerson, QuestionKind
from lms.curriculum.kind import Score as Earned
from lms.curriculum.models import ModuleVersion, Question, QuestionKey
from lms.curriculum.queries import questions_of, version_by_id
from lms.errors import N_
from lms.plugins import plugins
from lms.regrade.queries import attempts_with
from lms.regrade.rules import BY_KEY, Policy, flip, planned

Pair = tuple[Question, QuestionKey]
NOTHING = Earned(Fraction(0))  # where no key is asked


@dataclass(frozen=True)
class ItemChange:
    """One answer of a plan: what it earns now and then ("2/3"; None: dropped), and why.

    `score` is what is appended when the plan is carried out, as the `number`-th of its item.
    `waits`: nobody has marked it yet, and nobody needs to any more.
    """

    item: AttemptItem
    pair: Pair
    response: Response | None
    number: int
    old: Fraction | None
    new: Fraction | None
    cause: str
    score: Earned
    waits: bool = False

    def plain(self) -> dict[str, Any]:
        """Return it as it is stored with the run."""
        told: dict[str, Any] = {"item": self.item.id, "question": self.pair[0].code}
        told |= {"old": _told(self.old), "new": _told(self.new)}
        return told | ({"waits": True} if self.waits else {})


@dataclass(frozen=True)
class AttemptChange:
    """One attempt of a plan: its answers that change, and the result before and after.

    `before` is None where no result is out yet: the changed scores then simply count.
    """

    attempt: Attempt
    items: tuple[ItemChange, ...]
    before: Result | None
    after: dict[str, Any] | None

    @property
    def flip(self) -> str:
        """Return whether the result goes "up" or "down", "" where it stays or is not out."""
        if self.before is None or self.after is None:
            return ""
        return flip(self.before.passed, self.after["passed"])

    def plain(self) -> dict[str, Any]:
        """Return it as it is stored with the run."""
        return {
            "attempt": self.attempt.id,
            "person": self.attempt.person_id,
            "practice": self.attempt.practice,
            "items": [one.plain() for one in self.items],
            "old": _summary(self.before.outcome) if self.before else None,
            "new": _summary(self.after) if self.after else None,
            "flip": self.flip,
        }


def _told(fraction: Fraction | None) -> str | None:
    return None if fraction is None else str(fraction)


def _summary(outcome: Mapping[str, Any]) -> dict[str, Any]:
    return {name: outcome[name] for name in ("passed", "knowledge", "critical_failed")}


def plan(
    version: ModuleVersion, question_ids: Iterable[str], policy: Policy
) -> tuple[list[AttemptChange], dict[str, Pair]]:
    """Return what scoring some questions anew would change, and the keys that it went by."""
    wanted = set(question_ids)
    pairs = {q.id: (q, key) for q, key in questions_of(version.id) if q.id in wanted}
    known = kinds()
    changes = [_of_attempt(one, pairs, policy, known) for one in attempts_with(list(pairs))]
    return [change for change in changes if change.items], pairs


def _of_attempt(
    attempt: Attempt,
    pairs: Mapping[str, Pair],
    policy: Policy,
    kinds: Mapping[str, QuestionKind],
) -> AttemptChange:
    scores, given, before = scores_of(attempt.id), effective(attempt.id), result_of(attempt.id)
    void = before is not None and voided(before)
    items = []
    for item in items_of(attempt.id):
        if item.question_id not in pairs or (void and item.id not in scores):
            continue
        pair, response, stands = pairs[item.question_id], given.get(item.id), scores.get(item.id)
        score = NOTHING
        if policy in BY_KEY:
            if stands is None:
                continue  # a person marked it, or will: no key says what it earns
            try:
                score = earned(kinds[item.kind], *pair, item, response, attempt.locale)
            except LeftToPerson:
                continue  # no key takes points away without saying so: the score stands
        old = paper.standing_fraction(stands) if stands else _marked(item, before)
        number, waits = (stands.number + 1 if stands else 1), stands is None and old is None
        if (new := planned(policy, Fraction(0) if waits else old, score.fraction)) is not None:
            score = BY_DECISION.get(new[1], score)
            items.append(ItemChange(item, pair, response, number, old, *new, score, waits))
    after = _after(attempt, items, before) if before and items and not void else None
    return AttemptChange(attempt, tuple(items), before, after)


def _marked(item: AttemptItem, before: Result | None) -> Fraction | None:
    """Return what an answer that people mark earned in the result that is out; None: none is."""
    outcome = before.outcome if before else {}
    if item.id in outcome.get("by_hand", {}):
        return Fraction(outcome["by_hand"][item.id])
    levels = outcome.get("marks", {}).get(item.id)
    return rubric_share(levels) if levels else None


def _after(attempt: Attempt, items: Sequence[ItemChange], before: Result) -> dict[str, Any]:
    """Return what the attempt comes to, the marks that people gave as they were released."""
    marks = before.outcome["marks"]
    news = {one.item.id: one.new for one in items}
    # The attempt may be an exam's, which a question of this module was put in as well.
    version = version_by_id(attempt.module_version_id)
    outcome = paper.outcome_of(attempt, version, marks, news)
    return outcome | {"marks": marks, "comments": before.outcome["comments"]}


def consequences(changes: Sequence[AttemptChange]) -> list[Consequence]:
    """Return what would follow from the results that are lost: levels, and what plugins name."""
    withdrawn = [
        Change(
            change.attempt.person_id,
            frozenset(
                evidence.id
                for result in results_of(change.attempt.id)
                for evidence in evidence_from(result)
            ),
        )
        for change in changes
        if change.flip == "down"
    ]
    return [*_levels(withdrawn), *plugins().collect("consequences", changes=withdrawn)]


def _levels(changes: Sequence[Change]) -> list[Consequence]:
    """Return each level that a person would hold lower than now, in earnest."""
    found = []
    for change in changes:
        for competency, held in levels_of(change.person_id, practice=False).items():
            after = level_of(
                change.person_id,
                competency,
                clock.today(),
                practice=False,
                without=change.withdrawn,
            )
            if after.level < held.level:
                message = N_("Level %(old)s of %(competency)s becomes level %(new)s.")
                levels = {"old": str(held.level), "new": str(after.level)}
                said = levels | {"competency": competency}
                found.append(Consequence(change.person_id, message, said))
    return found
