"""Writes one item in the names of QTI 2.x; what QTI has no place for is an author's remark."""

import html
from collections.abc import Callable
from decimal import Decimal

from lms.exchange.formats.extras import extras_of
from lms.exchange.item import Table
from lms.exchange.markup.to_html import line_to_html, to_html
from lms.exchange.numbers import digits
from lms.exchange.outgoing import Leaving, fixed_number, option_shares

_SPACES = {"2.1": "http://www.imsglobal.org/xsd/imsqti_v2p1",
           "2.2": "http://www.imsglobal.org/xsd/imsqti_v2p2",
           "3.0": "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"}  # fmt: skip
_TEMPLATES = {"2.1": "http://www.imsglobal.org/question/qti_v2p1/rptemplates/{}",
              "2.2": "http://www.imsglobal.org/question/qti_v2p2/rptemplates/{}",
              "3.0": "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/{}.xml"}  # fmt: skip
_NUMBER = """  <responseProcessing><responseCondition><responseIf>
    <equal toleranceMode="{mode}" tolerance="{off} {off}"><variable identifier="RESPONSE"/>\
<correct identifier="RESPONSE"/></equal>
    <setOutcomeValue identifier="SCORE"><baseValue baseType="float">1</baseValue></setOutcomeValue>
  </responseIf></responseCondition></responseProcessing>
"""
Parts = tuple[str, str, str]  # the declaration's inside, the interaction, how it is scored


def item(one: Leaving, version: str) -> str:
    """Return a question as an item; "" (and why) where it cannot be one."""
    table = one.table
    made = KINDS[table["kind"]](one)
    if made is None:
        return ""
    declaration, interaction, rule = made
    native = frozenset({"option.why", "option.pinned"})
    extras = html.escape(extras_of(table, native), quote=False)
    feedback = ""
    if table.get("why"):
        body = to_html(table["why"])
        body = f"<contentBody>{body}</contentBody>" if version == "3.0" else body
        feedback = (
            '  <modalFeedback outcomeIdentifier="FEEDBACK" identifier="general" showHide="show">'
            f"{body}</modalFeedback>\n"
        )
    if rule in ("match_correct", "map_response"):
        template = _TEMPLATES[version].format(rule)
        rule = f'  <responseProcessing template="{template}"/>\n'
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<assessmentItem xmlns="{_SPACES[version]}" identifier="{table["id"]}" '
        f'title="{table["id"]}" adaptive="false" timeDependent="false">\n'
        f"  <responseDeclaration {declaration}</responseDeclaration>\n"
        '  <outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>\n'
        '  <outcomeDeclaration identifier="FEEDBACK" cardinality="multiple" '
        'baseType="identifier"/>\n'
        f'  <itemBody>\n<rubricBlock view="author"><p>{extras}</p></rubricBlock>\n'
        f"{_notes(table)}{to_html(table['prompt'])}\n{interaction}\n  </itemBody>\n"
        f"{rule}{feedback}</assessmentItem>\n"
    )


def _notes(table: Table) -> str:
    note = table.get("model_answer")
    return f'<rubricBlock view="scorer">{to_html(note)}</rubricBlock>\n' if note else ""


def _declared(cardinality: str, kind: str, values: list[str], more: str = "") -> str:
    listed = "".join(f"<value>{html.escape(value, quote=False)}</value>" for value in values)
    right = f"<correctResponse>{listed}</correctResponse>" if values else ""
    return f'identifier="RESPONSE" cardinality="{cardinality}" baseType="{kind}">{right}{more}'


def _mapping(points: dict[str, Decimal], attributes: str = "") -> str:
    entries = "".join(
        f'<mapEntry mapKey="{html.escape(key)}" mappedValue="{digits(value)}"{attributes}/>'
        for key, value in points.items()
    )
    return f'<mapping lowerBound="0" upperBound="1" defaultValue="0">{entries}</mapping>'


