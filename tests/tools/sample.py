"""A few modules of the bundled curriculum: enough for most claims, and quick to copy."""

import shutil
from collections.abc import Iterable
from pathlib import Path

from config import Config
from lms.api.plug import impl

BUNDLED = Path(__file__).parents[2] / "modules"
_SHARED = {"framework", "programmes", "references", "references.toml"}
# A paper of numbers, a practical, a need on another module, a case and an essay.
MODULES = ("fnd101-*", "fnd103-*", "fnd104-*")


class Sample:
    """Names a folder that holds these modules and what all modules share."""

    def __init__(self, folder: Path, modules: Iterable[str] = MODULES) -> None:
        """Copy the modules of these names into a folder that does not exist yet."""
        self.folder = folder
        for shared in BUNDLED.rglob("*.toml"):
            place = shared.relative_to(BUNDLED)
            if place.parts[0] in _SHARED:
                (folder / place).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(shared, folder / place)
        for pattern in modules:
            (module,) = BUNDLED.glob(f"*/{pattern}")
            shutil.copytree(module, folder / module.relative_to(BUNDLED))

    @property
    def plugins(self) -> list[object]:
        """Return the platform's plugins, this one in the place of the bundled curriculum."""
        return [self if name == "modules.plugin" else name for name in Config.plugins]

    @impl
    def curriculum_sources(self) -> Iterable[tuple[str, Path]]:
        """Name the folder as the bundled curriculum is named."""
        return [("bundled", self.folder)]
