"""Worksheet: a slip costs once, a guess only its own part, and what is wrong is named."""

from copy import deepcopy
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.assessment.kinds.worksheet import Worksheet
from lms.curriculum.kind import QuestionRefused, Score

KIND = Worksheet()
TABLE: dict[str, Any] = {
    "id": "seed-train", "kind": "worksheet", "outcome": "LO1", "lesson": "l",
    "prompt": "Inoculate {v} L at {x} e6 cells/mL.", "why": "From the cells to the volume.",
    "parameters": {
        "v": {"choices": ["2", "5"]},
        "x": {"min": "0.2", "max": "0.6", "decimals": 1},
    },
    "part": [
        {"id": "cells", "prompt": "Cells needed", "why": "{v} L × {x} = {answer}",
         "key": {"formula": "v * 1000 * x * 1e6", "unit": "cells"}},
        {"id": "volume", "prompt": "Volume of a seed of 4e6 cells/mL", "why": "{cells} / 4e6",
         "weight": 2,
         "key": {"formula": "cells / 4e6", "unit": "mL", "units": ["mL", "L"]},
         "mistake": [{"formula": "cells / 4e5", "why": "You lost a power of ten."}]},
        {"id": "logs", "prompt": "Its logarithm", "why": "{answer}",
         "key": {"formula": "log10(volume - 100)", "absolute": "0.01"}},
    ],
}  # fmt: skip
MADE = KIND.parse(TABLE)
VARIANT = {
    "values": {"v": "5", "x": "0.4"},
    "derived": {},
    "answers": {"cells": "2000000000", "volume": "500", "logs": "2.602"},
}


def score(cells: str, volume: str, logs: str, unit: str = "mL", made: Any = MADE) -> Score:
    form = {
        "cells-number": [cells], "cells-unit": ["cells"], "logs-number": [logs],
        "volume-number": [volume], "volume-unit": [unit],
    }  # fmt: skip
    found = KIND.score(made.shown, made.key, VARIANT, KIND.read(form), "en")
    assert sum((part for _, part in found.parts), Fraction(0)) == found.fraction
    return found


@pytest.mark.parametrize(
    ("given_", "fraction"),
    [
        (("2e9", "500", "2.60"), "1"),
        (("2e9", "0.5", "2.60", "L"), "1"),
        (("1e9", "250", "2.176"), "3/4"),  # only the first is wrong
        (("1e9", "0.25", "2.176", "L"), "3/4"),  # in another unit
        (("1e9", "500", "2.60"), "3/4"),  # the right values count as well
        (("2e9", "250", "2.176"), "1/2"),
        (("2e9", "50", "2.60"), "1/2"),  # the logarithm of less than 0 follows nothing
        (("2e9", "many", "2.60"), "1/2"),
        (("2e9", "500", "1"), "3/4"),
        (("", "500", ""), "1/2"),
    ],
)
def test_worksheet_scores_later_parts_with_ones_own_value(
    given_: tuple[str, ...], fraction: str
) -> None:
    assert str(score(*given_).fraction) == fraction


def test_follow_through_is_said() -> None:
    said = [message % params for message, params in score("1e9", "250", "2.176").trace]
    assert said[0] == "Part 1 earned 0 of its points."
    assert "Part 2 earned 1 of its points." in said
    assert "Scored with your own value of part 1." in said
    assert "Scored with your own value of part 2." in said


def test_power_of_ten_is_flagged_where_it_was_made_and_not_where_it_is_carried() -> None:
    assert score("2e8", "50", "1").critical_error
    assert score("2e9", "5000", "2.60").critical_error
    assert not score("1e9", "250", "2.176").critical_error


def test_known_mistake_is_recognised_in_its_part() -> None:
    said = [message % params for message, params in score("2e9", "5000", "2.60").trace]
    assert "You lost a power of ten." in said


numbers = st.sampled_from(["", "1e9", "2e9", "250", "500", "2.6", "0", "-1", "x", "1e99"])


