"""What enrolling does to a person in each module: begun, begun again, counted, left as is. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lms.cohort.roster.known import Known, Module, Programme
from lms.errors import N_, RuleBroken

ENROL, AGAIN, JOIN, ALREADY = "enrol", "again", "join", "already"
BUSY = N_(
    "Every module of this programme is learnt for another programme already. End one of these"
    " enrolments first."
)


@dataclass(frozen=True)
class Step:
    """What happens to a person in one module, and the version of it that they learn."""

    kind: str
    module: Module
    version_id: str
    version: str


def chosen(
    code: str, modules: Mapping[str, Module], programmes: Mapping[str, Programme]
) -> tuple[str | None, list[Module]]:
    """Return the programme, if a code names one, and the modules that it stands for.

    Raises:
        RuleBroken: no such module or programme, or a programme with a module that is not there.
    """
    code = code.strip().upper()
    if code in modules:
        return None, [modules[code]]
    if code not in programmes:
        raise RuleBroken(N_("There is no module or programme %(code)s."), field="what", code=code)
    missing = [one for one in programmes[code].modules if one not in modules]
    if missing:
        raise RuleBroken(
            N_("Programme %(code)s is not open: %(module)s is not in service."),
            field="what",
            code=code,
            module=missing[0],
        )
    return code, [modules[one] for one in programmes[code].modules]


def steps_of(
    modules: Sequence[Module], programme: str | None, person: str, known: Known
) -> tuple[Step, ...]:
    """Return what happens to a person in each module; who learns a version of it goes on in it."""
    steps = []
    for module in modules:
        now = known.learning.get((person, module.code))
        kind, at = ENROL, (module.version_id, module.version)
        if now and not now.ended:
            kind = JOIN if programme and now.programme is None else ALREADY
            at = (now.version_id, now.version)
        elif now and now.version_id == module.version_id:
            kind = AGAIN
        steps.append(Step(kind, module, *at))
    return tuple(steps)


def carried(steps: Sequence[Step], programme: str, person: str, known: Known) -> bool:
    """Tell whether at least one enrolment will count for the programme."""
    for step in steps:
        now = known.learning.get((person, step.module.code))
        if step.kind != ALREADY or (now and now.programme == programme):
            return True
    return False
