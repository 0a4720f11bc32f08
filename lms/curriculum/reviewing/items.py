"""Findings about a module's questions: outcomes, feedback, where the key stands, how long it is."""

from collections import Counter
from collections.abc import Iterator, Sequence

from lms.curriculum.reviewing.finding import Finding
from lms.curriculum.reviewing.matter import Item, Matter, Place, Table, rows
from lms.curriculum.reviewing.words import words

ITEMS_PER_OUTCOME = 2
FEWEST_JUDGED = 20  # single-choice questions: with fewer, shares are chance
# Of four options each place holds the key in 15 to 35 %: 0.6 to 1.4 times its fair share.
LEAST_OF_FAIR, MOST_OF_FAIR = 0.6, 1.4
LONGEST_IS_KEY = 0.40
FEWEST_WORDS = 3  # of a feedback: “Wrong.” explains nothing


def outcomes(matter: Matter) -> Iterator[Finding]:
    """Find outcomes that no question tests, or only one."""
    tested = Counter(str(item.table.get("outcome")) for item in matter.items)
    for index, outcome in enumerate(matter.outcomes):
        place = Place("module.toml", f"outcome[{index}]")
        if not tested[outcome]:
            what = "no question tests %(outcome)s"
            mend = "write at least two"
            yield matter.finding(
                "outcome-without-items", place, what, mend, {"outcome": outcome}, about=outcome
            )
        elif tested[outcome] < ITEMS_PER_OUTCOME:
            what = "only one question tests %(outcome)s"
            mend = "write one more"
            yield matter.finding(
                "outcome-tested-once", place, what, mend, {"outcome": outcome}, about=outcome
            )


def feedback(matter: Matter) -> Iterator[Finding]:
    """Find questions, wrong options, pairs and steps without an explanation."""
    for item in matter.items:
        for place, table in _explained(item):
            if len(words(str(table.get("why", "")))) < FEWEST_WORDS:
                what = "this has no feedback that explains anything"
                mend = "say in why which mistake it is, or why it is right"
                yield matter.finding("item-without-feedback", place, what, mend)


def _explained(item: Item) -> Iterator[tuple[Place, Table]]:
    yield Place(item.place.file, f"{item.place.key}.why", item.id), item.table
    for name in ("option", "stem", "step"):
        for index, row in enumerate(rows(item.table, name)):
            if not row.get("correct"):
                key = f"{item.place.key}.{name}[{index}].why"
                yield Place(item.place.file, key, item.id), row


def spare_targets(matter: Matter) -> Iterator[Finding]:
    """Find matching questions whose last pair is a gift: each target belongs to one stem."""
    for item in matter.items:
        stems, targets = rows(item.table, "stem"), rows(item.table, "target")
        used = Counter(str(stem.get("target")) for stem in stems)
        if targets and len(used) >= len(targets) and max(used.values()) == 1:
            what = "each target is the answer of one stem: the last pair is a gift"
            mend = "add a target that fits nothing, or one that fits two"
            yield matter.finding("matching-without-spare", item.place, what, mend)


def key_position(matter: Matter) -> Iterator[Finding]:
    """Find places among the options that hold the key too often or too seldom.

    With four options the share of each place lies in 15 to 35 %. An option that only some
    questions have (the fourth, the fifth) is judged over these alone, and its fair share is the
    mean of one over the number of options: 0.6 to 1.4 times that is well.
    """
    singles = _singles(matter)
    if len(singles) < FEWEST_JUDGED:
        what = "%(count)s single-choice questions are too few to judge where the key stands"
        mend = "nothing to do, unless you write more"
        place = Place("module.toml")
        yield matter.finding("few-singles", place, what, mend, {"count": len(singles)}, note=True)
        return
    for position in range(max(len(item.options) for item in singles)):
        having = [item for item in singles if len(item.options) > position]
        if len(having) < FEWEST_JUDGED:
            continue
        fair = sum(1 / len(item.options) for item in having) / len(having)
        share = sum(bool(item.options[position].get("correct")) for item in having) / len(having)
        if not LEAST_OF_FAIR * fair <= share <= MOST_OF_FAIR * fair:
            what = "option %(position)s is the key in %(share)s %% of %(count)s questions"
            mend = "change the order of options until it is between %(least)s and %(most)s %%"
            yield matter.finding(
                "key-position",
                Place("module.toml"),
                what,
                mend,
                {
                    "position": position + 1,
                    "share": round(100 * share),
                    "count": len(having),
                    "least": round(100 * LEAST_OF_FAIR * fair),
                    "most": round(100 * MOST_OF_FAIR * fair),
                },
                about=f"option {position + 1}",
            )


def longest_is_key(matter: Matter) -> Iterator[Finding]:
    """Find a module whose longest option is the key too often: a guess that then pays."""
    singles = _singles(matter)
    if len(singles) < FEWEST_JUDGED:
        return
    told = [item.id for item in singles if _key_is_longest(item)]
    if len(told) > LONGEST_IS_KEY * len(singles):
        what = "the longest option is the key in %(share)s %% of %(count)s questions"
        mend = "at most %(most)s %%: make wrong options as long and as careful, as in %(few)s"
        yield matter.finding(
            "longest-is-key",
            Place("module.toml"),
            what,
            mend,
            {
                "share": round(100 * len(told) / len(singles)),
                "count": len(singles),
                "most": round(100 * LONGEST_IS_KEY),
                "few": ", ".join(told),
            },
        )


def _singles(matter: Matter) -> Sequence[Item]:
    return [item for item in matter.items if item.kind == "single" and len(item.options) > 1]


def _key_is_longest(item: Item) -> bool:
    """Tell whether the key is longer than every other option; among equals nobody can tell."""
    lengths = [(len(str(one.get("text", ""))), bool(one.get("correct"))) for one in item.options]
    longest = max(length for length, _ in lengths)
    return [right for length, right in lengths if length == longest] == [True]
