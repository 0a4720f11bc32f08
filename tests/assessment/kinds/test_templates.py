"""The kinds' templates: native controls, named for their item, that give back what they show."""

import re
from html.parser import HTMLParser
from pathlib import Path
from random import Random
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from lms.assessment.kinds.cloze import Cloze
from lms.assessment.kinds.essay import Essay
from lms.assessment.kinds.hotspot import Hotspot
from lms.assessment.kinds.matching import Matching
from lms.assessment.kinds.multiple import Multiple
from lms.assessment.kinds.numeric import Numeric
from lms.assessment.kinds.ordering import Ordering
from lms.assessment.kinds.short import Short
from lms.assessment.kinds.single import Single
from lms.assessment.kinds.worksheet import Worksheet
from lms.curriculum.kind import QuestionKind, own_fields

FOLDER = Path(__file__).parents[3] / "lms" / "assessment" / "templates"
COMMON = {"id": "q", "outcome": "LO1", "lesson": "l", "prompt": "What & why?", "why": "So."}
OPTIONS = [
    {"id": "a", "text": "x < 5", "correct": True},
    {"id": "b", "text": "y", "why": "No."},
]
TARGETS = [{"id": "t1", "text": "*Less* < 5"}, {"id": "t2", "text": "More"}]
STEMS = [
    {"id": "s-1", "text": "x < 5", "target": "t1", "why": "So."},
    {"id": "s-2", "text": "y", "target": "t1", "why": "So."},
]
STEPS = [{"id": one, "text": f"Step {one}", "why": "So."} for one in ("a-1", "b-1", "c-1")]
GAPS = [
    {"id": "a", "kind": "single", "option": OPTIONS},
    {"id": "b", "kind": "short", "answer": "x", "accept": [{"pattern": "x"}]},
    {"id": "c", "kind": "numeric", "key": {"formula": "1", "unit": "mL", "units": ["L", "mL"]}},
    {"id": "d", "kind": "numeric", "key": {"formula": "1", "unit": "mL"}},
]
FILLED = {"a": {"choice": "b"}, "b": {"text": ' "x" '}, "c": {"text": "1", "unit": "L"}}
PARTS = [
    {"id": "a_1", "prompt": "x < 5", "why": "w", "key": {"formula": "1", "unit": "mL"}},
    {"id": "b", "prompt": "y", "why": "w", "key": {"formula": "a_1", "unit": "mL",
                                                   "units": ["L", "mL"]}},
    {"id": "c", "prompt": "z", "why": "w", "key": {"formula": "b"}},
]  # fmt: skip
WORKED = {"a_1": {"text": '1 "', "unit": "mL"}, "b": {"text": "2", "unit": ""}}
FIGURE = {"prompt": "Where?\n\n![A vessel](figures/vessel.svg)", "size": [640, 300]}
REGIONS = [
    {"id": "in", "text": "Inlet < 5", "circle": [160, 60, 30], "correct": True, "why": "w"},
    {"id": "out", "text": "Outlet", "rectangle": [320, 150, 400, 210], "why": "w"},
]
MARKED = [{"x": "25", "y": "20"}, {"x": "7,5", "y": ""}]
LEVELS = ["0", "1", "2", "3", "4"]
CRITERION = {"id": "c", "title": "Clarity", "levels": LEVELS}
CASES: list[tuple[QuestionKind, dict[str, Any], dict[str, Any]]] = [
    (Single(), {"option": OPTIONS}, {"choice": "b"}),
    (Multiple(), {"option": OPTIONS}, {"choices": ["a", "b"]}),
    (Matching(), {"target": TARGETS, "stem": STEMS}, {"pairs": {"s-1": "t1", "s-2": "t1"}}),
    (Matching(), {"target": TARGETS, "stem": STEMS}, {"pairs": {"s-2": "t2"}}),
    (Ordering(), {"step": STEPS}, {"places": [["b-1"], ["c-1"], ["a-1"]]}),
    (Ordering(), {"step": STEPS}, {"places": [[], ["a-1", "b-1"]]}),
    (Numeric(), {"key": {"formula": "1", "unit": "mL", "units": ["L", "mL"]}},
     {"text": '1,5 "', "unit": "mL"}),
    (Numeric(), {"key": {"formula": "1", "unit": "mL"}}, {"text": "1.5", "unit": "mL"}),
    (Short(), {"answer": "growth", "accept": [{"pattern": "growth"}]}, {"text": ' The "µ" & more'}),
    (Cloze(), {"text": "{a} and {b}, {c} and {d}", "gap": GAPS}, {"gaps": FILLED}),
    (Hotspot(), FIGURE | {"region": REGIONS}, {"points": MARKED}),
    (Hotspot(), FIGURE | {"region": REGIONS}, {"points": [{"x": "1", "y": "1"}, *MARKED]}),
    (Worksheet(), {"part": PARTS}, {"parts": WORKED}),
    (Essay(), {"model_answer": "m", "words_min": 1, "words_max": 9, "criterion": [CRITERION]},
     {"text": "\nan <essay> & more\n"}),
]  # fmt: skip


