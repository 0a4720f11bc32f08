"""Which known word somebody meant who mistyped one. Pure."""

from collections.abc import Iterable

SHORTEST = 4  # letters of a word that is worth a guess
MOST_MEANT = 5


def reach(word: str) -> int:
    """Return how many slips a word is forgiven: none in a short one or a code, two in a long."""
    if len(word) < SHORTEST or any(letter.isdigit() for letter in word):
        return 0
    return 1 if len(word) < 6 else 2


def meant(word: str, known: Iterable[str]) -> list[str]:
    """Return the known words that are nearest to a word, nearest first, at most five."""
    most = reach(word)
    letters = set(word)
    near = []
    for other in known:
        # Each slip changes at most two of the letters that two words do not share.
        if abs(len(other) - len(word)) <= most and len(letters ^ set(other)) <= 2 * most:
            slips = distance(word, other, most)
            if slips <= most:
                near.append((slips, other[:1] != word[:1], other))
    return [other for _slips, _first, other in sorted(near)[:MOST_MEANT]] if most else []


def distance(one: str, other: str, most: int) -> int:
    """Return how many slips lead from one word to another; more than `most` is `most` + 1.

    A slip: a letter too many, missing or wrong, or two neighbours exchanged (optimal string
    alignment distance).
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, there in enumerate(other, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != there))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == there:
                best = min(best, older[j - 2] + 1)
            row.append(best)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
