"""The forms of evidence that people judge: an essay, a team's exercise, a micro-teach, a defence.

And which form each clause has, with the labels of what was entered.
"""

from datetime import date
from typing import Any

from wtforms import BooleanField, Field, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from lms.attestation.forms import (
    AttestForm,
    FillForm,
    KitForm,
    ManipulationForm,
    PlatesForm,
    Points,
    count_field,
    day_field,
    text_field,
    words_field,
)
from lms.attestation.kinds import KINDS
from lms.attestation.measures import CRITERIA, KAPPA
from lms.attestation.rules import Clause
from lms.errors import N_, NotFound


class _JudgedForm(AttestForm):
    """Evidence of which the assessors say whether it was passed."""

    outcome = RadioField(
        N_("Outcome"),
        [InputRequired(N_("Choose one of the two."))],
        choices=[SelectChoice("passed", N_("Passed")), SelectChoice("failed", N_("Not passed"))],
    )


class DefenceForm(_JudgedForm):
    """An oral or observed defence."""

    seen = ("way", "subject", "asked", "outcome")

    way = RadioField(
        N_("How"),
        [InputRequired(N_("Choose one of the two."))],
        choices=[
            SelectChoice("oral", N_("In an interview")),
            SelectChoice("observed", N_("Observed at work")),
        ],
    )
    subject = text_field(N_("What was defended"), most=500)
    asked = words_field(N_("What was asked, and what the learner answered"))


class TeamForm(_JudgedForm):
    """A team exercise with gate review."""

    seen = ("subject", "part", "team", "minutes", "gates", "gates_passed", "found", "outcome")

    subject = text_field(N_("The exercise"), most=500)
    part = text_field(N_("What the learner did in it"), most=500)
    team = count_field(N_("Members of the team"))
    minutes = count_field(N_("Length in minutes"))
    gates = count_field(N_("Gates reviewed"))
    gates_passed = count_field(N_("Of these passed"))
    found = words_field(N_("What the gate review found"))


class TeachForm(_JudgedForm):
    """A micro-teach."""

    seen = ("subject", "minutes", "learners", "found", "outcome")

    subject = text_field(N_("What was taught"), most=500)
    minutes = count_field(N_("Length in minutes"))
    learners = count_field(N_("People taught"))
    found = words_field(N_("What you saw: aim, demonstration, practice, feedback"))


class RatingsForm(AttestForm):
    """Ratings of the learner beside those of others, of the same things."""

    seen = ("subject", "own", "others")

    subject = text_field(N_("What was rated"), most=500)
    own = words_field(N_("The learner's ratings, in order"))
    others = words_field(N_("The key's or the other raters' ratings, in the same order"))


class InspectionForm(_JudgedForm):
    """An inspection in which the learner is co-inspector."""

    seen = ("batch", "minutes", "part", "found", "interest", "outcome")

    batch = text_field(N_("Number of the inspection"))
    minutes = count_field(N_("Length in minutes"))
    part = text_field(N_("What the learner inspected"), most=500)
    found = words_field(N_("What you saw, as lead inspector"))
    interest = BooleanField(N_("The learner declared in writing no interest in the firm."))


class EssayForm(Points, AttestForm):
    """A programme essay, report or dossier, by the first of two markers."""

    seen = ("subject", "batch", "from_on", *CRITERIA)

    subject = text_field(N_("Title"), most=500)
    batch = text_field(N_("Number of the document"))
    from_on = day_field(N_("Day from which its time ran"), needed=False)


FORMS: dict[str, type[AttestForm]] = {
    "APS": FillForm,
    "GP": PlatesForm,
    "PM": ManipulationForm,
    "IK": KitForm,
    "ES": EssayForm,
    "TX": TeamForm,
    "MT": TeachForm,
    "CI": InspectionForm,
    "OD": DefenceForm,
}
_DAYS = ("done_on", "read_on", "from_on")


def form_for(clause: Clause, facts: dict[str, Any] | None = None) -> AttestForm:
    """Return the form of a clause, filled with what was entered before.

    Raises:
        NotFound: evidence of its kind is not entered by hand.
    """
    if clause["kind"] not in FORMS:
        raise NotFound()
    rated = any(one["measure"] == KAPPA for one in clause.get("passes", ()))
    return _form(RatingsForm if rated else FORMS[clause["kind"]], facts or {})


def _form(form: type[AttestForm], facts: dict[str, Any]) -> AttestForm:
    return form(data={n: date.fromisoformat(v) if n in _DAYS else v for n, v in facts.items()})


def labelled(
    kind: str, facts: dict[str, Any], *, blind: bool = False
) -> list[tuple[str, Any, bool]]:
    """Return facts with the labels under which they were entered, in the form's order.

    A choice comes as the words chosen, a day as a day, what was ticked as True; last whether it
    is in somebody's own words.

    Args:
        blind: leave out what a second assessor has still to find alone.
    """
    if kind not in FORMS:
        return []
    form = _form(RatingsForm if "own" in facts else FORMS[kind], facts)
    names = ("done_on", *form.seen, *form.read)
    hidden = KINDS[kind].blind if blind else ()
    return [
        (form[n].label.text, _said(form[n]), isinstance(form[n], StringField))
        for n in names
        if n in facts and n not in hidden
    ]


def _said(field: Field) -> Any:
    if isinstance(field, RadioField):
        return {value: label for value, label, *_more in field.iter_choices()}[field.data]
    return field.data
