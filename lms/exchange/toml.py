"""Tables of questions as TOML text that people read and edit; reading it is tomllib's."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from lms.exchange.item import Table


def written(tables: Sequence[Table], head: str = "") -> str:
    """Return `[[question]]` tables as a file's text.

    Args:
        head: a comment for its first lines.
    """
    comment = "".join(f"# {line}\n" for line in head.splitlines())
    return "\n".join([comment] * bool(comment) + [_block("question", table) for table in tables])


def _block(name: str, table: Mapping[str, Any]) -> str:
    return "\n".join(_lines(f"[[{name}]]", name, table)) + "\n"


def _lines(heading: str, name: str, table: Mapping[str, Any]) -> list[str]:
    lines = [heading]
    below: list[str] = []
    for key, value in table.items():
        if isinstance(value, Mapping) and key in ("parameters", "derived", "key"):
            below += _sub_table(f"{name}.{_key(key)}", key, value)
        elif _is_tables(value):
            for one in value:
                below += ["", *_lines(f"[[{name}.{_key(key)}]]", f"{name}.{_key(key)}", one)]
        else:
            lines.append(f"{_key(key)} = {value_of(value)}")
    return lines + below


def _sub_table(name: str, key: str, table: Mapping[str, Any]) -> list[str]:
    if key == "parameters":
        return [
            line
            for parameter, value in table.items()
            for line in ["", *_lines(f"[{name}.{_key(parameter)}]", name, value)]
        ]
    return ["", *_lines(f"[{name}]", name, table)]


def _is_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(v, Mapping) for v in value)


def _key(name: str) -> str:
    is_bare = name.isascii() and name.replace("-", "").replace("_", "").isalnum()
    return name if is_bare else _string(name)


def value_of(value: Any) -> str:
    """Return one value as TOML writes it: text, whole number, truth, list, table on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Mapping):
        inside = ", ".join(f"{_key(key)} = {value_of(one)}" for key, one in value.items())
        return f"{{ {inside} }}"
    if isinstance(value, list):
        if any(len(str(one)) > 60 for one in value):
            return "[\n" + "".join(f"    {value_of(one)},\n" for one in value) + "]"
        return f"[{', '.join(value_of(one) for one in value)}]"
    return _long(value) if "\n" in value else _string(value)


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _long(text: str) -> str:
    """Return a text of several lines between three quotes; what is after them is kept as it is."""
    lines = [_string(line)[1:-1].replace('\\"', '"') for line in text.split("\n")]
    body = "\n".join(lines).replace('"""', '""\\"')
    if body.endswith('"'):
        body = body[:-1] + '\\"'
    return f'"""\n{body}"""'
