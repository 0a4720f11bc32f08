"""For plugins: pages, access, forms, translation."""

from lms.web.access import current_actor, for_roles, maybe_actor, public
from lms.web.forms import Form
from lms.web.i18n import say
from lms.web.navigation import Card, Entry
from lms.web.submit import submit

__all__ = [
    "Card",
    "Entry",
    "Form",
    "current_actor",
    "for_roles",
    "maybe_actor",
    "public",
    "say",
    "submit",
]
