"""The people of a fault run: learners who answer and hand in, instructors, holders of papers."""

import hashlib
import html
import json
import random
import re
import threading
import uuid
from queue import Empty, Queue
from typing import Any

from tests.faults.browser import Answer, Browser, GaveUp
from tests.faults.ledger import Act, Ledger
from tests.faults.world import PASSWORD, Fields, Learner

_ITEM = re.compile(r'data-item="(\w+)"')
_FIELD = re.compile(r'name="item-(\w{26})-(\w+)"(?:[^>]*?value="([^"]*)")?')
_SEEN = re.compile(r'data-seen="(\d+)"')
_PDF = re.compile(r'href="(/certificates/[\w-]+\.pdf)"')
_WORDS = ("0,5", "12.75", "Mass balance 112 %: stop.", "균형", "التوازن", "- ", "3 × 10⁻⁴")


class Stage:
    """What all players share: where the server is, the ledger, when the play is over."""

    def __init__(self, port: int, seed: int) -> None:
        self.port, self.seed = port, seed
        self.ledger = Ledger()
        self.over = threading.Event()
        self.walkers: Queue[Learner] = Queue()  # who may go on stage; refilled as kills go on
        self.holders: Queue[Browser] = Queue()  # who handed in and waits for a certificate

    def browser(self, login: str) -> Browser:
        """Return somebody's browser, signed in."""
        browser = Browser(self.port, self.ledger, self.over)
        browser.sign_in(login, PASSWORD)
        return browser


class Sitting:
    """One learner's attempt in one tab: answers go out in order, each until it is acknowledged."""

    def __init__(self, stage: Stage, learner: Learner, chance: random.Random) -> None:
        self.stage, self.learner, self.chance = stage, learner, chance
        self.browser = stage.browser(learner.login)
        self.client = f"tab-{uuid.UUID(int=chance.getrandbits(128)).hex[:12]}"
        self.sequence = 0
        self.last: dict[str, Fields] = {}

    def start(self) -> None:
        """Start the assessment, as often as it takes; open its page."""
        page = self.browser.get("/modules/FND103/")
        act = self.stage.ledger.intend("start", (self.learner.enrolment,))
        form = {"csrf_token": page.csrf}
        answer = self.browser.post(f"/attempts/enrolments/{self.learner.enrolment}/start", form)
        place = answer.headers.get("location", "")
        if answer.status != 303 or not place.startswith("/attempts/"):
            raise GaveUp(f"no attempt: {answer.status} {place}")
        self.attempt = act.answer = place.split("/")[2]
        paper = self.browser.get(place)
        self.csrf = paper.csrf
        self.items = _ITEM.findall(paper.text)
        self.seen = int((_SEEN.search(paper.text) or ["", "0"])[1])
        self.offered: dict[str, dict[str, list[str]]] = {item: {} for item in self.items}
        for item, name, value in _FIELD.findall(paper.text):
            self.offered[item].setdefault(name, []).append(html.unescape(value))

    def save(self, item: str, fields: Fields) -> Act:
        """Send one answer until it is acknowledged; now and then send it once more."""
        self.sequence += 1
        token = uuid.UUID(int=self.chance.getrandbits(128)).hex
        said = {"item": item, "fields": fields, "token": token}
        key = (self.attempt, self.client, self.sequence)
        act = self.stage.ledger.intend("answer", key, said)
        self._send(act)
        if self.chance.random() < 0.1:
            self._send(act)
        self.last[item] = fields
        return act

    def _send(self, act: Act) -> None:
        item, fields = act.said["item"], act.said["fields"]
        message = {
            "item": item,
            "client": self.client,
            "sequence": act.key[2],
            "seen": self.seen,
            "given": {f"item-{item}-{name}": values for name, values in fields.items()},
            "claimed": act.said["token"],
        }
        path = f"/attempts/{self.attempt}/responses"
        answer = self.browser.post_json(path, message, self.csrf)
        said = _json(answer)
        if answer.status == 200 and isinstance(said.get("saved"), int):
            self.seen = max(self.seen, said["saved"])
            self._acknowledge(act, ("counts", said["saved"]))
        elif answer.status == 409:
            self._acknowledge(act, (said.get("error"), None))
        else:
            self._refused(act, answer)

    def _refused(self, act: Act, answer: Answer) -> None:
        """Note a refusal: nobody in this play gives a reason for one."""
        act.refused = f"{answer.status} {answer.text[:120]}"
        self.stage.ledger.wonder(f"{act.kind} {act.key} was refused: {act.refused}")

    def _acknowledge(self, act: Act, answer: tuple[str, int | None]) -> None:
        if act.answer is not None and act.answer != answer:
            self.stage.ledger.wonder(f"{act.key} was {act.answer}, sent again it is {answer}")
        act.answer = act.answer or answer

    def scribble(self) -> None:
        """Answer any question with anything that its fields offer."""
        item = self.chance.choice(self.items)
        fields: Fields = {}
        for name, values in self.offered[item].items():
            if name == "choices":
                fields[name] = [v for v in values if self.chance.random() < 0.5]
            elif name in ("choice", "unit"):
                fields[name] = [self.chance.choice(values)]
            else:
                fields[name] = [f"{self.chance.choice(_WORDS)} {self.chance.randrange(9999)}"]
        self.save(item, fields)

    def hand_in(self) -> None:
        """Hand the paper in by its form, all fields as they stand; then answer once too late."""
        act = self.stage.ledger.intend("submission", (self.attempt,))
        form: dict[str, Any] = {"csrf_token": self.csrf, "client": self.client, "seen": self.seen}
        for item, fields in self.last.items():
            form |= {f"item-{item}-{name}": values for name, values in fields.items()}
        answer = self.browser.post(f"/attempts/{self.attempt}/", form | {"submit": "1"})
        if answer.status == 303:
            act.answer = True
        else:
            self._refused(act, answer)
        late = self.save(self.items[0], self.last[self.items[0]])
        if late.answer and late.answer[0] != "late":
            self.stage.ledger.wonder(f"an answer after the submission was {late.answer}")


