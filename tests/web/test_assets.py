"""Static files: digest in the address, kept for ever, small."""

import re

import pytest
from flask.testing import FlaskClient

from lms.web.assets import asset_url


def url(app, name: str) -> str:
    with app.test_request_context("/"):
        return asset_url(name)


def test_asset_is_compressed_and_kept_for_ever(app, client: FlaskClient):
    answer = client.get(url(app, "style.css"), headers={"Accept-Encoding": "gzip, br"})
    assert answer.headers["Content-Encoding"] == "br"
    assert "immutable" in answer.headers["Cache-Control"]
    assert "Set-Cookie" not in answer.headers


def test_page_from_before_an_upgrade_still_gets_its_files(app, client):
    old = url(app, "style.css").replace("/web/", "/web/0", 1)
    answer = client.get(old)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"


def test_misspelt_asset_is_found_when_the_page_is_drawn(app):
    with pytest.raises(KeyError):
        url(app, "stlye.css")


@pytest.mark.parametrize("name", ["nothing.css", "../assets.py", "%2e%2e/assets.py"])
def test_nothing_else_is_served(client, name):
    assert client.get(f"/static/web/x/{name}").status_code == 404


def test_module_is_served_as_javascript(app, client):
    answer = client.get(url(app, "attempt.js"))
    assert answer.mimetype == "text/javascript"


def test_stylesheet_is_served_without_its_comments(app, client):
    answer = client.get(url(app, "style.css"))
    assert b"/*" not in answer.data
    assert b"--line" in answer.data


def test_stylesheet_is_at_most_11_kb_on_the_wire(app, client):
    # One for all rooms, kept for ever by the browser: it is paid for once.
    answer = client.get(url(app, "style.css"), headers={"Accept-Encoding": "gzip"})
    assert len(answer.data) <= 11 * 1024


def test_stylesheet_knows_no_left_and_right(app, client):
    css = client.get(url(app, "style.css")).get_data(as_text=True)
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    physical = re.findall(
        r"(?:margin|padding|border)-(?:left|right|top|bottom)|(?<![\w-])(?:left|right|top|bottom|"
        r"width|height|(?:min|max)-(?:width|height))\s*:|text-align:\s*(?:left|right)|float:\s*"
        r"(?:left|right)",
        re.sub(r"@media[^{]*\{", "{", css),
    )
    sides = [
        value
        for value in re.findall(r"(?:margin|padding|border-width):\s*([^;}]+)", css)
        if len(re.sub(r"\([^()]*(?:\([^()]*\)[^()]*)*\)", "()", value).split()) > 3
    ]
    assert (physical, sides) == ([], [])


def test_page_is_compressed(client):
    answer = client.get("/note", headers={"Accept-Encoding": "br"})
    assert answer.headers["Content-Encoding"] == "br"
    assert len(answer.data) < 3000
