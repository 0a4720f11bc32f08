"""Claims about Aiken: strict about letters and answers, and every question is told of."""

from tests.exchange.taking import only, read, verdicts


def test_every_question_has_a_verdict_with_its_line() -> None:
    report = read("course.aiken.txt")
    assert report.format == "aiken"
    assert [(item.line, item.verdict) for item in report.items] == [
        (1, "changed"),
        (7, "changed"),
        (13, "refused"),
        (17, "refused"),
        (22, "changed"),
    ]
    assert "ANSWER" in report.items[2].reason
    assert "“D”" in report.items[3].reason


def test_signs_of_markdown_are_shown_as_they_were_typed() -> None:
    last = read("course.aiken.txt").items[-1].table
    assert last is not None
    assert last["prompt"] == r"A \* in a text, a \_mark\_ and 2 < 3"
    assert [one["text"] for one in last["option"]] == [r"\$5", r"\[x]"]


def test_several_answers_make_a_multiple_response() -> None:
    item = only(read("x.txt", "Which?\nA. a\nB. b\nC. c\nANSWER: A, C\n"))
    assert item.kind == "multiple"
    assert item.table is not None
    assert [one.get("correct") for one in item.table["option"]] == [True, None, True]


def test_byte_order_mark_and_windows_lines_make_no_difference() -> None:
    text = "Which?\nA. é\nB. b\nANSWER: A\n"
    plain = read("x.txt", text)
    assert read("x.txt", b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()) == plain
    assert read("x.txt", text.replace("\n", "\r").encode()) == plain


def test_other_encodings_are_asked_for_and_then_read() -> None:
    data = "Which?\nA. é\nB. b\nANSWER: A\n".encode("windows-1252")
    item = only(read("x.txt", data))
    assert (item.verdict, item.line) == ("refused", 2)
    assert "encoding" in item.reason
    assert verdicts(read("x.txt", data, encoding="windows-1252")) == [
        ("Which?", "single", "changed")
    ]
    assert only(read("x.txt", data, encoding="shift_jis")).verdict == "refused"