def _json(answer: Answer) -> dict[str, Any]:
    try:
        value = json.loads(answer.body)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def scribble(stage: Stage, learner: Learner) -> None:
    """Answer without end, as an exam room does."""
    chance = random.Random(f"{stage.seed} {learner.login}")
    sitting = Sitting(stage, learner, chance)
    sitting.start()
    while not stage.over.wait(chance.uniform(0, 0.15)):
        sitting.scribble()


def walk(stage: Stage, number: int) -> None:
    """Take one learner after another through the paper, to wait for the certificate."""
    while not stage.over.is_set():
        try:
            learner = stage.walkers.get(timeout=0.3)
        except Empty:
            continue
        sitting = Sitting(stage, learner, random.Random(f"{stage.seed} {learner.login}"))
        sitting.start()
        if _answer_rightly(sitting):
            sitting.hand_in()
            stage.holders.put(sitting.browser)


def _answer_rightly(sitting: Sitting) -> bool:
    """Answer a whole paper, with changes of mind; return False when the play is over first."""
    right, chance = sitting.learner.right or {}, sitting.chance
    for item, fields in right.items():
        if sitting.stage.over.wait(chance.uniform(0, 0.05)):
            return False
        if chance.random() < 0.3:
            sitting.scribble()  # any item, also one answered rightly before
        sitting.save(item, fields)
    for item, fields in right.items():
        if sitting.last[item] != fields:
            sitting.save(item, fields)
    return True


def instruct(stage: Stage, login: str) -> None:
    """Mark whatever waits, sign the marks, release whatever is ready."""
    chance = random.Random(f"{stage.seed} {login}")
    browser = stage.browser(login)
    while not stage.over.wait(chance.uniform(0.05, 0.3)):
        page = browser.get("/grading/")
        desk = page.text
        ready = re.findall(r'href="(/grading/attempts/\w+/release)"', desk)
        piles = re.findall(r'action="(/grading/questions/\w+/next)"', desk)
        if 'href="/grading/sign"' in desk:
            _sign_marks(stage, browser, chance)
        elif ready and (not piles or chance.random() < 0.6):
            _release(stage, browser, chance.choice(ready[:3]))
        elif piles:
            taken = browser.post(chance.choice(piles[:3]), {"csrf_token": page.csrf})
            _mark(stage, browser, taken.headers.get("location", ""), chance)


