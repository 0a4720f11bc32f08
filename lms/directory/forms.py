"""The shapes in which organisations, people, roles and reasons are entered."""

from collections.abc import Sequence

from babel import Locale
from markupsafe import Markup, escape
from wtforms import SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput

from lms.actor import Actor
from lms.directory.queries import places
from lms.errors import N_
from lms.people.rules import LABELS, ROLES, may_grant
from lms.web.forms import Form, OnceForm
from lms.web.i18n import language

_NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "XA", "XB", "QO", "ZZ"})
_INDENT = "\u2003"


class _Reason(Form):
    reason = StringField(
        N_("Reason"), [InputRequired(N_("Say why. The reason is recorded.")), Length(max=300)]
    )


class ReasonForm(_Reason):
    """Why something is done."""


class PlaceForm(Form):
    """An organisation's name and country."""

    name = StringField(N_("Name"), [InputRequired(N_("Enter the name.")), Length(max=200)])
    country = SelectField(N_("Country"))


class RenameForm(PlaceForm, _Reason):
    """The same, with the reason of a change."""


class PersonForm(Form):
    """Who somebody is."""

    name = StringField(
        N_("Name, as on the passport"),
        [InputRequired(N_("Enter the name as it stands on the passport.")), Length(max=200)],
        description=N_("It is printed on certificates, letter by letter."),
    )
    native_name = StringField(
        N_("Name in the person's own script"),
        [Optional(), Length(max=200)],
        description=N_("Only where it differs, as 김하나 or نور."),
    )
    login = StringField(
        N_("Sign-in name"),
        [InputRequired(N_("Enter an e-mail address or a staff number.")), Length(max=200)],
        description=N_(
            "An e-mail address, or the staff number where there is none. A staff number that"
            " another site may have given as well gets the site before it, as in SITE-1234."
        ),
    )
    organisation = SelectField(N_("Organisation"))


class NewPersonForm(PersonForm):
    """A person to be added, and their first roles there."""

    roles = SelectMultipleField(
        N_("Roles at this organisation"),
        option_widget=CheckboxInput(),
        description=N_("Further roles, also elsewhere, can be given on the person's page."),
    )


class CorrectionForm(PersonForm, _Reason):
    """The same of somebody who is there, with the reason of the correction."""


class RoleForm(Form):
    """A role to be given, and where."""

    role = SelectField(N_("Role"), [InputRequired(N_("Choose a role."))])
    organisation = SelectField(N_("At this organisation and everything below it"))


class SlipsForm(OnceForm):
    """Whose slips are wanted."""

    person = SelectMultipleField(N_("People"), validate_choice=False)


# --- what there is to choose from -----------------------------------------------------------


def with_countries(form: PlaceForm) -> PlaceForm:
    """Offer every country by its name in the language of the page."""
    names = Locale.parse(language().format_tag).territories
    found = {
        code: name
        for code, name in names.items()
        if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRIES
    }
    kept = form.country.object_data
    if kept:
        found.setdefault(kept, kept)
    ordered = sorted(found.items(), key=lambda pair: pair[1].casefold())
    form.country.choices = [(code, _as_is(name)) for code, name in ordered]
    return form


def offer_places(field: SelectField, by: Actor, also: str = "") -> None:
    """Offer the organisations that `by` oversees, indented as in the tree."""
    field.choices = [
        (place.id, _as_is(_INDENT * depth + place.name))
        for place, depth in places.choices(by, also or field.data or "")
    ]


def offer_roles(field: SelectField | SelectMultipleField, by: Actor, paths: Sequence[str]) -> None:
    """Offer the roles that `by` may give somewhere among `paths`."""
    field.choices = [
        (role, LABELS[role]) for role in ROLES if any(may_grant(by, role, path) for path in paths)
    ]


def paths_offered(by: Actor) -> list[str]:
    """Return the paths under which `by` may give roles at all, for `offer_roles`."""
    return list(by.paths("administrator", "coordinator")) or [""]


def _as_is(text: str) -> str:
    """Return a name for the macros to show untranslated."""
    return Markup(escape(text))
