"""Who is in the demonstration: invented organisations and people, all at demo.example."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Place:
    """An invented organisation; `parent` is its key."""

    key: str
    name: str
    country: str
    parent: str | None = "hub"


@dataclass(frozen=True)
class Member:
    """An invented person: sign-in name before the @, passport name, own script, place, roles.

    Attributes:
        learns: what happens to a learner in each module, by its code (lms.demo.plots).
        programme: what the enrolments count for.
        days: how many days ago that was.
    """

    login: str
    name: str
    native_name: str | None
    place: str
    roles: tuple[str, ...] = ("learner",)
    learns: Mapping[str, str] = field(default_factory=dict)
    programme: str = "B01"
    days: int = 3


PLACES = (
    Place("hub", "Demo Global Training Hub", "KR", None),
    Place("songdo", "Demo Training Centre Songdo", "KR"),
    Place("addis", "Demo Vaccine Institute Addis", "ET"),
    Place("cairo", "Demo Biologicals Cairo", "EG"),
    Place("pune", "Demo Bioworks Pune", "IN"),
)

STAFF = (
    Member("admin", "Demo Administrator", None, "hub", ("administrator",)),
    Member("owner", "Demo Content Owner", None, "hub", ("owner",)),
    Member("reviewer", "Demo Reviewer One", None, "hub", ("reviewer",)),
    Member("reviewer2", "Demo Reviewer Two", None, "hub", ("reviewer", "regulator")),
    Member("regulator", "Demo Regulator", None, "addis", ("regulator",)),
    Member("coordinator", "Demo Coordinator", None, "hub", ("coordinator",)),
    Member("instructor", "Demo Instructor Kim", "데모 강사 김", "songdo", ("instructor",)),
    Member("instructor2", "Demo Instructor Lee", "데모 강사 이", "songdo", ("instructor",)),
    Member("instructor3", "Demo Instructor Park", "데모 강사 박", "songdo", ("instructor",)),
)

# Played before the content is adopted: it certifies nobody yet.
EARLY = (Member("early", "Early Demo", None, "pune", learns={"FND103": "passed"}, days=29),)

_ALL = ("FND101", "FND103", "FND104")
LEARNERS = (
    Member(
        "trainee",
        "Selam Demo",
        "ሰላም ዴሞ",
        "addis",
        learns={"FND103": "reading", "FND101": "submitted", "FND104": "countersign"},
        programme="B02",
    ),
    Member("hana", "Hana Demo", "하나 데모", "songdo", learns=dict.fromkeys(_ALL, "observed"),
           programme="B02", days=10),
    Member("tigist", "Tigist Demo", "ትዕግስት ዴሞ", "addis", learns={"FND103": "passed"}, days=21),
    Member("nour", "Nour Demo", "نور ديمو", "cairo", learns={"FND103": "passed"}, days=14),
    Member("asha", "Asha Demo", "आशा डेमो", "pune", learns={"FND103": "passed"}, days=7),
    Member(
        "glyph", "Rare Glyph Demo", "\U00016a70\U00016a71 Demo", "cairo",
        learns={"FND103": "passed"},
    ),
    Member("narrow", "Narrow Demo", None, "addis", learns={"FND103": "narrow"}, days=12),
    Member("marked", "Marked Demo", None, "pune", learns={"FND103": "marked"}, days=2),
    Member("waiting", "Waiting Demo", None, "cairo", learns={"FND104": "submitted"}, days=2),
    Member("failed", "Failed Demo", None, "addis", learns={"FND103": "failed"}, days=2),
    Member("stuck", "Stuck Demo", None, "cairo", learns={"FND103": "used-up"}, days=6),
    Member(
        "gowned", "Gowned Demo", None, "pune", learns={"FND104": "second"}, programme="B02", days=1
    ),
    Member(
        "stopped", "Stopped Demo", None, "cairo", learns={"FND104": "stopped"}, programme="B02",
        days=1,
    ),
    Member(
        "bench", "Bench Demo", None, "addis", learns={"FND103": "open"}, programme="B02", days=1
    ),
    Member("timed", "Timed Demo", None, "cairo", learns={"FND103": "enrolled"}, days=1),
    Member("aseptic", "Aseptic Demo", None, "addis", learns={"FND104": "enrolled"},
           programme="C05", days=25),
    Member("assay", "Assay Demo", None, "cairo", learns={"FND104": "enrolled"}, programme="C06",
           days=24),
    Member("new", "New Demo", None, "pune", learns={"FND103": "enrolled"}, days=20),
    Member(
        "late", "Chandrasekharendra Subrahmanyeswara Latecomer Demo", None, "pune",
        learns=dict.fromkeys(_ALL, "enrolled"), programme="B02", days=16,
    ),
)  # fmt: skip  # read as a table

# Whose written answers two people mark (lms.demo.moderating): made up, several of a site.
TWICE = tuple(
    Member(f"pair{n}", f"{name} Pair Demo", None, place, learns={"FND103": "enrolled"},
           programme="B02", days=5)
    for n, (name, place) in enumerate(
        (
            ("Abeba", "addis"), ("Bilal", "cairo"), ("Chetan", "pune"), ("Dawit", "addis"),
            ("Esraa", "cairo"), ("Farida", "cairo"), ("Gita", "pune"), ("Hiwot", "addis"),
            ("Ishaan", "pune"), ("Jamila", "cairo"), ("Kebede", "addis"),
        ),
        1,
    )
)  # fmt: skip  # read as a table
