"""The words in which the domain refuses; `lms.web.errors` maps them to pages, once.

A message is a translatable template and its parameters stay apart from it, so that a rule
can refuse without knowing any language.
"""

from typing import Any


def N_(message: str) -> str:
    """Mark `message` for translation and return it unchanged."""
    return message


class DomainError(Exception):
    """A refusal in plain words: a translatable message with named parameters."""

    status = 422

    def __init__(self, message: str, **params: Any) -> None:
        super().__init__(message)
        self.message = message
        self.params = params

    def __str__(self) -> str:
        return self.message % self.params if self.params else self.message


class NotFound(DomainError):
    """No such thing, or nothing that this person may know exists."""

    status = 404

    def __init__(self, message: str = N_("There is nothing here."), **params: Any) -> None:
        super().__init__(message, **params)


class NotAllowed(DomainError):
    """The person is known and may not do this; the refusal is recorded."""

    status = 403

    def __init__(self, message: str = N_("Your role does not allow this."), **params: Any) -> None:
        super().__init__(message, **params)


class Conflict(DomainError):
    """The world has moved on since the page was opened."""

    status = 409


class RuleBroken(DomainError):
    """A rule of the domain says no; what was typed is shown again. `field` names the culprit."""

    status = 422

    def __init__(self, message: str, field: str | None = None, **params: Any) -> None:
        super().__init__(message, **params)
        self.field = field


class TooLarge(DomainError):
    """More than this place takes at once."""

    status = 413


class Throttled(DomainError):
    """Too many tries; `retry_after` says in how many seconds to come back."""

    status = 429

    def __init__(self, message: str, retry_after: int, **params: Any) -> None:
        super().__init__(message, **params)
        self.retry_after = retry_after


class Busy(DomainError):
    """The database is held by somebody else; coming back in a moment helps."""

    status = 503
