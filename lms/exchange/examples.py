"""An example of each kind for the spreadsheet template, to be overwritten by authors."""

from lms.exchange.item import Table

_OF = {"outcome": "LO1", "lesson": "10-first-lesson"}
EXAMPLES: list[Table] = [
    {
        "id": "alarm-first",
        "kind": "single",
        **_OF,
        "prompt": "The alarm of the pressure cascade sounds. What do you do first?",
        "why": "Open product comes first; the cause can wait.",
        "option": [
            {"id": "close", "text": "Close the product", "correct": True},
            {"id": "leave", "text": "Leave the room", "why": "The product would stay open."},
            {"id": "quiet", "text": "Switch the alarm off", "why": "The cause would go on."},
        ],
    },
    {
        "id": "on-the-label",
        "kind": "multiple",
        **_OF,
        "prompt": "What belongs on the label of a working solution?",
        "why": "The next person has to know what it is, how strong, and until when.",
        "option": [
            {"id": "name", "text": "Its name", "correct": True},
            {"id": "strength", "text": "Its strength", "correct": True},
            {"id": "price", "text": "Its price", "why": "It helps nobody who uses the bottle."},
        ],
    },
    {
        "id": "zones",
        "kind": "matching",
        **_OF,
        "prompt": "Match each zone with what is done there.",
        "why": "The more open the product, the cleaner the zone.",
        "target": [
            {"id": "filling", "text": "filling"},
            {"id": "around", "text": "the room around the filling"},
            {"id": "offices", "text": "paper work"},
        ],
        "stem": [
            {"id": "a", "text": "Grade A", "target": "filling", "why": "The product is open."},
            {"id": "b", "text": "Grade B", "target": "around", "why": "It surrounds grade A."},
        ],
    },
    {
        "id": "gown",
        "kind": "ordering",
        **_OF,
        "prompt": "Put the steps of gowning in order.",
        "why": "From the head down, hands last.",
        "step": [
            {"id": "hands", "text": "Wash the hands", "why": "First, before any garment."},
            {"id": "hood", "text": "Put on the hood", "why": "Hair sheds on what is below."},
            {"id": "gloves", "text": "Put on the gloves", "why": "They touch everything before."},
        ],
    },
    {
        "id": "dilute",
        "kind": "numeric",
        **_OF,
        "prompt": "You need 5 L of a 2 % solution from a 20 % concentrate. How much concentrate?",
        "why": "2 / 20 · 5 L = 0.5 L.",
        "key": {"formula": "0.5", "unit": "L", "units": ["L", "mL"], "relative": "0.02"},
    },
    {
        "id": "report",
        "kind": "essay",
        **_OF,
        "prompt": "Describe what you saw, for somebody who was not there.",
        "model_answer": "When, where, what was seen, what was done at once, who was told.",
        "words_min": 60,
        "words_max": 200,
        "criterion": [
            {
                "id": "facts",
                "title": "The facts",
                "levels": [
                    "none",
                    "one fact",
                    "some facts, mixed with guesses",
                    "all facts but one",
                    "all facts, no guess",
                ],
            }
        ],
    },
]
