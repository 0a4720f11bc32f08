"""Every string of the shared pages is translatable: the pseudo-locales prove it."""

import re
from pathlib import Path

import pytest

from tests.web.untranslated import untranslated

ROOT = Path(__file__).parents[2]


def test_the_finder_finds_texts_and_attributes():
    page = (
        '<html lang="en"><title>⟦Hömé⟧ · Seedtrain</title><p>Plain</p><p title="Tip">⟦ök⟧</p>'
        '<input type="submit" value="Go"><bdi translate="no">Amina</bdi><i lang="la">E. coli</i>'
        "<p>12 %</p><svg><path d='M1'/></svg><script>let x</script></html>"
    )
    assert untranslated(page) == ["Plain", "Tip", "Go"]


@pytest.mark.parametrize("tag", ["en_XA", "ar_XB"])
@pytest.mark.parametrize("path", ["/note", "/nowhere", "/raise/not-allowed", "/raise/bug"])
def test_shared_pages_have_no_untranslated_string(app, client, path, tag):
    app.config["PROPAGATE_EXCEPTIONS"] = False
    page = client.get(path, query_string={"lang": tag}).get_data(as_text=True)
    assert untranslated(page) == []


def test_form_errors_are_translated_too(post):
    page = post("/note?lang=en_XA", name="", text="").get_data(as_text=True)
    assert "⟦Éñţéŕ á ñámé" in page
    assert untranslated(page) == []


def test_templates_translate_only_literals():
    """A variable goes through `say`, so that extraction sees every message that `_` gets."""
    loose = [
        f"{path.relative_to(ROOT)}: {call}"
        for path in ROOT.glob("lms/**/templates/**/*.html")
        for call in re.findall(r"\b_\((?![\"'])[^)]*\)", path.read_text(encoding="utf-8"))
    ]
    assert loose == []
