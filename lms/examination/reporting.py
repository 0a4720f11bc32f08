"""What an invigilator signs of a sitting: candidates, identity, times, paper, incidents."""

from typing import Any

from lms.columns import digest
from lms.examination import queries


def statement(held: queries.Held) -> dict[str, Any]:
    """Return what is signed of a sitting, as plain values: two queries."""
    return {
        "programme": held.row.programme_code,
        "room": held.row.room,
        "opened_at": held.row.opened_at.isoformat(),
        "candidates": [_stated(one) for one in queries.candidates(held.row.id)],
        "incidents": [
            {
                "id": one.row.id,
                "about": one.row.person_id,
                "text": digest(one.row.text),
                "at": one.row.noted_at.isoformat(),
            }
            for one in queries.incidents(held.row.id)
        ],
    }


def _stated(one: queries.Candidate) -> dict[str, Any]:
    attempt, submission = one.attempt, one.submission
    return {
        "person": one.person.id,
        "identity": {
            "check": one.check.id,
            "document": one.check.document,
            "agrees": one.check.agrees,
            "by": one.check.checked_by,
            "at": one.check.checked_at.isoformat(),
        },
        "attempt": attempt.id if attempt else None,
        "started_at": attempt.started_at.isoformat() if attempt else None,
        "submitted_at": submission.submitted_at.isoformat() if submission else None,
    } | ({"paper": _written(one)} if one.paper else {})


def _written(one: queries.Candidate) -> dict[str, Any]:
    """Return who seated a candidate on paper and why, and when they wrote."""
    paper, times = one.paper, one.written
    return {
        "by": paper.taken_by if paper else None,
        "at": paper.taken_at.isoformat() if paper else None,
        "reason": digest(paper.reason) if paper else None,
        "began_at": times.began_at.isoformat() if times else None,
        "ended_at": times.ended_at.isoformat() if times else None,
        "noted_by": times.noted_by if times else None,
    }
