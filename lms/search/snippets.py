"""The lines of a document that answer a search, with the words marked. Pure."""

from collections.abc import Collection, Iterator

from lms.curriculum.text.words import Word, words

AROUND = 70  # characters shown before the first word that is marked
LONGEST = 220


def snippet(text: str, asked: Collection[str], beginning: str = "") -> list[tuple[str, bool]]:
    """Return the piece of a text where most of the asked words stand together.

    Args:
        beginning: of the last word, which may go on.

    Returns:
        The piece in parts, each with whether it is one of the words; "…" where it was cut.
    """
    marked = [one for one in words(text) if _answers(one, asked, beginning)]
    start = _start(text, marked)
    end = _end(text, start)
    parts = list(_parts(text, start, end, marked))
    if start:
        parts.insert(0, ("… ", False))
    return [*parts, (" …", False)] if end < len(text) else parts


def _answers(word: Word, asked: Collection[str], beginning: str) -> bool:
    return word.term in asked or bool(beginning and word.term.startswith(beginning))


def _start(text: str, marked: list[Word]) -> int:
    """Return where the piece begins: before the closest company of different words."""
    best, place = 0, marked[0].start if marked else 0
    for at, word in enumerate(marked):
        near = [one for one in marked[at:] if one.end <= word.start + LONGEST - AROUND]
        kinds = len({one.term for one in near})
        if kinds > best:
            best, place = kinds, word.start
    start = max(0, place - AROUND)
    if start:
        space = text.find(" ", start, place)
        start = space + 1 if space >= 0 else place
    return start


def _end(text: str, start: int) -> int:
    if len(text) - start <= LONGEST:
        return len(text)
    space = text.rfind(" ", start, start + LONGEST)
    return space if space > start else start + LONGEST


def _parts(text: str, start: int, end: int, marked: list[Word]) -> Iterator[tuple[str, bool]]:
    at = start
    for word in marked:
        if word.start < at or word.end > end:
            continue
        if word.start > at:
            yield text[at : word.start], False
        yield text[word.start : word.end], True
        at = word.end
    if at < end:
        yield text[at:end], False
