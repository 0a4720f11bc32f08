"""Markdown becomes clean HTML: equations stay, scripts and styles do not."""

import pytest

from lms.curriculum.text import markdown
from lms.curriculum.text.markdown import Picture


def _lesson(text):
    return markdown.lesson(text, lambda path: Picture(f"/{path}?v=1", 640, 200))


def test_first_heading_is_the_title_and_not_in_the_text():
    page = _lesson("# Units and *solutions*\n\nText")
    assert page.title == "Units and solutions"
    assert page.html == "<p>Text</p>\n"


def test_equation_becomes_mathml_and_survives_cleaning():
    html = _lesson("# T\n\nIn $x^2$ and\n\n$$\\frac{a}{b}$$").html
    assert "<msup><mi>x</mi><mn>2</mn></msup>" in html
    assert 'display="block"' in html
    assert "<mfrac>" in html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "![x](javascript:alert(1))",
        "<a href='data:text/html,x'>x</a>",
        "$\\href{javascript:alert(1)}{x}$",
        "# T\n\n::: caution <script>alert(1)</script>\nx\n:::",
        "$\\text{<script>alert(1)</script>}$",
        '![a](figures/a.svg "<script>alert(1)</script>")',
    ],
)
def test_nothing_that_runs_comes_through(text):
    for html in (_lesson(text).html, markdown.prompt(text), markdown.inline(text)):
        lowered = html.lower()
        assert "<script" not in lowered
        assert "<img src=x" not in lowered
        assert 'href="javascript' not in lowered
        assert 'src="javascript' not in lowered
        assert 'href="data' not in lowered


def test_figure_has_description_caption_and_size():
    html = _lesson('# T\n\n![A "flask"](figures/f.svg "One & only")\n').html
    assert html == (
        '<figure><img src="/figures/f.svg?v=1" alt="A &quot;flask&quot;" width="640" height="200"'
        ' loading="lazy">'
        "<figcaption>One &amp; only</figcaption></figure>\n"
    )


def test_check_shows_its_question_and_folds_its_answer():
    html = _lesson("# T\n\n::: check\nHow much?\n---\nSo much.\n:::\n").html
    said = markdown.label(html, str.upper)
    assert "CHECK YOURSELF" in said
    assert said.index("How much?") < said.index("<details>") < said.index("So much.")
    assert "<summary>SHOW THE ANSWER</summary>" in said


def test_words_of_the_interface_follow_the_reader():
    html = _lesson("# T\n\n::: example Dilution\nx\n:::\n").html
    assert "Worked example" not in html
    assert "Exemple résolu: Dilution" in markdown.label(
        html, {"Worked example": "Exemple résolu"}.__getitem__
    )


def test_wide_table_scrolls_in_a_named_box_and_aligns_by_class():
    html = _lesson("# T\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n").html
    assert '<div class="scroll" tabindex="0" role="group"' in html
    assert '<td class="number">2</td>' in html
    assert "style" not in html


def test_equal_headings_get_different_ids():
    html = _lesson("# T\n\n## Yield\n\n## Yield\n").html
    assert '<h2 id="yield">' in html
    assert '<h2 id="yield-2">' in html


def test_limit_is_marked_and_found_again():
    html = _lesson("# T\n\nAt most [5 mg](ref:LIMIT-1), again [5 mg](ref:LIMIT-1).").html
    assert "5 mg<sup>†</sup></a>" in html
    assert markdown.limits_in(html) == ["LIMIT-1"]


def test_option_is_one_line_without_a_paragraph():
    assert markdown.inline("a *b* 5 % < 6 %") == "a <em>b</em> 5 % &lt; 6 %"
