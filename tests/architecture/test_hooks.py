"""Claims about the hooks: each is described, on the page just as in the code, and is used."""

import ast
import re

from lms import hookspecs
from tests.architecture.source import ROOT, files

PAGE = (ROOT / "docs" / "hooks.md").read_text(encoding="utf-8")
HEADING = re.compile(r"^## `(\w+)\((.*)\)` · (collect|announce)$", re.MULTILINE)


def _specified() -> dict[str, ast.FunctionDef]:
    page = next(file for file in files() if file.module == hookspecs.__name__)
    return {f.name: f for f in page.tree.body if isinstance(f, ast.FunctionDef)}


def _arguments(function: ast.FunctionDef) -> str:
    return ", ".join(argument.arg for argument in function.args.args)


def test_every_hook_says_whether_it_collects_or_announces() -> None:
    said = {name: (ast.get_docstring(f) or "") for name, f in _specified().items()}
    silent = [n for n, text in said.items() if not text.startswith(("Collect: ", "Announce: "))]
    assert silent == []


def test_every_hook_stands_on_the_page_with_its_exact_arguments_and_kind() -> None:
    specified = {
        (name, _arguments(f), (ast.get_docstring(f) or "").partition(":")[0].lower())
        for name, f in _specified().items()
    }
    assert set(HEADING.findall(PAGE)) == specified


def test_every_hook_is_used_by_a_plugin() -> None:
    assert _specified().keys() - {name for _, name in _implemented()} == set()


def test_a_plugin_takes_its_hooks_from_the_page_and_says_what_it_gives() -> None:
    assert [f"{place} {name}" for place, name in _implemented() if name not in _specified()] == []


def test_every_use_that_the_page_names_is_there() -> None:
    named = re.findall(r"`(lms/\w+|modules|certificates)/plugin\.py`", PAGE)
    assert named
    assert [place for place in named if not (ROOT / place / "plugin.py").is_file()] == []


def _implemented() -> list[tuple[str, str]]:
    return [
        (file.name, function.name)
        for file in files()
        if file.part == "plugin"
        for function in file.functions
        if any(isinstance(d, ast.Name) and d.id == "impl" for d in function.decorator_list)
    ]
