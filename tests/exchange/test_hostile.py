"""Claims about hostile files: any bytes give a report in bounded time, never an exception."""

from hypothesis import given, settings
from hypothesis import strategies as st

from lms.exchange.bounds import LARGEST, LARGEST_TEXT, LONGEST_LINE, MOST_ITEMS
from lms.exchange.item import Report
from lms.exchange.reading import FORMATS
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
