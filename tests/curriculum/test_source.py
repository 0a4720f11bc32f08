"""Curriculum is found in folders and in installed distributions, read and never imported."""

import subprocess
import sys
import zipfile

from lms.curriculum.checking.checker import check, examine
from lms.curriculum.drafts.source import Source, from_directories, from_distributions, read


def test_unpackaged_folder_is_a_source(curriculum, kinds):
    sources = from_directories([curriculum.folder])
    assert sources == [Source("hub", curriculum.folder)]
    assert [d.module.id for d in examine(sources, kinds).drafts] == ["TST101"]


def test_module_folder_alone_is_a_source(curriculum):
    contents = read(Source("one", curriculum.folder / "foundations/tst101-dilution"))
    assert [module.path for module in contents.modules] == [""]


def _wheel(curriculum, folder):
    """Build a wheel that holds data, an entry point and not one line of Python."""
    name = "acme_curriculum-1.0"
    path = folder / f"{name}-py3-none-any.whl"
    files = {
        f"acme_curriculum/{file.relative_to(curriculum.folder).as_posix()}": file.read_bytes()
        for file in curriculum.folder.rglob("*")
        if file.is_file()
    }
    # Were the folder ever imported, this would say so.
    info = f"{name}.dist-info"
    files[f"{info}/METADATA"] = b"Metadata-Version: 2.1\nName: acme-curriculum\nVersion: 1.0\n"
    files[f"{info}/WHEEL"] = (
        b"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    )
    files[f"{info}/entry_points.txt"] = b"[lms.curriculum]\nacme = acme_curriculum\n"
    record = "".join(f"{file},,\n" for file in [*files, f"{info}/RECORD"])
    files[f"{info}/RECORD"] = record.encode()
    with zipfile.ZipFile(path, "w") as wheel:
        for file, data in files.items():
            wheel.writestr(file, data)
    return path


def test_wheel_without_python_is_a_source(curriculum, kinds, tmp_path, monkeypatch):
    target = tmp_path / "site"
    wheel = _wheel(curriculum, tmp_path)
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "-q", "--no-index", "--no-deps",
         "--no-warn-conflicts", "--disable-pip-version-check", "--target", target, wheel],
        check=True,
    )  # fmt: skip
    monkeypatch.syspath_prepend(str(target))
    sources = [source for source in from_distributions() if source.name == "acme"]
    assert [source.folder for source in sources] == [target / "acme_curriculum"]
    report = examine(sources, kinds)
    assert report.mistakes == []
    assert [draft.module.id for draft in report.drafts] == ["TST101"]
    assert "acme_curriculum" not in sys.modules


def test_link_is_refused_and_not_followed(curriculum, kinds, tmp_path):
    secret = tmp_path / "secret.md"
    secret.write_text("# Secret")
    link = curriculum.folder / "foundations/tst101-dilution/lessons/20-secret.md"
    link.symlink_to(secret)
    problems = check([curriculum.source], kinds)
    assert [problem.file.rsplit("/", 1)[1] for problem in problems] == ["20-secret.md"]
    assert "link" in problems[0].message


def test_linked_folder_is_refused_and_not_followed(curriculum, kinds, tmp_path):
    other = type(curriculum)(tmp_path / "elsewhere")
    (curriculum.folder / "practitioner").symlink_to(other.folder)
    problems = check([curriculum.source], kinds)
    assert [problem.file for problem in problems] == ["hub/practitioner"]


def test_huge_file_is_refused_and_not_read(curriculum, kinds):
    path = curriculum.folder / "foundations/tst101-dilution/figures/huge.svg"
    path.write_bytes(b" " * (1024 * 1024 + 1))
    contents = read(curriculum.source)
    assert "figures/huge.svg" not in contents.modules[0].files
    assert [problem.file.rsplit("/", 1)[1] for problem in contents.problems] == ["huge.svg"]


def test_missing_folder_is_a_problem(tmp_path, kinds):
    problems = check([Source("gone", tmp_path / "gone")], kinds)
    assert [problem.file for problem in problems] == ["gone"]
