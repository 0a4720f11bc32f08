"""Writes Aiken: one right answer, plain words; everything else is left out with a word."""

import re
from collections.abc import Sequence

from lms.errors import N_
from lms.exchange.markup.plain import is_plain, one_line, unescaped, words_of
from lms.exchange.outgoing import Leaving

_MISREAD = re.compile(r"^\s*([A-Za-z][.)](\s|$)|ANSWER\s*:)", re.IGNORECASE | re.MULTILINE)


def write(leaving: Sequence[Leaving]) -> bytes:
    """Return questions as Aiken; those that it cannot say are refused in place."""
    return "\n".join(block for one in leaving if (block := _block(one))).encode()


def _block(one: Leaving) -> str:
    table = one.table
    if table["kind"] != "single":
        one.refuse(N_("This format has no such question: “%(kind)s”."), kind=table["kind"])
        return ""
    texts = [table["prompt"], *(option["text"] for option in table["option"])]
    if not all(map(is_plain, texts)):
        one.change(N_("Formatting was left out."))
    prompt, *options = [unescaped(t) if is_plain(t) else words_of(t) for t in texts]
    if _MISREAD.search(prompt.split("\n", 1)[-1] if "\n" in prompt else "") or not prompt:
        one.refuse(N_("A line of the question would be read as an option or an answer."))
        return ""
    one.leave_out("outcome", "lesson", "critical", "points", "why", "option.why", "option.weight")
    letters = [chr(ord("A") + place) for place in range(len(options))]
    right = next(at for at, option in enumerate(table["option"]) if option.get("correct"))
    lines = [f"{letter}. {one_line(text)}" for letter, text in zip(letters, options, strict=True)]
    return "\n".join([prompt, *lines, f"ANSWER: {letters[right]}", ""])
