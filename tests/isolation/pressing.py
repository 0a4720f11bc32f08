"""Certificates of the world, sealed at once: all is real up to the page itself."""

from contextlib import contextmanager

from certificates import actions as certifying
from certificates import queries as certificates
from certificates.models import Certificate
from lms.db import db, transaction

PDF = b"%PDF-1.7 what is printed on it is another test's matter"


class _Press:
    """Stands for the renderer: the walk is real up to the page itself."""

    def render(self, *_args: object, **_values: object) -> bytes:
        return PDF


@contextmanager
def _pressed_at_once():
    real, certifying._renderer = certifying._renderer, _Press()  # type: ignore[assignment]
    try:
        yield
    finally:
        certifying._renderer = real


def seal(person: str) -> str:
    """Seal the one certificate of a person; return its number."""
    with transaction(write=False):
        statement = db.select(Certificate).where(Certificate.person_id == person)
        certificate = db.session.scalars(statement).one()
        number, id = certificate.number, certificate.id
    with _pressed_at_once():
        certifying.seal(id)
    with transaction(write=False):
        assert certificates.by_id(id).state == "sealed"
    return number
