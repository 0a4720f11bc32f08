"""Why a score was given: words that rules, scoring and its replay share."""

# FULL_MARKS and DROPPED hold whatever was answered: a regrade's policy gave them.
FIRST, REGRADE, FULL_MARKS, DROPPED = "first", "regrade", "full-marks", "dropped"
