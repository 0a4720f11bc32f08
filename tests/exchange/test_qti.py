"""Claims about QTI packages: what each version holds is read, what we lack is refused by name."""

import io
import stat
import zipfile

import pytest

from lms.exchange.item import Item, Table
from tests.archives import packed
from tests.exchange.packing import FILES, package
from tests.exchange.taking import only, read


def _items(folder: str) -> dict[str, Item]:
    return {item.name: item for item in read("x.zip", package(folder)).items}


def _tables(folder: str) -> dict[str, Table]:
    return {name: item.table for name, item in _items(folder).items() if item.table}


def test_every_item_of_a_qti_2_package_has_a_verdict() -> None:
    assert {n: (i.kind, i.verdict) for n, i in _items("qti21").items()} == {
        "Doors": ("single", "changed"),
        "Particles": ("multiple", "changed"),
        "Zones": ("matching", "changed"),
        "Gowning": ("ordering", "changed"),
        "Speed": ("numeric", "changed"),
        "Word": ("short", "changed"),
        "Inline": ("single", "changed"),
        "Report": ("essay", "changed"),
        "Find it": ("selectPointInteraction", "refused"),
        "Two in one": ("textEntryInteraction", "refused"),
        "Own rule": ("choiceInteraction", "refused"),
        "broken.xml": ("", "refused"),
        "gone": ("", "refused"),
    }


def test_keys_rules_and_feedback_of_qti_2_come_along() -> None:
    found = _tables("qti21")
    doors = found["Doors"]
    assert doors["prompt"] == "Why are the doors **never** open together?\n\nChoose one."
    assert [o.get("pinned") for o in doors["option"]] == [None, None, True]
    assert doors["option"][1]["why"] == "An alarm is there to sound."
    assert doors["why"] == "Doors part two pressures."
    assert "scoring" not in found["Particles"]
    assert found["Zones"]["scoring"] == "exact"
    assert [s["target"] for s in found["Zones"]["stem"]] == ["T1", "T2"]
    assert [s["id"] for s in found["Gowning"]["step"]] == ["hands", "hood", "gloves"]
    assert found["Speed"]["key"] == {"formula": "0.45", "significant": 2, "relative": "0.2"}
    assert found["Speed"]["prompt"] == "How fast is laminar air, in m/s?"
    assert found["Word"]["accept"][1]["weight"] == "0.5"
    assert found["Inline"]["prompt"] == r"Grade A is inside \____\_ as a rule."
    assert found["Report"]["model_answer"] == "Names the cause."


def test_qti_3_says_the_same_in_other_names_with_its_stimulus() -> None:
    items = _items("qti30")
    doors = items["Doors"].table
    assert doors is not None
    assert doors["prompt"] == (
        "An airlock has two doors.\n\n"
        r"Which door opens *first*, at $\Delta p = 15$ Pa?" + "\n\nChoose one."
    )
    assert doors["option"][1]["why"] == "Air would flow in."
    assert doors["why"] == "The pressure falls outwards."
    assert items["PCI"].verdict == "refused"
    assert "portableCustomInteraction" in items["PCI"].reason


def test_quiz_of_qti_1_2_is_read_as_canvas_writes_it() -> None:
    assert {n: (i.kind, i.verdict) for n, i in _items("canvas").items()} == {
        "Doors": ("single", "changed"),
        "Several": ("multiple", "changed"),
        "True": ("single", "changed"),
        "Number": ("numeric", "changed"),
        "Short": ("short", "changed"),
        "Match": ("matching", "changed"),
        "Essay": ("essay", "changed"),
        "Text": ("text_only_question", "refused"),
        "Blanks": ("fill_in_multiple_blanks_question", "refused"),
        "File": ("file_upload_question", "refused"),
    }
    found = _tables("canvas")
    assert found["Doors"]["option"][1]["why"] == "Air would flow in."
    assert (found["Several"]["scoring"], found["Doors"]["points"]) == ("exact", 2)
    assert found["Number"]["key"]["absolute"] == "0.5"
    assert [one["pattern"] for one in found["Short"]["accept"]] == ["sterile", "germ-free"]
    assert [one["text"] for one in found["Match"]["target"]] == ["filling", "around", "offices"]


def test_single_item_without_a_package_is_read_too() -> None:
    assert only(read("x.xml", (FILES / "qti21/doors.xml").read_bytes())).kind == "single"
    assert only(read("x.xml", (FILES / "qti30/doors.xml").read_bytes())).kind == "single"


@pytest.mark.parametrize(
    ("name", "said"),
    [("../out.xml", "leads out"), ("/etc/x.xml", "leads out"), ("a\\b.xml", "leads out")],
)
def test_names_that_lead_out_of_a_package_refuse_it(name: str, said: str) -> None:
    assert said in only(read("x.zip", packed({name: b"<a/>"}))).reason


def test_links_and_doubles_refuse_a_package() -> None:
    linked = packed({"a.xml": b"/etc/passwd"}, **{"a.xml": stat.S_IFLNK})
    assert "link" in only(read("x.zip", linked)).reason
    assert "twice" in only(read("x.zip", packed({"a.xml": b"<a/>", "A.XML": b"<a/>"}))).reason


def test_zip_bomb_is_refused_while_it_unpacks() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as opened:
        for number in range(20):
            opened.writestr(f"{number}.xml", b" " * 8_000_000)
    assert "far more" in only(read("x.zip", held.getvalue())).reason


def test_package_without_questions_says_so() -> None:
    assert "no question" in only(read("x.zip", packed({"a.txt": b"x"}))).reason


def test_one_hostile_file_spoils_itself_alone() -> None:
    doors = (FILES / "qti21/doors.xml").read_bytes()
    bomb = b'<!DOCTYPE a [<!ENTITY b "bb">]><assessmentItem>&b;</assessmentItem>'
    report = read("x.zip", packed({"a.xml": bomb, "b.xml": doors, "c.xml": b"<a>" * 300}))
    assert [item.verdict for item in report.items] == ["refused", "refused", "changed"]
