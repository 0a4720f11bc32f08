"""Findings about how hard a lesson is to read, and how long it is.

The measure is the Automated Readability Index: 4.71 × characters per word + 0.5 × words per
sentence − 21.43, about the year of school in the United States in which a text is read with ease.
It needs no count of syllables, and so no guess. Source: E. A. Smith and R. J. Senter, Automated
Readability Index, AMRL-TR-66-220, 1967. Readers at B2 manage about 7 to 8; the terms
of this field are long and are explained, which adds one or two.
"""

import re
from collections.abc import Iterator

from lms.curriculum.reviewing.finding import Finding
from lms.curriculum.reviewing.matter import Lesson, Matter, Place
from lms.curriculum.reviewing.prose import CAPTION, PARAGRAPH, SYMBOL, Block
from lms.curriculum.reviewing.words import beginning, sentences, words

HARDEST = 9.0  # index of a lesson
LONGEST_MEAN = 17.0  # words per sentence over a lesson
LONGEST_SENTENCE = 35  # words
FEWEST_WORDS, MOST_WORDS = 500, 1900  # of a lesson
_LETTER = re.compile(r"[^\W_]")


def index(text: list[str]) -> float:
    """Return the Automated Readability Index of sentences that hold at least one word."""
    all_words = [word for sentence in text for word in words(sentence) if word != SYMBOL]
    letters = sum(len(_LETTER.findall(word)) for word in all_words)
    return 4.71 * letters / len(all_words) + 0.5 * len(all_words) / len(text) - 21.43


def _sentences(lesson: Lesson) -> list[tuple[Block, str]]:
    read = [block for block in lesson.blocks if block.kind in (PARAGRAPH, CAPTION)]
    return [(block, one) for block in read for one in sentences(block.text) if words(one)]


def hard_lessons(matter: Matter) -> Iterator[Finding]:
    """Find lessons whose sentences or words are too long as a whole.

    The measure is of English, and other languages are left to their readers.
    """
    if not str(matter.manifest.get("language", "en")).startswith("en"):
        return
    for lesson in matter.lessons:
        text = [sentence for _, sentence in _sentences(lesson)]
        if not text:
            continue
        measured, mean = index(text), sum(len(words(one)) for one in text) / len(text)
        if measured > HARDEST or mean > LONGEST_MEAN:
            what = "hard to read: index %(index)s, %(mean)s words in a sentence"
            mend = "shorter sentences and plainer words: at most %(hardest)s and %(longest)s"
            yield matter.finding(
                "hard-to-read",
                Place(lesson.file),
                what,
                mend,
                {
                    "index": f"{measured:.1f}",
                    "mean": f"{mean:.1f}",
                    "hardest": HARDEST,
                    "longest": LONGEST_MEAN,
                },
            )


def long_sentences(matter: Matter) -> Iterator[Finding]:
    """Find single sentences that nobody keeps in mind to their end."""
    for lesson in matter.lessons:
        for block, sentence in _sentences(lesson):
            # A calculation is read step by step, however long its line.
            if "=" not in sentence and len(words(sentence)) > LONGEST_SENTENCE:
                place = Place(lesson.file, f"line {block.line}")
                start = beginning(sentence)
                params = {
                    "count": len(words(sentence)),
                    "start": start,
                    "most": LONGEST_SENTENCE,
                }
                what = "a sentence of %(count)s words: “%(start)s …”"
                mend = "part it: at most %(most)s"
                yield matter.finding("long-sentence", place, what, mend, params, about=start)


def length(matter: Matter) -> Iterator[Finding]:
    """Note lessons that are very short or very long."""
    for lesson in matter.lessons:
        count = sum(len(words(block.text)) for block in lesson.blocks)
        if not FEWEST_WORDS <= count <= MOST_WORDS:
            what = "the lesson has %(count)s words"
            mend = "%(fewest)s to %(most)s are usual: part it, or say what is missing"
            params = {"count": count, "fewest": FEWEST_WORDS, "most": MOST_WORDS}
            yield matter.finding("lesson-length", Place(lesson.file), what, mend, params, note=True)
