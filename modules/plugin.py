"""The bundled curriculum comes in like any other: this folder is named, nothing more."""

from collections.abc import Iterable
from pathlib import Path

from lms.api.plug import impl


@impl
def curriculum_sources() -> Iterable[tuple[str, Path]]:
    """Name this folder."""
    return [("bundled", Path(__file__).parent)]
