"""Reads the house as it stands, by `ast` alone: files, imports, functions. No law lives here."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ("lms", "modules", "certificates")  # and the files beside them: config.py, wsgi.py


@dataclass(frozen=True)
class Import:
    """One import: which name of which module, on which line, and where it stands."""

    module: str
    name: str
    line: int
    typing_only: bool
    inside: str  # the function it is hidden in, or nothing


@dataclass(frozen=True)
class File:
    """A source file of the house."""

    path: Path

    @property
    def name(self) -> str:
        """Return its path from the root of the repository."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def module(self) -> str:
        """Return the name it is imported by."""
        return self.name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @property
    def place(self) -> str:
        """Return its room, its plugin, or itself where it stands in none."""
        parts = self.module.split(".")
        return parts[1] if parts[0] == "lms" and len(parts) > 1 else parts[0]

    @property
    def part(self) -> str:
        """Return what it is within its room: rules, models, …; a folder counts as one part."""
        parts = self.module.split(".")[1 if self.module.split(".")[0] != "lms" else 2 :]
        return parts[0] if parts else ""

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.name)

    @cached_property
    def imports(self) -> tuple[Import, ...]:
        return tuple(imports_of(self.tree))

    @cached_property
    def targets(self) -> tuple[tuple[str, Import], ...]:
        """Return which modules of the house it imports (`from a import b` may mean a.b)."""
        known = modules()
        found = []
        for one in self.imports:
            whole = f"{one.module}.{one.name}"
            target = whole if whole in known else one.module
            if target.split(".")[0] in {*HOUSE, "config", "wsgi"}:
                found.append((target, one))
        return tuple(found)

    @cached_property
    def functions(self) -> tuple[ast.FunctionDef | ast.AsyncFunctionDef, ...]:
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
        return tuple(node for node in ast.walk(self.tree) if isinstance(node, kinds))


def imports_of(node: ast.AST, *, typing_only: bool = False, inside: str = "") -> Iterator[Import]:
    """Yield every import below a node, wherever it stands."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            for alias in child.names:
                yield Import(alias.name, "", child.lineno, typing_only, inside)
        elif isinstance(child, ast.ImportFrom):
            module = "." * child.level + (child.module or "")
            for alias in child.names:
                yield Import(module, alias.name, child.lineno, typing_only, inside)
        else:
            for_types = isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)
            function = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef)
            yield from imports_of(
                child,
                typing_only=typing_only or for_types,
                inside=child.name if function else inside,
            )


@lru_cache(maxsize=1)
def files() -> tuple[File, ...]:
    """Return every source file of the house, in order."""
    paths = [p for top in HOUSE for p in sorted((ROOT / top).rglob("*.py"))]
    return tuple(File(p) for p in [*paths, ROOT / "config.py", ROOT / "wsgi.py"])


@lru_cache(maxsize=1)
def modules() -> dict[str, File]:
    """Return the files by the names they are imported by."""
    return {file.module: file for file in files()}


def rooms() -> list[str]:
    """Return the folders under lms/ that hold code."""
    return sorted(p.name for p in (ROOT / "lms").iterdir() if any(p.rglob("*.py")) and p.is_dir())


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return a function's lines without its decorators and its docstring."""
    assert function.end_lineno is not None
    lines = function.end_lineno - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None and first.end_lineno is not None:
        lines -= first.end_lineno - first.lineno + 1
    return lines
