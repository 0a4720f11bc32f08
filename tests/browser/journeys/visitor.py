"""A person before the hub who knows its pages by their words alone, in the language they read."""

import re
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from lms.web import i18n
from lms.web.catalogue import Catalogue, load
from tests.browser import world
from tests.factories import PASSWORD

FOLDERS = (Path(i18n.__file__).parent / "translations",)
PATIENCE = 10_000  # milliseconds
_NAMED = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True)
class Words:
    """What the hub says in one language, looked up where the hub itself does."""

    tag: str

    @property
    def catalogue(self) -> Catalogue:
        """Return the catalogue of the hub."""
        return load(self.tag, FOLDERS)

    def __call__(self, message: str) -> str:
        """Return a message; in English where no other is there."""
        return self.catalogue.text(message)

    def filled(self, message: str, **params: Any) -> re.Pattern[str]:
        """Return what a message reads like with these values, each perhaps kept whole by signs
        that nobody sees."""
        pieces = _NAMED.split(self.catalogue.text(message))
        values = (f"\u2068?{re.escape(str(params[name]))}\u2069?" for name in pieces[1::2])
        texts = (re.escape(text) for text in pieces[::2])
        return re.compile(
            "".join(part for both in zip_longest(texts, values) for part in both if part)
        )

    def some(self, one: str, many: str, num: int) -> str:
        """Return the form that a number takes."""
        return self.catalogue.plural(one, many, num) % {"num": num}

    def part(self, message: str) -> str:
        """Return the longest piece of a message between its placeholders."""
        return max(_NAMED.split(self.catalogue.text(message))[::2], key=len).strip(" .:«»“”")


@dataclass(frozen=True)
class Visitor:
    """Somebody with a browser: what they press, follow, fill in and see."""

    page: Page
    t: Words
    main: Locator = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "main", self.page.locator("main"))

    def press(self, words: str, patience: float = PATIENCE) -> None:
        """Press a button of the page; what it leads to may take so many milliseconds."""
        button = self.main.get_by_role("button", name=self.t(words), exact=True).first
        button.click(timeout=patience)

    def follow(self, words: str, **params: Any) -> None:
        """Follow a link of the page."""
        self.main.get_by_role("link", name=self._said(words, params), exact=True).first.click()

    def menu(self, words: str) -> None:
        """Go where an entry of the main menu leads."""
        menu = self.page.get_by_role("navigation", name=self.t("Main menu"))
        menu.get_by_role("link", name=self.t(words), exact=True).click()

    def field(self, label: str) -> Locator:
        """Return the control of a label."""
        return self.main.get_by_label(self.t(label), exact=True)

    def fill(self, label: str, value: str) -> None:
        """Fill in a field."""
        self.field(label).fill(value)

    def sign(self, button: str = "Sign") -> None:
        """Enter the password again and press."""
        self.fill("Your password, to sign", PASSWORD)
        self.press(button)

    def sees(self, words: str, **params: Any) -> None:
        """Expect something said on the page."""
        self.reads(self._said(words, params))

    def reads(self, text: str | re.Pattern[str]) -> None:
        """Expect a text on the page, whoever wrote it."""
        expect(self.main.get_by_text(text).first).to_be_visible()

    def _said(self, words: str, params: dict[str, Any]) -> str | re.Pattern[str]:
        return self.t.filled(words, **params) if params else self.t(words)

    def heading(self, words: str) -> None:
        """Expect a heading."""
        name = self.t(words)
        expect(self.main.get_by_role("heading", name=name, exact=True).first).to_be_visible()

    def sign_in(self, key: str) -> None:
        """Sign in with the password that everybody has, and stand on the first page."""
        self.page.goto("/sign-in")
        self.fill("E-mail address or staff number", world.login(key))
        self.fill("Password", PASSWORD)
        self.press("Sign in")
        self.heading("What now?")
        html = self.page.locator("html")
        expect(html).to_have_attribute("lang", self.t.catalogue.html_lang)
        expect(html).to_have_attribute("dir", self.t.catalogue.direction)