def _mark(stage: Stage, browser: Browser, path: str, chance: random.Random) -> None:
    if not path.startswith("/grading/answers/"):
        return  # the other instructor has all that is left before them
    page = browser.get(path)
    if page.status != 200:
        return  # the other instructor was quicker
    criteria = sorted(set(re.findall(r'name="level-([\w-]+)"', page.text)))
    levels = {criterion: chance.choice((3, 4)) for criterion in criteria}
    token = uuid.UUID(int=chance.getrandbits(128)).hex
    read = re.search(r'name="read_number"[^>]*value="(\d+)"', page.text)
    act = stage.ledger.intend("mark", (token,), {"item": path.split("/")[3], "levels": levels})
    form = {f"level-{criterion}": points for criterion, points in levels.items()}
    form |= {"csrf_token": page.csrf, "read_number": read[1] if read else 0}
    _send(browser, path, act, form | {"comment": token})


def _sign_marks(stage: Stage, browser: Browser, chance: random.Random) -> None:
    page = browser.get("/grading/sign")
    marks = re.findall(r'name="chosen" value="(\w+)"', page.text)
    if page.status != 200 or not marks:
        return
    token = uuid.UUID(int=chance.getrandbits(128)).hex
    act = stage.ledger.intend("sign", (token,), marks)
    _sign(browser, "/grading/sign", act, {"csrf_token": page.csrf, "chosen": marks})


def _release(stage: Stage, browser: Browser, path: str) -> None:
    page = browser.get(path)
    if page.status != 200:
        return
    act = stage.ledger.intend("release", (path.split("/")[3],))
    _sign(browser, path, act, {"csrf_token": page.csrf})


def _sign(browser: Browser, path: str, act: Act, form: dict[str, Any]) -> None:
    _send(browser, path, act, form | {"password": PASSWORD})


def _send(browser: Browser, path: str, act: Act, form: dict[str, Any]) -> None:
    answer = browser.post(path, form)
    place = answer.headers.get("location", "")
    if answer.status == 303 and "/sign-in" not in place:
        act.answer = True
        return
    act.refused = f"{answer.status} {place}"
    # Else the other instructor was quicker, or the first try was heard and its answer lost.
    if answer.status not in (404, 409, 422):
        browser.ledger.wonder(f"{act.kind} {act.key} was refused: {act.refused}")


def hold(stage: Stage) -> None:
    """Let those who wait for a certificate look, download it, and have it verified."""
    waiting: list[Browser] = []
    while not stage.over.wait(0.3):
        while not stage.holders.empty():
            waiting.append(stage.holders.get())
        if waiting and not download(stage, browser := waiting.pop(0)):
            waiting.append(browser)
    for browser in waiting:
        stage.holders.put(browser)


def download(stage: Stage, browser: Browser) -> bool:
    """Download one person's certificate; return whether there was one."""
    link = _PDF.search(browser.get("/certificates/").text)
    if not link:
        return False
    file = browser.get(link[1])
    number = link[1].rsplit("/", 1)[1].removesuffix(".pdf")
    if file.status != 200 or not file.body.startswith(b"%PDF-"):
        stage.ledger.wonder(f"the certificate {number} is on the list and not to be had")
        return True
    act = stage.ledger.intend("download", (number,))
    act.answer = hashlib.sha256(file.body).hexdigest()
    verdict = browser.insist("GET", f"/verify/{number}", headers={"Accept": "application/json"})
    if _json(verdict).get("verdict") != "practice":  # nobody made the content effective
        stage.ledger.wonder(f"{number} was downloaded and verifies as {verdict.text[:100]}")
    return True
