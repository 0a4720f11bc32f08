"""Claims about the rule of who marks: the map's own, with a beginning that a hub can live with."""

import pytest

from lms.grading.markers.rules import (
    ACCREDITED,
    APPROVED,
    FOUNDING,
    ground,
    is_accredited,
    is_covered,
)

HUB, SITE, ROOM, ELSEWHERE = "/hub/", "/hub/a/", "/hub/a/b/", "/hub/c/"


@pytest.mark.parametrize(
    ("levels", "said"),
    [
        ({"WFD-03": 3, "FND-02": 3}, True),
        ({"WFD-03": 4, "FND-02": 4}, True),
        ({"WFD-03": 3, "FND-02": 2}, False),
        ({"WFD-03": 2, "FND-02": 3}, False),
        ({"FND-02": 4}, False),
        ({}, False),
    ],
)
def test_an_assessor_holds_the_assessors_competency_and_what_is_assessed_at_three(levels, said):
    assert is_accredited(["FND-02"], levels) is said


def test_of_several_competencies_of_a_module_all_are_held():
    assert not is_accredited(["FND-02", "UPS-01"], {"WFD-03": 3, "FND-02": 3})


@pytest.mark.parametrize("covered", [True, False])
def test_who_is_qualified_marks_whoever_else_is(covered):
    assert ground(accredited=True, approved=True, covered=covered) == ACCREDITED
    assert ground(accredited=False, approved=True, covered=covered) == APPROVED


def test_nobody_is_kept_from_marking_where_nobody_is_qualified():
    assert ground(accredited=False, approved=False, covered=False) == FOUNDING
    assert ground(accredited=False, approved=False, covered=True) is None


@pytest.mark.parametrize(
    ("own", "others", "said"),
    [
        ([SITE], [], False),
        ([SITE], [[SITE]], True),
        ([ROOM], [[SITE]], True),
        ([SITE], [[ROOM]], False),  # the qualified one does not see all that this one sees
        ([SITE], [[ELSEWHERE]], False),
        ([SITE, ELSEWHERE], [[SITE]], False),
        ([SITE, ELSEWHERE], [[SITE], [ELSEWHERE]], False),  # nobody alone could take it over
        ([SITE, ELSEWHERE], [[HUB]], True),
        ([], [[HUB]], False),
    ],
)
def test_a_founding_marker_goes_on_where_no_qualified_person_sees_the_same(own, others, said):
    assert is_covered(own, others) is said
