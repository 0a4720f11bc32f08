"""Play the demonstration's practicals: one sheet in each state that somebody has to act on."""

from datetime import timedelta

from lms import clock
from lms.actor import Actor
from lms.curriculum.models import Practical
from lms.curriculum.queries import practicals_of
from lms.demo.signing import checked
from lms.learning.models import Enrolment
from lms.people.queries import actor_of_person
from lms.practicals import actions, queries, signing
from lms.practicals.standing import CORRECTED, DONE, INDUCTION, STEP, YES

# waits for a second signature, for its learner, is passed, was stopped for safety, is open
PLOTS = ("second", "countersign", "observed", "stopped", "open")
_WRITTEN = {
    "room": "Demo laboratory 2",
    "equipment": "Demo equipment 017, calibrated",
    "lot": "DEMO-26-041",
}
_STOP = "The learner was about to go on without protective equipment."


def play_practical(enrolment: Enrolment, plot: str, *, observer: Actor, second: Actor) -> None:
    """Observe a learner at the first practical of their module, in the open transaction.

    Who has a sheet already is left alone, and so is a module without a practical.

    Args:
        plot: one of `PLOTS`.
        observer, second: instructors where it is delivered, two people.
    """
    practicals = practicals_of(enrolment.module_version_id)
    if practicals and not queries.sheets_of(enrolment.id, practicals[0].id):
        _observe(enrolment, practicals[0], plot, observer, second)


def _observe(
    enrolment: Enrolment, practical: Practical, plot: str, observer: Actor, second: Actor
) -> None:
    sheet = actions.open_sheet(enrolment_id=enrolment.id, practical_id=practical.id, by=observer)
    values = _values(practical)
    if plot == "stopped":
        values = dict(list(values.items())[:6]) | {"stop": _STOP} | _record(practical)
    if plot == "open":
        values = dict(list(values.items())[:4])
    _tap(sheet.id, values, observer)
    signers = {
        "second": [observer],
        "countersign": [observer, second],
        "observed": [observer, second, actor_of_person(enrolment.person_id)],
        "stopped": [observer, second],
    }
    for person in signers.get(plot, []):
        _sign(sheet.id, person)


def _record(practical: Practical) -> dict[str, str]:
    return {INDUCTION: YES} | {name: _WRITTEN[name] for name in practical.shown["record"]}


def _values(practical: Practical) -> dict[str, str]:
    steps = [STEP + step["id"] for step in practical.shown["steps"]]
    values = dict.fromkeys(steps, DONE) | {steps[-1]: CORRECTED}
    return {INDUCTION: YES} | values | _record(practical) | {"rating": "4"}


def _tap(sheet_id: str, values: dict[str, str], by: Actor) -> None:
    begun = clock.now() - timedelta(minutes=2 * len(values))
    for sequence, (subject, value) in enumerate(values.items(), 1):
        actions.save_tap(
            sheet_id=sheet_id,
            client="demonstration",
            sequence=sequence,
            subject=subject,
            value=value,
            tapped_at=begun + timedelta(minutes=2 * sequence),
            by=by,
        )


def _sign(sheet_id: str, by: Actor) -> None:
    seen = queries.sheet(sheet_id, by)
    signing.sign_sheet(
        sheet_id=sheet_id,
        read=queries.digest_of(seen, queries.taps_of(sheet_id)),
        said=signing.Said(agrees=True, independent=True, note=""),
        checked=checked(by),
        by=by,
    )
