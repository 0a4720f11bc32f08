"""People, the tree of organisations, roles on its subtrees, passwords, sessions, sign-in tries."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.db import AppendOnly, Id, Recorded, Row, UtcDateTime, db


class Organisation(Recorded, db.Model):
    """A hub, country, site or employer. `path` lists the ids from the root down to itself."""

    __tablename__ = "organisation"

    name: Mapped[str] = mapped_column(String(200))
    country: Mapped[str] = mapped_column(String(2))
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    path: Mapped[str] = mapped_column(String(540), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Person(Recorded, db.Model):
    """A person. `name` is printed as on the passport, `native_name` in the person's own script."""

    __tablename__ = "person"
    __table_args__ = (Index("ix_person_name_id", "name", "id"),)

    name: Mapped[str] = mapped_column(String(200))
    native_name: Mapped[str | None] = mapped_column(String(200))
    # What the person signs in with: an e-mail address, or a staff number where there is none.
    login: Mapped[str] = mapped_column(String(200), unique=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    locale: Mapped[str | None] = mapped_column(String(12))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    disabled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    organisation: Mapped[Organisation] = relationship()


class RoleHeld(Recorded, db.Model):
    """A role a person holds at an organisation and below it, until it is ended."""

    __tablename__ = "role_held"
    __table_args__ = (UniqueConstraint("person_id", "role", "organisation_id", "granted_at"),)

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    granted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    organisation: Mapped[Organisation] = relationship()


class Password(AppendOnly, db.Model):
    """A password's argon2 hash; a person's newest counts."""

    __tablename__ = "password"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    hash: Mapped[str] = mapped_column(String(200))
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SessionHeld(Row, db.Model):
    """A signed-in session. A row, so that it can be ended from elsewhere; not a training record."""

    __tablename__ = "session_held"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    # Kind of browser and system, so that a person tells their phone from the laptop of the site.
    device: Mapped[str | None] = mapped_column(String(40))


class SignInTry(Row, db.Model):
    """One try to sign in or to sign: what throttling counts; purged after its window.

    Login and address as digests under the hub's secret key: nobody finds them by trying names.
    """

    __tablename__ = "sign_in_try"
    __table_args__ = (
        Index("ix_sign_in_try_login", "login_digest", "at"),
        Index("ix_sign_in_try_address", "address_digest", "at"),
    )

    at: Mapped[datetime] = mapped_column(UtcDateTime)
    login_digest: Mapped[str] = mapped_column(String(64))
    address_digest: Mapped[str] = mapped_column(String(64))
    succeeded: Mapped[bool]
    person_id: Mapped[str | None] = mapped_column(Id)
