"""What a coordinator does: people in, slips out, enrolments by hand and from a list, progress."""

import re

from playwright.sync_api import expect

from tests.browser.journeys.school import PROGRAMME, School
from tests.browser.journeys.visitor import Visitor

HEADINGS = (
    "Name", "E-mail or staff number", "Organisation", "Module or programme",
)  # fmt: skip


def add_person(me: Visitor, name: str, number: str) -> None:
    """Add somebody who has a staff number and no e-mail address, as a learner."""
    me.menu("People")
    me.follow("Add a person")
    me.fill("Name, as on the passport", name)
    me.fill("Sign-in name", number)
    me.field("Learner").check()
    me.press("Add the person")
    me.sees("%(name)s is added. Now make a slip, so that they can sign in.", name=name)
    me.sees("Has no password yet")


def make_slip(me: Visitor, name: str, number: str) -> str:
    """Make the slip, ready to be printed; returns its code."""
    me.press("Make a slip")
    slip = me.main.locator(".slip")
    expect(slip).to_have_count(1)
    expect(slip).to_contain_text(name)
    expect(slip).to_contain_text(number)
    expect(me.main.get_by_role("button", name=me.t("Print"), exact=True)).to_be_visible()
    me.page.emulate_media(media="print")
    expect(me.main.get_by_role("button", name=me.t("Print"), exact=True)).to_be_hidden()
    code = slip.locator(".slip-code").inner_text().strip()
    me.page.emulate_media(media="screen")
    return code


def enrol(me: Visitor, name: str, place: School) -> None:
    """Enrol somebody by hand in a whole programme."""
    me.menu("Enrolments")
    me.follow("Enrol people")
    me.fill("Name, e-mail or staff number", name)
    me.press("Show")
    me.field("Module or programme").select_option(PROGRAMME)
    me.field("Delivering organisation").select_option(label=place.name)
    me.main.get_by_role("checkbox", name=re.compile(re.escape(name))).check()
    me.press("Enrol")
    me.reads(me.t.some("%(num)s enrolment begun.", "%(num)s enrolments begun.", 3))
    expect(me.main.locator("tbody tr").filter(has_text=name)).to_have_count(3)


def look_at_list(me: Visitor, rows: list[tuple[str, ...]]) -> list[int]:
    """Paste rows under the headings of one's language; returns the four numbers of the preview."""
    me.menu("Enrolments")
    me.follow("Bring in a list")
    lines = [tuple(me.t(heading) for heading in HEADINGS), *rows]
    me.fill("Or paste the rows", "\n".join("\t".join(line) for line in lines))
    me.press("Look at each row")
    me.heading("Look at each row")
    return _numbers(me)


def confirm_list(me: Visitor) -> list[int]:
    """Do what the preview said; returns the four numbers of what was done."""
    me.sees("Nothing has been written yet.")
    me.press("Confirm: do what stands below")
    me.heading("The list is in")
    return _numbers(me)


def _numbers(me: Visitor) -> list[int]:
    return [int(one) for one in me.main.locator(".stats b").all_inner_texts()]


def ask_a_cell(me: Visitor, name: str, module: str) -> None:
    """Open the cell of a person and a module; it says how they stand and who acts next."""
    me.menu("Progress")
    me.fill("Name, e-mail or staff number", name)
    me.press("Show")
    row = me.main.locator("tbody tr").filter(has_text=name)
    row.get_by_role("link", name=re.compile(f"{name} {module}")).click()
    me.sees("Not started")
    me.sees("Next:")
    me.sees("The learner opens the first lesson.")
