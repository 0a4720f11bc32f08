"""Two sites of one hub, a person of each role and a record of each kind, made by real acts."""

import json
from dataclasses import asdict, dataclass, field

from lms import clock
from lms.actor import SYSTEM, Actor
from lms.assessment import actions as assessment
from lms.assessment import queries as attempts
from lms.authoring.models import Upload
from lms.cohort.models import RosterImport
from lms.cohort.roster.reading import LABELS
from lms.columns import new_id
from lms.curriculum import queries as curriculum
from lms.db import db, transaction
from lms.grading import actions as grading
from lms.grading import queries as marking
from lms.grading.appeals.actions import appeal_against
from lms.grading.moderation import queries as moderation
from lms.grading.moderation.actions import mark_second, sign_seconds
from lms.grading.moderation.calls import call_second_marker
from lms.grading.moderation.rules.calling import FAILED
from lms.learning.actions import enrol
from lms.people.actions import Checked
from lms.people.models import Organisation, Person, SessionHeld
from lms.people.queries import actor_of_person, role_held
from lms.store import actions as store
from tests.archives import module_files, packed
from tests.factories import make_organisation, make_person, proof_of
from tests.isolation.approving import approved_marker
from tests.isolation.attesting import attested_of, entry_of, panel_of
from tests.isolation.calibrating import agreed_anchors
from tests.isolation.examining import sheet_of, sitting_of
from tests.isolation.pressing import seal
from tests.isolation.proposing import open_panel, proposed_run
from tests.isolation.timing import void_of
from tests.walk import RIGHT

MODULE = "FND103"
HERE, THERE = "here", "there"
ROLES = ("learner", "instructor", "reviewer", "owner", "coordinator", "regulator", "administrator")
# Learners of a site whose walk stands further on than the role's own open attempt, and where:
# "sent" is sent by this site and delivered by the other.
PLOTS = {
    "colleague": "open",
    "submitted": "submitted",
    "marked": "marked",
    "graduate": "certified",
    "sent": "submitted",
    "sent-graduate": "certified",
    "appealing": "appealed",
    "apart": "apart",
    "called": "called",  # last: else it lay before whoever marked the one above
}


@dataclass
class Records:
    """One person and their records by kind; "" where there is none."""

    person: str
    login: str
    session: str
    enrolment: str = ""
    attempt: str = ""
    item: str = ""
    essay: str = ""
    number: str = ""
    laptop: str = ""  # another session of theirs
    attested: str = ""  # what was attested of them
    entry: str = ""  # of their workplace log
    samples: str = ""  # of a blinded panel made for them
    void: str = ""  # a proposal that their attempt does not count
    sitting: str = ""  # of an exam, that they opened where they are taught
    sheet_on_paper: str = ""  # of an attempt in it, entered by two people
    differing: str = ""  # the question on which they differ
    held: str = ""  # the role they hold
    place: str = ""  # their organisation
    sheet: str = ""  # of the practical at which they were observed
    practical: str = ""
    roster: str = ""  # a list that they brought in
    appealed: str = ""  # the attempt whose result they see otherwise
    appeal: str = ""
    called: str = ""  # an answer that waits for a second marker
    apart: str = ""  # one that two marked too far apart
    approval: str = ""  # to mark a module


@dataclass
class World:
    """What was made, by site and role or plot, and the words that are nobody else's to read."""

    version: str = ""
    upload: str = ""  # a draft that somebody brought in
    run: str = ""  # a regrade that somebody of neither site proposed
    panel: str = ""  # judges of a cut, opened by the same
    written: str = ""  # a question with agreed answers
    anchor: str = ""  # one of these
    people: dict[str, dict[str, Records]] = field(default_factory=dict)
    secrets: dict[str, list[str]] = field(default_factory=dict)

    def to_json(self) -> str:
        """Return it as text, to be kept beside its database."""
        return json.dumps(asdict(self))