class Fields(HTMLParser):
    """Collects what a browser would post from the controls of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.posted: dict[str, list[str]] = {}
        self.tags: list[str] = []
        self.texts: dict[str, str] = {}
        self.labelled: set[str] = set()
        self.select = self.textarea = ""
        self.selected = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        kind = values.get("type")
        if tag == "input" and (kind not in ("radio", "checkbox") or "checked" in values):
            self.posted.setdefault(values["name"], []).append(values["value"])
        if tag == "textarea":
            self.textarea = values["name"]
        if tag == "select":
            self.select = values["name"]
        if tag == "option":
            self.selected = "selected" in values
            if self.selected and "value" in values:
                self.posted[self.select] = [values["value"]]
                self.selected = False

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.posted[self.textarea] = [data.removeprefix("\n")]
        if self.selected:
            self.posted[self.select] = [data]

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.textarea = ""
        if tag == "option":
            self.selected = False


def page(
    kind: QuestionKind, more: dict[str, Any], given: dict[str, Any] | None, locked: bool
) -> str:
    question = kind.parse({**COMMON, "kind": kind.name, **more})
    variant = kind.draw(question.shown, question.key, Random(1))
    env = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
    )
    env.globals["written_in"] = lambda tag: ""
    env.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    shown = kind.present(question.shown, variant, block=lambda text: f"<p>{text}</p>")
    item = {"id": "x1", "number": 3, "points": "2"}
    return env.get_template(kind.template).render(
        item=item, shown=shown, given=given, locked=locked
    )


@pytest.mark.parametrize(("kind", "more", "given"), CASES)
def test_page_gives_back_exactly_what_was_given(
    kind: QuestionKind, more: dict[str, Any], given: dict[str, Any]
) -> None:
    html = page(kind, more, given, locked=False)
    fields = Fields()
    fields.feed(html)
    assert kind.read(own_fields(fields.posted, "x1")) == given
    assert html.startswith("<fieldset")
    assert {"fieldset", "legend", "label"} <= set(fields.tags)
    assert "script" not in fields.tags
    assert "style=" not in html
    assert "Question 3" in html


@pytest.mark.parametrize(("kind", "more", "given"), CASES)
def test_page_of_nothing_given_reads_as_blank(
    kind: QuestionKind, more: dict[str, Any], given: dict[str, Any]
) -> None:
    fields = Fields()
    fields.feed(page(kind, more, None, locked=False))
    assert kind.read(own_fields(fields.posted, "x1")) is None


@pytest.mark.parametrize(("kind", "more", "given"), CASES)
def test_locked_question_cannot_be_changed(
    kind: QuestionKind, more: dict[str, Any], given: dict[str, Any]
) -> None:
    html = page(kind, more, given, locked=True)
    controls = re.findall(r"<(?:input|select|textarea)\b[^>]*>", html)
    asked = [control for control in controls if 'type="hidden"' not in control]
    assert asked
    assert all(" disabled" in control for control in asked)
