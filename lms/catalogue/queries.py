"""Read the catalogue: the modules in service, the plan of the curriculum, glossary, levels held."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from lms.actor import Actor
from lms.catalogue.path import Holds
from lms.catalogue.rules import EVERYBODY, Gives, Module, Part, Plan, Role, is_for
from lms.competency.queries import levels_of
from lms.curriculum import queries as curriculum
from lms.curriculum.models import ModuleVersion
from lms.curriculum.needs import alternatives
from lms.curriculum.register import definitions, newest_definition
from lms.curriculum.text.words import anchor
from lms.errors import NotFound


def modules(on: date) -> dict[str, Module]:
    """Return the modules in service by their codes: one query."""
    return {
        one.version.code: module_of(one.version, practice=one.practice)
        for one in curriculum.catalogue(on)
    }


def module_of(version: ModuleVersion, *, practice: bool) -> Module:
    """Return a version as the catalogue has it."""
    manifest = version.manifest
    return Module(
        code=version.code,
        title=version.title,
        summary=manifest["summary"],
        language=manifest["language"],
        level=manifest["level"],
        hours=sum(manifest["hours"].values()),
        workplace=manifest["hours"]["workplace"] > 0,
        needs=tuple(manifest["needs"]),
        roles=frozenset(manifest["roles"]),
        gives=tuple(Gives(c["id"], c["most"], c["from_paper"]) for c in manifest["competency"]),
        lessons=tuple(manifest["lessons"]),
        outcomes=tuple(outcome["text"] for outcome in manifest["outcome"]),
        practice=practice,
    )


def plan() -> Plan:
    """Return tracks, products, planned modules and roles of all sources together: two queries."""
    tables = [table.content for table in definitions("tracks")]
    return Plan(
        tracks=tuple(_part(one, "codes") for table in tables for one in table["track"]),
        products=tuple(_part(one, "modules") for table in tables for one in table["product"]),
        planned={one["id"]: one["title"] for table in tables for one in table["planned"]},
        roles={role.id: role for role in _roles()},
    )


def _part(table: Mapping[str, Any], codes: str) -> Part:
    return Part(table["id"], table["title"], tuple(table[codes]))


def _roles() -> list[Role]:
    return [
        Role(
            id=role["id"],
            title=role["title"],
            base=role["base"],
            levels=table.content["base"][role["base"]]["levels"] | role["levels"],
            modules=tuple(role["modules"]),
            electives=tuple(
                (one["choose"], tuple(one["modules"])) for one in role.get("elective", ())
            ),
        )
        for table in definitions("roles")
        for role in table.content["role"]
    ]


@dataclass(frozen=True)
class Framework:
    """Competencies by id and levels by number, as the framework words them."""

    competencies: Mapping[str, Mapping[str, Any]]
    levels: Mapping[int, Mapping[str, Any]]

    def title(self, id: str) -> str:
        """Return the title of a competency, "" where there is none."""
        return str(self.competencies.get(id, {}).get("title", ""))

    def competency(self, id: str) -> Mapping[str, Any]:
        """Return a competency. Raises NotFound."""
        if id not in self.competencies:
            raise NotFound()
        return self.competencies[id]


def framework() -> Framework:
    """Return the framework of all sources together: one query."""
    tables = [table.content for table in definitions("framework")]
    return Framework(
        {one["id"]: one for table in tables for one in table["competency"]},
        {one["number"]: one for table in tables for one in table["level"]},
    )


def levels_held(by: Actor, on: date) -> dict[str, Holds]:
    """Return the levels that a person holds on a day, in earnest before for practice: two queries.

    Practice counts where it says more: a path shows what is learnt, a certificate what is proved.
    """
    found: dict[str, Holds] = {}
    for practice in (False, True):
        for name, row in levels_of(by.id, practice=practice).items():
            ended = row.expires_on is not None and row.expires_on < on
            if row.level and not ended and row.level > (found[name].level if name in found else 0):
                found[name] = Holds(row.level, row.expires_on, practice)
    return found


@dataclass(frozen=True)
class Needed:
    """A module, or one lesson of it, that comes before another."""

    module: str
    lesson: int
    title: str
    written: bool


def about(version: ModuleVersion, on: date) -> dict[str, Any]:
    """Return whom a version is for, what it proves and what it needs, by name: four queries."""
    module, known, laid = module_of(version, practice=False), modules(on), plan()
    elective = set(version.manifest.get("elective_roles", ()))

    def needed(need: str) -> list[Needed]:
        return [
            Needed(
                one.module,
                one.lesson,
                known[one.module].title if one.module in known else laid.title(one.module),
                one.module in known,
            )
            for one in alternatives(need)
        ]

    return {
        "module": module,
        "framework": framework(),
        "everybody": EVERYBODY in module.roles,
        "roles": [role for id, role in laid.roles.items() if is_for(module, id, laid)],
        "electives": [role for id, role in laid.roles.items() if id in elective],
        "needs": [needed(need) for need in module.needs],
        "technical_level": version.manifest.get("technical_level"),
    }


@dataclass(frozen=True)
class Term:
    """A word of the glossary, with the lessons that explain it: (module, lesson), first first."""

    term: str
    abbreviation: str
    meaning: str
    language: str
    explained: tuple[tuple[str, str], ...]

    @property
    def anchor(self) -> str:
        """Return its place on the glossary's page."""
        return anchor(self.term)


def glossary(served: Mapping[str, Module]) -> list[Term]:
    """Return the words that lessons in service explain, each once for one meaning: one query."""
    found: dict[tuple[str, str], Term] = {}
    for table in definitions("glossary"):
        lessons = served[table.code].lessons if table.code in served else ()
        for one in table.content["term"]:
            if one["lesson"] not in lessons:
                continue
            key = (one["term"].casefold(), one["meaning"])
            earlier = found[key].explained if key in found else ()
            language = table.content["language"]
            explained = (*earlier, (table.code, one["lesson"]))
            found[key] = Term(one["term"], one["abbreviation"], one["meaning"], language, explained)
    return list(found.values())


def terms_of(code: str, lesson: str) -> list[str]:
    """Return the words that one lesson explains, in its order: one query."""
    table = newest_definition("glossary", code)
    terms = table.content["term"] if table else ()
    return [one["term"] for one in terms if one["lesson"] == lesson]
