"""Finds what a page says that did not pass through translation; for tests of any room.

Ask for the page in a pseudo-locale (`?lang=en_XA`) and expect an empty list. Content (names,
lesson text, serial numbers) is left out when marked `translate="no"` or with its own `lang`.
"""

from html.parser import HTMLParser

_VOID = {
    *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source"),
    *("track", "wbr", "path", "circle", "rect"),
}
_SILENT = {"script", "style", "math", "textarea", "template"}
_SPOKEN = {"title", "alt", "aria-label", "placeholder", "data-label"}
_BUTTONS = {"submit", "reset", "button"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, bool]] = []
        self.found: list[str] = []

    def _content(self) -> bool:
        return any(content for _, content in self.open)

    def _note(self, text: str) -> None:
        if any(char.isalpha() for char in text) and "⟦" not in text:
            self.found.append(" ".join(text.split()))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        own_language = "lang" in given and tag != "html"
        content = tag in _SILENT or given.get("translate") == "no" or own_language
        if not (content or self._content()):
            for name in _SPOKEN & given.keys():
                self._note(given[name])
            if tag == "input" and given.get("type") in _BUTTONS:
                self._note(given.get("value", ""))
        if tag not in _VOID:
            self.open.append((tag, content))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        while self.open:
            name, _ = self.open.pop()
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        if not self._content():
            self._note(data)


def untranslated(html: str) -> list[str]:
    """Return the texts and spoken attributes of a page that carry no pseudo-locale brackets."""
    reader = _Reader()
    reader.feed(html)
    return reader.found
