"""Claims about who imports whom: down or within the room, never up, never round, plugins by the
door alone."""

import sys
from graphlib import CycleError, TopologicalSorter

from tests.architecture.floors import FLOORS, PARTS
from tests.architecture.source import HOUSE, ROOT, File, files, modules, rooms

PLUGINS = [name for name in HOUSE if name != "lms"]
VERIFIER = "certificates.verifier"


def test_every_room_and_every_file_beside_the_rooms_has_a_floor() -> None:
    beside = {p.stem for p in (ROOT / "lms").glob("*.py")} - {"__init__"}
    assert sorted({*rooms(), *beside} - FLOORS.keys()) == []


def test_nothing_is_imported_from_a_higher_place() -> None:
    upward = []
    for file in files():
        for target, one in file.targets:
            place = modules()[target].place if target in modules() else target
            described = one.typing_only and file.module == "lms.hookspecs"  # a page about all rooms
            if place != file.place and FLOORS[place] >= FLOORS[file.place] and not described:
                upward.append(f"{file.name}:{one.line} imports {target}")
    assert upward == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = {
        file.module: {t for t, one in file.targets if t != file.module and not one.typing_only}
        for file in files()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        raise AssertionError(" → ".join(error.args[1])) from None


def test_plugins_come_in_by_the_door_alone() -> None:
    outside = []
    for file in files():
        if file.place not in PLUGINS or file.module.startswith(VERIFIER):
            continue
        for target, one in file.targets:
            if not target.startswith(("lms.api", f"{file.place}.")) and target != file.place:
                outside.append(f"{file.name}:{one.line} imports {target}")
    assert outside == []


def test_the_stand_alone_verifier_takes_nothing_but_the_ledgers_rules() -> None:
    more = [
        f"{file.name}:{one.line} imports {one.module}"
        for file in files()
        if file.module.startswith(VERIFIER)
        for one in file.imports
        if one.module.split(".")[0] in {*HOUSE, "config", "flask", "sqlalchemy", "weasyprint"}
        and not one.module.startswith(VERIFIER)
        and not f"{one.module}.{one.name}".startswith("lms.ledger.rules")
    ]
    assert more == []


def test_imports_name_their_module_in_full() -> None:
    relative = [
        f"{file.name}:{one.line}"
        for file in files()
        for one in file.imports
        if one.module.startswith(".")
    ]
    assert relative == []


def test_rooms_do_not_run_code_when_one_of_their_files_is_imported() -> None:
    full = [
        name
        for name in [*(f"lms.{room}" for room in rooms()), "lms", *PLUGINS]
        if name in modules() and modules()[name].text.strip()
    ]
    assert full == []


def test_inside_a_room_rules_are_below_models_below_queries_below_actions_below_routes() -> None:
    upward = []
    for file in files():
        if file.part not in PARTS:
            continue
        for target, way in _parts_reached(file):
            if PARTS[target] >= PARTS[file.part] and target != file.part:
                upward.append(f"{file.name} imports {target} by way of {' → '.join(way)}")
    assert upward == []


def _parts_reached(file: File) -> list[tuple[str, list[str]]]:
    """Return the named parts of its room that a file imports, itself or by files without rank."""
    reached: list[tuple[str, list[str]]] = []
    seen: set[str] = set()
    waiting: list[tuple[File, list[str]]] = [(file, [])]
    while waiting:
        at, way = waiting.pop()
        for target, _ in at.targets:
            found = modules().get(target)
            if found is None or found.place != file.place or target in seen:
                continue
            seen.add(target)
            if found.part in PARTS:
                reached.append((found.part, [*way, target]))
            else:
                waiting.append((found, [*way, target]))
    return reached


# What a pure rule may stand on besides the language: it must run where no web and no database is.
# `columns` is among them for ids and canonical bytes; the pure ledger does without even that.
PURE = {"lms.errors", "lms.clock", "lms.actor", "lms.columns"}
PURE_PACKAGES = {"babel", "cryptography", "numpy", "pydantic", "rfc8785", "scipy"}


def test_rules_decide_without_flask_and_without_a_database() -> None:
    impure = []
    for file in files():
        if file.part != "rules":
            continue
        for reached, way in _all_reached(file):
            for one in modules()[reached].imports:
                top = one.module.split(".")[0]
                known = top in sys.stdlib_module_names or top in {*HOUSE, *PURE_PACKAGES}
                if not known and reached not in PURE:
                    impure.append(f"{file.name} needs {one.module} by way of {' → '.join(way)}")
    assert sorted(set(impure)) == []


def _all_reached(file: File) -> list[tuple[str, list[str]]]:
    found = [(file.module, [file.module])]
    for module, way in found:  # grows as it goes
        if module in PURE:
            continue
        for target, one in modules()[module].targets:
            fresh = target in modules() and all(target != known for known, _ in found)
            if fresh and not one.typing_only:
                found.append((target, [*way, target]))
    return found
