"""What instructors do: mark by keys, sign, release; observe on a phone, sign after one another."""

from playwright.sync_api import Dialog, expect

from tests.browser.journeys.visitor import Visitor

POINTS = "3"


def mark_by_keys(me: Visitor, answers: int) -> None:
    """Mark all that waits, from the first page on, with digits and Enter alone."""
    me.page.goto("/")
    me.main.get_by_role("heading", name=me.t.some(
        "%(num)s answer to mark", "%(num)s answers to mark", answers
    )).wait_for()  # fmt: skip
    me.press("Begin to mark")
    for left in range(answers, 0, -1):
        me.reads(me.t.some("%(num)s answer waits", "%(num)s answers wait", left))
        expect(me.page.locator("[data-keys]")).to_be_visible()
        for _criterion in range(me.page.locator("fieldset.rubric").count()):
            me.page.keyboard.press(POINTS)
        me.page.keyboard.press("Enter")
        me.page.wait_for_load_state()
    me.sees("Every answer is marked. Sign your marks, then results can be released.")


def sign_all_marks(me: Visitor, answers: int) -> None:
    """Sign them with one password."""
    me.sign("Sign the marks")
    me.reads(me.t.some("%(num)s mark is signed.", "%(num)s marks are signed.", answers))


def release_all(me: Visitor, results: int) -> None:
    """Release what is ready, from the first page."""
    me.page.goto("/")
    me.follow("Release results")
    me.sign("Sign and release")
    me.reads(me.t.some("%(num)s result is released.", "%(num)s results are released.", results))
    me.menu("Grading")
    me.heading("Nothing to mark")


def open_sheet(me: Visitor, learner: str, practical: str) -> str:
    """Look for a learner and open a sheet; returns it."""
    me.menu("Practicals")
    me.fill("Name of the learner", learner)
    me.press("Search")
    button = "Open a sheet for %(name)s: %(practical)s"
    name = me.t.filled(button, name=learner, practical=practical)
    me.main.get_by_role("button", name=name).click()
    me.heading("Steps")
    return me.page.url.rstrip("/").rpartition("/")[2]


def think_better_of_a_stop(me: Visitor) -> None:
    """Press the safety stop, be asked, and say no: nothing is stopped."""
    asked: list[str] = []

    def refuse(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    me.page.once("dialog", refuse)
    me.fill("Reason", "A glass fell down.")
    me.press("Stop the practical")
    assert asked == [me.t("Stop this practical for safety?")]
    expect(me.page.locator("[data-stopped]")).to_be_hidden()
    me.fill("Reason", "")


def note_everything(me: Visitor) -> None:
    """Tap each step as done, one as self-corrected; write down what is asked for."""
    me.field("The host of this site has given the learner the safety induction, and it is recorded."
             ).check()  # fmt: skip
    for label in ("Room", "Equipment, with its numbers", "Lot"):
        me.fill(label, "B-12")
        me.field(label).blur()
    steps = me.main.locator("fieldset[data-item^='step:']").all()
    for step in steps:
        word = "Self-corrected" if step is steps[1] else "Done"
        step.get_by_text(me.t(word), exact=True).click()
    me.main.locator("[data-item=rating] label").nth(3).click()
    count = len(steps)
    expect(me.page.locator("[data-progress]")).to_have_text(
        me.t.filled("%(done)s of %(of)s steps", done=count, of=count)
    )


def sign_as_observer(me: Visitor) -> None:
    """Review the sheet: nothing is missing; sign."""
    me.press("Review and sign")
    me.heading("Sign as observer")
    me.field("I did not train this learner for this practical.").check()
    me.sign()
    me.sees("Signed.")


def sign_as_second(me: Visitor) -> None:
    """Find from the first page what waits for a second signature, and sign."""
    me.page.goto("/")
    me.follow("Look at the oldest")
    me.field("Yes, I observed it as it is written here").check()
    me.field("I did not train this learner for this practical.").check()
    me.sign()
    me.sees("Signed.")
