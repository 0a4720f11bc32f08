"""What a trainee does on a phone: from a slip of paper to the certificate, and away again."""

import re
from pathlib import Path

from playwright.sync_api import expect
from sqlalchemy import select

from lms.assessment.models import Attempt, AttemptItem
from lms.curriculum.queries import questions_of
from lms.db import db, transaction
from tests.browser import answers
from tests.browser.hub import Hub
from tests.browser.journeys.visitor import Visitor
from tests.factories import PASSWORD

LESSONS = 4
KINDS = {"single", "multiple", "numeric", "matching", "ordering", "essay"}
KEPT = """async () => {
  const open = (name) => new Promise((done, failed) => {
    const request = indexedDB.open(name);
    request.onerror = failed;
    request.onsuccess = () => done(request.result);
  });
  const rows = [];
  for (const { name } of await indexedDB.databases()) {
    const kept = await open(name);
    for (const store of kept.objectStoreNames) {
      const request = kept.transaction(store).objectStore(store).count();
      await new Promise((done) => { request.onsuccess = done; });
      if (request.result) rows.push([name, store, request.result]);
    }
  }
  return [...Object.entries(localStorage), ...Object.entries(sessionStorage),
    ...rows, ...await caches.keys()];
}"""


def use_slip(me: Visitor, login: str, code: str) -> None:
    """Choose a password with the slip of the coordinator, and stand on the first page."""
    me.page.goto("/")
    me.follow("I have a slip with a code")
    me.fill("Sign-in name on the slip", login)
    me.fill("Code on the slip", code.lower().replace("-", " "))
    me.fill("Your new password", PASSWORD)
    me.press("Set the password and sign in")
    me.sees("Your password is set. From now on you sign in with it; throw the slip away.")
    me.heading("What now?")


def read_all_lessons(me: Visitor) -> None:
    """From the first page by *Continue* through the lessons to the module's page."""
    me.follow("Continue")
    for number in range(1, LESSONS + 1):
        me.sees("Lesson %(number)s of %(of)s", number=number, of=LESSONS)
        me.press("I have read this: go on")


def start_paper(me: Visitor, hub: Hub) -> tuple[str, dict[str, answers.Fields]]:
    """Start the paper; returns the attempt and an answer to every question, one of them wrong."""
    me.press("Start the assessment")
    expect(me.page.locator("form[data-attempt]")).to_be_visible()
    attempt = me.page.url.rstrip("/").rpartition("/")[2]
    given = answers.right_answers(hub, attempt)
    _give_one_wrong(hub, attempt, given)
    return attempt, given


def _give_one_wrong(hub: Hub, attempt_id: str, given: dict[str, answers.Fields]) -> None:
    """Turn one answer that is not critical into a wrong one."""
    with hub.inside(), transaction(write=False):
        attempt = db.session.get_one(Attempt, attempt_id)
        questions = questions_of(attempt.module_version_id)
        asked = {question.id: question for question, _key in questions}
        items = db.session.scalars(
            select(AttemptItem)
            .where(AttemptItem.attempt_id == attempt_id)
            .order_by(AttemptItem.position)
        ).all()
        assert {item.kind for item in items} >= KINDS
        assert any("case" in item.shown for item in items)
        for item in items:
            if item.kind == "numeric" and not asked[item.question_id].critical:
                given[item.id]["number"] = ["987654"]
                return
    raise AssertionError("every calculation of this paper is critical")


def hand_in(me: Visitor) -> None:
    """Hand in a paper without blanks, and see on the first page that it waits."""
    me.press("Hand in")
    me.sees(
        "Handed in. An instructor marks what a machine cannot; the result then appears here and"
        " on your first page."
    )
    me.follow("To the first page")
    me.sees("Waiting for a result")


def read_the_result(me: Visitor) -> None:
    """Read how it went, why, what to read again and when it can be taken again."""
    me.page.goto("/")
    me.follow("See the result")
    me.sees("Passed")
    for title in ("By outcome", "What to read again", "Each question"):
        me.heading(title)
    renewal = "You have passed. It counts until %(until)s; you can renew it from %(renew)s."
    me.reads(me.t.part(renewal))
    wrong = me.main.locator("article.card").filter(has_text=me.t("Not right"))
    expect(wrong).to_have_count(1)
    wrong.get_by_text(me.t("Why"), exact=True).click()
    expect(wrong.locator("details .prose")).to_be_visible()
    again = me.main.get_by_role("heading", name=me.t("What to read again"), exact=True)
    expect(again.locator("~ ul a[href*='/lessons/']").first).to_be_visible()


def read_a_failure(me: Visitor) -> None:
    """Read what did not suffice, what to read again, from when and how often one may try."""
    me.follow("See the result")
    me.sees("Not passed yet")
    me.reads(me.t.part("You can try again from %(when)s."))
    me.reads(me.t.some("%(num)s attempt is left.", "%(num)s attempts are left.", 1))
    for title in ("What comes next", "What it took to pass", "By outcome", "What to read again"):
        me.heading(title)
    again = me.main.get_by_role("heading", name=me.t("What to read again"), exact=True)
    lessons = again.locator("~ ul a[href*='/lessons/']")
    lessons.first.click()
    expect(me.page).to_have_url(re.compile("/modules/FND104/lessons/"))
    expect(me.main.locator(".prose").first).to_be_visible()


def countersign(me: Visitor) -> None:
    """Agree with the sheet of the practical."""
    me.page.goto("/")
    me.heading("Countersign your practical")
    me.follow("Look at the sheet")
    me.field("Yes, this is how it went").check()
    me.sign()
    me.sees("Signed.")
    me.sees("Passed")


def fetch_certificate(me: Visitor, place: Path) -> str:
    """Wait until the certificate is made; take the PDF away; returns the number."""
    ready = me.main.get_by_role("heading", name=me.t("Your certificate is ready"), exact=True)
    for _ in range(60):
        me.page.goto("/")
        if ready.count():
            break
        me.page.wait_for_timeout(500)
    expect(ready).to_be_visible()
    with me.page.expect_download() as caught:
        me.follow("Download the PDF")
    file = place / "certificate.pdf"
    caught.value.save_as(file)
    assert file.read_bytes().startswith(b"%PDF-")
    return me.main.locator("a[href^='/verify/ST-']").first.inner_text().strip()


def leave(me: Visitor, *secrets: str) -> None:
    """Sign out of a shared device; Back shows nothing of it and nothing is kept."""
    me.page.get_by_role("button", name=me.t("Sign out"), exact=True).click()
    me.sees("You are signed out. What you saved is on the server.")
    for _ in range(3):
        me.page.go_back()
        expect(me.field("Password")).to_be_visible()
        for secret in secrets:
            assert secret not in me.page.content()
    kept = me.page.evaluate(KEPT)
    assert kept == [], kept
