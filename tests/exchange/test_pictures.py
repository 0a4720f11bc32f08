"""Claims about pictures: taken along or told of by name, never fetched nor dropped."""

from base64 import b64encode
from pathlib import Path

import pytest

from lms.curriculum.checking.figure import read_figure
from lms.exchange.draft import files_of
from lms.exchange.item import Item, Report
from lms.exchange.pictures import LARGEST, LARGEST_ALL
from lms.exchange.written import write
from tests.archives import packed
from tests.exchange.taking import only, read
from tests.exchange.test_round_trips import READ_AS

ROOT = Path(__file__).parents[2]
DRAWING = (ROOT / "docs/authoring/example-module/figures").glob("*.svg").__next__().read_bytes()
BARE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><path d="M0 0h40"/></svg>'
PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\3tEXtabc\0\0\0\0" + b"\0\0\0\0IEND\0\0\0\0"
IMG = '<p>Look:</p><img src="@@PLUGINFILE@@/a%20b.svg" alt="A [scale]"/><p>What is it?</p>'


def moodle(text: str, *files: tuple[str, bytes], format: str = "html") -> Report:
    held = "".join(
        f'<file name="{name}" path="/" encoding="base64">{b64encode(data).decode()}</file>'
        for name, data in files
    )
    return read(
        "x.xml",
        '<quiz><question type="shortanswer"><name><text>n</text></name>'
        f'<questiontext format="{format}"><text><![CDATA[{text}]]></text>{held}</questiontext>'
        '<answer fraction="100"><text>a</text></answer></question></quiz>',
    )


def moodle_with_pictures() -> bytes:
    """Return a file with a drawing and a photograph."""
    held = "".join(
        f'<file name="{name}" encoding="base64">{b64encode(data).decode()}</file>'
        for name, data in (("a b.svg", DRAWING), ("photo.png", PNG))
    )
    text = f'<text><![CDATA[{IMG}<img src="@@PLUGINFILE@@/photo.png">]]></text>'
    return (
        f'<quiz><question type="essay"><questiontext>{text}{held}</questiontext></question></quiz>'
    ).encode()


def qti(text: str, **files: bytes) -> Report:
    item = (
        '<assessmentItem identifier="q" title="q"><responseDeclaration identifier="RESPONSE" '
        'cardinality="single" baseType="string"><correctResponse><value>a</value>'
        f"</correctResponse></responseDeclaration><itemBody>{text}<p><textEntryInteraction "
        'responseIdentifier="RESPONSE"/></p></itemBody><responseProcessing template="'
        'http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"/></assessmentItem>'
    )
    shown = {f"img/{name.replace('_', '.')}": data for name, data in files.items()}
    return read("x.zip", packed({"items/q.xml": item.encode(), **shown}))


def _prompt(item: Item) -> str:
    assert item.table, item.reason
    return str(item.table["prompt"])


def test_safe_drawing_becomes_a_figure_of_the_draft() -> None:
    report = moodle(IMG, ("a b.svg", DRAWING))
    ((path, data),) = report.pictures.items()
    assert path.startswith("figures/a-b-")
    assert data == DRAWING
    assert f"\n\n![A (scale)]({path})\n\n" in _prompt(only(report))
    assert "icture" not in only(report).reason
    assert files_of("x.xml", report)[path] == DRAWING


def test_drawing_without_words_gets_those_of_its_place() -> None:
    (data,) = moodle(IMG, ("a b.svg", BARE)).pictures.values()
    assert read_figure("", data).problems == []
    assert b"A [scale]" in data


def test_photograph_lies_beside_the_draft_without_what_it_tells_of_its_maker() -> None:
    report = moodle(IMG.replace("svg", "png"), ("a b.png", PNG))
    ((path, data),) = report.pictures.items()
    assert path.startswith("media/a-b-")
    assert (b"tEXt" in PNG, b"tEXt" in data) == (True, False)
    assert path in only(report).reason
    assert f"TODO: {path}" in _prompt(only(report)).replace("\\", "")


