"""A module in which a review finds nothing, and for each sort of finding a way to spoil it."""

import tomllib
from collections.abc import Callable
from random import Random

from lms.curriculum.drafts.draft import Shared
from lms.curriculum.drafts.schema import ReferencesFile
from lms.curriculum.drafts.source import Folder
from lms.curriculum.reviewing.matter import Curriculum, matter_of
from lms.curriculum.reviewing.review import Review, review

Files = dict[str, str]

LESSON, OTHER = "lessons/10-flow.md", "lessons/20-pump.md"
QUESTIONS, NUMBERS = "questions/10-flow.toml", "questions/20-pump.toml"
FIGURE, MANIFEST, REGISTER = "figures/tank.svg", "module.toml", "references.toml"

_REGISTER = """
[[reference]]
id = "DOC-1"
title = "A document"
edition = "2026"
[[limit]]
id = "LOSS"
reference = "DOC-1"
text = "At most 12 g."
value = "12"
unit = "g"
clause = "4.2"
checked_by = ""
checked_on = ""
"""
_MANIFEST = """
id = "TST101"
lessons = ["10-flow", "20-pump"]
references = ["DOC-1"]
needs = []
[[outcome]]
id = "LO1"
[[outcome]]
id = "LO2"
[paper]
[[paper.draw]]
outcomes = ["LO1"]
count = 10
[[paper.draw]]
outcomes = ["LO2"]
count = 5
"""
_FIGURE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 200">
<title>A tank</title><desc>A tank with a pipe at its bottom</desc>
<text x="20" y="40" font-size="16">inlet</text>
<text x="20" y="80" font-size="16">outlet</text>
</svg>
"""
# Words enough that no two texts made of them are alike.
_NAMED = """
    cup river wind bask cane mead silk mart rib yard timber cast bay pep sad pear bridge vest
    cot isle but lad web win forest ham mirror nest oyster parrot rat shovel tin violin wall zip
    ant button car donkey wing feather harp helm insect jacket kettle lamp magnet nap
