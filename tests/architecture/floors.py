"""Who stands on whom: the one place that says it. A new room gets its line here or fails."""

# (floor, step on it): an import goes to a lower place, or stays in its own.
FLOORS: dict[str, tuple[int, int]] = {
    # 0: what everybody stands on
    "lms": (0, 0),
    "actor": (0, 0),
    "clock": (0, 0),
    "columns": (0, 0),
    "errors": (0, 0),
    "hookspecs": (0, 0),
    "settings": (0, 0),
    "db": (0, 1),
    "plugins": (0, 2),
    # 1: what every application of this kind needs
    "ledger": (1, 0),
    "store": (1, 0),
    "web": (1, 0),
    "jobs": (1, 1),
    "records": (1, 2),
    "backup": (1, 3),
    # 2: learning
    "people": (2, 0),
    "account": (2, 1),
    "curriculum": (2, 1),
    "authoring": (2, 2),
    "directory": (2, 2),
    "competency": (2, 2),
    "learning": (2, 3),
    "catalogue": (2, 4),
    "search": (2, 4),
    "assessment": (2, 4),
    "exchange": (2, 5),
    "grading": (2, 5),
    "accommodation": (2, 6),
    "practicals": (2, 5),
    "attestation": (2, 5),
    "programme": (2, 6),
    "regrade": (2, 6),
    "cohort": (2, 7),
    "examination": (2, 7),
    "psychometrics": (2, 7),
    "operation": (2, 8),
    "demo": (2, 9),
    # 3: the door
    "api": (3, 0),
    # 4: what is plugged in; never each other
    "modules": (4, 0),
    "certificates": (4, 0),
    # 5: who puts it together
    "config": (5, 0),
    "app": (5, 1),
    "wsgi": (5, 2),
}

# Within a room; files and folders with other names stand as high as the highest they import.
PARTS: dict[str, int] = {
    "rules": 0,
    "models": 1,
    "queries": 2,
    "actions": 3,
    "forms": 3,
    "routes": 4,
    "commands": 4,
    "work": 4,
    "plugin": 5,
}
