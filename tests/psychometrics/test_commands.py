"""`psychometrics FILE --key KEY`: the same figures as the rules, and clear refusals."""

import json

import pytest

ANSWERS = "who,q1,q2,q3,q4\np1,A,B,C,D\np2,A,B,C,A\np3,A,C,C,\np4,B,B,A,A\np5,C,D,A,B\n"
KEY = "item,key\nq1,A\nq2,B\nq3,C\nq4,D\n"


@pytest.fixture
def run(app, tmp_path):
    def run(answers=ANSWERS, key=KEY, *more):
        for name, text in (("answers.csv", answers), ("key.csv", key)):
            text = text if isinstance(text, bytes) else text.encode()
            (tmp_path / name).write_bytes(text)
        names = [str(tmp_path / "answers.csv"), "--key", str(tmp_path / "key.csv")]
        return app.test_cli_runner().invoke(args=["psychometrics", *names, *more])

    return run


def test_scripts_get_every_figure(run):
    answer = run(ANSWERS, KEY, "--json")
    assert answer.exit_code == 0
    found = json.loads(answer.stdout)
    assert found["persons"] == 5
    assert found["alpha"] == pytest.approx(4 / 3 * 0.56)
    assert found["sem"] == pytest.approx((2.5 * (1 - 4 / 3 * 0.56)) ** 0.5)
    assert (found["id_column"], found["blanks"]) == ("who", 1)
    assert [one["item"] for one in found["items"]] == ["q1", "q2", "q3", "q4"]
    first = found["items"][0]
    assert first["difficulty"] == pytest.approx(0.6)
    assert first["item_total"] == pytest.approx(3 / 12**0.5)
    assert first["item_rest"] == pytest.approx(1.8 / (1.2 * 5.2) ** 0.5)
    blank = found["items"][3]["distractors"][-1]
    assert (blank["option"], blank["n"], blank["mean_total"]) == ("", 1, 2)


def test_people_get_a_table_that_says_what_the_first_column_is(run):
    text = run().stdout
    assert "“who”, is no item of the key" in text
    assert "Fewer than 10 people" in text
    assert "Alpha 0.747" in text


def test_without_an_id_every_column_is_an_item(run):
    found = json.loads(run("q1,q2\nA,B\nB,B\n", "item,key\nq1,A\nq2,B\n", "--json").stdout)
    assert (found["id_column"], found["persons"]) == (None, 2)
    assert found["items"][1]["item_rest"] is None


def test_one_person_gives_counts_and_no_alpha(run):
    found = json.loads(run("q1,q2\nA,C\n", "item,key\nq1,A\nq2,B\n", "--json").stdout)
    assert (found["alpha"], found["sem"]) == (None, None)
    assert [one["difficulty"] for one in found["items"]] == [1, 0]


@pytest.mark.parametrize(
    "answers",
    [
        "\ufeff" + ANSWERS.replace("\n", "\r\n"),
        ANSWERS.replace(",", ";"),
        ANSWERS.replace(",", "\t"),
        ANSWERS.replace(",A", ", A "),
        ANSWERS + "\n\n",
    ],
)
def test_what_spreadsheets_write_reads_the_same(run, answers):
    assert run(answers, KEY, "--json").stdout == run(ANSWERS, KEY, "--json").stdout


@pytest.mark.parametrize(
    ("answers", "key", "said"),
    [
        ("", KEY, "answers are empty"),
        ("who,q1,q2,q3,q4\n", KEY, "no row of a person"),
        (ANSWERS + "p6,A\n", KEY, "line 7 of the answers has 2 cells, the header has 5"),
        (ANSWERS, KEY + "q5,A\n", "no column “q5”"),
        (ANSWERS.replace("q4", "q9"), KEY, "no item “q9”"),
        (ANSWERS.replace("q4", "q3"), KEY, "item “q3” twice"),
        (ANSWERS.replace("q4", ""), KEY, "column 5 of the answers has no name"),
        (ANSWERS, "question,answer\nq1,A\n", "columns “item” and “key”"),
        (ANSWERS, KEY + "q4,A\n", "item “q4” a second time"),
        (ANSWERS, "item,key\nq1,\n", "lacks its item or its key"),
        (ANSWERS, "item,key\n", "names no item"),
        (ANSWERS.encode("utf-16"), KEY, "not UTF-8"),
        (ANSWERS + 'p6,"A,B,C,D\n', KEY, "no CSV"),
    ],
)
def test_what_cannot_be_read_is_told_with_status_2(run, answers, key, said):
    answer = run(answers, key, "--json")
    assert answer.exit_code == 2
    assert said in answer.stderr
    assert not answer.stdout


def test_a_missing_file_or_key_is_wrong_use(app, tmp_path):
    runner = app.test_cli_runner()
    assert runner.invoke(args=["psychometrics", str(tmp_path / "none.csv")]).exit_code == 2
