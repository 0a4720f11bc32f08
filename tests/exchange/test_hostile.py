"""Claims about hostile files: any bytes give a report in bounded time, never an exception."""

from hypothesis import given, settings
from hypothesis import strategies as st

from lms.exchange.bounds import LARGEST, LARGEST_TEXT, LARGEST_WORDS, LONGEST_LINE, MOST_ITEMS
from lms.exchange.item import Report
from lms.exchange.reading import FORMATS
from tests.archives import packed
from tests.exchange.taking import FILES, only, read

SAMPLES = sorted(p.relative_to(FILES).as_posix() for p in FILES.rglob("*.*") if p.is_file())
ENDINGS = ("gift", "txt", "csv", "xlsx", "xml", "zip", "bin")


def _is_whole(report: Report) -> None:
    assert report.items
    for item in report.items:
        assert item.verdict in ("imported", "changed", "refused")
        assert (item.table is None) == (item.verdict == "refused")
        assert item.reason or item.verdict == "imported"


@settings(max_examples=150)
@given(st.binary(max_size=400), st.sampled_from(ENDINGS))
def test_any_bytes_give_a_report(data: bytes, ending: str) -> None:
    _is_whole(read(f"x.{ending}", data))


@settings(max_examples=150)
@given(
    st.text(alphabet="aA1 \n{}~=#%:.->\\[]$*_<b/>&;,\"'|()é\u0301漢", max_size=200),
    st.sampled_from(sorted(FORMATS)),
)
def test_any_text_gives_a_report_in_each_format(text: str, format: str) -> None:
    _is_whole(read("x", text, format=format))


