"""What the result of an exam says: how each domain went, and the modules to look at again. No
question by itself: the same questions are put to others."""

from dataclasses import dataclass

from lms.assessment.debrief import Graded
from lms.assessment.explanation import graded_items
from lms.assessment.models import Attempt, Result
from lms.assessment.queries import items_of
from lms.curriculum.exams import parts_of, questions_by_id
from lms.curriculum.models import ModuleVersion


@dataclass(frozen=True)
class Examined:
    """A module, or a lesson alone, in an exam: how many of its questions were fully right."""

    code: str
    title: str
    right: int
    of: int


@dataclass(frozen=True)
class Domain:
    """A domain of an exam: the share of its points (exact, "4/5"), and its modules."""

    title: str
    share: str
    modules: tuple[Examined, ...]


@dataclass(frozen=True)
class Profile:
    """An exam as a whole: its domains, and how many critical questions there were and failed."""

    domains: tuple[Domain, ...]
    critical: int
    critical_failed: int


def profile(attempt: Attempt, version: ModuleVersion, result: Result) -> Profile:
    """Return what an exam's result says by domain: four queries."""
    items, graded = items_of(attempt.id), graded_items(attempt, result)
    pairs = questions_by_id({item.question_id for item in items})
    by_version: dict[str, list[Graded]] = {}
    for item, one in zip(items, graded, strict=True):
        of = pairs[item.question_id][0].module_version_id
        by_version.setdefault(of, []).append(one)
    parts = parts_of(version)
    domains = []
    for domain in version.manifest["outcome"]:
        modules = tuple(
            _examined(part["code"], part["title"], by_version.get(id, []))
            for id, part in parts.items()
            if part["domain"] == domain["id"]
        )
        share = result.outcome["by_outcome"].get(domain["id"], "0")
        domains.append(Domain(domain["text"], share, modules))
    critical = [one for one in graded if one.critical]
    failed = sum(one.earned < 1 for one in critical)
    return Profile(tuple(domains), len(critical), failed)


def _examined(code: str, title: str, items: list[Graded]) -> Examined:
    return Examined(code, title, sum(one.earned == 1 for one in items), len(items))
