"""Writes QTI 1.2 in the dialect of Canvas: one quiz, with what it has no place for in a field."""

import html
from collections.abc import Callable, Sequence
from decimal import Decimal

from lms.errors import N_
from lms.exchange.formats.extras import extras_of
from lms.exchange.item import Table
from lms.exchange.markup.to_html import line_to_html, to_html
from lms.exchange.numbers import digits
from lms.exchange.outgoing import Leaving, fixed_number, option_shares, per_cent

Parts = tuple[str, str, str, str]  # its type, its responses, its conditions, its feedback
_SCORE = '<setvar action="{action}" varname="SCORE">{points}</setvar>'
_TYPED = (
    '<response_str ident="response1" rcardinality="Single"><render_fib{type}>'
    '<response_label ident="answer1"/></render_fib></response_str>'
)


def quiz(leaving: Sequence[Leaving]) -> str:
    """Return questions as a `questestinterop`; those that it cannot say are refused in place."""
    items = "".join(_item(one) for one in leaving)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2">\n'
        '<assessment ident="questions" title="Questions"><section ident="root_section">\n'
        f"{items}</section></assessment></questestinterop>\n"
    )


def _item(one: Leaving) -> str:
    table = one.table
    made = _KINDS[table["kind"]](one)
    if made is None:
        return ""
    kind, responses, conditions, feedback = made
    native = frozenset({"option.why", "points"})
    fields = {"question_type": kind, "points_possible": str(table.get("points", 1))}
    fields["seedtrain"] = extras_of(table, native)
    if table.get("why"):
        feedback += _feedback("general_fb", to_html(table["why"]))
        conditions = _condition("<other/>", "", "general_fb", "Yes") + conditions
    metadata = "".join(
        f"<qtimetadatafield><fieldlabel>{name}</fieldlabel>"
        f"<fieldentry>{html.escape(value, quote=False)}</fieldentry></qtimetadatafield>"
        for name, value in fields.items()
    )
    return (
        f'<item ident="{table["id"]}" title="{table["id"]}">'
        f"<itemmetadata><qtimetadata>{metadata}</qtimetadata></itemmetadata>\n"
        f"<presentation>{_material(to_html(table['prompt']))}{responses}</presentation>\n"
        '<resprocessing><outcomes><decvar maxvalue="100" minvalue="0" varname="SCORE" '
        f'vartype="Decimal"/></outcomes>{conditions}</resprocessing>{feedback}</item>\n'
    )


def _material(markup: str) -> str:
    text = html.escape(markup, quote=False)
    return f'<material><mattext texttype="text/html">{text}</mattext></material>'


def _label(part: Table) -> str:
    text = _material(line_to_html(part["text"]))
    return f'<response_label ident="{part["id"]}">{text}</response_label>'


def _equal(value: str, response: str = "response1") -> str:
    return f'<varequal respident="{response}">{html.escape(value, quote=False)}</varequal>'


def _condition(
    tests: str, points: str, shown: str = "", more: str = "No", add: bool = False
) -> str:
    action = "Add" if add else "Set"
    score = _SCORE.format(action=action, points=points) if points else ""
    link = f'<displayfeedback feedbacktype="Response" linkrefid="{shown}"/>' if shown else ""
    return (
        f'<respcondition continue="{more}"><conditionvar>{tests}</conditionvar>'
        f"{score}{link}</respcondition>\n"
    )


def _feedback(ident: str, markup: str) -> str:
    return (
        f'<itemfeedback ident="{ident}"><flow_mat>{_material(markup)}</flow_mat></itemfeedback>\n'
    )


def _choices(one: Leaving) -> Parts:
    table = one.table
    options, single = table["option"], table["kind"] == "single"
    many = "Single" if single else "Multiple"
    labels = "".join(map(_label, options))
    responses = (
        f'<response_lid ident="response1" rcardinality="{many}"><render_choice>{labels}'
        "</render_choice></response_lid>"
    )
    said = [option for option in options if option.get("why")]
    conditions = "".join(
        _condition(_equal(option["id"]), "", f"{option['id']}_fb", "Yes") for option in said
    )
    feedback = "".join(_feedback(f"{o['id']}_fb", line_to_html(o["why"])) for o in said)
    if not single and table.get("scoring") == "exact":
        tests = "".join(
            _equal(o["id"]) if o.get("correct") else f"<not>{_equal(o['id'])}</not>"
            for o in options
        )
        conditions += _condition(f"<and>{tests}</and>", "100")
        return "multiple_answers_question", responses, conditions, feedback
    for option, share in zip(options, option_shares(table), strict=True):
        if share:
            points = per_cent(share)
            conditions += _condition(_equal(option["id"]), points, "", "Yes", add=not single)
    kind = "multiple_choice_question" if single else "multiple_answers_question"
    return kind, responses, conditions, feedback


def _matching(one: Leaving) -> Parts:
    table = one.table
    labels = "".join(map(_label, table["target"]))
    responses = "".join(
        f'<response_lid ident="{stem["id"]}">{_material(line_to_html(stem["text"]))}'
        f"<render_choice>{labels}</render_choice></response_lid>"
        for stem in table["stem"]
    )
    points = per_cent(Decimal(1) / len(table["stem"]))
    conditions = "".join(
        _condition(_equal(stem["target"], stem["id"]), points, "", "Yes", add=True)
        for stem in table["stem"]
    )
    return "matching_question", responses, conditions, ""


def _ordering(one: Leaving) -> Parts:
    steps = one.table["step"]
    labels = "".join(_label(step) for step in sorted(steps, key=lambda step: str(step["id"])))
    responses = (
        '<response_lid ident="response1" rcardinality="Ordered"><render_choice>'
        f"{labels}</render_choice></response_lid>"
    )
    tests = "".join(
        f'<varequal respident="response1" index="{place}">{step["id"]}</varequal>'
        for place, step in enumerate(steps, 1)
    )
    return "ordering_question", responses, _condition(f"<and>{tests}</and>", "100"), ""


def _numeric(one: Leaving) -> Parts | None:
    fixed = fixed_number(one)
    if fixed is None:
        return None
    answer, off = fixed
    least, most = digits(answer - off), digits(answer + off)
    between = (
        f'<and><vargte respident="response1">{least}</vargte>'
        f'<varlte respident="response1">{most}</varlte></and>'
    )
    tests = f"<or>{_equal(digits(answer))}{between}</or>"
    typed = _TYPED.format(type=' fibtype="Decimal"')
    return "numerical_question", typed, _condition(tests, "100"), ""


def _short(one: Leaving) -> Parts:
    if any("*" in accept["pattern"] for accept in one.table["accept"]):
        one.change(N_("Other systems take a star in an answer for a star."))
    conditions = "".join(
        _condition(_equal(accept["pattern"]), per_cent(Decimal(accept.get("weight", "1"))))
        for accept in one.table["accept"]
    )
    return "short_answer_question", _TYPED.format(type=""), conditions, ""


def _essay(one: Leaving) -> Parts:
    note = one.table.get("model_answer")
    feedback = _feedback("solution", to_html(note)) if note else ""
    return "essay_question", _TYPED.format(type=""), _condition("<other/>", ""), feedback


_KINDS: dict[str, Callable[[Leaving], Parts | None]] = {
    "single": _choices,
    "multiple": _choices,
    "matching": _matching,
    "ordering": _ordering,
    "numeric": _numeric,
    "short": _short,
    "essay": _essay,
}