def read_world(text: str) -> World:
    """Return a world as `to_json` wrote it."""
    plain = json.loads(text)
    people = {
        site: {name: Records(**one) for name, one in found.items()}
        for site, found in plain["people"].items()
    }
    return World(**plain | {"people": people})


def build_world() -> World:
    """Make everything in the taught database of the current app; returns what was made."""
    world = World()
    with transaction():
        hub = make_organisation("The hub")
        hub_id = hub.id
        sites = {site: make_organisation(f"Site {site}", parent=hub).id for site in (HERE, THERE)}
        stored = curriculum.newest_version(MODULE)
        assert stored is not None, "build it on the template `taught`"
        world.version = stored.id
    for site in sites:
        world.people[site], world.secrets[site] = {}, []
        for role in ROLES:
            _add(world, sites, site, role, role, "open")
    for site in sites:
        _add(world, sites, site, "marker", "instructor", "open")  # who has no say in an appeal
        _add(world, sites, site, "other-marker", "instructor", "open")
        for key, plot in PLOTS.items():
            _add(world, sites, site, key, "learner", plot)
    with transaction():
        db.session.add_all(
            SessionHeld(id=id, person_id=one.person, begun_at=clock.now())
            for found in world.people.values()
            for one in found.values()
            for id in (one.session, one.laptop)
        )
        # Who judges content sees who brought it, whatever the site: so somebody of neither.
        author = make_person(db.session.get_one(Organisation, hub_id), "reviewer", name="An Author")
        world.upload = _upload(author.id)
        owner = make_person(db.session.get_one(Organisation, hub_id), "owner", name="An Owner").id
    with transaction():
        world.run = proposed_run(world.version, owner)
        world.panel = open_panel(world.version, owner)
        world.written, world.anchor = agreed_anchors(world.version, owner)
    return world


def _upload(person: str) -> str:
    archive = packed(module_files("TST901"))
    upload = Upload(
        person_id=person,
        digest=store.put(archive),
        file_name="tst901.zip",
        code="TST901",
        version="1.0.0",
        title="A draft",
        size=len(archive),
        uploaded_at=clock.now(),
    )
    db.session.add(upload)
    db.session.flush()
    return upload.id


def _add(world: World, sites: dict[str, str], site: str, key: str, role: str, plot: str) -> None:
    """Add a person of a site and walk them as far as `plot` says."""
    teaching = _other(site) if key.startswith("sent") else site
    with transaction():
        sending, delivering = (
            db.session.get_one(Organisation, sites[name]) for name in (site, teaching)
        )
        name, login = f"Nadia {site} {key}", f"login-{site}-{key}@test.example"
        person = make_person(sending, role, name=name, login=login)
        made = Records(person.id, login, new_id(), laptop=new_id(), place=sending.id)
        held = role_held(person.id, role, sending.id)
        made.held = held.id if held else ""
        secret = f"Only {key} of {site} wrote this sentence"
        world.people[site][key] = made
        world.secrets[site] += [name, login, secret]
        _start(world, made, person, sending, delivering)
        if key == "instructor":
            made.approval = approved_marker(person.id, secret, actor_of_person(person.id))
        if role == "coordinator":
            made.roster = _roster(person, secret)
        learner = actor_of_person(person.id)
        _answer(made, learner, secret, every=plot in ("certified", "appealed"))
        if plot != "open":
            assessment.submit_attempt(attempt_id=made.attempt, by=learner)
        if plot in ("marked", "certified"):
            _mark(made, world.people[teaching]["instructor"], release=plot == "certified")
        elif plot == "appealed":
            _mark(made, world.people[teaching]["marker"], release=True)
            made.appealed = made.attempt
            made.appeal = appeal_against(attempt_id=made.attempt, reason=secret, by=learner).id
        elif plot in ("called", "apart"):
            _mark_twice(made, world.people[teaching], plot)
    if plot == "certified":
        made.number = seal(made.person)


