"""Read what decides whether programmes are open today."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from lms.curriculum.evidence import EXAM, EvidenceKind
from lms.curriculum.models import Definition
from lms.curriculum.queries import InService, catalogue
from lms.curriculum.register import definitions
from lms.plugins import plugins
from lms.programme.openness import Openness, Taught, openness


def recorded() -> dict[str, EvidenceKind]:
    """Return the kinds of evidence that can be recorded here, by code."""
    return {kind.code: kind for kind in plugins().collect("evidence_kinds")}


def beyond_levels(content: Mapping[str, Any]) -> list[EvidenceKind]:
    """Return the kinds that a programme asks for and that no level says."""
    asked = {one["kind"] for one in content.get("evidence", ())}
    asked |= {EXAM} if content.get("exam") else set()
    return [kind for code, kind in recorded().items() if kind.met and code in asked]


def has_shown(person_id: str, content: Mapping[str, Any], kinds: Iterable[EvidenceKind]) -> bool:
    """Tell whether a person has shown all that a programme asks for of these kinds."""
    return all(kind.met(person_id, content) for kind in kinds if kind.met)


def taught(modules: list[InService]) -> dict[str, Taught]:
    """Return modules in service as the rule sees them."""
    return {
        one.version.code: Taught(not one.practice, one.version.manifest["lessons"])
        for one in modules
    }


def openness_of(definition: Definition, on: date) -> Openness:
    """Return whether a stored programme is open on a day: one query."""
    return openness(definition.content, taught(catalogue(on)), recorded())


def all_with_openness(on: date) -> list[tuple[Definition, Openness]]:
    """Return the newest of every programme and whether it is open: two queries."""
    modules, kinds = taught(catalogue(on)), recorded()
    return [(one, openness(one.content, modules, kinds)) for one in definitions("programme")]
