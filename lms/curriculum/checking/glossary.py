"""Checks the words that modules explain: each stands in its lesson, and means one thing. What a
glossary looks like on a page is not here."""

import re
from collections.abc import Iterator, Mapping, Sequence

from lms.curriculum.checking.problem import Problem, unknown
from lms.curriculum.checking.tables import load_model
from lms.curriculum.drafts.draft import Draft
from lms.curriculum.drafts.source import Folder
from lms.curriculum.drafts.wayfinding import GlossaryFile, Term
from lms.curriculum.text.words import holds, terms
from lms.errors import N_

FILE = "glossary.toml"
# “pool (chromatography)” and “pool (supply)” are two terms; what stands in the text is “pool”.
_APART = re.compile(r"\s*\([^()]*\)$")


def read_glossary(folder: Folder, texts: Mapping[str, str], problems: list[Problem]) -> list[Term]:
    """Return the terms of a module's glossary, and append their problems; [] where it has none."""
    data = folder.files.get(FILE)
    if data is None:
        return []
    file = folder.place(FILE)
    glossary = load_model(file, data, GlossaryFile, problems)
    if glossary is None:
        return []
    read = {code: terms(text) for code, text in texts.items()}
    problems.extend(_check_terms(file, glossary.term, read))
    return glossary.term


def _check_terms(
    file: str, glossary: Sequence[Term], read: Mapping[str, list[str]]
) -> Iterator[Problem]:
    seen: set[tuple[str, ...]] = set()
    for index, one in enumerate(glossary):
        key = f"term[{index}]"
        name = _name(one)
        if name in seen:
            message = N_("“%(name)s” stands here twice")
            yield Problem(file, f"{key}.term", message, N_("take one out"), {"name": one.term})
        seen.add(name)
        if one.lesson not in read:
            what = N_("there is no file lessons/%(name)s.md")
            yield unknown(file, f"{key}.lesson", what, one.lesson, read)
            continue
        for field in ("term", "abbreviation"):
            said = _APART.sub("", getattr(one, field))
            if said and not holds(read[one.lesson], terms(said)):
                message = N_("the lesson %(lesson)s does not say “%(name)s”")
                mend = N_("name the lesson that explains it, in the words of that lesson")
                params = {"lesson": one.lesson, "name": said}
                yield Problem(file, f"{key}.{field}", message, mend, params)


def check_glossaries(drafts: Sequence[Draft]) -> Iterator[Problem]:
    """Yield the terms that a later module explains otherwise than an earlier one."""
    first: dict[tuple[str, ...], tuple[str, Term]] = {}
    for draft in drafts:
        file = draft.folder.place(FILE)
        for index, one in enumerate(draft.glossary):
            other, known = first.setdefault(_name(one), (file, one))
            if other != file and terms(known.meaning) != terms(one.meaning):
                message = N_("“%(name)s” is explained otherwise in %(other)s: “%(meaning)s”")
                mend = N_(
                    "write the same words, leave it out here, or set it apart: “%(name)s (filling)”"
                )
                params = {"name": one.term, "other": other, "meaning": known.meaning}
                yield Problem(file, f"term[{index}].meaning", message, mend, params)


def _name(term: Term) -> tuple[str, ...]:
    return tuple(terms(term.term))
