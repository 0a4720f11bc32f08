"""The shape of the files by which people find their way: glossaries, tracks and products."""

from typing import Annotated

from pydantic import Field, StringConstraints

from lms.curriculum.drafts.schema import ModuleCode, Slug, Strict, Text, Title, written

Short = Annotated[str, StringConstraints(max_length=60, strip_whitespace=True)]
Meaning = Annotated[str, StringConstraints(min_length=1, max_length=400, strip_whitespace=True)]


class Term(Strict):
    """A word of the field as one lesson explains it."""

    term: Annotated[str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True)]
    abbreviation: Short = ""
    meaning: Meaning
    lesson: Slug


class GlossaryFile(Strict):
    """glossary.toml of a module"""

    term: Annotated[list[Term], Field(min_length=1)]


class Track(Strict):
    """A part of the curriculum: its folder is its id, its modules' ids begin with its letters."""

    id: Slug
    title: Title
    codes: Annotated[list[Annotated[str, written("FND", r"[A-Z]{2,5}")]], Field(min_length=1)]


class Product(Strict):
    """A product, or family of products, and the modules that are about it."""

    id: Slug
    title: Title
    modules: Annotated[list[ModuleCode], Field(min_length=1)]


class Planned(Strict):
    """A module that is still to be written: paths name it, and say so."""

    id: ModuleCode
    title: Text


class TracksFile(Strict):
    """framework/tracks.toml"""

    track: Annotated[list[Track], Field(min_length=1)]
    product: list[Product] = []
    planned: list[Planned] = []
