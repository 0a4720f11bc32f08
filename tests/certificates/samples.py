"""The facts of a certificate for its tests; every person in them is made up."""

from copy import deepcopy

NUMBER = "ST-0123-4567-89AB-V"
VERIFY_URL = f"https://hub.seedtrain.example/verify/{NUMBER}"
_TITLES = (
    "Calculates with units, dilutions and balances",
    "Judges and records measured data",
    "Prepares and sterilises a stirred-tank bioreactor",
    "Runs a fed-batch culture and keeps it in its design space",
    "Packs, qualifies and runs a chromatography column for capture of a monoclonal antibody",
    "Investigates a deviation to its root cause",
    "Performs a compendial endotoxin assay",
    "Reads a P&ID",
    "Gowns and behaves in grade A/B rooms",
    "Takes part in an aseptic process simulation",
)
_FACTS = {
    "number": NUMBER,
    "language": "en",
    "holder": {"name": "Amara Demo-Lindqvist"},
    "programme": {"title": "Bioprocess calculations and units"},
    "competencies": [],
    "hours": [{"kind": "theory", "hours": "5"}, {"kind": "practical", "hours": "4.50"}],
    "issued_on": "2026-11-03",
    "expires_on": "2028-11-01",
    "issuer": {"name": "Seedtrain Demo Hub"},
    "site": {"name": "Demo Training Centre"},
    "practice": False,
}


def make_facts(name="Amara Demo-Lindqvist", *, latin=None, competencies=2, **others):
    """Return facts as they are frozen at sealing."""
    facts = deepcopy(_FACTS)
    facts["holder"] = {"name": name, "latin": latin}
    facts["competencies"] = [
        {
            "id": f"FND-{place:02}",
            "title": title,
            "level": 2,
            "level_name": "works under supervision",
            "expires_on": f"2028-11-{place:02}",
        }
        for place, title in enumerate(_TITLES[:competencies], start=1)
    ]
    return facts | others
