"""Claims about what is installed: pinned, hashed, from no named place, not below a safe version."""

import re
from importlib.metadata import version
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "requirements"
COMPILED = sorted(FOLDER.glob("*.txt"))
# Below these there are known holes; each floor names its reason.
FLOORS = {
    "weasyprint": "70.0",  # CVE-2026-55073, CVE-2026-49452, CVE-2025-68616: fetcher by-passed
    "flask": "3.1.3",  # CVE-2026-27205: Vary: Cookie
    "werkzeug": "3.1.6",  # published advisories
    "jinja2": "3.1.6",  # published advisories
}


def _pins(text: str) -> list[str]:
    """Return the requirements of a compiled file, continued lines joined, comments dropped."""
    joined = text.replace("\\\n", " ")
    return [line for line in joined.splitlines() if line.strip() and line.strip()[0] != "#"]


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", text))


@pytest.mark.parametrize("path", COMPILED, ids=lambda path: path.name)
def test_every_requirement_is_pinned_and_hashed(path: Path) -> None:
    for pin in _pins(path.read_text()):
        assert re.match(r"[a-z0-9.\[\]-]+==\S+ ", pin), pin
        assert "--hash=sha256:" in pin, pin


@pytest.mark.parametrize("path", sorted(FOLDER.iterdir()), ids=lambda path: path.name)
def test_no_requirements_file_names_a_place(path: Path) -> None:
    named = r"://|index-url|find-links|trusted-host|--cert| @ |file:"
    assert not re.search(named, path.read_text())


@pytest.mark.parametrize("path", COMPILED, ids=lambda path: path.name)
def test_what_is_installed_is_what_is_pinned(path: Path) -> None:
    for pin in _pins(path.read_text()):
        name, pinned, condition = re.match(r"(\S+)==(\S+) (?:; (.*?) --)?", pin).groups()
        if not condition:
            assert version(name) == pinned, f"{name}: run make env"


@pytest.mark.parametrize(("name", "floor"), FLOORS.items(), ids=FLOORS)
def test_no_package_is_below_its_floor(name: str, floor: str) -> None:
    assert _numbers(version(name)) >= _numbers(floor)
