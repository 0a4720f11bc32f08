"""Spreads the groups of a laid-out certificate over the height that its text leaves free."""

from typing import Any

from weasyprint import Document

_PIXELS_A_MILLIMETRE = 96 / 25.4
LEAST, MOST = 2.0 * _PIXELS_A_MILLIMETRE, 9.0 * _PIXELS_A_MILLIMETRE  # between two groups


def spread_groups(document: Document) -> bool:
    """Move the groups of the statement apart; False when they do not fit on their one page.

    Boxes are moved after the layout instead of laying the page out again for each amount of air:
    one layout a certificate. A share of the free height stays below the last group.
    """
    if len(document.pages) != 1:
        return False
    page = document.pages[0]._page_box
    groups = [box for box in page.descendants() if _is(box, "div", "group")]
    record = next(box for box in page.descendants() if _is(box, "section", "record"))
    bottom = groups[-1].position_y + groups[-1].margin_height()
    air = (min(page.content_box_y() + page.height, record.position_y) - bottom) / len(groups)
    if air < LEAST:
        return False
    for place, group in enumerate(groups):
        group.translate(dy=place * min(air, MOST))
    return True


def _is(box: Any, tag: str, name: str) -> bool:
    return box.element_tag == tag and box.element.get("class") == name
