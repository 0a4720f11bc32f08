"""Claims about which modules a catalogue shows, in which order, and about the way to a role."""

from datetime import date

import pytest

from lms.catalogue.alphabet import letters_of
from lms.catalogue.path import Holds, Person, way
from lms.catalogue.rules import (
    Gives,
    Module,
    Part,
    Plan,
    Role,
    Wanted,
    by_track,
    counted,
    fits,
    in_order,
)


def module(code, *, level="foundation", hours=8, needs=(), roles=("UPO",), gives=(), **more):
    values = {"title": f"About {code}", "summary": "Buffers and salt", "language": "en"}
    return Module(
        code=code,
        level=level,
        hours=hours,
        workplace=True,
        needs=tuple(needs),
        roles=frozenset(roles),
        gives=tuple(Gives(name, most, 1) for name, most in gives),
        lessons=("10-x",),
        outcomes=("Weigh salt",),
        practice=False,
        **(values | more),
    )


PLAN = Plan(
    tracks=(Part("foundations", "Foundations", ("FND",)), Part("upstream", "Upstream", ("UPS",))),
    products=(Part("vaccines", "Vaccines", ("UPS201",)),),
    planned={"UPS202": "Bioreactors"},
    roles={
        "UPO": Role("UPO", "Operator", "industry", {"A-01": 2, "B-01": 3}, ("FND101", "UPS201")),
        "INS": Role("INS", "Inspector", "regulator", {"A-01": 1, "C-01": 0}, ("UPS204-L1",)),
    },
)
FND = module("FND101", gives=(("A-01", 2),))
UPS = module("UPS201", level="practitioner", hours=16, needs=("FND101",), gives=(("B-01", 2),))
OTHER = module("ZZZ101", roles=("all",))
MODULES = [UPS, FND, OTHER]


@pytest.mark.parametrize(
    ("wanted", "codes"),
    [
        (Wanted(), {"FND101", "UPS201", "ZZZ101"}),
        (Wanted(track="upstream"), {"UPS201"}),
        (Wanted(track="nothing"), set()),
        (Wanted(level="practitioner"), {"UPS201"}),
        (Wanted(role="UPO"), {"FND101", "UPS201", "ZZZ101"}),
        (Wanted(role="INS"), {"ZZZ101"}),
        (Wanted(product="vaccines"), {"UPS201"}),
        (Wanted(product="nothing"), set()),
        (Wanted(hours="to-10"), {"FND101", "ZZZ101"}),
        (Wanted(hours="to-20"), {"UPS201"}),
        (Wanted(hours="nonsense"), {"FND101", "UPS201", "ZZZ101"}),
        (Wanted(state="passed"), {"FND101"}),
        (Wanted(words="weigh fnd10"), {"FND101"}),
        (Wanted(words="BUFFER salts"), {"FND101", "UPS201", "ZZZ101"}),
        (Wanted(words="nectar"), set()),
        (Wanted(track="upstream", hours="to-10"), set()),
    ],
)
def test_a_choice_shows_what_fits_all_of_it(wanted, codes) -> None:
    state = {"FND101": "passed"}
    found = {m.code for m in MODULES if fits(m, wanted, PLAN, state.get(m.code, "none"))}
    assert found == codes


def test_each_choice_says_how_many_it_would_show_beside_the_others() -> None:
    counts = counted(MODULES, Wanted(hours="to-10"), PLAN, lambda code: "none")
    assert counts["track"] == {"foundations": 1, "upstream": 0}
    assert counts["hours"] == {"to-10": 2, "to-20": 1, "more": 0}
    assert counts["state"]["none"] == 2


def test_modules_stand_by_track_and_those_of_none_last() -> None:
    groups = [(title, [m.code for m in some]) for title, some in by_track(MODULES, PLAN)]
    assert groups == [("Foundations", ["FND101"]), ("Upstream", ["UPS201"]), ("", ["ZZZ101"])]


