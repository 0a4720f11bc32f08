"""Claims about settings: each is read from the environment, and the operator's page knows it."""

import ast
import re
from dataclasses import fields

from config import Config
from tests.architecture.source import ROOT, files

PAGE = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `([A-Z_]+)` \|", re.MULTILINE)
ONCE = "Read once"


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
    assert _read_by("scripts/serve") == _section("The server's (`scripts/serve`)")
    assert _read_by("lms/demo/commands.py") <= _section(ONCE)


def _read_by(name: str) -> set[str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return set(re.findall(r"environ\.get\(\"([A-Z_]+)\"\)", text))


def test_no_room_reads_the_environment_past_config() -> None:
    past = {
        file.name
        for file in files()
        for node in ast.walk(file.tree)
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
        if file.name != "config.py"
    }
    assert past == set(READ_THE_ENVIRONMENT)


READ_THE_ENVIRONMENT = {
    "certificates/press.py": "hands a child process the few variables it needs",
    "lms/demo/commands.py": "DEMO_PASSWORD is read where it is used, and kept nowhere",
}
