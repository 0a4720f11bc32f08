"""The language of a request, and what is said in it."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from markupsafe import Markup

from lms.errors import RuleBroken
from lms.web import catalogue, formats, i18n


def html_tag(client, path="/nowhere", **headers):
    page = client.get(path, headers=headers).get_data(as_text=True)
    return page.split("<html ")[1].split(">")[0]


def test_first_of_locales_is_the_default(client):
    assert html_tag(client) == 'lang="en" dir="ltr"'


def test_browser_may_ask(client):
    assert html_tag(client, **{"Accept-Language": "ar-EG,en;q=0.3"}) == 'lang="ar" dir="rtl"'


def test_asked_for_in_the_address_wins_and_is_remembered(client):
    assert html_tag(client, "/nowhere?lang=ar") == 'lang="ar" dir="rtl"'
    assert html_tag(client) == 'lang="ar" dir="rtl"'
    assert html_tag(client, "/nowhere?lang=en") == 'lang="en" dir="ltr"'


def test_unknown_language_is_ignored(client):
    answer = client.get("/nowhere?lang=tlh")
    assert "lang=" not in answer.headers.get("Set-Cookie", "")


def test_messages_and_parameters_are_escaped_and_markup_parameters_are_not(client):
    template = "{{ _('<b>%(name)s</b> & %(link)s', name=name, link='<a>'|safe) }}"
    answer = client.get("/say", query_string={"template": template, "name": '<i>"x"'})
    assert answer.get_data(as_text=True) == ("&lt;b&gt;&lt;i&gt;&#34;x&#34;&lt;/b&gt; &amp; <a>")


def test_percent_sign_needs_no_parameters(app):
    with app.test_request_context("/"):
        assert i18n.gettext("80 % of the points") == "80 % of the points"
        assert i18n.gettext("100 %% of %(n)s", n=3) == "100 % of 3"


def test_refusal_is_said_with_its_parameters(app):
    with app.test_request_context("/?lang=en_XA"):
        said = i18n.say(RuleBroken("At least %(count)s words.", count=150))
    assert "150" in said
    assert said.startswith("⟦")


def test_catalogue_is_read_from_po_with_plurals_and_without_fuzzy_guesses(tmp_path):
    folder = tmp_path / "ru" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "messages.po").write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : '
        'n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\\n"\n\n'
        'msgid "Save"\nmsgstr "Сохранить"\n\n#, fuzzy\nmsgid "Send"\nmsgstr "Догадка"\n\n'
        'msgid "%(num)s word"\nmsgid_plural "%(num)s words"\n'
        'msgstr[0] "%(num)s слово"\nmsgstr[1] "%(num)s слова"\nmsgstr[2] "%(num)s слов"\n',
        encoding="utf-8",
    )
    words = catalogue.load("ru", (tmp_path,))
    assert words.text("Save") == "Сохранить"
    assert words.text("Send") == "Send"
    forms = [words.plural("%(num)s word", "%(num)s words", n) for n in (1, 3, 5)]
    assert forms == ["%(num)s слово", "%(num)s слова", "%(num)s слов"]


@pytest.mark.parametrize("tag", list(catalogue.PSEUDO))
def test_pseudo_locale_is_longer_bracketed_and_keeps_placeholders(tag):
    words = catalogue.load(tag, ())
    bent = words.text("Signed in as %(name)s at 100 %% of the time")
    assert bent.startswith("⟦")
    assert bent.endswith("⟧")
    assert "%(name)s" in bent
    assert "%%" in bent
    assert len(bent) > 1.2 * len("Signed in as  at 100  of the time")
    assert words.text(bent) == bent


def test_dates_are_in_utc_with_the_zone_named(app):
    late = datetime(2026, 5, 12, 23, 30, tzinfo=timezone(timedelta(hours=-3)))
    with app.test_request_context("/"):
        assert formats.moment(late) == "13 May 2026, 02:30 UTC"
        assert formats.day(late) == "13 May 2026"
        assert formats.clock_time(datetime(2026, 1, 1, 4, 5, tzinfo=UTC)) == "04:05"


def test_numbers_keep_their_digits(app):
    with app.test_request_context("/"):
        assert formats.number(Decimal("1234.5600")) == "1,234.56"
        assert formats.number(Decimal("0.00000123")) == "0.00000123"
        assert formats.number(2, 1) == "2.0"
        assert formats.percent(Decimal("0.825"), 1) == "82.5%"
        assert [formats.minutes(n) for n in (45, 60, 90)] == ["45 min", "1 h", "1 h 30 min"]


def test_markup_in_a_parameter_stays_markup_and_all_else_is_escaped(app):
    with app.test_request_context("/"):
        said = i18n.say("<b> %(good)s %(plain)s", good=Markup("1&nbsp;g"), plain="<i>")
    assert said == Markup("&lt;b&gt; 1&nbsp;g &lt;i&gt;")
    assert isinstance(said, Markup)


def test_content_of_another_language_says_which_and_where_it_runs(app):
    with app.test_request_context("/?lang=ar"):
        assert i18n.written_in("en") == ' lang="en" dir="ltr"'
        assert i18n.written_in("ar") == ""
    with app.test_request_context("/"):
        assert i18n.written_in("ar") == ' lang="ar" dir="rtl"'
        assert i18n.written_in("") == ""


def test_latin_names_are_kept_whole_in_arabic_and_left_alone_in_english(app):
    with app.test_request_context("/?lang=ar"):
        assert "\u2068SOP-7 (v2)\u2069" in i18n.say("Module %(code)s", code="SOP-7 (v2)")
        assert "\u2068" not in i18n.say("Module %(code)s", code="نور")
    with app.test_request_context("/"):
        assert i18n.say("Module %(code)s", code="SOP-7 (v2)") == "Module SOP-7 (v2)"


def test_length_of_time_is_said_as_arabic_counts(app):
    with app.test_request_context("/?lang=ar"):
        assert formats.minutes(135) == "ساعتان و15 دقيقة"
        assert formats.minutes(60) == "ساعة واحدة"


def test_way_to_another_language_keeps_what_was_asked(client):
    page = client.get("/note?q=kept&lang=en").get_data(as_text=True)
    assert 'name="lang" value="ar" lang="ar" dir="rtl">العربية</button>' in page
    assert '<input type="hidden" name="q" value="kept">' in page
