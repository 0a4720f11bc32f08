"""Pages of statistics: without names, equal to their files, with a decision that is signed."""

import csv
import io
import re

import pytest
from sqlalchemy import select

from lms.assessment.models import AttemptItem, Score
from lms.curriculum.models import Question
from lms.db import db, transaction
from lms.psychometrics.models import QuestionReview
from lms.records.queries import is_signed
from tests.factories import PASSWORD, count_queries, csrf_of, signed_in


@pytest.fixture
def owner(walked):
    return signed_in(walked, "owner@walk")


@pytest.fixture
def question_id(walked) -> str:
    """The id of a single-choice question that was put."""
    with transaction(write=False):
        statement = (
            select(Question.id)
            .join(AttemptItem, AttemptItem.question_id == Question.id)
            .join(Score, Score.item_id == AttemptItem.id)
            .where(Question.kind == "single")
        )
        return db.session.scalars(statement.order_by(Question.code)).first()


def _table(answer) -> list[list[str]]:
    """Return the rows of a page's last table as text."""
    body = answer.text.split("<tbody>")[-1].split("</tbody>")[0]
    rows = [re.findall(r"<td[^>]*>(.*?)</td>", row, re.S) for row in body.split("<tr>")[1:]]
    return [[re.sub(r"<[^>]*>", "", cell).strip() for cell in row] for row in rows]


def _file(answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))[1:]


def _send(client, question_id, **changed):
    page = f"/statistics/questions/{question_id}"
    form = {
        "csrf_token": csrf_of(client, page),
        "decision": "keep",
        "reason": "Hard by design.",
        "read_number": "0",
        "password": PASSWORD,
    }
    return client.post(page, data=form | changed)


def test_no_page_names_anybody_who_learns(owner, version, question_id):
    for page in (
        "/statistics/",
        f"/statistics/versions/{version}",
        f"/statistics/versions/{version}.csv",
        f"/statistics/versions/{version}/rows",
        f"/statistics/questions/{question_id}",
        f"/statistics/questions/{question_id}/rows",
        f"/statistics/questions/{question_id}/rows.csv",
    ):
        answer = owner.get(page)
        assert answer.status_code == 200, page
        for secret in ("Learner Walk", "learner@walk", "Sending site", "Delivering site"):
            assert secret not in answer.text, (page, secret)


def test_few_people_are_only_counted(owner, version, question_id):
    assert "Fewer than 10 people: counts only." in owner.get(f"/statistics/versions/{version}").text
    page = owner.get(f"/statistics/questions/{question_id}").text
    assert "Fewer than 10 people: counts only." in page


def test_the_rows_on_the_page_are_those_in_the_file(sit, owner, version, question_id):
    for number in range(3):
        sit(number)
    for page in (f"/statistics/versions/{version}", f"/statistics/questions/{question_id}"):
        shown, kept = _table(owner.get(f"{page}/rows")), _file(owner.get(f"{page}/rows.csv"))
        assert len(shown) == len(kept) > 0
        for row, cells in zip(shown, kept, strict=True):
            for one, cell in zip(row, cells, strict=True):
                assert one == ("–" if cell == "" else one)
                if re.fullmatch(r"-?\d+\.\d+", cell):
                    assert float(one) == float(cell)
                elif cell:
                    assert one == cell


def test_the_options_on_the_page_are_those_in_the_file(sit, owner, question_id):
    sit(1)
    page = owner.get(f"/statistics/questions/{question_id}")
    kept = _file(owner.get(f"/statistics/questions/{question_id}.csv"))
    shown = page.text.split("Who chose which option")[-1].split("</tbody>")[0].split("<tr>")[2:]
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", row, re.S) for row in shown]
    texts = [[re.sub(r"<[^>]*>", "", cell).split() for cell in row] for row in cells]
    assert [(int(row[1][0]), float(row[2][0])) for row in texts] == [
        (int(row[2]), float(row[3])) for row in kept
    ]


def test_a_negative_figure_stays_a_number_in_the_file(walked, owner, version):
    text = owner.get(f"/statistics/versions/{version}.csv").data.decode("utf-8-sig")
    assert "'-" not in text


def test_the_rows_of_an_option_are_those_who_chose_it(owner, question_id):
    page = owner.get(f"/statistics/questions/{question_id}")
    links = re.findall(rf"/questions/{question_id}/rows\?option=([\w-]*)[^>]*>(\d+)", page.text)
    assert [int(count) for _option, count in links] == [1]
    assert (
        len(_table(owner.get(f"/statistics/questions/{question_id}/rows?option={links[0][0]}")))
        == 1
    )


def test_practice_has_its_own_page(owner, version):
    page = owner.get(f"/statistics/versions/{version}?of=practice")
    assert "Nobody was counted here" in page.text


def test_a_decision_is_recorded_with_what_was_seen_and_signed(owner, question_id):
    assert _send(owner, question_id).status_code == 303
    with transaction(write=False):
        row = db.session.scalars(select(QuestionReview)).one()
        assert (row.decision, row.reason, row.number) == ("keep", "Hard by design.", 1)
        assert row.figures["n"] == 1
        assert row.figures["difficulty"] is None
        assert is_signed(row, "judged")
    assert "Hard by design." in owner.get(f"/statistics/questions/{question_id}").text
    assert "Hard by design." in owner.get("/statistics/").text


def test_re_key_leads_to_the_regrade_of_the_version(owner, version, question_id):
    _send(owner, question_id, decision="re-key")
    assert f"/regrade/versions/{version}" in owner.get(f"/statistics/questions/{question_id}").text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"decision": ""}, "Choose what is to be done"),
        ({"reason": " "}, "Write why"),
        ({"password": "another long password"}, "password"),
        ({"read_number": "7"}, "Somebody else decided"),
    ],
)
def test_a_refused_decision_keeps_what_was_typed_and_records_nothing(
    owner, question_id, changed, said
):
    answer = _send(owner, question_id, **changed)
    assert answer.status_code == 422
    assert said in answer.text
    assert changed.get("reason", "Hard by design.").strip() in answer.text
    with transaction(write=False):
        assert not db.session.scalars(select(QuestionReview)).all()


def test_a_decision_that_came_too_late_can_be_sent_again(owner, question_id):
    _send(owner, question_id)
    answer = _send(owner, question_id, reason="I think otherwise.")
    assert "Somebody else decided" in answer.text
    number = re.search(r'name="read_number" value="(\d+)"', answer.text)
    again = _send(owner, question_id, reason="I think otherwise.", read_number=number.group(1))
    assert again.status_code == 303


@pytest.mark.parametrize("login", ["instructor@walk", "coordinator@walk", "learner@walk"])
def test_others_have_no_statistics(walked, login, version, question_id):
    client = signed_in(walked, login)
    for page in ("/statistics/", f"/statistics/versions/{version}",
                 f"/statistics/questions/{question_id}"):  # fmt: skip
        assert client.get(page).status_code == 403
    assert "/statistics/" not in client.get("/").text


def test_pages_take_as_many_queries_for_many_people_as_for_one(
    walked, sit, owner, version, question_id
):
    pages = ["/statistics/", f"/statistics/versions/{version}",
             f"/statistics/questions/{question_id}"]  # fmt: skip
    before = [len(count_queries(walked, lambda page=page: owner.get(page))) for page in pages]
    for number in range(3):
        sit(number, locale="fr")
    after = [len(count_queries(walked, lambda page=page: owner.get(page))) for page in pages]
    assert after == before
    assert max(after) <= 16
