"""What an administrator does: organisations, roles given and ended, a look at the machine."""

from playwright.sync_api import expect

from tests.browser.journeys.visitor import Visitor


def add_organisation(me: Visitor, above: str, name: str, country: str) -> None:
    """Add an organisation below another."""
    me.menu("Organisations")
    me.fill("Name", above)
    me.press("Search")
    me.follow(above)
    me.follow("Add an organisation below")
    me.fill("Name", name)
    me.field("Country").select_option(country)
    me.press("Add the organisation")
    me.sees("%(name)s is added.", name=name)


def give_role(me: Visitor, person: str, role: str, word: str, place: str) -> None:
    """Find a person and give a role at an organisation."""
    me.menu("People")
    me.fill("Name or sign-in name", person)
    me.press("Search")
    me.follow(person)
    me.main.locator("summary").filter(has_text=me.t("Give a role")).click()
    me.field("Role").select_option(role)
    choice = me.field("At this organisation and everything below it")
    choice.select_option(label=choice.locator("option").filter(has_text=place).inner_text())
    me.press("Give the role")
    me.sees("The role is given, from now on.")
    expect(_row(me, word)).to_contain_text(place)


def end_role(me: Visitor, word: str) -> None:
    """End it again, saying why."""
    _row(me, word).get_by_role("link").click()
    me.fill("Reason", "The course is over.")
    me.press("End the role")
    me.sees("The role has ended. What was done in it stays.")
    expect(_row(me, word)).to_have_count(0)


def _row(me: Visitor, word: str):
    return me.main.get_by_role("row").filter(has_text=me.t(word))


def look_at_the_machine(me: Visitor) -> None:
    """Read how its parts are, what waits and what is plugged in."""
    me.menu("Operation")
    for title in ("The machine", "Work that waits", "What failed", "What is plugged in"):
        me.heading(title)
    me.sees("Nothing failed.")
    me.reads("certificates")
