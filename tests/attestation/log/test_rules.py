"""Claims about workplace logs: what counts, and what no entry can say."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from lms.attestation.log.rules import Entry, check_entry, log_standing, totals
from lms.errors import RuleBroken

TODAY = date(2026, 6, 1)
TASKS = {"kind": "WL", "text": "Log", "count": 3, "tasks": ["FFP-02", "FFP-03"]}
FREE = {"kind": "WL", "text": "Inspections", "count": 3}


def entry(task: str = "", accepted: bool | None = True, hours: str = "2", **more: Any) -> Entry:
    return Entry(task, Decimal(hours), accepted, **more)


def test_each_task_is_done_often_enough_and_one_does_not_stand_for_another() -> None:
    many = [entry("FFP-02")] * 6
    found = log_standing(TASKS, many)
    assert (found.count, found.of, found.met) == (3, 6, False)
    assert log_standing(TASKS, [*many, *[entry("FFP-03")] * 3]).met


def test_only_what_is_countersigned_counts() -> None:
    entries = [entry(), entry(), entry(accepted=None), entry(accepted=False), entry(withdrawn=True)]
    found = log_standing(FREE, entries)
    assert (found.count, found.of, found.waiting, found.met) == (2, 3, 1, False)
    assert log_standing(FREE, [*entries, entry()]).met


def test_hours_are_asked_for_on_top_where_a_clause_says_so() -> None:
    long = FREE | {"hours": 7}
    assert not log_standing(long, [entry()] * 3).met
    assert log_standing(long, [entry(), entry(), entry(hours="3")]).met


def test_the_running_total_names_every_task_also_those_not_begun() -> None:
    found = totals(TASKS, [entry("FFP-03", hours="1.5"), entry("FFP-03", accepted=None)])
    assert [(one.task, one.count, one.hours) for one in found] == [
        ("FFP-02", 0, Decimal(0)),
        ("FFP-03", 1, Decimal("1.5")),
    ]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"done_on": TODAY + timedelta(days=1)}, "done_on"),
        ({"done_on": TODAY - timedelta(days=367)}, "done_on"),
        ({"hours": Decimal(0)}, "hours"),
        ({"hours": Decimal("24.5")}, "hours"),
        ({"task": "DSP-01"}, "task"),
        ({"task": ""}, "task"),
    ],
)
def test_entries_that_cannot_be_true_are_refused(said: dict[str, Any], field: str) -> None:
    whole = {"done_on": TODAY, "hours": Decimal(2), "task": "FFP-02"} | said
    with pytest.raises(RuleBroken) as refused:
        check_entry(TASKS, whole, TODAY)
    assert refused.value.field == field


def test_an_entry_of_a_log_without_tasks_names_none() -> None:
    check_entry(FREE, {"done_on": TODAY, "hours": Decimal(24), "task": ""}, TODAY)
