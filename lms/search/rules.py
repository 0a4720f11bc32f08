"""How a search is read, what a word weighs, which document comes first. Whole numbers only, so that
every database and every machine gives the same order. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import lru_cache

from lms.curriculum.text.words import terms

MADE_BY = 1  # raise it when a document would be made or weighed otherwise
MOST_WORDS = 8
LONGEST_QUERY = 200
SHORTEST_BEGINNING = 2
_USUAL = 120  # words of a usual document
# A word says nothing where every page has it; nobody searches for these alone.
_EMPTY = frozenset(
    terms(
        "a an and are as at be but by can do does for from has have how i if in is it its me my "
        "no not of on or our so than that the their them then there these they this to was we "
        "what when where which who why will with you your"
    )
)


@dataclass(frozen=True)
class Asked:
    """What somebody searches for: words as they are compared; of the last the beginning is enough.

    Attributes:
        typed: the words as they were typed, one for each.
    """

    words: tuple[str, ...]
    typed: tuple[str, ...]


def read_query(text: str) -> Asked:
    """Return the words of a search: each once, empty ones left out unless there is nothing else."""
    found: dict[str, str] = {}
    for typed in text[:LONGEST_QUERY].split():
        for term in terms(typed):
            found.setdefault(term, typed if len(terms(typed)) == 1 else term)
    full = {term: typed for at, (term, typed) in enumerate(found.items()) if _says(term, typed, at)}
    kept = list((full or found).items())[:MOST_WORDS]
    return Asked(tuple(term for term, _ in kept), tuple(typed for _, typed in kept))


def _says(term: str, typed: str, at: int) -> bool:
    """Tell whether a word is worth looking for: grade A is, a grade is not."""
    return term not in _EMPTY or (len(term) == 1 and typed.isupper() and at > 0)


def weigh(fields: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Return what each word of a document weighs, 0 to 2200.

    Args:
        fields: each text with how often it counts: a heading counts for more than a line.

    Okapi BM25's share of one document (k1 = 1.2, b = 0.5) for a fixed usual length, in thousandths
    (Robertson and Zaragoza, 2009): what a document weighs does not change with its neighbours.
    """
    counts: Counter[str] = Counter()
    size = 0
    for text, times in fields:
        words = terms(text)
        size += len(words)
        for word in words:
            counts[word] += times
    return {
        word: 22000 * count * _USUAL // (10 * count * _USUAL + 6 * (_USUAL + size))
        for word, count in counts.items()
    }


@lru_cache(maxsize=4096)
def rarity(documents: int, of: int) -> int:
    """Return how much a word says that stands in so many of all documents, in thousandths.

    BM25's inverse document frequency ln(1 + (N − n + ½)/(n + ½)), in Decimal: the same everywhere.
    """
    with localcontext() as context:
        context.prec = 28
        return int((Decimal(2 * of + 2) / Decimal(2 * documents + 1)).ln() * 1000)


@dataclass(frozen=True)
class Weight:
    """That a word stands in a document, and what it weighs there."""

    term: str
    document_id: str
    weight: int
    place: int


def rank(
    asked: Sequence[Mapping[str, int]], weights: Sequence[Weight], documents: int
) -> list[str]:
    """Return the ids of documents, best first: most words found, then what these weigh.

    Args:
        asked: for each word that was asked for, the words of the index that answer to it, with how
            much each counts (the word itself 2, one that begins so 1).
        documents: how many there are in all.
    """
    frequency = Counter(one.term for one in weights)
    places = {one.document_id: one.place for one in weights}
    found: dict[str, dict[int, int]] = {}
    answers: dict[str, list[tuple[int, int]]] = {}
    for number, words in enumerate(asked):
        for term, times in words.items():
            answers.setdefault(term, []).append((number, times))
    for one in weights:
        scores = found.setdefault(one.document_id, {})
        said = rarity(frequency[one.term], documents) * one.weight
        for number, times in answers.get(one.term, ()):
            scores[number] = max(scores.get(number, 0), said * times)
    return sorted(found, key=lambda id: (-len(found[id]), -sum(found[id].values()), places[id]))


@dataclass(frozen=True)
class Spot:
    """Where a document belongs."""

    id: str
    kind: str
    code: str
    lesson: str


@dataclass(frozen=True)
class Result:
    """What is shown as one: a document, and further parts of the same lesson."""

    id: str
    more: tuple[str, ...] = ()


MOST_RESULTS = 100
MOST_PARTS = 3


def gather(spots: Iterable[Spot], lessons: Mapping[str, Iterable[str]]) -> list[Result]:
    """Return results, best first: the parts of a lesson together, where its best one stands.

    Args:
        spots: best first.
        lessons: the lessons of each module that is served, by its code: a term that belongs to
            another version is left out.
    """
    groups: dict[tuple[str, ...], list[str]] = {}
    for spot in spots:
        if spot.kind == "term" and spot.lesson not in lessons.get(spot.code, ()):
            continue
        key = ("lesson", spot.code, spot.lesson) if spot.kind == "lesson" else (spot.id,)
        groups.setdefault(key, []).append(spot.id)
    found = [Result(ids[0], tuple(ids[1 : MOST_PARTS + 1])) for ids in groups.values()]
    return found[:MOST_RESULTS]
