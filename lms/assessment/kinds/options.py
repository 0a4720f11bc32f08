"""What the kinds with options share: their table, order, presentation. Scoring is each kind's."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from random import Random
from typing import Annotated, Any

from pydantic import Field

from lms.assessment.kinds.numeric_table import Number, as_number
from lms.curriculum.checking.problem import Problem
from lms.curriculum.drafts.schema import Strict, Text, written
from lms.curriculum.kind import Plain, Question, Render, problem
from lms.errors import N_

OptionId = Annotated[str, Field(max_length=40), written("too-little", r"[A-Za-z0-9][A-Za-z0-9_-]*")]


class Option(Strict):
    """One `[[question.option]]`; `why` says of a wrong one which mistake it is.

    `weight` is the share of the points that choosing it earns, where a kind scores by weights.
    """

    id: OptionId
    text: Text
    correct: bool = False
    why: str = ""
    pinned: bool = False
    weight: Number | None = None


class OptionQuestion(Question):
    """A question with options to choose from."""

    option: Annotated[list[Option], Field(min_length=2, max_length=20)]


def option_problems(table: Mapping[str, Any]) -> list[Problem]:
    """Return what the shape of a table cannot see: ids and texts twice, distractors unexplained."""
    problems = []
    options = tables(table, "option")
    for name, message in (
        ("id", N_("two options have the id “%(value)s”")),
        ("text", N_("two options read “%(value)s”")),
    ):
        for value in twice(option.get(name) for option in options):
            problems.append(problem("option", message, N_("change one of them"), value=value))
    for place, option in enumerate(options):
        if option.get("correct") is not True and not str(option.get("why", "")).strip():
            problems.append(
                problem(
                    f"option[{place}].why",
                    N_("this wrong option does not say which mistake it is"),
                    N_("tell the learner who chose it what went wrong"),
                )
            )
    return problems


def correct_count(table: Mapping[str, Any]) -> int:
    """Return how many options of a table are marked correct."""
    return sum(option.get("correct") is True for option in tables(table, "option"))


def tables(table: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """Return the tables below a key of any table; what is no table there counts as empty."""
    found = table.get(name)
    listed = found if isinstance(found, list) else []
    return [one if isinstance(one, dict) else {} for one in listed]


def twice(values: Iterable[Any]) -> list[str]:
    """Return the texts that stand more than once among some values."""
    counts = Counter(value.strip() for value in values if isinstance(value, str))
    return [value for value, count in counts.items() if count > 1]


def partial_problems(table: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield the problem of a critical question that would give points for half an answer."""
    if table.get("critical") and table.get("scoring") != "exact":
        yield problem(
            "scoring",
            N_("a critical question gives no partial credit"),
            N_('write scoring = "exact"'),
        )


def weights_of(table: Mapping[str, Any]) -> dict[int, Decimal]:
    """Return the weights that options of a table carry, by the option's place."""
    found = {at: as_number(one.get("weight")) for at, one in enumerate(tables(table, "option"))}
    return {at: weight for at, weight in found.items() if weight is not None}


def unweighted_problems(table: Mapping[str, Any], mend: str) -> Iterator[Problem]:
    """Yield a problem for each weight of a question that is not scored by weights."""
    for place, option in enumerate(tables(table, "option")):
        if "weight" in option:
            message = N_("this weight counts for nothing here")
            yield problem(f"option[{place}].weight", message, mend)


def shown_options(question: OptionQuestion) -> list[Plain]:
    """Return the options as they are shown, in the author's order."""
    return [{"id": o.id, "text": o.text, "pinned": o.pinned} for o in question.option]


def option_key(question: OptionQuestion) -> Plain:
    """Return the key: the ids of the correct options, and why each option is right or wrong."""
    weights = {option.id: option.weight for option in question.option if option.weight}
    return {
        "correct": [option.id for option in question.option if option.correct],
        "whys": {option.id: option.why for option in question.option if option.why},
    } | ({"weights": weights} if weights else {})


def shuffled(shown: Plain, rng: Random) -> list[str]:
    """Return the option ids in a drawn order, the pinned ones last as the author has them."""
    loose = [option["id"] for option in shown["options"] if not option["pinned"]]
    rng.shuffle(loose)
    return loose + [option["id"] for option in shown["options"] if option["pinned"]]


def presented(shown: Plain, variant: Plain, inline: Render) -> list[Plain]:
    """Return the options in the variant's order, with nothing of the key."""
    texts = {option["id"]: option["text"] for option in shown["options"]}
    return [{"id": option, "text": inline(texts[option])} for option in variant["order"]]


def explained(
    shown: Plain, key: Plain, variant: Plain, chosen: Collection[str], inline: Render
) -> list[Plain]:
    """Return the options with what the key says of each and whether it was chosen."""
    return [
        option
        | {
            "correct": option["id"] in key["correct"],
            "chosen": option["id"] in chosen,
            "why": inline(key["whys"].get(option["id"], "")),
        }
        for option in presented(shown, variant, inline)
    ]
