"""What is believed of a request before anything reads it: what no address and no form may carry
(a NUL, which no PostgreSQL keeps), and who sent it where a proxy stands between."""

from collections.abc import Iterator

from flask import Flask, abort, request
from werkzeug.middleware.proxy_fix import ProxyFix

_NUL = "\0"


def init_intake(app: Flask) -> None:
    """Refuse what nobody may send; take the word of TRUSTED_PROXIES on who sends.

    Without it a whole hub behind a proxy has one address, and fifty wrong passwords anywhere keep
    everybody out; believed of anybody, each wrong password would come from an address of its own.
    """
    app.before_request(_refuse)
    if proxies := app.config["TRUSTED_PROXIES"]:
        trusting = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)
        app.wsgi_app = trusting  # type: ignore[method-assign]


def _refuse() -> None:
    if any(_NUL in text for text in _texts()):
        abort(400)


def _texts() -> Iterator[str]:
    yield request.path
    for values in (request.args, request.form):
        for name, value in values.items(multi=True):
            yield name
            yield value