def _simple(part: Table) -> str:
    why = part.get("why")
    said = (
        f'<feedbackInline outcomeIdentifier="FEEDBACK" identifier="{part["id"]}" showHide="show">'
        f"{line_to_html(why)}</feedbackInline>"
        if why
        else ""
    )
    pinned = ' fixed="true"' if part.get("pinned") else ""
    text = line_to_html(part["text"])
    return f'<simpleChoice identifier="{part["id"]}"{pinned}>{text}{said}</simpleChoice>'


def _choices(one: Leaving) -> Parts:
    table = one.table
    options, shares = table["option"], option_shares(table)
    right = [option["id"] for option in options if option.get("correct")]
    single = table["kind"] == "single"
    mapped = any("weight" in option for option in options) or not (
        single or table.get("scoring") == "exact"
    )
    points = {o["id"]: share for o, share in zip(options, shares, strict=True) if share}
    points = {id: share.quantize(Decimal("0.000001")) for id, share in points.items()}
    declaration = _declared(
        "single" if single else "multiple", "identifier", right, _mapping(points) if mapped else ""
    )
    most = "1" if single else "0"
    inside = "\n".join(map(_simple, options))
    interaction = (
        f'<choiceInteraction responseIdentifier="RESPONSE" shuffle="true" maxChoices="{most}">\n'
        f"{inside}\n</choiceInteraction>"
    )
    return declaration, interaction, "map_response" if mapped else "match_correct"


def _matching(one: Leaving) -> Parts:
    table = one.table
    pairs = [f"{stem['id']} {stem['target']}" for stem in table["stem"]]
    exact = table.get("scoring") == "exact"
    points = dict.fromkeys(pairs, Decimal(1))
    declaration = _declared("multiple", "directedPair", pairs, "" if exact else _mapping(points))
    sets = "\n".join(
        "<simpleMatchSet>"
        + "".join(
            f'<simpleAssociableChoice identifier="{part["id"]}" matchMax="{most}">'
            f"{line_to_html(part['text'])}</simpleAssociableChoice>"
            for part in parts
        )
        + "</simpleMatchSet>"
        for parts, most in ((table["stem"], 1), (table["target"], 0))
    )
    interaction = (
        '<matchInteraction responseIdentifier="RESPONSE" shuffle="true" '
        f'maxAssociations="{len(pairs)}">\n{sets}\n</matchInteraction>'
    )
    return declaration, interaction, "match_correct" if exact else "map_response"


def _ordering(one: Leaving) -> Parts:
    steps = one.table["step"]
    declaration = _declared("ordered", "identifier", [step["id"] for step in steps])
    listed = sorted(steps, key=lambda step: str(step["id"]))
    inside = "\n".join(_simple(step | {"why": ""}) for step in listed)
    interaction = (
        '<orderInteraction responseIdentifier="RESPONSE" shuffle="true">\n'
        f"{inside}\n</orderInteraction>"
    )
    return declaration, interaction, "match_correct"


_ENTRY = '<p><textEntryInteraction responseIdentifier="RESPONSE"/></p>'


def _numeric(one: Leaving) -> Parts | None:
    fixed = fixed_number(one)
    if fixed is None:
        return None
    answer, off = fixed
    rule = _NUMBER.format(mode="absolute", off=digits(off))
    return _declared("single", "float", [digits(answer)]), _ENTRY, rule


def _short(one: Leaving) -> Parts:
    accept = one.table["accept"]
    points = {entry["pattern"]: Decimal(entry.get("weight", "1")) for entry in accept}
    mapping = _mapping(points, ' caseSensitive="false"')
    declaration = _declared("single", "string", [one.table["answer"]], mapping)
    return declaration, _ENTRY, "map_response"


def _essay(one: Leaving) -> Parts:
    interaction = '<extendedTextInteraction responseIdentifier="RESPONSE"/>'
    return _declared("single", "string", []), interaction, ""


KINDS: dict[str, Callable[[Leaving], Parts | None]] = {
    "single": _choices,
    "multiple": _choices,
    "matching": _matching,
    "ordering": _ordering,
    "numeric": _numeric,
    "short": _short,
    "essay": _essay,
}
