"""How needs are said in a line of text, in the language of the request."""

from collections.abc import Iterable

from lms.curriculum.needs import Ref, alternatives
from lms.web.i18n import gettext as _


def needs_said(needs: Iterable[str]) -> str:
    """Return what comes before a module: `FND104; one of UPS202, UPS203; ANA202 lesson 1`."""
    said = [[_name(one) for one in alternatives(need)] for need in needs]
    single = all(len(names) == 1 for names in said)
    return (", " if single else "; ").join(
        names[0] if len(names) == 1 else _("one of %(modules)s", modules=", ".join(names))
        for names in said
    )


def _name(one: Ref) -> str:
    if not one.lesson:
        return one.module
    return _("%(module)s lesson %(number)s", module=one.module, number=one.lesson)
