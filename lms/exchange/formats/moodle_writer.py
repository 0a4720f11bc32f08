"""Writes Moodle XML: texts as Markdown, which Moodle knows; what has no place is told of."""

import html
from base64 import b64encode
from collections.abc import Sequence
from decimal import Decimal

from lms.errors import N_
from lms.exchange.item import Table
from lms.exchange.markup.plain import unescaped
from lms.exchange.numbers import digits
from lms.exchange.outgoing import Leaving, fixed_number, option_shares, per_cent, tiers

_FIGURES = "figures/"
_TAGS = ("outcome", "lesson", "critical", "scoring")


def write(leaving: Sequence[Leaving]) -> bytes:
    """Return questions as a quiz; those that it cannot say are refused in place."""
    questions = [text for one in leaving if (text := _question(one))]
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n'
    return f"{head}{''.join(questions)}</quiz>\n".encode()


def _text(text: str) -> str:
    return f"<text>{html.escape(text, quote=False)}</text>"


def _element(name: str, text: str, attributes: str = ' format="markdown"') -> str:
    return f"<{name}{attributes}>{_text(text)}</{name}>"


def _said(part: Table) -> str:
    return _element("feedback", part.get("why", ""))


def _question(one: Leaving) -> str:
    table = one.table
    build = _KINDS.get(table["kind"])
    if build is None:
        one.refuse(N_("This format has no such question: “%(kind)s”."), kind=table["kind"])
        return ""
    kind, inside = build(one)
    if one.refused:
        return ""
    one.leave_out("free", "option.pinned")
    tags = [f"{name}={table[name]}" for name in _TAGS if table.get(name)]
    lines = [
        _element("name", table["id"], ""),
        _asked(one),
        _element("generalfeedback", table.get("why", "")),
        f"<defaultgrade>{table.get('points', 1)}</defaultgrade>",
        f"<idnumber>{table['id']}</idnumber>",
        *inside,
        f"<tags>{''.join(_element('tag', tag, '') for tag in tags)}</tags>",
    ]
    return f'  <question type="{kind}">\n    ' + "\n    ".join(lines) + "\n  </question>\n"


def _asked(one: Leaving) -> str:
    """Return the prompt with its pictures as Moodle keeps them; those of other parts stand here."""
    pictures = one.carried()
    files = "".join(
        f'<file name="{path.removeprefix(_FIGURES)}" path="/" encoding="base64">'
        f"{b64encode(data).decode()}</file>"
        for path, data in pictures.items()
    )
    text = one.table["prompt"]
    for path in pictures:
        text = text.replace(f"]({path})", f"](@@PLUGINFILE@@/{path.removeprefix(_FIGURES)})")
    return f'<questiontext format="markdown">{_text(text)}{files}</questiontext>'


def _choices(one: Leaving) -> tuple[str, list[str]]:
    table = one.table
    options = list(zip(table["option"], option_shares(table), strict=True))
    if table.get("scoring") in ("exact", "coverage"):
        one.change(N_("Other systems score it otherwise: “%(rule)s”."), rule=table["scoring"])
    if {(o["id"], o["text"]) for o, _ in options} == {("true", "True"), ("false", "False")}:
        return "truefalse", [_answer(o["text"].lower(), share, o) for o, share in options]
    single = "true" if table["kind"] == "single" else "false"
    head = [f"<single>{single}</single>", "<shuffleanswers>true</shuffleanswers>"]
    return "multichoice", head + [_answer(o["text"], share, o) for o, share in options]


def _answer(text: str, share: Decimal, part: Table, more: str = "", plain: bool = False) -> str:
    format = "" if plain else ' format="markdown"'
    return f'<answer fraction="{per_cent(share)}"{format}>{_text(text)}{more}{_said(part)}</answer>'


def _matching(one: Leaving) -> tuple[str, list[str]]:
    table = one.table
    one.leave_out("stem.why")
    if table.get("scoring") == "exact":
        one.change(N_("Other systems score it otherwise: “%(rule)s”."), rule="exact")
    targets = {target["id"]: unescaped(target["text"]) for target in table["target"]}
    used = {stem["target"] for stem in table["stem"]}
    pairs = [(stem["text"], targets[stem["target"]]) for stem in table["stem"]]
    pairs += [("", text) for id, text in targets.items() if id not in used]
    return "matching", [
        f'<subquestion format="markdown">{_text(stem)}<answer>{_text(target)}</answer>'
        "</subquestion>"
        for stem, target in pairs
    ]


def _ordering(one: Leaving) -> tuple[str, list[str]]:
    one.leave_out("step.why")
    rule = "-1" if one.table.get("scoring") == "exact" else "1"
    steps = [
        f'<answer fraction="{place}" format="markdown">{_text(step["text"])}</answer>'
        for place, step in enumerate(one.table["step"], 1)
    ]
    return "ordering", ["<selecttype>0</selecttype>", f"<gradingtype>{rule}</gradingtype>", *steps]


def _numeric(one: Leaving) -> tuple[str, list[str]]:
    fixed = fixed_number(one)
    if fixed is None:
        return "", []
    one.leave_out("key.figures", "key.weights")
    answer, off = fixed
    answers = [
        _answer(digits(answer), share, {}, f"<tolerance>{digits(size)}</tolerance>", plain=True)
        for size, share in [(off, Decimal(1)), *tiers(one, answer)]
    ]
    for mistake in one.table.get("mistake", []):
        more = "<tolerance>0</tolerance>"
        answers.append(_answer(mistake["formula"], Decimal(0), mistake, more, plain=True))
    unit = one.table["key"].get("unit")
    if len(one.table["key"].get("units", [])) > 1:
        one.change(N_("Left out: %(names)s."), names="key.units")
    if unit:
        name = html.escape(unit, quote=False)
        row = f"<unit><multiplier>1</multiplier><unit_name>{name}</unit_name></unit>"
        answers.append(f"<units>{row}</units>")
    return "numerical", answers


def _short(one: Leaving) -> tuple[str, list[str]]:
    one.leave_out("rubric", "characters")
    return "shortanswer", [
        "<usecase>0</usecase>",
        *(
            _answer(accept["pattern"], Decimal(accept.get("weight", "1")), accept, plain=True)
            for accept in one.table["accept"]
        ),
    ]


def _essay(one: Leaving) -> tuple[str, list[str]]:
    one.leave_out("criterion")
    table = one.table
    limits = [
        f"<{theirs}>{table[ours]}</{theirs}>"
        for theirs, ours in (("minwordlimit", "words_min"), ("maxwordlimit", "words_max"))
        if table.get(ours)
    ]
    return "essay", [*limits, _element("graderinfo", table.get("model_answer", ""))]


_KINDS = {
    "single": _choices,
    "multiple": _choices,
    "matching": _matching,
    "ordering": _ordering,
    "numeric": _numeric,
    "short": _short,
    "essay": _essay,
}
