"""Which writing systems a text uses, its likely language and the faces that print it.

The families are the ones that the style sheet of the design names; no text is read from here.
"""

from fontTools import unicodedata as ucd

LATIN = ("Noto Serif", "Noto Sans")

# ISO 15924 script -> (language when nothing tells otherwise, serif face, plain face).
# Faces of Debian's fonts-noto-core, and fonts-nanum or fonts-noto-cjk for East Asia.
_TABLE: dict[str, tuple[str, str, str]] = {
    "Latn": ("en", "Noto Serif", "Noto Sans"),
    "Cyrl": ("ru", "Noto Serif", "Noto Sans"),
    "Grek": ("el", "Noto Serif", "Noto Sans"),
    "Arab": ("ar", "Noto Naskh Arabic", "Noto Sans Arabic"),
    "Armn": ("hy", "Noto Serif Armenian", "Noto Sans Armenian"),
    "Beng": ("bn", "Noto Serif Bengali", "Noto Sans Bengali"),
    "Deva": ("hi", "Noto Serif Devanagari", "Noto Sans Devanagari"),
    "Ethi": ("am", "Noto Serif Ethiopic", "Noto Sans Ethiopic"),
    "Geor": ("ka", "Noto Serif Georgian", "Noto Sans Georgian"),
    "Gujr": ("gu", "Noto Serif Gujarati", "Noto Sans Gujarati"),
    "Guru": ("pa", "Noto Serif Gurmukhi", "Noto Sans Gurmukhi"),
    "Hang": ("ko", "NanumMyeongjo", "NanumGothic"),
    "Hani": ("zh", "Noto Serif CJK SC", "Noto Sans CJK SC"),
    "Hebr": ("he", "Noto Serif Hebrew", "Noto Sans Hebrew"),
    "Hira": ("ja", "Noto Serif CJK JP", "Noto Sans CJK JP"),
    "Kana": ("ja", "Noto Serif CJK JP", "Noto Sans CJK JP"),
    "Khmr": ("km", "Noto Serif Khmer", "Noto Sans Khmer"),
    "Knda": ("kn", "Noto Serif Kannada", "Noto Sans Kannada"),
    "Laoo": ("lo", "Noto Serif Lao", "Noto Sans Lao"),
    "Mlym": ("ml", "Noto Serif Malayalam", "Noto Sans Malayalam"),
    "Mong": ("mn", "Noto Sans Mongolian", "Noto Sans Mongolian"),
    "Mymr": ("my", "Noto Sans Myanmar", "Noto Sans Myanmar"),  # Debian's serif is black
    "Nkoo": ("nqo", "Noto Sans NKo", "Noto Sans NKo"),
    "Orya": ("or", "Noto Sans Oriya", "Noto Sans Oriya"),
    "Sinh": ("si", "Noto Serif Sinhala", "Noto Sans Sinhala"),
    "Taml": ("ta", "Noto Serif Tamil", "Noto Sans Tamil"),
    "Telu": ("te", "Noto Serif Telugu", "Noto Sans Telugu"),
    "Tfng": ("zgh", "Noto Sans Tifinagh", "Noto Sans Tifinagh"),
    "Thaa": ("dv", "Noto Sans Thaana", "Noto Sans Thaana"),
    "Thai": ("th", "Noto Serif Thai", "Noto Sans Thai"),
    "Tibt": ("bo", "Noto Serif Tibetan", "Noto Serif Tibetan"),
}

# Letters that only one of the languages of a shared script uses.
_TELLING = (
    ("Arab", "ur", "ٹڈڑےںہۃ"),
    ("Arab", "fa", "پچژگکی"),
    ("Ethi", "ti", "ቐቑቒቓቔቕቖ"),
    ("Cyrl", "uk", "їієґЇІЄҐ"),
    ("Cyrl", "kk", "әңғүұқһӘҢҒҮҰҚҺ"),
)
# Nanum first: a tenth of the size of Noto CJK in the finished file.
_KOREAN = ("NanumMyeongjo", "Noto Serif CJK KR", "NanumGothic", "Noto Sans CJK KR")


def scripts_of(text: str) -> tuple[str, ...]:
    """Return the scripts of the letters of a text in order of appearance (ISO 15924).

    Characters that all scripts share (digits, spaces, punctuation, joined marks) do not count.
    """
    found: dict[str, None] = {}
    for character in text:
        script = ucd.script(character)
        if script not in ("Zyyy", "Zinh", "Zzzz"):
            found.setdefault(script)
    return tuple(found)


def language_of(text: str) -> str:
    """Guess the language tag (BCP 47) of a name from its letters; `und` when nothing tells."""
    scripts = scripts_of(text)
    if "Hira" in scripts or "Kana" in scripts:
        return "ja"
    if "Hang" in scripts:
        return "ko"
    for script, language, letters in _TELLING:
        if script in scripts and any(letter in text for letter in letters):
            return language
    return _TABLE[scripts[0]][0] if scripts and scripts[0] in _TABLE else "und"


def families_for(text: str, language: str = "", *, face: str = "serif") -> tuple[str, ...]:
    """Return the font families that print a text, best first, each named once.

    language: BCP 47; decides between the faces of a shared script. face: "display" (a name in
    large letters), "serif" or "sans". The Latin face leads, so that digits and Latin words look
    alike in every certificate; letters it lacks fall through to the face of their own script.
    """
    scripts = scripts_of(text)
    families = ["Noto Serif Display"] if face == "display" else []
    column = 2 if face == "sans" else 1
    families.append(_TABLE["Latn"][column])
    if language == "ur" and face == "display":
        families.append("Noto Nastaliq Urdu")
    if "Hang" in scripts or language == "ko":
        families += _KOREAN[:2] if column == 1 else _KOREAN[2:]
    families += [_TABLE[script][column] for script in scripts if script in _TABLE]
    families += [_TABLE[script][3 - column] for script in scripts if script in _TABLE]
    return tuple(dict.fromkeys([*families, *LATIN]))


def all_families() -> tuple[str, ...]:
    """Return every family that the design may use."""
    rows = _TABLE.values()
    return tuple(dict.fromkeys([*LATIN, *_OTHERS, *(family for row in rows for family in row[1:])]))


_OTHERS = ("Noto Serif Display", "Noto Nastaliq Urdu", *_KOREAN)
