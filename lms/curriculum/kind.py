"""What a kind of question is: the type through which kinds plug in. No kind lives here.

A plugin yields instances of `QuestionKind` from the hook `question_kinds()`. A kind turns a
`[[question]]` table into what is shown and the key, draws a variant for one paper, presents it,
reads what was given and, if a machine marks it, scores that. All of it is pure: no clock, no
database, no randomness but the `rng` handed in. Numbers inside `shown`, `key` and `variant` are
strings, so that canonical JSON holds them exactly. `ENGINE_VERSION` is stored with every score.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Annotated, Any, ClassVar, Literal, TypeVar

from pydantic import Field, ValidationError

from lms.curriculum.checking.problem import Problem, from_validation
from lms.curriculum.drafts.schema import OutcomeCode, Slug, Strict, Text
from lms.errors import N_, RuleBroken

ENGINE_VERSION = "1"
BEST_LEVEL = 4  # points of the best level of a criterion

Plain = dict[str, Any]  # JSON-able: strings, whole numbers, true and false, lists, tables
Said = tuple[str, Mapping[str, str]]  # a translatable template and its parameters
Model = TypeVar("Model", bound="Question")
Render = Callable[[str], str]  # Markdown to what the page takes; `str` leaves it as it is


class Question(Strict):
    """The keys that every `[[question]]` table has."""

    id: Slug
    kind: Text
    outcome: OutcomeCode
    lesson: Slug
    prompt: Text
    why: Text
    critical: Literal["", "safety", "sterility", "data-integrity"] = ""
    points: Annotated[int, Field(ge=1, le=100)] = 1


@dataclass(frozen=True)
class ParsedQuestion:
    """A question as it is stored: what is shown stays for ever, the key may be corrected."""

    id: str
    kind: str
    outcome: str
    lesson: str
    critical: str
    points: int
    shown: Plain
    key: Plain


class QuestionRefused(Exception):
    """A table that is no question; `problems` lists all that is wrong, their `file` left empty."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(problem.text() for problem in problems))
        self.problems = problems


class Undrawable(RuleBroken):
    """No variant within the question's bounds was found in 1000 tries."""


class LeftToPerson(RuleBroken):
    """A response that no machine can score: a person marks it on the rubric of its key."""


@dataclass(frozen=True)
class Score:
    """What a response earned, exactly.

    `fraction` is the sum of `parts` and lies in [0, 1]; `trace` says in plain words how it came
    about; `critical_error` marks an error of a power of ten, which differs in kind from a slip.
    """

    fraction: Fraction
    parts: tuple[tuple[str, Fraction], ...] = ()
    trace: tuple[Said, ...] = ()
    critical_error: bool = False

    def plain(self) -> Plain:
        """Return the score as it is stored: fractions as "2/3", the trace as pairs."""
        return {
            "fraction": str(self.fraction),
            "parts": [[name, str(part)] for name, part in self.parts],
            "trace": [[message, dict(params)] for message, params in self.trace],
            "critical_error": self.critical_error,
        }


BLANK = Score(Fraction(0), trace=((N_("No answer was given."), {}),))