@given(numbers, numbers, numbers)
def test_follow_through_never_takes_anything_away_and_nothing_raises(
    cells: str, volume: str, logs: str
) -> None:
    strict = KIND.parse(TABLE | {"scoring": "weighted"})
    exact = KIND.parse(TABLE | {"scoring": "exact"})
    lenient = score(cells, volume, logs).fraction
    assert 1 >= lenient >= score(cells, volume, logs, made=strict).fraction
    assert (score(cells, volume, logs, made=exact).fraction == 1) is (
        score(cells, volume, logs, made=strict).fraction == 1
    )


@given(st.integers())
def test_every_draw_is_scored_full_by_its_own_answers(seed: int) -> None:
    variant = KIND.draw(MADE.shown, MADE.key, Random(seed))
    parts = {
        part: {"text": f"{Decimal(answer):.9e}", "unit": MADE.key["parts"][part]["unit"]}
        for part, answer in variant["answers"].items()
    }
    assert KIND.score(MADE.shown, MADE.key, variant, {"parts": parts}, "en").fraction == 1


def test_corrected_key_counts_and_not_the_answers_stored_with_the_paper() -> None:
    key = deepcopy(MADE.key)
    key["parts"]["cells"]["formula"] = "v * 1000 * x * 2e6"
    payload = KIND.read({"cells-number": ["4e9"], "volume-number": ["1000"],
                         "volume-unit": ["mL"]})  # fmt: skip
    assert KIND.score(MADE.shown, key, VARIANT, payload, "en").fraction == Fraction(3, 4)


def test_after_release_each_part_says_what_is_right_and_whether_it_followed() -> None:
    payload = KIND.read({"cells-number": ["1e9"], "volume-number": ["250"],
                         "volume-unit": ["mL"]})  # fmt: skip
    told = KIND.explain(MADE.shown, MADE.key, VARIANT, payload)["parts"]
    assert [(one["correct"], one["followed"]) for one in told] == [
        (False, False), (True, True), (False, False),
    ]  # fmt: skip
    assert told[1]["right"] == "500\u00a0mL"


def test_nothing_of_the_key_is_shown() -> None:
    shown = str(KIND.present(MADE.shown, VARIANT)) + str(MADE.shown)
    for secret in ("1e6 *", "cells / 4e6", "power of ten"):
        assert secret not in shown


def test_sound_worksheet_passes_its_check_and_a_rewarded_mistake_does_not() -> None:
    assert KIND.check(MADE.shown, MADE.key, Random(1)) == []
    parts = deepcopy(TABLE["part"])
    parts[1]["mistake"][0]["formula"] = "cells / 4.01e6"
    made = KIND.parse(TABLE | {"part": parts})
    (found,) = KIND.check(made.shown, made.key, Random(1))
    assert found.key == "part[1].mistake[0].formula"


def changed(at: int, **part: Any) -> dict[str, Any]:
    parts = deepcopy(TABLE["part"])
    parts[at] |= part
    return {"part": parts}


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"critical": "safety"}, "scoring"),
        (changed(0, id="v"), "part[0].id"),
        (changed(0, id="volume"), "part"),
        (changed(0, id="answer"), "part[0].id"),
        (changed(0, key={"formula": "volume * 2", "unit": "cells"}), "part[0].key.formula"),
        (changed(0, key={"formula": "v *"}), "part[0].key.formula"),
        (changed(0, key={"formula": "v * x", "unit": "cell"}), "part[0].key.unit"),
        (changed(0, prompt="Cells for {volume}"), "part[0].prompt"),
        (changed(0, why="{nothing}"), "part[0].why"),
        (changed(0, mistake=[{"formula": "logs", "why": "w"}]), "part[0].mistake[0].formula"),
        ({"prompt": "{cells}"}, "prompt"),
        ({"parameters": TABLE["parameters"] | {"u": {"choices": ["1"]}}}, "parameters.u"),
        ({"part": TABLE["part"][:1]}, "part"),
        ({"part": "x"}, "part"),
    ],
)
def test_table_that_cannot_be_scored_is_refused(change: dict[str, Any], key: str) -> None:
    with pytest.raises(QuestionRefused) as refusal:
        KIND.parse(TABLE | change)
    assert key in {problem.key for problem in refusal.value.problems}
