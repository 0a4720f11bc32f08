"""Names: every script is welcome, no trick is."""

import re
import unicodedata
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.design.glyphs import missing_glyphs
from certificates.design.scripts import all_families, families_for, language_of, scripts_of
from certificates.names import name_problem, settle_name

GOOD = [
    "Amara Demo-Lindqvist", "Nguyễn Thị Thuỳ Dương", "O’Neill-d'Arcy Jr.", "Mª José", "김서연",
    "김 (金) 서연", "金秀賢", "やまだ 花子", "عبد الرحمن بن محمد", "علی‌رضا احمدی",
    "محمد عاصم ٹوانہ",
    "ሰላማዊት ገብረ መድኅን", "श्रीमती लक्ष्मी त्रिपाठी", "ශ්‍රී ලාල්", "සුනිල් ප්‍රේමරත්න", "সুমাইয়া আক্তার",
    "தமிழ்ச்செல்வி", "సూర్య", "ಕನ್ನಡ", "മലയാളം", "ગુજરાતી", "ਗੁਰਪ੍ਰੀਤ", "សុខ ស្រីមុំ", "มานี ปิยะธิดา",
    "ສົມພອນ", "မြင့်မြတ်သူ အောင်", "བསྟན་འཛིན", "გიორგი", "Արամ", "Σοφία Παπαδοπούλου", "Иван Петров",
    "Оксана Їжак", "דָּנִי כהן", "ߒߞߏ", "ꦱꦸꦂꦪ", "Ravi s/o Kumar", "Kim 김", "Ana Kovač 3rd",
]  # fmt: skip

TRICKS = {
    "": "letter",
    "  - ": "letter",
    "x" * 121: "at most",
    "Ana\u202egnis": "U+202E",
    "Ana\u2066x\u2069": "U+2066",
    "Ana\u200fB": "U+200F",
    "An\u200bna": "U+200B",
    "An\ufeffna": "U+FEFF",
    "An\u00adna": "U+00AD",
    "An\u034fna": "U+034F",
    "An\u200dna": "U+200D",
    "An\u200cna": "U+200C",
    "ᅠAnna": "U+1160",
    "ㅤAnna": "U+3164",
    "An\nna": "U+000A",
    "An\x00na": "U+0000",
    "An\ud800na": "U+D800",
    "An\ue000na": "U+E000",
    "𝐀nna": "U+1D400",
    "Ａnna": "U+FF21",
    "Anna 😀": "U+1F600",
    "<b>Anna</b>": "U+003C",
    "\u0301Anna": "Accents",
    "Ann" + "\u0324\u0325\u032d\u0330\u0331\u0339\u033a\u033ba": "Accents",
    "Аnna": "mixes letters of different",
    "Annα": "mixes letters of different",
    "Anna김": "mixes letters of different",
    "A.Петров": "mixes letters of different",
    "Ann4": "letters and digits",
    "Сосо Smith": "looks like Latin",
}


@pytest.mark.parametrize("name", GOOD)
def test_a_real_name_of_any_script_is_accepted(name):
    assert name_problem(name) is None


@pytest.mark.parametrize("name", TRICKS, ids=ascii)
def test_a_trick_is_refused_and_named(name):
    problem = name_problem(name)
    assert problem is not None
    assert TRICKS[name] in problem.msgid % problem.params


def test_a_cyrillic_name_that_looks_latin_is_accepted_among_its_own():
    assert name_problem("Сосо Петров") is None


def test_names_are_stored_in_one_form():
    assert settle_name("  Nguye\u0302\u0303n\u00a0 \u3000An ") == "Nguyễn An"


@given(st.text(max_size=150))
def test_judging_a_name_never_raises_and_settling_is_final(text):
    name_problem(text)
    settled = settle_name(text)
    assert settle_name(settled) == settled
    assert unicodedata.is_normalized("NFC", settled)


@pytest.mark.parametrize(
    ("name", "scripts", "language"),
    [
        ("Amara", ("Latn",), "en"),
        ("김서연", ("Hang",), "ko"),
        ("金秀賢", ("Hani",), "zh"),
        ("やまだ 花子", ("Hira", "Hani"), "ja"),
        ("محمد", ("Arab",), "ar"),
        ("محمد ٹوانہ", ("Arab",), "ur"),
        ("علی احمدی", ("Arab",), "fa"),
        ("ሰላማዊት", ("Ethi",), "am"),
        ("लक्ष्मी", ("Deva",), "hi"),
        ("12", (), "und"),
    ],
)
def test_scripts_and_language_are_read_from_the_letters(name, scripts, language):
    assert (scripts_of(name), language_of(name)) == (scripts, language)


def test_the_face_of_the_script_follows_the_latin_one():
    assert families_for("김서연", "ko", face="display")[:3] == (
        "Noto Serif Display", "Noto Serif", "NanumMyeongjo",
    )  # fmt: skip
    assert "Noto Nastaliq Urdu" in families_for("محمد", "ur", face="display")
    assert families_for("Reads a P&ID", face="sans")[0] == "Noto Sans"
    for name in GOOD:
        assert set(families_for(name, language_of(name))) <= set(all_families())


def test_the_style_sheet_names_every_face_of_every_script_on_its_own():
    sheet = files("certificates.design").joinpath("certificate.css").read_text("utf-8")
    named = set(re.findall(r'"([^"]+)"', sheet))
    inline = {"Noto Nastaliq Urdu"}  # for Urdu names alone, set by the template
    assert set(all_families()) - inline <= named
    assert not re.search(r"\b(serif|sans-serif|monospace)\b\s*[,;}]", sheet)


@pytest.mark.parametrize("name", [name for name in GOOD if name != "ꦱꦸꦂꦪ"])
def test_the_design_has_a_glyph_for_each_letter(name):
    assert missing_glyphs(name) == []


def test_a_missing_glyph_is_named_once():
    assert missing_glyphs("A\U00012345B\U00012345") == [
        ("\U00012345", "U+12345 CUNEIFORM SIGN URU TIMES KI")
    ]
