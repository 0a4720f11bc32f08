"""Claims about what a file may do by its name: who knows Flask, who commits, how long things are.

Each list of exceptions is exact: it fails when one is added, and when one has become needless.
"""

import ast
from pathlib import Path

from tests.architecture.source import ROOT, files, length

# --- Flask ------------------------------------------------------------------------------------

FLASK = ("flask", "werkzeug")
KNOW_FLASK_BY_PART = {"routes", "forms", "commands", "plugin"}
KNOW_FLASK_BY_PLACE = {"web", "app", "db", "plugins", "settings"}
KNOW_FLASK_BESIDES = {
    "lms/records/refusals.py": "tells which request was refused, after it has ended",
}

LOOK_UP_THE_APP = {
    "lms/plugins.py": "the plugins of this app",
    "lms/settings.py": "its settings",
    "lms/web/assets.py": "its static files",
    "lms/web/errors.py": "its template of the last resort",
    "lms/web/i18n.py": "its catalogues",
    "lms/authoring/commands.py": "serves itself on the author's machine, with the folder's pages",
    "lms/jobs/commands.py": "hands the app to the worker's threads",
}


def test_only_routes_forms_commands_plugins_and_the_web_room_know_flask() -> None:
    knowing = {
        file.name
        for file in files()
        for one in file.imports
        if one.module.split(".")[0].split("_")[0] in FLASK
        and not one.typing_only
        and file.part not in KNOW_FLASK_BY_PART
        and file.place not in KNOW_FLASK_BY_PLACE
    }
    assert knowing == set(KNOW_FLASK_BESIDES)


def test_the_current_app_is_looked_up_in_few_places() -> None:
    looking = {
        file.name
        for file in files()
        if any(isinstance(n, ast.Name) and n.id == "current_app" for n in ast.walk(file.tree))
        or any(
            isinstance(n, ast.Attribute) and n.attr == "current_app" for n in ast.walk(file.tree)
        )
    }
    assert looking == set(LOOK_UP_THE_APP)


# --- transactions -----------------------------------------------------------------------------


def test_nothing_commits_but_the_database_room() -> None:
    commits = [
        f"{file.name}:{node.lineno}"
        for file in files()
        for node in ast.walk(file.tree)
        if isinstance(node, ast.Attribute) and node.attr == "commit"
        if file.name != "lms/db.py"
    ]
    assert commits == []


def test_the_database_room_commits_in_one_place() -> None:
    database = next(file for file in files() if file.name == "lms/db.py")
    calls = [n for n in ast.walk(database.tree) if isinstance(n, ast.Attribute)]
    assert [n.attr for n in calls].count("commit") == 1


# --- imports ----------------------------------------------------------------------------------

IMPORT_LATE = {"lms/app.py", "lms/plugins.py"}  # rooms and plugins, when the app is made


def test_no_import_hides_in_a_function() -> None:
    hidden = [
        f"{file.name}:{one.line} {one.inside} imports {one.module}"
        for file in files()
        for one in file.imports
        if one.inside and file.name not in IMPORT_LATE
    ]
    assert hidden == []


def test_nothing_is_imported_by_a_name_made_up_at_run_time() -> None:
    dynamic = {
        file.name
        for file in files()
        for one in file.imports
        if one.module == "importlib" and one.name in {"", "import_module"}
    }
    assert dynamic == {"lms/plugins.py"}


# --- names and lengths ------------------------------------------------------------------------

HOMELESS = {"utils", "util", "helpers", "helper", "common", "misc", "shared"}
HOMELESS_SO_FAR: dict[str, str] = {}

LONGEST_FILE = 300
LONGER_FILES = {
    "tests/ledger/rules/test_rebuild.py": "each way to tamper with a log, beside the others",
}

LONGEST_FUNCTION = 40  # lines without its docstring
LONGER_FUNCTIONS: dict[str, str] = {}


def _every_file() -> list[Path]:
    """Return all Python of the repository but migrations, which are as long as their change."""
    tops = ("lms", "modules", "certificates", "tests", "scripts", "benchmarks")
    found = [p for top in tops for p in (ROOT / top).rglob("*.py")]
    return [*found, *(p for p in (ROOT / "scripts").iterdir() if p.is_file() and not p.suffix)]


def test_no_file_has_a_name_that_says_it_has_no_home() -> None:
    homeless = {
        path.relative_to(ROOT).as_posix()
        for path in _every_file()
        if HOMELESS & {path.stem, *path.relative_to(ROOT).parts}
    }
    assert homeless == set(HOMELESS_SO_FAR)


def test_files_stay_short_enough_to_read_at_once() -> None:
    long = {
        path.relative_to(ROOT).as_posix()
        for path in _every_file()
        if len(path.read_text(encoding="utf-8").splitlines()) > LONGEST_FILE
    }
    assert long == set(LONGER_FILES)


def test_functions_stay_short_enough_to_read_at_once() -> None:
    long = {
        f"{file.name} {function.name}"
        for file in files()
        for function in file.functions
        if length(function) > LONGEST_FUNCTION
    }
    assert long == set(LONGER_FUNCTIONS)


def test_every_file_says_in_its_first_line_what_lives_there() -> None:
    silent = [f.name for f in files() if f.text.strip() and not ast.get_docstring(f.tree)]
    assert silent == []


def test_public_functions_say_what_they_do() -> None:
    silent = [
        f"{file.name}:{node.lineno} {node.name}"
        for file in files()
        for node in file.tree.body
        if isinstance(node, ast.FunctionDef)
        if not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert silent == []