HOSTILE = {
    "script": BARE.replace(b"<path", b"<script>x()</script><path"),
    "handler": BARE.replace(b"<path", b'<path onload="x()"'),
    "address": BARE.replace(b"<path", b'<image href="https://x.example/a.png"/><path'),
    "entity": b'<!DOCTYPE svg [<!ENTITY a "b">]>' + BARE,
    "gif": b"GIF89a",
    "page": b"<html><body>no drawing</body></html>",
    "nothing": b"",
    "large": BARE + b" " * LARGEST,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_safe_picture_is_left_out_and_named(name: str) -> None:
    report = moodle(IMG, ("a b.svg", HOSTILE[name]))
    assert report.pictures == {}
    assert only(report).verdict == "changed"
    assert "a%20b.svg" in only(report).reason


def test_picture_at_an_address_is_never_fetched_and_is_named() -> None:
    for source in ("https://x.example/a.svg", "//x.example/a.svg", "file:///etc/passwd",
                   "../../etc/passwd", "/etc/passwd"):  # fmt: skip
        report = moodle(f'<p>What?</p><img src="{source}">', ("b.svg", DRAWING))
        assert report.pictures == {}
        assert source.rpartition("/")[2] in only(report).reason
        assert qti(f'<p>What? <img src="{source}" alt=""/></p>', b_svg=DRAWING).pictures == {}


def test_file_that_no_text_shows_is_named() -> None:
    assert "“b.svg”" in only(moodle("<p>What?</p>", ("b.svg", DRAWING))).reason


def test_picture_written_into_the_text_is_one_like_others() -> None:
    inlined = b64encode(DRAWING).decode()
    report = moodle(f'<p>What?</p><img alt="s" src="data:image/svg+xml;base64,{inlined}">')
    assert list(report.pictures.values()) == [DRAWING]


def test_file_that_a_text_shows_is_not_called_unused_for_a_picture_in_the_text_after_it() -> None:
    inlined = f'<img alt="t" src="data:image/svg+xml;base64,{b64encode(BARE).decode()}">'
    held = f'<file name="a b.svg" encoding="base64">{b64encode(DRAWING).decode()}</file>'
    report = read(
        "x.xml",
        f'<quiz><question type="essay"><questiontext><text><![CDATA[{IMG}]]></text>{held}'
        f"</questiontext><generalfeedback><text><![CDATA[<p>So:</p>{inlined}]]></text>"
        "</generalfeedback></question></quiz>",
    )
    assert len(report.pictures) == 2
    assert "stands nowhere" not in only(report).reason


def test_pictures_of_a_package_are_found_from_where_their_item_lies() -> None:
    text = '<p>What?</p><img src="../img/a.svg" alt="s"/>'
    assert list(qti(text, a_svg=DRAWING).pictures.values()) == [DRAWING]
    held = '<p>What?</p><object type="image/svg+xml" data="../img/a.svg">s</object>'
    assert list(qti(held, a_svg=DRAWING).pictures.values()) == [DRAWING]
    assert "missing" in only(qti(text, b_svg=DRAWING)).reason


def test_pictures_together_are_bounded() -> None:
    files = [(f"{n}.svg", DRAWING + b" " * (LARGEST // 2 + n)) for n in range(5)]
    text = "<p>What?</p>" + "".join(f'<p><img src="{name}" alt="s"></p>' for name, _ in files)
    report = moodle(text, *files)
    assert 0 < sum(map(len, report.pictures.values())) <= LARGEST_ALL
    assert "too many" in only(report).reason


@pytest.mark.parametrize("format", ["moodle", "qti12", "qti21", "qti22", "qti30"])
def test_figure_comes_back_after_export_and_import(format: str) -> None:
    report = moodle(IMG, ("a b.svg", DRAWING))
    written = write(report.taken, format, report.pictures)
    again = read(READ_AS.get(format, "x.zip"), written.data)
    assert again.pictures == report.pictures
    assert _prompt(only(again)) == _prompt(only(report))


@pytest.mark.parametrize("format", ["gift", "aiken", "csv", "xlsx"])
def test_formats_of_words_alone_name_the_pictures_that_they_leave_out(format: str) -> None:
    report = moodle(IMG, ("a b.svg", DRAWING))
    (one,) = write(report.taken, format, report.pictures).leaving
    (path,) = report.pictures
    assert one.refused or path in one.reason
