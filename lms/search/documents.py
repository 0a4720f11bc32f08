"""What can be found: stored curriculum as documents, each with the weights of its words. Adds no
row; whether a document is there already is for the filling to say."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from lms.curriculum.models import Definition, Lesson, ModuleVersion
from lms.curriculum.text.words import anchor
from lms.search.rules import weigh
from lms.search.sections import sections


@dataclass(frozen=True)
class Made:
    """A document as it will be stored, and the weight of each of its words."""

    kind: str
    code: str
    language: str
    title: str
    text: str
    weights: Mapping[str, int]
    lesson: str = ""
    anchor: str = ""
    heading: str = ""

    @property
    def place(self) -> int:
        """Return a number that is its own on every database: it decides where scores are equal."""
        name = "\n".join((self.kind, self.code, self.lesson, self.anchor))
        return int.from_bytes(sha256(name.encode()).digest()[:7], "big")


def of_version(version: ModuleVersion, lessons: list[Lesson]) -> Iterator[Made]:
    """Yield a module and the parts of its lessons."""
    manifest = version.manifest
    code, title, language = version.code, version.title, manifest["language"]
    outcomes = " ".join(outcome["text"] for outcome in manifest["outcome"])
    text = f"{manifest['summary']} {outcomes}"
    weights = weigh(((code, 8), (title, 6), (manifest["summary"], 2), (outcomes, 2)))
    yield Made("module", code, language, title, text, weights)
    for lesson in lessons:
        for at, part in enumerate(sections(lesson.html)):
            fields = ((part.heading, 4), (lesson.title, 2 if at else 5), (part.text, 1))
            yield Made(
                kind="lesson",
                code=code,
                language=lesson.locale,
                title=lesson.title,
                text=part.text,
                weights=weigh((*fields, (title, 1), (code, 1))),
                lesson=lesson.code,
                anchor=part.anchor,
                heading=part.heading,
            )


def of_definition(definition: Definition) -> Iterator[Made]:
    """Yield what a glossary, a programme or the framework names."""
    content = definition.content
    if definition.kind == "glossary":
        for term in content["term"]:
            yield _term(definition.code, content["language"], term)
    elif definition.kind == "programme":
        fields = ((content["id"], 8), (content["title"], 6), (content["summary"], 2))
        text = content["summary"]
        yield Made("programme", content["id"], "en", content["title"], text, weigh(fields))
    elif definition.kind == "framework":
        for one in content["competency"]:
            text = f"{one['knows']}. {one['does']}."
            fields = ((one["id"], 8), (one["title"], 6), (text, 2))
            yield Made("competency", one["id"], "en", one["title"], text, weigh(fields))


def _term(code: str, language: str, term: Mapping[str, Any]) -> Made:
    short = term["abbreviation"]
    fields = ((term["term"], 8), (short, 8), (term["meaning"], 1))
    return Made(
        kind="term",
        code=code,
        language=language,
        title=f"{term['term']} ({short})" if short else term["term"],
        text=term["meaning"],
        weights=weigh(fields),
        lesson=term["lesson"],
        anchor=anchor(term["term"]),
    )
