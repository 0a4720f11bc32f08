"""Claims about archives: one module comes out; what is hostile does not, and is named."""

import stat
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.authoring.rules import LARGEST_WHOLE, MOST_FILES, Unpackable, unpack
from tests.archives import packed

TOML = b'id = "TST101"\n'


def refused(data: bytes) -> list[str]:
    with pytest.raises(Unpackable) as caught:
        unpack("m.zip", data)
    return [problem.text() for problem in caught.value.problems]


@pytest.mark.parametrize("prefix", ["", "tst101/", "a/b/"])
def test_files_come_out_by_their_path_from_the_module(prefix: str) -> None:
    files = {f"{prefix}module.toml": TOML, f"{prefix}lessons/10-a.md": b"# A"}
    passed_over = {"__MACOSX/._module.toml": b"x", f"{prefix}.DS_Store": b"x"}
    assert unpack("m.zip", packed(files | passed_over)) == {
        "module.toml": TOML,
        "lessons/10-a.md": b"# A",
    }


@pytest.mark.parametrize(
    "name", ["../module.toml", "/etc/passwd", "a/../../b.md", "C:evil.md", "a\\b.md", "a\u202eb.md"]
)
def test_names_that_lead_elsewhere_are_refused_by_name(name: str) -> None:
    assert len(refused(packed({"module.toml": TOML, name: b"x"}))) == 1


def test_links_are_refused_not_followed() -> None:
    data = packed({"module.toml": TOML, "figures": b"/etc"}, figures=stat.S_IFLNK)
    assert "this is a link" in refused(data)[0]


def test_bomb_is_found_by_what_comes_out_and_not_by_what_it_says() -> None:
    one = {"module.toml": TOML, "lessons/a.md": b"0" * (1024 * 1024 + 1)}
    assert "larger than 1 MiB" in refused(packed(one))[0]
    many = {f"lessons/{n}.md": b"0" * 1024 * 1024 for n in range(LARGEST_WHOLE // 1024**2 + 1)}
    assert "unpacked" in refused(packed({"module.toml": TOML} | many))[0]


def test_too_many_files_are_refused_before_any_is_read() -> None:
    many = {f"lessons/{n}.md": b"" for n in range(MOST_FILES + 1)}
    assert "more than 500" in refused(packed({"module.toml": TOML} | many))[0]


def test_names_that_differ_in_case_alone_are_refused() -> None:
    assert "same name" in refused(packed({"module.toml": TOML, "Module.toml": TOML}))[0]


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"lessons/a.md": b"#"}, "no module.toml"),
        ({"a/module.toml": TOML, "b/module.toml": TOML}, "several modules"),
        ({"a/module.toml": TOML, "b/x.md": b"#"}, "outside the module"),
    ],
)
def test_one_module_and_nothing_beside_it(files: dict[str, bytes], said: str) -> None:
    assert said in refused(packed(files))[0]


def test_encrypted_file_is_refused(tmp_path: Path) -> None:
    data = bytearray(packed({"module.toml": TOML}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    assert "encrypted" in refused(bytes(data))[0]


@given(st.binary(max_size=400))
def test_whatever_is_sent_is_read_or_refused(data: bytes) -> None:
    for whole in (data, packed({"module.toml": TOML})[: len(data)] + data):
        with suppress(Unpackable):
            assert "module.toml" in unpack("m.zip", whole)
