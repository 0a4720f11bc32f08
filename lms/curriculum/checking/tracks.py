"""Checks tracks and products against the modules: each module stands in one track, its folder."""

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from lms.curriculum.checking.problem import Problem
from lms.curriculum.drafts.draft import Draft, Shared
from lms.errors import N_


def check_tracks(drafts: Sequence[Draft], shared: Shared) -> Iterator[Problem]:
    """Yield what tracks say twice, and modules that lie in another track's folder."""
    homes: dict[str, str] = {}
    for file, table in shared.tracks.items():
        for index, track in enumerate(table.track):
            for code in track.codes:
                if code in homes:
                    message = N_("“%(name)s” belongs to the track “%(track)s” already")
                    params = {"name": code, "track": homes[code]}
                    key = f"track[{index}].codes"
                    yield Problem(file, key, message, N_("take one out"), params)
                homes.setdefault(code, track.id)
        known = {draft.module.id for draft in drafts} | {one.id for one in table.planned}
        for index, product in enumerate(table.product):
            for code in sorted(set(product.modules) - known):
                message = N_("there is no module “%(name)s”")
                mend = N_("add it to the planned modules, or take the name out")
                key = f"product[{index}].modules"
                yield Problem(file, key, message, mend, {"name": code})
    for draft in drafts:
        yield from _check_home(draft, homes)


def _check_home(draft: Draft, homes: dict[str, str]) -> Iterator[Problem]:
    """Check that a module of a track lies in the track's folder; others may lie anywhere."""
    track = homes.get(draft.module.id.rstrip("0123456789"))
    lies_in = PurePosixPath(draft.folder.path).parent.name
    if track and lies_in and lies_in != track:
        message = N_("a module of the track “%(track)s” lies in the folder “%(folder)s”")
        mend = N_("move it, or give it an id of its track")
        params = {"track": track, "folder": lies_in}
        yield Problem(draft.folder.place("module.toml"), "id", message, mend, params)
