"""Claims about what counts as well, as wanting a look, as not well."""

from datetime import UTC, datetime, timedelta

import pytest

from lms.operation import rules
from lms.operation.rules import BAD, LOOK, WELL, Check, Waiting

NOW = datetime(2026, 11, 22, tzinfo=UTC)
MB, GB = 10**6, 10**9


@pytest.mark.parametrize(
    ("ago", "state"),
    [(None, BAD), (0, WELL), (179, WELL), (180, LOOK), (899, LOOK), (900, BAD)],
)
def test_a_worker_that_was_not_seen_for_minutes_is_not_well(ago: int | None, state: str) -> None:
    seen = None if ago is None else NOW - timedelta(seconds=ago)
    assert rules.of_worker(seen, NOW).state == state


@pytest.mark.parametrize(
    ("free", "total", "state"),
    [
        (50 * GB, 100 * GB, WELL),
        (14 * GB, 100 * GB, LOOK),
        (4 * GB, 100 * GB, BAD),
        (1 * GB, 4 * GB, LOOK),
        (400 * MB, 1 * GB, BAD),
        (0, 0, BAD),
    ],
)
def test_a_disk_wants_a_look_long_before_it_is_full(free: int, total: int, state: str) -> None:
    assert rules.of_disk(free, total).state == state


@pytest.mark.parametrize(
    ("days", "state"), [(None, BAD), (0, WELL), (1, WELL), (2, LOOK), (7, LOOK), (8, BAD)]
)
def test_a_backup_grows_old(days: int | None, state: str) -> None:
    made = None if days is None else NOW - timedelta(days=days)
    assert rules.of_backup(made, NOW).state == state


@pytest.mark.parametrize(
    ("failed", "hours", "state"), [(0, None, WELL), (0, 0, WELL), (0, 2, LOOK), (1, 0, BAD)]
)
def test_work_that_failed_is_not_well_and_old_work_wants_a_look(failed, hours, state) -> None:
    oldest = None if hours is None else NOW - timedelta(hours=hours)
    assert rules.state_of(Waiting("x", 3, False, oldest, failed), NOW) == state


def test_the_worst_part_speaks_for_the_machine() -> None:
    parts = {state: Check(state, state, "") for state in (WELL, LOOK, BAD)}
    assert rules.worst([]) == WELL
    assert rules.worst([parts[WELL], parts[LOOK]]) == LOOK
    assert rules.worst(parts.values()) == BAD


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (12_345_678, "12.3 MB"), (5 * 10**12, "5.0 TB")],
)
def test_sizes_are_said_as_people_read_them(number: int, said: str) -> None:
    assert rules.size(number) == said