def _roster(person: Person, secret: str) -> str:
    refused = [{"row": 2, "cells": dict.fromkeys(LABELS, secret), "problems": []}]
    row = RosterImport(
        once=new_id(), person_id=person.id, content_digest="", counts={"refused": 1},
        refused=refused, added=[], applied_at=clock.now(),
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row.id


def _other(site: str) -> str:
    return THERE if site == HERE else HERE


def _start(
    world: World, made: Records, person: Person, sending: Organisation, delivering: Organisation
) -> None:
    version = curriculum.version_by_id(world.version)
    enrolment = enrol(
        person=person,
        version=version,
        programme_code="B01",
        sending=sending,
        delivering=delivering,
        by=SYSTEM,
    )
    attempt = assessment.start_attempt(
        enrolment=enrolment, version=version, locale="en", by=actor_of_person(person.id)
    )
    made.enrolment, made.attempt = enrolment.id, attempt.id
    made.void = void_of(attempt, f"Only {made.login} fell ill like this")
    made.attested = attested_of(enrolment, f"Only {made.login} defended this")
    made.entry = entry_of(enrolment, f"Only {made.login} worked like this")
    made.samples = panel_of(enrolment, f"Only {made.login} tests these samples")
    made.sitting = sitting_of(enrolment, f"Only {made.login} sits in this room")
    for item in attempts.items_of(attempt.id):
        if item.kind == "essay":
            made.essay = item.id
        elif item.kind == "numeric":
            made.item = item.id
    made.sheet_on_paper, made.differing = sheet_of(attempt, made.item, made.sitting)


def _answer(made: Records, learner: Actor, text: str, *, every: bool) -> None:
    """Answer the essay with the text, and every other question rightly where that is wanted."""
    given = RIGHT | {"essay": lambda _key, _variant: {"text": [text]}}
    attempt, version, _submission = attempts.own_attempt(made.attempt, learner)
    keys = {q.id: key.key | {"shown": q.shown} for q, key in curriculum.questions_of(version.id)}
    for number, item in enumerate(attempts.items_of(attempt.id), 1):
        if every or item.id == made.essay:
            assessment.save_response(
                attempt_id=attempt.id,
                item_id=item.id,
                client="the-world",
                sequence=number,
                seen=number - 1,
                fields=given[item.kind](keys[item.question_id], item.variant),
                claimed_at=clock.now().isoformat(),
                by=learner,
            )


def _mark(made: Records, marker: Records, *, release: bool) -> None:
    instructor = actor_of_person(marker.person)
    key = marking.rubric_of(marking.answer(made.essay, instructor).question.id).key
    mark = grading.mark_answer(
        item_id=made.essay,
        levels={criterion["id"]: 3 for criterion in key["criteria"]},
        comment="Clear.",
        read_number=0,
        by=instructor,
    )
    grading.sign_marks(mark_ids={mark.id}, checked=checked(instructor), by=instructor)
    if release:
        grading.release_result(attempt_id=made.attempt, checked=checked(instructor), by=instructor)


def _mark_twice(made: Records, people: dict[str, Records], plot: str) -> None:
    _mark(made, people["marker"], release=False)
    call_second_marker(made.essay, FAILED, by=actor_of_person(people["marker"].person))
    setattr(made, plot, made.essay)
    if plot == "apart":
        other = actor_of_person(people["other-marker"].person)
        key = marking.rubric_of(moderation.second(made.essay, other, clock.now()).question.id)
        levels = {criterion["id"]: 0 for criterion in key.key["criteria"]}
        mark_second(item_id=made.essay, levels=levels, note="", read_number=0, by=other)
        ids = {one.own.id for one in moderation.unsigned(other, clock.now()) if one.own}
        sign_seconds(mark_ids=ids, checked=checked(other), by=other)


def checked(actor: Actor) -> Checked:
    """Return what a right password would give, without the tenth of a second that it costs."""
    return Checked("", "", actor.id, proof_of(actor), 0)