class QuestionKind(ABC):
    """One kind of question. Instances hold no state.

    `name` is the word after `kind =`; `template` a Jinja template that takes `item` (id, number,
    points), `shown` (from `present`), `given` (a payload or None) and `locked`; its fields are
    named `item-<item id>-<field>`.

    `marked_by` says who marks: "machine" always scores, "person" never, "either" scores what its
    key knows and raises LeftToPerson for the rest. What a person may mark has its rubric in
    `key["criteria"]`; a mark on "either" counts like a score: its points' share of the item's.
    """

    name: ClassVar[str]
    template: ClassVar[str]
    marked_by: ClassVar[Literal["machine", "person", "either"]] = "machine"
    # Answered with a file: its payload is `{"file": …}`, made by the page that takes it in.
    takes_files: ClassVar[bool] = False

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other)

    def __hash__(self) -> int:
        return hash(type(self))

    @abstractmethod
    def parse(self, table: Mapping[str, Any]) -> ParsedQuestion:
        """Check a table as TOML gave it and split it.

        Raises QuestionRefused with every problem of the table at once.
        """

    def check(self, shown: Plain, key: Plain, rng: Random, draws: int = 200) -> list[Problem]:
        """Draw `draws` variants and return what goes wrong; for kinds that draw numbers."""
        return []

    def draw(self, shown: Plain, key: Plain, rng: Random) -> Plain:
        """Return a variant: drawn values, option order, expected answer. Raises Undrawable."""
        return {}

    @abstractmethod
    def present(
        self,
        shown: Plain,
        variant: Plain,
        *,
        locale: str = "en",
        block: Render = str,
        inline: Render = str,
    ) -> Plain:
        """Return plain values for the template, holding nothing of the key.

        `block` renders the Markdown of a prompt, `inline` that of an option.
        """

    @abstractmethod
    def read(self, form: Mapping[str, list[str]]) -> Plain | None:
        """Return what was given, as typed; None is blank. `form` comes from `own_fields`."""

    def echo(self, payload: Plain | None, locale: str) -> Said | None:
        """Return what the page says beside a saved answer (“Read as 1.5”), if anything."""
        return None

    def score(
        self, shown: Plain, key: Plain, variant: Plain, payload: Plain | None, locale: str
    ) -> Score:
        """Score a response; pure and exact. `locale` is the attempt's.

        Raises LeftToPerson where a person marks.
        """
        raise LeftToPerson(N_("A person marks this question."))

    def marked(
        self,
        shown: Plain,
        key: Plain,
        variant: Plain,
        payload: Plain | None,
        locale: str,
        levels: Mapping[str, int],
    ) -> Fraction:
        """Return what a person's mark on an answer that was left to them earns, from 0 to 1.

        Args:
            levels: the points of each criterion of `key["criteria"]`, from 0 to 4.
        """
        return Fraction(sum(levels.values()), BEST_LEVEL * len(levels))

    def alike(self, payload: Plain | None) -> str:
        """Return what answers that say the same have in common, "" where they cannot be compared.

        Two answers to one question with the same form can be marked in one decision.
        """
        return ""

    @abstractmethod
    def explain(
        self,
        shown: Plain,
        key: Plain,
        variant: Plain,
        payload: Plain | None,
        *,
        locale: str = "en",
        block: Render = str,
        inline: Render = str,
    ) -> Plain:
        """Return what is shown after release: why, the right answer, what each option means."""


def own_fields(form: Mapping[str, list[str]], item_id: str) -> dict[str, list[str]]:
    """Return an item's own fields of a posted form, their prefix `item-<item id>-` taken off."""
    prefix = f"item-{item_id}-"
    return {
        name.removeprefix(prefix): list(values)
        for name, values in form.items()
        if name.startswith(prefix)
    }


def problem(key: str, message: str, mend: str = "", **params: Any) -> Problem:
    """Return a problem of one table; the checker knows which file it stands in."""
    return Problem("", key, message, mend, params)


def validated(model: type[Model], table: Mapping[str, Any], more: Iterable[Problem]) -> Model:
    """Return the table as its model. Raises QuestionRefused with its own problems and `more`."""
    problems = list(more)
    try:
        question = model.model_validate(dict(table))
    except ValidationError as error:
        raise QuestionRefused(from_validation("", error, model, "question.") + problems) from None
    if problems:
        raise QuestionRefused(problems)
    return question


def parsed(question: Question, shown: Plain, key: Plain) -> ParsedQuestion:
    """Put the common keys of a question beside what its kind made of the rest."""
    return ParsedQuestion(
        question.id,
        question.kind,
        question.outcome,
        question.lesson,
        question.critical,
        question.points,
        shown={"prompt": question.prompt} | shown,
        key={"why": question.why} | key,
    )
