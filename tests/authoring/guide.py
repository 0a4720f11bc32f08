"""The authors' guide taken apart, and the parts of it that come from the code.

`python -m tests.authoring.guide` writes those parts anew.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from lms.assessment.units import UNITS
from lms.curriculum.text.latex import COMMANDS

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs/authoring.md"
EXAMPLE = ROOT / "docs/authoring/example-module"
_HEADING = re.compile(r"^#+ ", re.MULTILINE)


def section(title: str, text: str | None = None) -> str:
    """Return what stands between a heading and the next one."""
    text = GUIDE.read_text(encoding="utf-8") if text is None else text
    start = re.search(rf"^#+ {re.escape(title)}\n", text, re.MULTILINE)
    assert start, f"the guide has no heading “{title}”"
    end = _HEADING.search(text, start.end())
    return text[start.end() : end.start() if end else len(text)]


def rows(title: str) -> Iterator[list[str]]:
    """Yield the cells of each row of the table below a heading, its head left out."""
    lines = [line for line in section(title).splitlines() if line.startswith("|")]
    for line in lines[2:]:
        yield [cell.strip() for cell in line.strip("|").split(" | ")]


def key_tables() -> dict[str, dict[str, str]]:
    """Return for each table of keys, by its heading, its keys and whether they are needed."""
    titles = re.findall(r"^### (.+)$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    tables = [title for title in titles if "| Key | Needed |" in section(title)]
    return {title: {row[0].strip("` "): row[1] for row in rows(title)} for title in tables}


def units() -> str:
    """Return the rows of the table of units."""
    lines: dict[str, list[str]] = {}
    for unit in UNITS.values():
        lines.setdefault(unit.dimension, []).append(f"`{unit.symbol}`")
    return "".join(f"| {what} | {' '.join(symbols)} |\n" for what, symbols in lines.items())


def equation_words() -> str:
    """Return the words that follow a backslash in an equation."""
    return (
        " ".join(f"`{word}`" for word in sorted(COMMANDS, key=lambda word: (word.casefold(), word)))
        + "\n"
    )


def write() -> None:
    """Write the parts that come from the code into the guide."""
    text = GUIDE.read_text(encoding="utf-8")
    head = "|---|---|\n"
    table = section("All units", text)
    text = text.replace(table, table[: table.index(head) + len(head)] + units())
    words = section("Words of equations", text)
    layouts = words[words.index("The layouts") :]
    text = text.replace(words, f"\n{equation_words()}\n{layouts}")
    GUIDE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
