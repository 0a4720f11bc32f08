"""What those do who answer for content: upload, mend, read, store; review twice, approve, adopt."""

from playwright.sync_api import expect

from tests.archives import module_files, packed
from tests.browser.journeys.visitor import Visitor

LESSON = "lessons/20-balances.md"
CHECKING = 60_000  # milliseconds: a module is checked whole, twice, beside other work


def upload(me: Visitor, code: str, spoil: bytes = b"") -> None:
    """Send a module as a ZIP, `spoil` appended to one of its lessons."""
    me.menu("Content")
    me.follow("Upload a module")
    files = module_files(code)
    files[LESSON] += spoil
    archive = {"name": f"{code}.zip", "mimeType": "application/zip", "buffer": packed(files)}
    me.field("ZIP file").set_input_files(archive)  # type: ignore[arg-type]
    me.press("Check the module", patience=CHECKING)


def read_mistakes(me: Visitor, number: int) -> None:
    """Read at once where each mistake is and how to mend it; nothing was kept."""
    me.heading("This module cannot be stored yet")
    me.reads(me.t.some("%(num)s mistake", "%(num)s mistakes", number))
    rows = me.main.locator("tbody tr")
    expect(rows).to_have_count(number)
    for row in rows.all():
        expect(row).to_contain_text(LESSON)
        mend = row.locator(f"td[data-label='{me.t('How to mend it')}']")
        assert len(mend.inner_text().strip()) > 5


def read_and_store(me: Visitor) -> None:
    """Read a lesson as learners will, then store the draft."""
    me.heading("Read it as learners will")
    me.main.locator(f"a[href*='/{LESSON.removesuffix('.md')}']").click()
    expect(me.main.locator(".prose").first).to_be_visible()
    me.page.go_back()
    me.press("Store as a draft", patience=CHECKING)
    me.sees("Stored as a draft. Reviewers find it among the content.")
    me.sees("Draft")


def sign(me: Visitor, address: str, act: str, *, on: str = "") -> None:
    """Read the version's page and sign one act on it."""
    me.page.goto(address)
    me.field(act).check()
    if on:
        me.fill("From which day", on)
    me.sign()
    me.sees("Signed.")
