"""Which cards a first page shows: about one thing only what is furthest on."""

from lms.web.navigation import Card, arranged


def test_only_the_furthest_card_about_one_thing_is_shown():
    read = Card("read", about="enrolment", stage=0, order=10)
    waiting = Card("waiting", about="enrolment", stage=1, order=30)
    other = Card("other", about="another", order=20)
    assert arranged([read, waiting, other]) == [other, waiting]


def test_cards_about_nothing_in_particular_are_all_shown_in_order():
    late, early = Card("late", order=9), Card("early", order=1)
    assert arranged([late, early]) == [early, late]
