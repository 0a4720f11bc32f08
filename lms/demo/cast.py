"""Who is in the demonstration: invented organisations and people, all at demo.example."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """An invented organisation; `parent` is its key."""

    key: str
    name: str
    country: str
    parent: str | None = "hub"


@dataclass(frozen=True)
class Member:
    """An invented person: sign-in name before the @, passport name, own script, roles, place."""

    login: str
    name: str
    native_name: str | None
    place: str
    roles: tuple[str, ...] = ()
    plot: str = ""


PLACES = (
    Place("hub", "Demo Global Training Hub", "KR", None),
    Place("songdo", "Demo Training Centre Songdo", "KR"),
    Place("addis", "Demo Vaccine Institute Addis", "ET"),
    Place("cairo", "Demo Biologicals Cairo", "EG"),
    Place("pune", "Demo Bioworks Pune", "IN"),
)

# `plot` is what happens to a learner when the demonstration is loaded (lms.demo.actions).
CAST = (
    Member("admin", "Demo Administrator", None, "hub", ("administrator",)),
    Member("owner", "Demo Content Owner", None, "hub", ("owner",)),
    Member("reviewer", "Demo Reviewer One", None, "hub", ("reviewer",)),
    Member("reviewer2", "Demo Reviewer Two", None, "hub", ("reviewer", "regulator")),
    Member("regulator", "Demo Regulator", None, "addis", ("regulator",)),
    Member("coordinator", "Demo Coordinator", None, "hub", ("coordinator",)),
    Member("instructor", "Demo Instructor Kim", "데모 강사 김", "songdo", ("instructor",)),
    Member("trainee", "Selam Demo", "ሰላም ዴሞ", "addis", ("learner",), "reading"),
    Member("early", "Early Demo", None, "pune", ("learner",), "practice"),
    Member("hana", "Hana Demo", "하나 데모", "songdo", ("learner",), "certified"),
    Member("tigist", "Tigist Demo", "ትዕግስት ዴሞ", "addis", ("learner",), "certified"),
    Member("nour", "Nour Demo", "نور ديمو", "cairo", ("learner",), "certified"),
    Member("asha", "Asha Demo", "आशा डेमो", "pune", ("learner",), "certified"),
    Member(
        "glyph", "Rare Glyph Demo", "\U00016a70\U00016a71 Demo", "cairo", ("learner",), "certified"
    ),
    Member("marked", "Marked Demo", None, "pune", ("learner",), "marked"),
    Member("waiting", "Waiting Demo", None, "cairo", ("learner",), "submitted"),
    Member("failed", "Failed Demo", None, "addis", ("learner",), "failed"),
    Member("new", "New Demo", None, "pune", ("learner",), "enrolled"),
)
