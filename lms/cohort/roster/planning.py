"""What each row of a roster comes to before anything is written: new, there, refused. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lms.cohort.roster.known import Known, Learning, Module, Place
from lms.cohort.roster.reading import (
    DELIVERING,
    LOGIN,
    NAME,
    NATIVE,
    PLACE,
    ROLE,
    WHAT,
    Problem,
    Row,
    folded,
)
from lms.cohort.roster.steps import ALREADY, BUSY, Step, carried, chosen, steps_of
from lms.errors import N_, RuleBroken
from lms.people.rules import check_login, check_name

NEW, THERE = "new", "there"


@dataclass(frozen=True)
class Planned:
    """A row and what it comes to; with problems, nothing.

    `earlier` is the row of the file that adds the person, where that is not this one.
    """

    row: Row
    person: str = ""
    person_id: str = ""
    earlier: int = 0
    place: Place | None = None
    delivering: Place | None = None
    programme: str | None = None
    steps: tuple[Step, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def refused(self) -> bool:
        """Tell whether nothing of this row is done."""
        return bool(self.problems)

    @property
    def changes(self) -> bool:
        """Tell whether this row writes anything."""
        moves = any(step.kind != ALREADY for step in self.steps)
        return not self.refused and (self.person == NEW or moves)

    def plain(self) -> list[Any]:
        """Return what is to be done as it is compared between preview and confirmation."""
        steps = [[s.kind, s.module.code, s.version_id] for s in self.steps]
        ends = [p.id if p else "" for p in (self.place, self.delivering)]
        problems = [[p.column, p.message] for p in self.problems]
        return [self.row.number, self.person, self.person_id, *ends, self.programme or "", steps,
                problems]  # fmt: skip


def plan(rows: Sequence[Row], known: Known) -> list[Planned]:
    """Return what each row comes to, those before it in the file done."""
    planned: list[Planned] = []
    added: dict[str, Planned] = {}
    learning = dict(known.learning)
    for row in rows:
        one = _planned(row, replace(known, learning=learning), added)
        planned.append(one)
        if one.refused:
            continue
        login = row.cells[LOGIN].lower()
        if one.person == NEW:
            added[login] = one
        for step in one.steps:
            if step.kind != ALREADY:
                learning[one.person_id or login, step.module.code] = Learning(
                    step.version_id, step.version, one.programme, ended=False
                )
    return planned


def _planned(row: Row, known: Known, added: Mapping[str, Planned]) -> Planned:
    problems = list(row.problems)
    person = _Person(row, known, added)
    problems += person.problems()
    place = person.place()
    delivering = _place(row, DELIVERING, known, problems, mine=False) or place
    programme, modules = _what(row.cells[WHAT], known, problems)
    steps = steps_of(modules, programme, person.key, known) if not problems else ()
    if programme and steps and not carried(steps, programme, person.key, known):
        problems.append(Problem(WHAT, BUSY))
    return Planned(
        row=row,
        person=THERE if person.known or person.before else NEW,
        person_id=person.known.id if person.known else "",
        earlier=person.before.row.number if person.before else 0,
        place=place,
        delivering=delivering,
        programme=programme,
        steps=steps,
        problems=_one_a_column(problems),
    )


def _one_a_column(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return the first problem of each column: the others mostly say the same once more."""
    return tuple({p.column: p for p in reversed(problems)}.values())[::-1]


class _Person:
    """Whom a row means: somebody known, somebody an earlier row adds, or somebody new."""

    def __init__(self, row: Row, known: Known, added: Mapping[str, Planned]) -> None:
        self.row, self._hub = row, known
        login = row.cells[LOGIN].lower()
        self.known, self.before = known.people.get(login), added.get(login)
        self.key = self.known.id if self.known else login
        self._wrong: list[Problem] = []
        self._named = _place(row, PLACE, known, self._wrong, mine=True)

    def place(self) -> Place | None:
        """Return the organisation that sends the person."""
        if self.known:
            return self.known.place
        return self.before.place if self.before else (self._named or self._hub.own)

    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong with the person that the row names."""
        yield from self._wrong
        yield from _bad_words(self.row)
        if folded(self.row.cells[ROLE]) not in self._hub.roles:
            said = N_("Only learners come in by a list. Other roles are given one by one.")
            yield Problem(ROLE, said)
        if self.known and not self.known.place.mine:
            # Not whose it is: who imports may not know them.
            said = N_("This sign-in name belongs to somebody outside your organisations.")
            yield Problem(LOGIN, said)
        elif self.known and self.known.disabled:
            yield Problem(LOGIN, N_("The account of this person is closed."))
        elif self.known or self.before:
            yield from self._differences()
        elif not self.row.cells[PLACE] and self._hub.own is None:
            yield Problem(PLACE, N_("Say which of your organisations the person belongs to."))

    def _differences(self) -> Iterator[Problem]:
        name = self.known.name if self.known else self.before.row.cells[NAME]  # type: ignore[union-attr]
        if folded(name) != folded(self.row.cells[NAME]):
            said = N_(
                "This sign-in name is %(name)s's. Is it another person? Then the sign-in name is"
                " wrong; else write the name as it stands here."
            )
            yield Problem(NAME, said, {"name": name})
        place = self.place()
        if self._named and place and self._named.id != place.id:
            said = N_("%(name)s belongs to %(place)s here.")
            yield Problem(PLACE, said, {"name": name, "place": place.name})


def _bad_words(row: Row) -> Iterator[Problem]:
    for column, check in ((NAME, check_name), (NATIVE, check_name), (LOGIN, check_login)):
        if row.cells[column]:
            try:
                check(row.cells[column])
            except RuleBroken as error:
                yield Problem(column, error.message, error.params)


def _place(
    row: Row, column: str, known: Known, problems: list[Problem], *, mine: bool
) -> Place | None:
    """Return the organisation that a cell names; None where it is empty or names none."""
    text = row.cells[column]
    if not text:
        return None
    named = known.places.get(folded(text), ())
    found = [place for place in named if place.mine or not mine]
    if len(found) == 1:
        return found[0]
    if found:
        said = N_("There are %(count)s organisations of this name. Enrol these people by hand.")
        problems.append(Problem(column, said, {"count": len(found)}))
    elif mine:
        problems.append(Problem(column, N_("None of your organisations has this name.")))
    else:
        problems.append(Problem(column, N_("No organisation has this name.")))
    return None


def _what(text: str, known: Known, problems: list[Problem]) -> tuple[str | None, list[Module]]:
    if not text:
        return None, []
    try:
        return chosen(text, known.modules, known.programmes)
    except RuleBroken as error:
        problems.append(Problem(WHAT, error.message, error.params))
        return None, []