"""
_WORDS = _NAMED.split()


def _plain(seed: int, count: int) -> str:
    """Return `count` words in short sentences, another row of them for each seed."""
    row = Random(seed).choices(_WORDS, k=count)
    parts = [" ".join(row[at : at + 8]).capitalize() for at in range(0, count, 8)]
    return ". ".join(parts) + "."


def _lesson(title: str, seed: int, more: str) -> str:
    paragraphs = "\n\n".join(_plain(seed + at * 13, 80) for at in range(7))
    return f"# {title}\n\nA loss of [12 g](ref:LOSS) is the most.\n\n{paragraphs}\n\n{more}\n"


def _single(at: int) -> str:
    options = "".join(
        f'[[question.option]]\nid = "o{place}"\ntext = "{_WORDS[(at * 5 + place * 11) % 50]}'
        f' {_WORDS[(at * 3 + place) % 50]}{" indeed" if place == (at + 1) % 4 else ""}"\n'
        f"correct = {str(place == at % 4).lower()}\n"
        f'why = "This mixes {_WORDS[at % 50]} with something else."\n'
        for place in range(4)
    )
    return (
        f'[[question]]\nid = "single-{at}"\nkind = "single"\noutcome = "LO{at % 2 + 1}"\n'
        f'lesson = "10-flow"\nprompt = "{_plain(at + 40, 14)}"\n'
        f'why = "The {_WORDS[at]} comes first here."\n{options}'
    )


def _numeric(at: int) -> str:
    return (
        f'[[question]]\nid = "number-{at}"\nkind = "numeric"\noutcome = "LO{at % 2 + 1}"\n'
        f'lesson = "20-pump"\nprompt = "{_plain(at + 90, 14)} {{x}}"\n'
        f'why = "Multiply {{x}} by the {_WORDS[at]}."\n'
        '[question.parameters.x]\nmin = "1"\nmax = "2"\ndecimals = 2\n'
        '[question.key]\nformula = "x * 3"\nmin = "2"\nmax = "7"\n'
    )


def clean() -> Files:
    """Return the files of a module, and the register beside it, that leave nothing to find."""
    figure = f'![A tank with a pipe]({FIGURE} "A tank")'
    example = "::: example A sum\n2 × 3 g = 6 g. And $\\frac{6}{4} = 1.5$.\n:::"
    return {
        REGISTER: _REGISTER,
        MANIFEST: _MANIFEST,
        LESSON: _lesson("Flow", 3, figure),
        OTHER: _lesson("Pump", 5, example),
        QUESTIONS: "\n".join(_single(at) for at in range(24)),
        NUMBERS: "\n".join(_numeric(at) for at in range(8)),
        FIGURE: _FIGURE,
    }


def reviewed(files: Files) -> Review:
    """Review files as one module, `references.toml` standing beside it."""
    register = ReferencesFile.model_validate(tomllib.loads(files[REGISTER]))
    own = {path: text.encode() for path, text in files.items() if path != REGISTER}
    matter = matter_of(Folder("hub", "tst101", own))
    return review(Curriculum([matter], Shared(references={"hub/references.toml": register})))


def _replaced(path: str, old: str, new: str, count: int = -1) -> Callable[[Files], None]:
    def spoil(files: Files) -> None:
        assert old in files[path], (path, old)
        files[path] = files[path].replace(old, new, count)

    return spoil


def _added(path: str, text: str) -> Callable[[Files], None]:
    def spoil(files: Files) -> None:
        files[path] = files.get(path, "") + text

    return spoil


def _keys_first(files: Files) -> None:
    keyed = files[QUESTIONS].replace("correct = true", "correct = false")
    files[QUESTIONS] = keyed.replace(
        'why = "This mixes', 'correct_ = 1\nwhy = "This mixes'
    ).replace("correct = false\ncorrect_ = 1", "correct = false")
    parts = files[QUESTIONS].split('id = "o0"\n')
    files[QUESTIONS] = parts[0] + "".join(
        'id = "o0"\n' + part.replace("correct = false", "correct = true", 1) for part in parts[1:]
    )


def _longer_keys(files: Files) -> None:
    files[QUESTIONS] = files[QUESTIONS].replace(
        '"\ncorrect = true', ' and this one is longer"\ncorrect = true'
    )


_RULE = "\n\nGMP rules allow at most 40 g of dust, as the guideline says.\n"
_LONG = "\n\n" + " ".join(_WORDS[:40]) + ".\n"
_ORPHAN = _REGISTER.split("[[limit]]")[1].replace('"LOSS"', '"ORPHAN"')
_EXPLAINED = """
[[explained]]
finding = "key-position"
file = "module.toml"
reason = "It was so before."
"""
_MATCHING = """
[[question]]
id = "pairs"
kind = "matching"
outcome = "LO1"
lesson = "10-flow"
prompt = "Which room holds which thing?"
why = "Each thing has its room."
target = [{ id = "a", text = "Kitchen" }, { id = "b", text = "Cellar" }]
stem = [
    { id = "x", text = "Pan", target = "a", why = "It is for cooking." },
    { id = "y", text = "Wine", target = "b", why = "It lies in the cool." },
]
"""
_HARD = "\n\n" + "Characteristically internationalised compartmentalisations. " * 300 + "\n"


def _no_limits(files: Files) -> None:
    files[OTHER] = files[OTHER].replace("[12 g](ref:LOSS)", "little") + (
        "\n\nThe pharmacopoeia asks that nothing is lost.\n"
    )


PLANTED: dict[str, Callable[[Files], None]] = {
    "outcome-without-items": _replaced(MANIFEST, '"LO2"\n', '"LO2"\n[[outcome]]\nid = "LO3"\n', 1),
    "outcome-tested-once": lambda files: (
        _replaced(MANIFEST, '"LO2"\n', '"LO2"\n[[outcome]]\nid = "LO4"\n', 1)(files),
        _replaced(QUESTIONS, 'outcome = "LO1"', 'outcome = "LO4"', 1)(files),
    )[0],
    "outcome-thin-on-paper": _replaced(MANIFEST, "count = 5", "count = 1"),
    "paper-too-short": _replaced(MANIFEST, "count = 10", "count = 3"),
    "bank-too-small": _replaced(MANIFEST, "count = 10", "count = 30"),
    "item-without-feedback": _replaced(QUESTIONS, "The cup comes first here.", "Yes.", 1),
    "few-singles": lambda files: files.update(
        {QUESTIONS: "\n".join(_single(at) for at in range(12))}
    ),
    "key-position": _keys_first,
    "longest-is-key": _longer_keys,
    "near-duplicate": _added(QUESTIONS, _single(5).replace("single-5", "again")),
    "repeated-paragraph": lambda files: _added(OTHER, "\n" + files[LESSON].split("\n\n")[2])(files),
    "undefined-abbreviation": _added(LESSON, "\n\nThe SOP says so.\n"),
    "hard-to-read": _added(LESSON, _HARD),
    "long-sentence": _added(LESSON, _LONG),
    "lesson-length": lambda files: files.update({OTHER: "# Pump\n\nA [loss](ref:LOSS).\n"}),
    "figure-undescribed": _replaced(FIGURE, "A tank with a pipe at its bottom", "Tank"),
    "figure-text-overflows": _replaced(
        FIGURE, "</svg>", '<text x="620" y="120" font-size="16">drain</text></svg>'
    ),
    "figure-text-overlaps": _replaced(FIGURE, 'y="80"', 'y="44"'),
    "unreferenced-limit": _added(LESSON, _RULE),
    "lesson-without-limit": _no_limits,
    "uncited-limit": _added(REGISTER, "[[limit]]" + _ORPHAN),
    "broken-link": _added(LESSON, "\n\nRead [more](#nowhere) first.\n"),
    "does-not-recompute": _replaced(OTHER, "= 6 g", "= 7 g"),
    "draws-refused": _replaced(NUMBERS, 'max = "7"', 'max = "3.5"', 1),
    "draws-unbounded": _replaced(NUMBERS, 'max = "7"', 'unit = ""', 1),
    "mistake-accepted": _replaced(
        NUMBERS,
        "[question.key]",
        '[[question.mistake]]\nformula = "x * 3.001"\nwhy = "You rounded."\n[question.key]',
        1,
    ),
    "matching-without-spare": _added(QUESTIONS, _MATCHING),
    "unreadable-explanation": _added("review.toml", "[[explained]]\nfindings = 3\n"),
    "stale-explanation": _added("review.toml", _EXPLAINED),
}
