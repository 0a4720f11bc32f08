"""Answers by the keyboard alone: Tab, arrows, Space and letters."""

from playwright.sync_api import Page

from tests.browser.answers import Fields

_HERE = "() => [document.activeElement?.name ?? '', document.activeElement?.value ?? '']"


def answer(page: Page, item: str, fields: Fields) -> None:
    """Go on by Tab to an item and answer it."""
    for field, values in fields.items():
        controls = page.locator(f'[name="item-{item}-{field}"]')
        if not controls.count() or controls.first.get_attribute("type") == "hidden":
            continue
        tab_to(page, f"item-{item}-{field}")
        if controls.first.get_attribute("type") == "checkbox":
            _tick(page, controls.count(), values)
        elif controls.first.get_attribute("type") == "radio":
            page.keyboard.press("Space")
            _walk(page, controls.count(), values[0])
        elif controls.first.evaluate("one => one.tagName") == "SELECT":
            page.keyboard.press("Home")
            _walk(page, controls.locator("option").count(), values[0])
        else:
            page.keyboard.type(values[0])


def tab_to(page: Page, name: str) -> None:
    """Press Tab until a control of this name has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(_HERE)[0] == name:
            return
    raise AssertionError(f"no Tab leads to {name}")


def _walk(page: Page, most: int, value: str) -> None:
    for _ in range(most):
        if page.evaluate(_HERE)[1] == value:
            return
        page.keyboard.press("ArrowDown")
    assert page.evaluate(_HERE)[1] == value


def _tick(page: Page, count: int, values: list[str]) -> None:
    for place in range(count):
        if place:
            page.keyboard.press("Tab")
        if page.evaluate(_HERE)[1] in values:
            page.keyboard.press("Space")
