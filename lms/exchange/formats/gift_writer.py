"""Writes GIFT: formatted texts as [markdown]; what has no place in it is left out with a word."""

from collections.abc import Sequence

from lms.errors import N_
from lms.exchange.formats.gift_text import has_format, written
from lms.exchange.item import Table
from lms.exchange.markup.from_html import looks_like_html
from lms.exchange.markup.plain import is_plain, unescaped
from lms.exchange.numbers import digits
from lms.exchange.outgoing import Leaving, fixed_number, option_shares, per_cent, tiers

_TAGS = ("outcome", "lesson", "critical", "points", "scoring")


def write(leaving: Sequence[Leaving]) -> bytes:
    """Return questions as GIFT; those that it cannot say are refused in place."""
    blocks = [block for one in leaving if (block := _block(one))]
    return "\n\n".join([*blocks, ""]).encode()


def _block(one: Leaving) -> str:
    table = one.table
    build = _KINDS.get(table["kind"])
    if build is None:
        one.refuse(N_("This format has no such question: “%(kind)s”."), kind=table["kind"])
        return ""
    texts = _Texts(table)
    answers = build(one, texts)
    if one.refused:
        return ""
    one.leave_out("free", "option.pinned")
    why = f"####{texts.one(table['why'])}" if table.get("why") else ""
    tags = [f"[tag:{name}={table[name]}]" for name in _TAGS if table.get(name)]
    head = " ".join([f"// [id:{table['id']}]", *tags])
    inside = "".join(f"\n\t{answer}" for answer in answers)
    inside = f"{inside}{why and chr(10) + chr(9)}{why}" + ("\n" if answers or why else "")
    return f"{head}\n::{written(table['id'])}::{texts.mark}{texts.one(table['prompt'])}{{{inside}}}"


class _Texts:
    """The texts of one question: plain if all are, else all as Markdown."""

    def __init__(self, table: Table) -> None:
        parts = [*table.get("option", []), *table.get("stem", []), *table.get("accept", [])]
        texts = [table["prompt"], table.get("why", "")]
        texts += [one.get(key, "") for one in parts for key in ("text", "why")]
        texts += [one["text"] for one in table.get("target", [])]
        self.plain = all(map(_is_simple, texts))
        self.mark = "" if self.plain else "[markdown]"

    def one(self, text: str) -> str:
        """Return a text as it is written."""
        return written(unescaped(text) if self.plain else text)


def _is_simple(text: str) -> bool:
    bare = unescaped(text)
    return is_plain(text) and not looks_like_html(bare) and not has_format(bare)


def _said(texts: _Texts, part: Table) -> str:
    return f"#{texts.one(part['why'])}" if part.get("why") else ""


def _choices(one: Leaving, texts: _Texts) -> list[str]:
    table, options = one.table, one.table["option"]
    if {(o["id"], o["text"]) for o in options} == {("true", "True"), ("false", "False")}:
        return [_truth(options, texts)]
    if table.get("scoring") in ("exact", "coverage"):
        one.change(N_("Other systems score it otherwise: “%(rule)s”."), rule=table["scoring"])
    answers = []
    for option, share in zip(options, option_shares(table), strict=True):
        whole = table["kind"] == "single" and option.get("correct")
        sign = "=" if whole else "~" if not share else f"~%{per_cent(share)}%"
        answers.append(f"{sign}{texts.one(option['text'])}{_said(texts, option)}")
    return answers


def _truth(options: Sequence[Table], texts: _Texts) -> str:
    right = next(option for option in options if option.get("correct"))
    wrong = next(option for option in options if not option.get("correct"))
    said = [texts.one(option.get("why", "")) for option in (wrong, right)]
    return "#".join([right["text"].upper(), *said]).rstrip("#")


def _matching(one: Leaving, texts: _Texts) -> list[str]:
    table = one.table
    targets = {target["id"]: target["text"] for target in table["target"]}
    if any("->" in text for text in (*targets.values(), *(s["text"] for s in table["stem"]))):
        one.refuse(N_("An arrow “->” in a pair cannot be written in this format."))
    one.leave_out("stem.why")
    used = {stem["target"] for stem in table["stem"]}
    if table.get("scoring") == "exact":
        one.change(N_("Other systems score it otherwise: “%(rule)s”."), rule="exact")
    return [
        *(f"={texts.one(s['text'])} -> {texts.one(targets[s['target']])}" for s in table["stem"]),
        *(f"= -> {texts.one(text)}" for id, text in targets.items() if id not in used),
    ]


def _numeric(one: Leaving, texts: _Texts) -> list[str]:
    fixed = fixed_number(one)
    if fixed is None:
        return []
    one.leave_out("key.unit", "key.units", "key.figures", "key.weights", "mistake")
    answer, off = fixed
    wider = tiers(one, answer)
    if not wider:
        return [f"#{digits(answer)}:{digits(off)}"]
    return [
        f"#=%100%{digits(answer)}:{digits(off)}",
        *(f"=%{per_cent(weight)}%{digits(answer)}:{digits(size)}" for size, weight in wider),
    ]


def _short(one: Leaving, texts: _Texts) -> list[str]:
    one.leave_out("rubric", "characters")
    answers = []
    for accept in one.table["accept"]:
        share = f"%{accept['weight']}%" if "weight" in accept else ""
        if share:
            share = f"%{float(accept['weight']) * 100:g}%"
        answers.append(f"={share}{written(accept['pattern'])}{_said(texts, accept)}")
    return answers


def _essay(one: Leaving, texts: _Texts) -> list[str]:
    one.leave_out("model_answer", "criterion")
    return []


_KINDS = {
    "single": _choices,
    "multiple": _choices,
    "matching": _matching,
    "numeric": _numeric,
    "short": _short,
    "essay": _essay,
}
