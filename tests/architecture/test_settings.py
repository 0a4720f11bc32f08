"""Claims about settings: each is read from the environment, and the operator's page knows it."""

import ast
import re
from dataclasses import fields

from config import Config
from tests.architecture.source import ROOT, files

PAGE = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `([A-Z_]+)` \|", re.MULTILINE)
BY_SCRIPTS = ("scripts/serve", "scripts/prepare")


def _settings() -> set[str]:
    return {field.name.upper() for field in fields(Config)}


def _section(title: str) -> set[str]:
    _, _, rest = PAGE.partition(f"\n### {title}\n")
    return set(ROW.findall(rest.partition("\n#")[0]))


def test_every_setting_stands_on_the_operators_page_and_no_other() -> None:
    assert _section("The platform's (`config.py`)") == _settings()


def test_every_setting_is_read_from_the_environment_variable_of_its_name() -> None:
    config = next(file for file in files() if file.name == "config.py")
    read = {
        node.args[0].value
        for node in ast.walk(config.tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_read"
        if isinstance(node.args[0], ast.Constant)
    }
    assert read == _settings()


def test_what_the_scripts_read_stands_on_the_operators_page() -> None:
    text = "".join((ROOT / name).read_text(encoding="utf-8") for name in BY_SCRIPTS)
    read = set(re.findall(r"environ\.get\(\"([A-Z_]+)\"\)", text))
    assert read <= _section("The server's (`scripts/serve`)")


def test_no_room_reads_the_environment_past_config() -> None:
    past = [
        f"{file.name}:{node.lineno}"
        for file in files()
        for node in ast.walk(file.tree)
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
        if file.name not in {"config.py", *READ_THE_ENVIRONMENT}
    ]
    assert past == []


READ_THE_ENVIRONMENT = {
    "certificates/press.py": "hands a child process the few variables it needs",
    "lms/demo/commands.py": "DEMO_PASSWORD is read where it is used, and kept nowhere",
}
