"""Claims about Moodle XML: each type it knows is read, each that we lack is refused by name."""

from tests.exchange.taking import only, read, verdicts


def test_file_as_moodle_writes_it_has_a_verdict_for_every_question() -> None:
    assert verdicts(read("moodle.xml")) == [
        ("Doors", "single", "changed"),
        ("Particles", "multiple", "changed"),
        ("Gloves", "single", "changed"),
        ("Speed", "numeric", "changed"),
        ("Zones", "matching", "changed"),
        ("Gowning", "ordering", "changed"),
        ("Word", "short", "changed"),
        ("Report", "essay", "changed"),
        ("Label", "cloze", "changed"),
        ("Many", "cloze", "refused"),
        ("Read this", "description", "refused"),
        ("Calc", "calculatedmulti", "refused"),
        ("Find it", "ddmarker", "refused"),
        ("Hostile", "single", "changed"),
    ]


def _of(name: str):
    item = next(item for item in read("moodle.xml").items if item.name == name)
    return item, item.table or {}


def test_texts_points_tags_and_ids_come_along() -> None:
    item, doors = _of("Doors")
    assert (doors["id"], doors["outcome"], doors["lesson"]) == ("doors", "LO1", "10-air")
    assert doors["points"] == 2
    assert doors["why"] == "CO₂ < 10⁻³ bar"
    assert "**never**" in doors["prompt"]
    assert "lock.png" in item.reason
    assert "Choose its outcome" not in item.reason
    assert item.line == 10


def test_weights_that_differ_from_ours_are_kept_and_sum_to_one() -> None:
    _, particles = _of("Particles")
    assert particles["scoring"] == "weighted"
    weights = [option["weight"] for option in particles["option"]]
    assert weights == ["0.3333", "0.3333", "0.3334", "-1"]


def test_number_keeps_wider_tolerance_known_mistake_and_units() -> None:
    item, speed = _of("Speed")
    assert speed["key"] == {
        "formula": "0.45",
        "unit": "m/s",
        "absolute": "0.09",
        "significant": 2,
        "tier": [{"absolute": "0.2", "weight": "0.5"}],
        "units": ["m/s", "cm/s"],
    }
    assert speed["mistake"] == [{"formula": "45", "why": "In cm/s?"}]
    assert "every other number" in item.reason


def test_short_texts_keep_their_stars_and_say_what_differs() -> None:
    item, word = _of("Word")
    assert [one["pattern"] for one in word["accept"]] == ["non*sterile", "unsterile"]
    assert "Capital and small letters" in item.reason
    assert "fits everything" in item.reason


def test_plain_text_is_shown_as_it_was_typed() -> None:
    item, gloves = _of("Gloves")
    assert gloves["prompt"] == r"Gloves \* replace \<b> washing."
    assert "points" in item.reason


def test_nothing_that_runs_comes_along() -> None:
    item, table = _of("Hostile")
    assert table["prompt"] == "Which one?"
    assert "“<script>” was left out" in item.reason
    assert "link" in item.reason


def test_essay_keeps_its_limits_and_the_notes_for_markers() -> None:
    _, report = _of("Report")
    assert (report["words_min"], report["words_max"]) == (80, 200)
    assert report["model_answer"] == "- what happened\n- why"


def test_other_xml_is_refused_by_the_name_of_its_root() -> None:
    assert "“html”" in only(read("x.xml", "<html><body/></html>")).reason
    bomb = '<!DOCTYPE q [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><quiz>&b;</quiz>'
    assert "document type" in only(read("x.xml", bomb)).reason
    assert only(read("x.xml", "<quiz><question>")).line == 1
    assert "no question" in only(read("x.xml", "<quiz/>")).reason
    assert "deep" in only(read("x.xml", "<a>" * 1000)).reason


def test_gaps_of_a_cloze_become_questions_of_their_kinds() -> None:
    item, label = _of("Label")
    assert label["text"] == "The agent is {a}, at {b} %, kept by {c}."
    single, numeric, short = label["gap"]
    assert [one["text"] for one in single["option"]] == ["peracetic acid", "water", "alcohol"]
    assert single["option"][2]["weight"] == "0.5"
    assert (numeric["weight"], numeric["key"]["formula"]) == (2, "0.5")
    assert short["accept"][1] == {"pattern": "supervisor", "weight": "0.5", "why": "Say who."}
    assert "gap" in item.reason
    assert "MULTIRESPONSE" in _of("Many")[0].reason