@settings(max_examples=200)
@given(st.data())
def test_samples_with_bytes_changed_give_a_report(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(SAMPLES))
    held = bytearray((FILES / name).read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(held) - 1))
        held[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    _is_whole(read(name, bytes(held)))


def test_empty_file_says_that_nothing_is_in_it() -> None:
    for ending in ENDINGS:
        assert only(read(f"x.{ending}", b"")).verdict == "refused"


def test_too_large_a_file_is_refused_unread() -> None:
    assert "MiB" in only(read("x.gift", b"a" * (LARGEST_TEXT + 1))).reason
    assert "MiB" in only(read("x.zip", bytes(LARGEST + 1))).reason


def test_too_long_a_line_is_refused_with_its_number() -> None:
    item = only(read("x.gift", "a\n" + "b" * (LONGEST_LINE + 1)))
    assert (item.verdict, item.line) == ("refused", 2)


def test_too_many_questions_are_refused_as_a_whole() -> None:
    assert "2000" in only(read("x.gift", "a {}\n\n" * (MOST_ITEMS + 1))).reason
    aiken = "Q\nA. a\nB. b\nANSWER: A\n" * (MOST_ITEMS + 2)
    assert "2000" in only(read("x.txt", aiken)).reason


def test_text_in_utf_16_or_with_zeros_is_no_utf_8_text() -> None:
    assert only(read("x.gift", "Which? {=a ~b}".encode("utf-16"))).verdict == "refused"
    read_again = only(read("x.gift", "Which? {=a ~b}".encode("utf-16"), encoding="utf-16"))
    assert read_again.verdict == "changed"
    assert "no text file" in only(read("x.gift", "a\0b")).reason


def test_question_of_thousands_of_parts_is_refused_before_they_are_compared() -> None:
    for answers in ("~a" * 9000 + "=b", "=a->b" * 9000):
        assert "100 parts" in only(read("x.gift", "q {" + answers + "}")).reason
    aiken = "Q\n" + "".join(f"{chr(65 + n % 26)}. {n}\n" for n in range(26)) + "ANSWER: A\n"
    assert only(read("x.txt", aiken)).verdict == "refused"


def _moodle(count: int, inside: str) -> bytes:
    answers = '<answer fraction="100"><text>a</text></answer><answer><text>b</text></answer>'
    one = f'<question type="multichoice">{inside}<single>true</single>{answers}</question>'
    return f"<quiz>{one * count}</quiz>".encode()


def test_more_text_than_can_be_read_in_a_while_is_refused_before_it_is_read() -> None:
    asked = f"<questiontext><text>{'word ' * 1000}</text></questiontext>"
    item = only(read("x.xml", _moodle(LARGEST_WORDS // 5000 + 1, asked)))
    assert (item.verdict, "million" in item.reason) == ("refused", True)
    files = {f"i{n}.xml": _moodle(1, "x" * 20_000) for n in range(LARGEST_WORDS // 20_000 + 1)}
    assert "million" in only(read("x.zip", packed(files))).reason


def test_letters_of_a_file_inside_are_no_text() -> None:
    asked = "<questiontext><text>Which?</text>"
    asked += f'<file name="a.png" encoding="base64">{"A" * LARGEST_WORDS}</file></questiontext>'
    (item,) = read("x.xml", _moodle(1, asked)).items
    assert item.verdict == "changed"


ENTITIES = b'<!DOCTYPE quiz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def test_entities_and_document_types_are_refused_in_every_kind_of_xml() -> None:
    for root in (b"<quiz>&b;</quiz>", b"<assessmentItem>&b;</assessmentItem>"):
        assert only(read("x.xml", ENTITIES + root)).verdict == "refused"
        inside = read(
            "x.zip", packed({"imsmanifest.xml": b"<manifest/>", "i.xml": ENTITIES + root})
        )
        assert {item.verdict for item in inside.items} == {"refused"}
    away = b'<!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz>&x;</quiz>'
    assert only(read("x.xml", away)).verdict == "refused"


def test_archive_that_unpacks_to_far_more_than_itself_is_refused() -> None:
    bomb = packed({f"{n}.xml": bytes(8 * 1024 * 1024) for n in range(9)})
    assert len(bomb) < 200_000
    assert "far more" in only(read("x.zip", bomb)).reason
    inside = packed({"x.zip": packed({"i.xml": bytes(8 * 1024 * 1024)})})
    assert only(read("x.zip", inside)).verdict == "refused"  # archives in archives stay closed


def test_names_that_lead_out_of_an_archive_are_refused() -> None:
    for name in ("../i.xml", "/etc/i.xml", "a/../../i.xml", "..\\i.xml", "c:i.xml", "a\n.xml"):
        item = only(read("x.zip", packed({name: b"<assessmentItem/>"})))
        assert (item.verdict, item.table) == ("refused", None), name


def test_elements_deeper_than_any_question_are_refused() -> None:
    for root in ("quiz", "assessmentItem", "questestinterop"):
        deep = f"<{root}>" + "<div>" * 50_000 + "</div>" * 50_000 + f"</{root}>"
        assert "too deep" in only(read("x.xml", deep)).reason
    nested = f"<questiontext><text><![CDATA[{'<b><ul><li>' * 6000}a]]></text></questiontext>"
    (item,) = read("x.xml", _moodle(1, nested)).items
    assert item.verdict in ("changed", "refused")


def test_a_hundred_megabytes_are_refused_for_every_format_unread() -> None:
    data = bytes(100 * 1024 * 1024)
    for ending in ENDINGS:
        assert "MiB" in only(read(f"x.{ending}", data)).reason


def test_wrong_encodings_are_asked_for_and_never_guessed() -> None:
    latin = "Quelle clé ? {=a ~b}".encode("latin-1")
    assert "UTF-8" in only(read("x.gift", latin)).reason
    assert only(read("x.gift", latin, encoding="big5")).verdict in ("changed", "refused")
    lying = '<?xml version="1.0" encoding="utf-8"?><quiz>é</quiz>'.encode("latin-1")
    assert only(read("x.xml", lying)).verdict == "refused"
    for name in ("utf-7", "rot13", "zlib", "no-such"):
        data = f'<?xml version="1.0" encoding="{name}"?><quiz/>'.encode()
        assert only(read("x.xml", data)).verdict == "refused", name
