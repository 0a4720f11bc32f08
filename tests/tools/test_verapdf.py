"""Claims about the PDF judge: it must be able to say no."""

from pathlib import Path

import pytest
from weasyprint import HTML

from tests.tools import verapdf

Verdicts = dict[str, dict[str, verapdf.Judgement]]

PAGE = """<html lang="en"><head><title>A page</title>
<style>body { font-family: "Noto Sans" }</style></head><body><h1>A page</h1></body></html>"""


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Verdicts:
    folder: Path = tmp_path_factory.mktemp("verapdf")
    files = {name: folder / f"{name}.pdf" for name in ("a", "ua", "none")}
    HTML(string=PAGE).write_pdf(files["a"], pdf_variant="pdf/a-3a", pdf_tags=True)
    HTML(string=PAGE).write_pdf(files["ua"], pdf_variant="pdf/ua-1")
    files["none"].write_bytes(b"no PDF at all")
    verdicts = verapdf.validate(files.values())
    return {name: verdicts[path] for name, path in files.items()}


def test_archive_variant_passes_pdf_a_3a_alone(judged: Verdicts) -> None:
    assert judged["a"]["3a"] == (True, [])
    assert not judged["a"]["ua1"].passed
    assert judged["a"]["ua1"].rules[0].startswith("5-1 ")


def test_accessible_variant_passes_pdf_ua_1_alone(judged: Verdicts) -> None:
    assert judged["ua"]["ua1"] == (True, [])
    assert not judged["ua"]["3a"].passed


def test_what_is_no_pdf_fails_and_says_so(judged: Verdicts) -> None:
    for judgement in judged["none"].values():
        assert not judgement.passed
        assert "cannot be judged" in judgement.rules[0]


def test_an_unknown_flavour_passes_nothing(tmp_path: Path) -> None:
    page = tmp_path / "page.pdf"
    HTML(string=PAGE).write_pdf(page, pdf_variant="pdf/ua-1")
    assert not verapdf.validate([page], ["9z"])[page]["9z"].passed


def test_without_java_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    verapdf.classpath.cache_clear()
    monkeypatch.setenv("PATH", "")
    with pytest.raises(verapdf.JudgeMissing, match="default-jdk-headless"):
        verapdf.validate(["any.pdf"])
