"""Claims about how the house is read: a guard that overlooks an import guards nothing."""

import ast

from tests.architecture.source import ROOT, File, files, imports_of, length, modules

PLANTED = """
import a.b
from c import d
from . import near
if TYPE_CHECKING:
    from e import f
try:
    import g
except ImportError:
    pass
class K:
    def method(self):
        with open(""):
            from h import i
"""


def _read() -> dict[str, tuple[bool, str]]:
    found = imports_of(ast.parse(PLANTED))
    return {one.module: (one.typing_only, one.inside) for one in found}


def test_an_import_is_seen_wherever_it_stands() -> None:
    assert _read() == {
        "a.b": (False, ""),
        "c": (False, ""),
        ".": (False, ""),
        "e": (True, ""),
        "g": (False, ""),
        "h": (False, "method"),
    }


def test_a_docstring_does_not_make_a_function_long() -> None:
    tree = ast.parse('def f():\n    """One\n\n    two.\n    """\n    a = 1\n    return a\n')
    function = tree.body[0]
    assert isinstance(function, ast.FunctionDef)
    assert length(function) == 3


def test_a_module_taken_from_its_package_counts_as_that_module() -> None:
    page = next(file for file in files() if file.name == "lms/records/verify.py")
    assert "lms.records.queries" in {target for target, _ in page.targets}


def test_a_file_knows_its_room_and_its_part_of_it() -> None:
    def where(name: str) -> tuple[str, str]:
        file = File(ROOT / name)
        return file.place, file.part

    assert where("lms/ledger/rules/tree.py") == ("ledger", "rules")
    assert where("lms/db.py") == ("db", "")
    assert where("certificates/rules.py") == ("certificates", "rules")
    assert where("config.py") == ("config", "")


def test_the_whole_house_is_read() -> None:
    assert {"lms.app", "lms.ledger.rules", "certificates.rules", "config"} <= modules().keys()
