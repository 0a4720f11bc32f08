"""Which questions a sheet can hold, when two readings of it say the same, its times. Pure."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from lms.curriculum.kind import Plain, QuestionKind
from lms.errors import N_, RuleBroken

# Whose form for pen and paper the printed page knows.
PRINTED = frozenset(
    {"single", "multiple", "matching", "ordering", "hotspot"}
    | {"numeric", "worksheet", "short", "cloze", "essay"}
)
READERS = 2  # people who enter a sheet, each alone
_MINUTE = timedelta(minutes=1)  # to which times are noted


class Item(Protocol):
    """A question of a paper, as far as readings of it are compared."""

    @property
    def id(self) -> str: ...
    @property
    def kind(self) -> str: ...


@dataclass(frozen=True)
class Agreed:
    """What two readings of a sheet come to.

    Attributes:
        answers: by item what stands, blanks left out.
        differing: the items on which the readings differ, in the paper's order.
        open: those of them on which nobody has decided.
    """

    answers: Mapping[str, Plain]
    differing: tuple[str, ...]
    open: tuple[str, ...]


def same(kind: QuestionKind, first: Plain | None, second: Plain | None) -> bool:
    """Tell whether two readings of an answer say the same, as their kind reads them.

    What is chosen has no order already (`QuestionKind.read`); in what is typed, spaces make no
    difference, and of a few words not what their kind sets aside (`QuestionKind.alike`).
    """
    if _plain(first) == _plain(second):
        return True
    texts = first is not None and second is not None and first.keys() == second.keys() == {"text"}
    return texts and kind.alike(first) == kind.alike(second) != ""


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return " ".join(unicodedata.normalize("NFKC", value).split())
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    return value


def agreed(
    items: Iterable[Item],
    kinds: Mapping[str, QuestionKind],
    first: Mapping[str, Plain],
    second: Mapping[str, Plain],
    chosen: Mapping[str, int],
) -> Agreed:
    """Compare two readings of a sheet item by item.

    Args:
        first, second: by item what each person read, blanks left out.
        chosen: by item which reading stands, 1 or 2, where somebody decided.
    """
    answers: dict[str, Plain] = {}
    differing, undecided = [], []
    for item in items:
        one, other = first.get(item.id), second.get(item.id)
        stands = one
        if not same(kinds[item.kind], one, other):
            differing.append(item.id)
            if item.id not in chosen:
                undecided.append(item.id)
                continue
            stands = one if chosen[item.id] == 1 else other
        if stands is not None:
            answers[item.id] = stands
    return Agreed(answers, tuple(differing), tuple(undecided))


def check_times(
    began: datetime, ended: datetime, *, seated: datetime, now: datetime, allowed: timedelta
) -> None:
    """Refuse times between which nobody can have written a sheet.

    Raises:
        RuleBroken: before the seat was taken, not over yet, no time at all, or more than `allowed`.
    """
    if began < seated - _MINUTE:
        message = N_("This is before the candidate was seated on paper.")
        raise RuleBroken(message, field="began_at")
    if ended > now:
        raise RuleBroken(N_("This time has not come yet."), field="ended_at")
    if ended <= began:
        raise RuleBroken(N_("The end is not after the beginning."), field="ended_at")
    if ended - began > allowed + _MINUTE:
        raise RuleBroken(
            N_("This is longer than the %(minutes)s minutes that the candidate has. Look at the"
               " times again; where time was lost, give more minutes first, with the reason."),
            field="ended_at",
            minutes=str(int(allowed.total_seconds() // 60)),
        )  # fmt: skip
