"""For plugins: pages, access, forms, translation."""

from lms.people.forms import signing_password
from lms.people.routes import password_checked
from lms.web.access import current_actor, for_roles, maybe_actor, public
from lms.web.forms import CountField, Form, without_token
from lms.web.i18n import gettext, say
from lms.web.navigation import Card, Entry
from lms.web.sheet import written as csv_file
from lms.web.submit import submit

__all__ = [
    "Card",
    "CountField",
    "Entry",
    "Form",
    "csv_file",
    "current_actor",
    "for_roles",
    "gettext",
    "maybe_actor",
    "password_checked",
    "public",
    "say",
    "signing_password",
    "submit",
    "without_token",
]
