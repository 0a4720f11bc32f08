"""One `try` around actions: a refusal undoes and shows again, success redirects."""

import sqlalchemy as sa

from lms.db import db, transaction


def notes(app) -> list[str]:
    with app.app_context(), transaction(write=False):
        return list(db.session.scalars(sa.text("SELECT text FROM note")))


def test_success_redirects_with_see_other(app, post):
    answer = post("/note", name="Amina", text="kept")
    assert (answer.status_code, answer.location) == (303, "/done/kept")
    assert notes(app) == ["kept"]


def test_wrong_shape_shows_everything_typed_again_and_runs_nothing(app, post):
    answer = post("/note", name="", text="long <typed> text")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "long &lt;typed&gt; text" in page
    assert "Enter a name" in page
    assert notes(app) == []


def test_refused_rule_undoes_the_action_and_names_the_field(app, post):
    answer = post("/note", name="Amina", text="refused")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'value="Amina"' in page
    assert 'href="#text">This text is refused.' in page
    assert notes(app) == []


def test_outcome_to_keep_is_kept_although_the_form_is_refused(app, post):
    answer = post("/note", name="Amina", text="counted")
    assert answer.status_code == 422
    assert "Wrong, and counted." in answer.get_data(as_text=True)
    assert notes(app) == ["counted"]


def test_once_stays_the_same_when_the_form_is_shown_again(post):
    page = post("/note", name="", text="x", once="1" * 26).get_data(as_text=True)
    assert f'name="once" value="{"1" * 26}"' in page


def test_form_without_once_is_refused(app, post):
    assert post("/note", name="Amina", text="kept", once="").status_code == 422
    assert notes(app) == []
