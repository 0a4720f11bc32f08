"""The words of every error page, by HTTP status; errors.py decides which one is shown."""

from dataclasses import dataclass

from lms.errors import N_


@dataclass(frozen=True)
class Page:
    """One row of the table: the name scripts read, and the words people read."""

    name: str
    title: str
    happened: str
    kept: str
    todo: str


_NOTHING = N_("Nothing was changed.")
TABLE = {
    400: Page(
        "bad-request",
        N_("The request could not be read"),
        N_("What the browser sent is not what this page expects."),
        _NOTHING,
        N_("Go back, reload the page and try again."),
    ),
    401: Page(
        "signed-out",
        N_("You are signed out"),
        N_("Nobody used this browser for a while, or somebody signed out in another tab."),
        N_("What you typed is kept below. Nothing was stored yet."),
        N_("Sign in again in a new tab, then come back to this page and send it again."),
    ),
    403: Page(
        "not-allowed",
        N_("You may not do this"),
        N_("Your role does not allow this."),
        N_("Nothing was changed. That it was tried is recorded."),
        N_("If you need this for your work, ask the coordinator of your organisation."),
    ),
    404: Page(
        "not-found",
        N_("There is nothing here"),
        N_("The address may be mistyped, or what was here is not open to you."),
        _NOTHING,
        N_("Check the address, or start from the first page."),
    ),
    405: Page(
        "wrong-method",
        N_("This page cannot be opened this way"),
        N_("The address is right, but it only takes what a form sends."),
        _NOTHING,
        N_("Go back and use the button on the page you came from."),
    ),
    409: Page(
        "conflict",
        N_("Something changed in the meantime"),
        N_("The page was opened before somebody else, or you in another tab, went on."),
        N_("What was saved before is kept."),
        N_("Go back, reload the page and look at it as it is now."),
    ),
    413: Page(
        "too-large",
        N_("This is too large"),
        N_("What was sent is larger than this page takes."),
        N_("Nothing was stored. Your file is still on your device."),
        N_("Send a smaller file, or split it."),
    ),
    422: Page(
        "rule-broken",
        N_("This cannot be done"),
        N_("A rule does not allow it."),
        _NOTHING,
        N_("Go back and correct what is said above."),
    ),
    429: Page(
        "throttled",
        N_("Too many tries"),
        N_("This was tried too often in a short time."),
        _NOTHING,
        N_("Wait a little, then try again."),
    ),
    500: Page(
        "failure",
        N_("Something went wrong on our side"),
        N_("The server met a mistake of its own. It is not your fault."),
        N_("What was saved before is kept; the last step was undone."),
        N_("Try again. If it happens again, give the reference number to your coordinator."),
    ),
    503: Page(
        "busy",
        N_("The server is busy"),
        N_("Many people are being served at once."),
        N_("What was saved before is kept; the last step was not done."),
        N_("Wait a few seconds and try again."),
    ),
    507: Page(
        "disk-full",
        N_("The server has no room left"),
        N_("Its disk is full, so that nothing can be stored at present."),
        N_("What was saved before is kept; the last step was not stored."),
        N_("Keep this page open and try again later. Tell your coordinator."),
    ),
}
CSRF = Page(
    "csrf",
    N_("Please send this again"),
    N_("You signed in or out since the page was opened, so it could not be checked as yours."),
    N_("What you typed is kept below. Nothing was stored yet."),
    N_("Look it over and send it again."),
)
