"""The shape of a signature on a version: which act, from which day, a note, the password again."""

from collections.abc import Collection
from typing import Any

from wtforms import DateField, HiddenField, RadioField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from lms.curriculum import rules
from lms.errors import N_
from lms.people.forms import signing_password
from lms.web.forms import Form

LABELS = {
    rules.REVIEWED: N_("Reviewed: I have read it whole, and it is sound"),
    rules.CHECKED: N_("Checked: each value marked † stands so in the edition it names"),
    rules.APPROVED: N_("Approved: it may be taught"),
    rules.EFFECTIVE: N_("Effective: from the day below it certifies"),
    rules.CORRECTED: N_("Corrected keys: from now on they count"),
    rules.IMPACT: N_("Impact: what a change since means for those who hold it"),
    rules.RETIRED: N_("Retired: from the day below it is no longer taught"),
}
DATED = (rules.EFFECTIVE, rules.RETIRED)


class ActForm(Form):
    """One signed act. `seen` is the digest of what the person had before them."""

    act = RadioField(N_("What do you sign?"), [InputRequired(N_("Choose what you sign."))])
    on = DateField(
        N_("From which day"), [Optional()], description=N_("For effective and retired only.")
    )
    note = TextAreaField(
        N_("Note"),
        [Length(max=4000)],
        description=N_("A correction of keys and a decision on impact need one."),
    )
    password = signing_password()
    seen = HiddenField(validators=[InputRequired(), Length(max=64)])

    def offer(self, acts: Collection[str]) -> "ActForm":
        """Let the person choose among these acts; the only one is chosen already.

        The day is asked for only where one of them counts from a day.
        """
        self.act.choices = [(act, LABELS[act]) for act in acts]
        if len(self.act.choices) == 1 and not self.act.data:
            self.act.data = self.act.choices[0][0]
        if not any(act in DATED for act in acts):
            del self.on
        return self

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each field, and that an act which counts from a day names it."""
        sound: bool = super().validate(extra_validators)
        if sound and self.act.data in DATED and self.on.data is None:
            self.on.errors = [N_("Say from which day.")]
            return False
        return sound
