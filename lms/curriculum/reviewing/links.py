"""Findings about links that lead nowhere: figures, limits, headings, lessons, modules."""

import re
from collections.abc import Collection, Iterator

from lms.curriculum.needs import alternatives
from lms.curriculum.reviewing.finding import Finding
from lms.curriculum.reviewing.matter import Curriculum, Matter, Place
from lms.curriculum.reviewing.prose import HEADING, Block, blocks, plain_text

_MODULE = re.compile(r"\b([A-Z]{3})(\d{3})(?:-L(\d{1,2}))?\b")


def broken(matter: Matter, curriculum: Curriculum) -> Iterator[Finding]:
    """Find what texts and questions point to and what exists nowhere."""
    limits = curriculum.shared.limit_ids()
    for place, block, headings in _pointing(matter):
        for target in [*block.links, *block.figures]:
            if not _leads(matter, target, limits, headings):
                yield _finding(matter, place, target)
    codes = {lesson.code for lesson in matter.lessons}
    for item in matter.items:
        if item.table.get("lesson") not in codes:
            key = f"{item.place.key}.lesson"
            target = str(item.table.get("lesson", ""))
            yield _finding(matter, Place(item.place.file, key, item.id), target)


def _pointing(matter: Matter) -> Iterator[tuple[Place, Block, Collection[str]]]:
    """Yield each block that points anywhere, with the headings that it may point to."""
    for lesson in matter.lessons:
        headings = {_slug(block.text) for block in lesson.blocks if block.kind == HEADING}
        for block in lesson.blocks:
            yield Place(lesson.file, f"line {block.line}"), block, headings
    for place, text in matter.authored:
        for block in blocks(text):
            yield place, block, ()


def modules(matter: Matter, curriculum: Curriculum) -> Iterator[Finding]:
    """Find names of modules that exist neither here nor in the roles and programmes."""
    known = curriculum.known_modules()
    families = {name[:3] for name in known}
    needs = matter.manifest.get("needs")
    for index, need in enumerate(needs if isinstance(needs, list) else []):
        for one in alternatives(str(need)):
            if one.module not in known:
                yield _finding(matter, Place("module.toml", f"needs[{index}]"), one.code)
    for place, text in _texts(matter):
        for found in _MODULE.finditer(text):
            family, name = found[1], found[1] + found[2]
            # Letters and three digits are many things (a room, a lot) unless a track is so called.
            if family in families and name not in known:
                yield _finding(matter, place, name)


def _texts(matter: Matter) -> Iterator[tuple[Place, str]]:
    for lesson in matter.lessons:
        for block in lesson.blocks:
            yield Place(lesson.file, f"line {block.line}"), block.text
    for place, text in matter.authored:
        yield place, plain_text(text)


def _leads(matter: Matter, target: str, limits: Collection[str], headings: Collection[str]) -> bool:
    if target.startswith("ref:"):
        # A register that cannot be read is for the check to say, once.
        return not limits or target.removeprefix("ref:") in limits
    if target.startswith("#"):
        return target.removeprefix("#") in headings
    return target.startswith("https://") or target in matter.folder.files


def _slug(heading: str) -> str:
    return re.sub(r"\W+", "-", heading.casefold()).strip("-") or "part"


def _finding(matter: Matter, place: Place, target: str) -> Finding:
    what = "“%(target)s” leads nowhere"
    mend = "correct the name, or take it out"
    return matter.finding("broken-link", place, what, mend, {"target": target}, about=target)
