"""A server in memory that keeps answers as the real one does, for the tests of attempt.js."""


class Hub:
    """A server that keeps events as the real one does: by lease, once for each sequence."""

    def __init__(self) -> None:
        self.events: list[dict] = []
        self.lease = ""
        self.submitted: list[dict] = []
        self.cut = False
        self.lose_answers = False
        self.answer_with: list[tuple[int, dict | str]] = []
        self.seconds = 3600

    def save(self, event: dict) -> tuple[int, dict]:
        """Keep an event for ever with how it stood; its number never stands for another."""
        self.lease = self.lease or event["client"]
        known = {(one["client"], one["sequence"]): one for one in self.events}
        counts = event["client"] == self.lease
        kept = known.get((event["client"], event["sequence"]))
        if kept is None:
            kept = event | {"counts": counts}
            self.events.append(kept)
        if not kept["counts"]:
            return 409, {"error": "elsewhere", "message": "Opened elsewhere.", "actions": []}
        return 200, {"saved": len(self.events)}

    def effective(self) -> dict[str, dict]:
        return {event["item"]: event["given"] for event in self.events if event["counts"]}
