"""What no address and no form may carry, whatever the page: a NUL, which no PostgreSQL keeps."""

from collections.abc import Iterator

from flask import Flask, abort, request

_NUL = "\0"


def init_intake(app: Flask) -> None:
    """Refuse such a request before anything reads it."""
    app.before_request(_refuse)


def _refuse() -> None:
    if any(_NUL in text for text in _texts()):
        abort(400)


def _texts() -> Iterator[str]:
    yield request.path
    for values in (request.args, request.form):
        for name, value in values.items(multi=True):
            yield name
            yield value
