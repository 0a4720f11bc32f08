"""Findings about the size of a module's paper and bank, as the curriculum map demands (section 0).

A parametrised question counts as three in the bank; a case as all of its questions.
"""

from collections import Counter
from collections.abc import Iterator

from lms.curriculum.needs import ref
from lms.curriculum.reviewing.finding import Finding
from lms.curriculum.reviewing.matter import Curriculum, Matter, Place, rows

DELIVERED, DELIVERED_MORE = 15, 20
# The modules of these programmes deliver the larger paper.
LARGER = ("C01", "C05", "C10", "C16")
PER_OUTCOME = 2
BANK = 3  # times what is delivered
PARAMETRISED = 3


def sizes(matter: Matter, curriculum: Curriculum) -> Iterator[Finding]:
    """Find papers that deliver too few items, for an outcome or in all, and banks too small."""
    delivered = _delivered(matter)
    least = DELIVERED_MORE if matter.id in _larger(curriculum) else DELIVERED
    place = Place("module.toml", "paper")
    if delivered.total() < least:
        what = "the paper delivers %(count)s items, and %(least)s are the least"
        params = {"count": delivered.total(), "least": least}
        yield matter.finding("paper-too-short", place, what, "draw more", params)
    for outcome in matter.outcomes:
        if delivered[outcome] < PER_OUTCOME:
            what = "a paper may deliver only %(count)s items of %(outcome)s"
            mend = "draw at least %(least)s from it alone"
            told = {"count": delivered[outcome], "outcome": outcome, "least": PER_OUTCOME}
            kind = "outcome-thin-on-paper"
            yield matter.finding(kind, place, what, mend, told, about=outcome)
    bank = sum(PARAMETRISED if item.table.get("parameters") else 1 for item in matter.items)
    if bank < BANK * delivered.total():
        what = "the bank counts %(bank)s items for a paper of %(count)s"
        mend = "write %(more)s more, or give questions parameters: each of these counts three"
        params = {"bank": bank, "count": delivered.total()}
        more = BANK * delivered.total() - bank
        yield matter.finding("bank-too-small", place, what, mend, params | {"more": more})


def _larger(curriculum: Curriculum) -> frozenset[str]:
    return frozenset(
        ref(name).module
        for programme in curriculum.shared.programmes.values()
        if programme.id in LARGER
        for name in programme.modules
    )


def _delivered(matter: Matter) -> Counter[str]:
    """Return how many items of each outcome every paper delivers at least; a line over several
    outcomes, or a choice of cases, promises none of them and counts under ""."""
    alone = {item.id: str(item.table.get("outcome")) for item in matter.items if not item.case}
    cases: dict[str, Counter[str]] = {}
    for item in matter.items:
        if item.case:
            cases.setdefault(item.case, Counter())[str(item.table.get("outcome"))] += 1
    counted: Counter[str] = Counter()
    paper = matter.manifest.get("paper")
    for draw in rows(paper, "draw") if isinstance(paper, dict) else ():
        count = draw.get("count", 0)
        if draw.get("cases"):
            those = [cases.get(name, Counter()) for name in draw["cases"]]
            if count == len(those):
                counted += sum(those, Counter[str]())
            else:
                counted[""] += count * min(one.total() for one in those)
            continue
        named = draw.get("questions")
        outcomes = {alone.get(n, "") for n in named} if named else set(draw.get("outcomes") or ())
        counted[outcomes.pop() if len(outcomes) == 1 else ""] += count
    return counted