@pytest.mark.parametrize(
    ("codes", "needs", "order"),
    [
        (["B1", "A1"], {"B1": ["A1"]}, ["A1", "B1"]),
        (["C1", "B1", "A1"], {"C1": ["A1 or B1"]}, ["B1", "A1", "C1"]),
        (["B1", "A1"], {"B1": ["Z9"]}, ["B1", "A1"]),
        (["A1", "B1"], {"A1": ["B1"], "B1": ["A1"]}, ["A1", "B1"]),
        (["B1", "A1-L2"], {"B1": ["A1-L2"]}, ["A1-L2", "B1"]),
    ],
)
def test_what_is_needed_comes_first_and_a_circle_ends(codes, needs, order) -> None:
    assert in_order(codes, needs) == order


# --- the way ----------------------------------------------------------------------------------

KNOWN = {one.code: one for one in MODULES}


def path(*roles, levels=(), standings=(), known=KNOWN, plan=PLAN):
    held = {name: Holds(level, date(2027, 1, 1), False) for name, level in dict(levels).items()}
    return way([plan.roles[r] for r in roles], known, plan, Person(held, dict(standings)))


def states(found):
    return [(one.code, one.state) for one in found.steps]


def test_who_holds_nothing_begins_with_what_needs_nothing() -> None:
    found = path("UPO")
    assert states(found) == [("FND101", "next"), ("UPS201", "later")]
    assert found.steps[1].after == ("FND101",)
    assert (found.met, found.hours_left) == (0, 24)


def test_a_module_with_nothing_more_to_give_is_held_and_opens_the_next() -> None:
    found = path("UPO", levels={"A-01": 2})
    assert states(found) == [("FND101", "held"), ("UPS201", "next")]
    assert (found.met, found.hours_left) == (1, 16)


def test_level_one_of_two_leaves_the_practical_to_do() -> None:
    found = path("UPO", levels={"A-01": 1}, standings={"FND101": "passed"})
    assert states(found) == [("FND101", "begun"), ("UPS201", "later")]
    assert found.steps[1].after == ()


def test_level_three_asked_for_leaves_no_module_once_it_gave_its_most() -> None:
    found = path("UPO", levels={"A-01": 2, "B-01": 2})
    assert states(found) == [("FND101", "held"), ("UPS201", "held")]
    assert (found.met, found.hours_left) == (1, 0)


def test_a_module_that_is_not_written_is_named_and_its_hours_are_not_made_up() -> None:
    plan = Plan(roles={"X": Role("X", "X", "industry", {"D-01": 1}, ("UPS202", "FND101"))},
                planned=PLAN.planned)  # fmt: skip
    found = path("X", plan=plan)
    assert [(one.code, one.title, one.state) for one in found.steps] == [
        ("UPS202", "Bioreactors", "unwritten"),
        ("FND101", "About FND101", "next"),
    ]
    assert (found.unwritten, found.hours_left) == (1, 8)


def test_two_roles_ask_for_the_higher_level_and_a_whole_module_covers_its_lesson() -> None:
    roles = PLAN.roles | {
        "TWO": Role("TWO", "Two", "industry", {"A-01": 3}, ("UPS204", "UPS201-L1")),
    }
    plan = Plan(roles=roles)
    found = path("UPO", "INS", "TWO", plan=plan)
    assert [(one.competency, one.level) for one in found.asks] == [("A-01", 3), ("B-01", 3)]
    assert [one.code for one in found.steps] == ["FND101", "UPS201", "UPS204"]


def test_words_stand_under_their_letter_accents_aside_and_figures_last() -> None:
    class Named:
        def __init__(self, term):
            self.term = term

    found = letters_of([Named(t) for t in ("zone", "Élution", "eluate", "pH", "2D gel", "µm")])
    assert [(letter, [one.term for one in some]) for letter, some in found] == [
        ("E", ["eluate", "Élution"]),
        ("P", ["pH"]),
        ("Z", ["zone"]),
        ("μ", ["µm"]),
        ("0–9", ["2D gel"]),
    ]
