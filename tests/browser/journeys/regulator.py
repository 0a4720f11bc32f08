"""What a regulator does at a desk or a border post: one number, another day, a list, a file."""

import csv
import io
from datetime import date

from playwright.sync_api import expect

from tests.browser import steps
from tests.browser.journeys.visitor import Visitor

WRONG = "ST-2222-2222-2222-2"


def type_number(me: Visitor, number: str, verdict: str, word: str) -> None:
    """Type a number as one reads it out, and read the verdict."""
    me.fill("Certificate number", number.lower().replace("-", " "))
    me.press("Verify")
    read(me, verdict, word)


def read(me: Visitor, verdict: str, word: str) -> None:
    """Read one verdict, as a picture's name and as a word."""
    steps.verdict(me.page, verdict)
    me.heading(word)


def compare(me: Visitor, holder: str, latin: str) -> None:
    """Compare what the register says with the paper and with the identity paper."""
    me.heading("Does the paper say the same?")
    me.heading("Does the identity paper say the same name?")
    me.reads(holder)
    me.reads(latin)


def ask_for_day(me: Visitor, day: date) -> None:
    """Ask how it stood on another day; the page says that it is not about today."""
    me.main.locator("summary").filter(has_text=me.t("Ask for another day")).click()
    me.fill("On which day?", day.isoformat())
    me.press("Show this day")
    told = "This is the verdict for %(day)s, as known now. For today it is: %(verdict)s."
    me.reads(me.t.part(told))


def check_several(me: Visitor, numbers: list[str], verdicts: list[str]) -> None:
    """Paste a list and read a verdict for each, in its order."""
    me.page.goto("/verify/")
    me.follow("Check several numbers at once")
    me.fill("Certificate numbers", "\n".join(numbers))
    me.press("Check the numbers")
    rows = me.main.locator("tbody tr")
    expect(rows).to_have_count(len(numbers))
    for row, number, verdict in zip(rows.all(), numbers, verdicts, strict=True):
        expect(row.locator("[data-verdict]")).to_have_attribute("data-verdict", verdict)
        expect(row).to_contain_text(number)


def carry_away(me: Visitor) -> list[list[str]]:
    """Download the same list as a file; returns its rows."""
    with me.page.expect_download() as caught:
        me.press("Download as CSV")
    text = caught.value.path().read_text(encoding="utf-8-sig")
    return list(csv.reader(io.StringIO(text)))
