"""Claims about whatever question: after one way out and back, further ways change nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.exchange.item import Table
from lms.exchange.written import TARGETS, write
from tests.exchange.taking import read
from tests.exchange.test_round_trips import READ_AS, same

_WORDS = st.text(alphabet="abÉ漢 1<>&*_[]{}=~#:%\\$|.\"'-", min_size=1, max_size=24).map(
    lambda text: f"w{text.strip()}w"
)
_HEAD = {"outcome": "LO1", "lesson": "10-a"}


@st.composite
def _table(draw: st.DrawFn) -> Table:
    texts = draw(st.lists(_WORDS, min_size=3, max_size=5, unique_by=lambda one: one.casefold()))
    kind = draw(st.sampled_from(["single", "multiple", "matching", "ordering", "short", "numeric"]))
    head = {"id": draw(st.sampled_from(["a", "b-2", "q10"])), "kind": kind, **_HEAD}
    head |= {"prompt": draw(_WORDS), "why": draw(_WORDS)}
    ids = [chr(97 + place) for place in range(len(texts))]
    pairs = list(zip(ids, texts, strict=True))
    if kind in ("single", "multiple"):
        right = 1 if kind == "single" else draw(st.integers(1, len(texts) - 1))
        return head | {"option": [_option(id, text, ids.index(id) < right) for id, text in pairs]}
    if kind == "matching":
        targets = [{"id": f"t{id}", "text": text} for id, text in pairs]
        stems = [
            {"id": id, "text": f"s {text}", "target": f"t{id}", "why": "w"} for id, text in pairs
        ]
        return head | {"target": targets, "stem": stems}
    if kind == "ordering":
        return head | {"step": [{"id": id, "text": text, "why": "w"} for id, text in pairs]}
    if kind == "short":
        return head | {"answer": "yes", "accept": [{"pattern": "yes"}, {"pattern": "ja"}]}
    number = draw(st.integers(-999, 999))
    return head | {"key": {"formula": str(number), "absolute": "0.5"}}


def _option(id: str, text: str, correct: bool) -> Table:
    return {"id": id, "text": text} | ({"correct": True} if correct else {"why": "w"})


def _there_and_back(tables: list[Table], format: str) -> list[Table]:
    report = read(READ_AS.get(format, "x.zip"), write(tables, format).data)
    return [same(one) for one in report.taken]


@pytest.mark.parametrize("format", sorted(TARGETS))
@settings(max_examples=15)
@given(_table())
def test_whatever_question_is_stable_after_one_way_out_and_back(format: str, table: Table) -> None:
    once = _there_and_back([table], format)
    twice = _there_and_back(once, format)
    assert _there_and_back(twice, format) == twice
    if format not in ("gift", "aiken", "moodle"):
        assert twice == once
