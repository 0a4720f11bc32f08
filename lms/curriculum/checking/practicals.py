"""Checks a module's observed practicals: steps, their order, what they may show. No sheet here."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from lms.curriculum.checking.problem import Problem, unknown
from lms.curriculum.checking.prose import Prose, check_prose
from lms.curriculum.checking.tables import load_model
from lms.curriculum.drafts.draft import Draft
from lms.curriculum.drafts.schema import PracticalFile
from lms.errors import N_


def read_practicals(prose: Prose, draft: Draft, problems: list[Problem]) -> list[PracticalFile]:
    """Return a module's practicals in the order of their files, and append their problems.

    Args:
        prose: the figures and limits that their texts may point to; its file is left out.
    """
    found: dict[str, PracticalFile] = {}
    for path, data in sorted(draft.folder.files.items()):
        if not (path.startswith("practicals/") and path.endswith(".toml")):
            continue
        file = draft.folder.place(path)
        practical = load_model(file, data, PracticalFile, problems)
        if practical is None:
            continue
        problems.extend(_check_name(file, path, practical, found))
        problems.extend(_check_texts(replace(prose, file=file), practical))
        problems.extend(_check_steps(file, practical))
        problems.extend(_check_shows(file, practical, draft))
        found.setdefault(practical.id, practical)
    return list(found.values())


def _check_name(
    file: str, path: str, practical: PracticalFile, found: Collection[str]
) -> Iterator[Problem]:
    if practical.id in found or practical.id != PurePosixPath(path).stem:
        message = N_("the id of a practical is the name of its file")
        params = {"name": PurePosixPath(path).stem}
        yield Problem(file, "id", message, N_("write “%(name)s”"), params)


def _check_texts(prose: Prose, practical: PracticalFile) -> Iterator[Problem]:
    for key in ("set_up", "safety"):
        yield from check_prose(replace(prose, text=getattr(practical, key), key=key))
    for index, step in enumerate(practical.step):
        for key in ("text", "guide"):
            text = getattr(step, key)
            yield from check_prose(replace(prose, text=text, key=f"step[{index}].{key}"))


def _check_steps(file: str, practical: PracticalFile) -> Iterator[Problem]:
    places: dict[str, int] = {}
    for index, step in enumerate(practical.step):
        if step.id in places:
            message = N_("“%(name)s” stands here twice")
            params = {"name": step.id}
            yield Problem(file, f"step[{index}].id", message, N_("choose another id"), params)
        places.setdefault(step.id, index)
    for index, step in enumerate(practical.step):
        for name in step.before:
            if name not in places:
                what = N_("there is no step “%(name)s”")
                yield unknown(file, f"step[{index}].before", what, name, places)
            elif places[name] <= index:
                message = N_("this is to come before “%(name)s”, and stands behind it")
                mend = N_("put the steps in the order in which they are done")
                yield Problem(file, f"step[{index}].before", message, mend, {"name": name})
    if not any(step.critical for step in practical.step):
        message = N_("no step is critical")
        mend = N_("mark those with critical = true that fail the practical by themselves")
        yield Problem(file, "step", message, mend, note=True)


def _check_shows(file: str, practical: PracticalFile, draft: Draft) -> Iterator[Problem]:
    outcomes = {outcome.id for outcome in draft.module.outcome}
    for index, name in enumerate(practical.outcomes):
        if name not in outcomes:
            what = N_("there is no outcome “%(name)s”")
            yield unknown(file, f"outcomes[{index}]", what, name, outcomes)
    most = {competency.id: competency.most for competency in draft.module.competency}
    for name, level in practical.competencies.items():
        if name not in most:
            what = N_("module.toml has no competency “%(name)s”")
            yield unknown(file, f"competencies.{name}", what, name, most)
        elif level > most[name]:
            message = N_("module.toml gives %(name)s at most level %(most)s")
            params = {"name": name, "most": str(most[name])}
            mend = N_("lower the level here, or raise it there")
            yield Problem(file, f"competencies.{name}", message, mend, params)


def check_levels(draft: Draft, practicals: Collection[PracticalFile]) -> Iterator[Problem]:
    """Yield each competency whose `most` neither the paper nor a practical gives.

    Level 2 is level 1 from the paper and an observed practical (curriculum map, section 1.1).
    """
    file = draft.folder.place("module.toml")
    for index, competency in enumerate(draft.module.competency):
        shown = [p.competencies.get(competency.id, 0) for p in practicals]
        best = max([competency.from_paper, *shown])
        params = {"name": competency.id, "most": str(competency.most), "best": str(best)}
        key = f"competency[{index}]"
        if best < competency.most:
            message = N_("%(name)s says level %(most)s; paper and practicals give %(best)s")
            yield Problem(file, f"{key}.most", message, N_("lower it, or add a practical"), params)
        elif competency.most > 1 and competency.from_paper < 1:
            message = N_("level 2 of %(name)s stands on level 1, which the paper does not give")
            mend = N_("test it in the paper and write from_paper = 1, or lower it")
            yield Problem(file, f"{key}.from_paper", message, mend, params)


def plain(practical: PracticalFile) -> Mapping[str, Any]:
    """Return a practical as it is stored and shown: its table, the steps under `steps`."""
    table = practical.model_dump()
    return {key: value for key, value in table.items() if key != "step"} | {"steps": table["step"]}
