"""The rendered certificate: judged by other people's tools, not by our own reading of it."""

import re
import subprocess
import threading

import pytest

from certificates.design.scripts import all_families
from certificates.render import DoesNotFit, GlyphMissing, render
from tests.certificates.samples import VERIFY_URL, make_facts
from tests.tools.verapdf import validate

HOLDERS = {
    "latin": ("Amara Demo-Lindqvist", None),
    "vietnamese": ("Nguyễn Thị Thuỳ Dương", None),
    "cyrillic": ("Оксана Їжак", "Oksana Yizhak"),
    "hangul": ("김서연", "Kim Seo-yeon"),
    "arabic": ("عبد الرحمن بن محمد الفارسي", "Abdulrahman bin Mohammed Al-Farsi"),
    "urdu": ("محمد عاصم ٹوانہ", "Muhammad Asim Tiwana"),
    "ethiopic": ("ሰላማዊት ገብረ መድኅን", "Selamawit Gebremedhin"),
    "devanagari": ("लक्ष्मी त्रिपाठी", "Lakshmi Tripathi"),
    "bengali": ("সুমাইয়া আক্তার", "Sumaiya Akter"),
    "tamil": ("தமிழ்ச்செல்வி", "Tamilselvi"),
    "sinhala": ("සුනිල් ප්‍රේමරත්න", "Sunil Premaratne"),
    "khmer": ("សុខ ស្រីមុំ", "Sok Sreymom"),
    "thai": ("มานี ปิยะธิดา", "Manee Piyathida"),
    "lao": ("ສົມພອນ", "Somphone"),
    "burmese": ("မြင့်မြတ်သူ အောင်", "Myint Myat Thu Aung"),
    "georgian": ("გიორგი", "Giorgi"),
}
LONG_NAME = "Maria da Conceição Albuquerque de Vasconcelos e Sousa Figueiredo-Montenegro Demo Filha"
LONG_TITLE = (
    "Commercial manufacture of monoclonal antibodies by fed-batch culture: "
    "from thaw to drug substance release"
)


@pytest.fixture(scope="module")
def page_of(tmp_path_factory):
    """Return a function that renders a certificate into a file."""
    folder = tmp_path_factory.mktemp("certificates")

    def write(name, facts, verify_url, **how):
        path = folder / f"{name}.pdf"
        path.write_bytes(render(facts, verify_url=verify_url, **how))
        return path

    return write


@pytest.fixture(scope="module")
def one_per_script(page_of):
    """Return a certificate for a name in each script."""
    return {
        script: page_of(script, make_facts(name, latin=latin), VERIFY_URL)
        for script, (name, latin) in HOLDERS.items()
    }


def text_of(path):
    return subprocess.run(
        ["pdftotext", "-layout", path, "-"], check=True, capture_output=True, text=True
    ).stdout


def text_of_bytes(pdf):
    return subprocess.run(
        ["pdftotext", "-", "-"], input=pdf, check=True, capture_output=True
    ).stdout


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_every_script_and_every_mark_passes_both_standards(one_per_script, page_of, verify_url):
    paths = list(one_per_script.values())
    full = make_facts(LONG_NAME, competencies=10, programme={"title": LONG_TITLE})
    paths.append(page_of("full", full, verify_url))
    marked = make_facts(practice=True, competencies=5, completed_on="2026-10-30")
    paths.append(page_of("marked", marked, verify_url, specimen=True))
    broken = {
        (path.name, flavour): verdict.rules
        for path, flavours in validate(paths, ("3a", "ua1")).items()
        for flavour, verdict in flavours.items()
        if not verdict.passed
    }
    assert broken == {}


@pytest.mark.parametrize("resolution", [72, 100, 200])
def test_the_qr_code_on_paper_opens_the_verification_page(
    page_of, verify_url, tmp_path, resolution
):
    path = page_of("qr", make_facts(practice=True), verify_url, specimen=True)
    raster = tmp_path / "page"
    run("pdftoppm", "-r", str(resolution), "-png", "-singlefile", path, raster)
    assert run("zbarimg", "-q", "--raw", f"{raster}.png").strip() == verify_url


def test_all_fonts_are_embedded_and_named_in_the_design(one_per_script):
    named = {family.replace(" ", "") for family in all_families()}
    for script, path in one_per_script.items():
        for line in run("pdffonts", path).splitlines()[2:]:
            assert re.search(r"\byes yes yes\b", line), line
            face = line.split()[0].split("+")[1].replace("-", "")
            assert any(face.startswith(family) for family in named), (script, face)


def test_the_page_says_what_was_shown_when_by_whom_and_what_it_does_not_do(page_of, verify_url):
    text = " ".join(text_of(page_of("facts", make_facts(), verify_url)).split())
    for fact in (
        "Amara Demo-Lindqvist", "Bioprocess calculations and units", "FND-01",
        "Calculates with units, dilutions and balances", "Level 2, works under supervision",
        "valid until 1 November 2028", "valid until 2 November 2028", "3 November 2026", "9.5",
        "theory 5", "practical 4.5", "Seedtrain Demo Hub", "Demo Training Centre",
        "ST-0123-4567-89AB-V", "hub.seedtrain.example/verify/", "It states what was shown and when",
        "does not replace qualification at the site", "no digital seal yet",
    ):  # fmt: skip
        assert fact in text, fact
    assert "PRACTICE" not in text
    assert "SPECIMEN" not in text


def test_practice_and_specimen_stand_across_the_page(page_of, verify_url):
    path = page_of("practice", make_facts(practice=True), verify_url, specimen=True)
    text = run("pdftotext", "-raw", path, "-")
    assert "PRACTICE" in text
    assert "SPECIMEN" in text
    assert "proves no competence" in text


def test_title_language_and_dates_are_those_of_the_certificate(page_of, verify_url):
    info = run("pdfinfo", "-isodates", page_of("info", make_facts(), verify_url))
    assert "Title:           Certificate ST-0123-4567-89AB-V: Amara Demo-Lindqvist" in info
    assert "CreationDate:    2026-11-03" in info
    assert "Tagged:          yes" in info
    assert "Pages:           1" in info


def test_the_same_facts_give_the_same_bytes(verify_url):
    facts = make_facts("김서연", latin="Kim Seo-yeon", competencies=4)
    assert render(facts, verify_url=verify_url) == render(facts, verify_url=verify_url)


def test_threads_do_not_mix_their_certificates(verify_url):
    names = ("Amara Demo", "김서연", "ሰላማዊት")
    alone = {name: render(make_facts(name), verify_url=verify_url) for name in names}
    together = {}

    def draw(name):
        together[name] = render(make_facts(name), verify_url=verify_url)

    threads = [threading.Thread(target=draw, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert together == alone


def test_a_missing_glyph_refuses_the_certificate_and_names_the_character(verify_url):
    with pytest.raises(GlyphMissing) as refused:
        render(make_facts("Amara \U000f0000 Demo"), verify_url=verify_url)
    assert refused.value.character == "\U000f0000"
    assert "U+F0000" in str(refused.value)


@pytest.mark.parametrize(
    "hostile",
    [
        '<img src="file:///etc/passwd">',
        "<script>alert(1)</script>",
        '"><style>*{display:none}</style>',
        "{{ holder }}{% raw %}",
        "</bdi><h1>Other</h1>",
        "&lt;b&gt; %(number)s %s",
        "url(http://tracker.example/x.png)",
    ],
)
def test_markup_in_a_fact_is_printed_as_typed(page_of, verify_url, hostile):
    facts = make_facts(hostile, programme={"title": hostile}, issuer={"name": hostile})
    text = "".join(text_of(page_of("hostile", facts, verify_url)).split())
    assert text.count("".join(hostile.split())) >= 2
    assert "root:" not in text


def test_a_hostile_language_tag_is_replaced_by_a_guess(verify_url):
    facts = make_facts()
    facts["holder"]["language"] = "\"><img src='file:///etc/passwd'>"
    assert text_of_bytes(render(facts, verify_url=verify_url)) == text_of_bytes(
        render(make_facts(), verify_url=verify_url)
    )


def test_long_names_of_the_bodies_push_the_statement_and_never_cover_it(verify_url):
    long = {"name": "Regional Demonstration Centre for Biopharmaceutical Manufacturing Skills " * 2}
    facts = make_facts(LONG_NAME, competencies=9, issuer=long, site=long)
    assert render(facts, verify_url=verify_url)
    with pytest.raises(DoesNotFit):
        render(facts | {"site": {"name": long["name"] * 4}}, verify_url=verify_url)


def test_facts_that_no_page_can_hold_are_refused(verify_url):
    with pytest.raises(DoesNotFit):
        render(make_facts("Amara " * 400), verify_url=verify_url)


def test_a_fact_that_is_not_there_is_an_error_and_no_blank(verify_url):
    facts = make_facts()
    del facts["issuer"]
    with pytest.raises(KeyError):
        render(facts, verify_url=verify_url)


@pytest.mark.parametrize("competencies", range(1, 11))
def test_ten_competencies_and_the_longest_names_stay_on_one_page(page_of, verify_url, competencies):
    facts = make_facts(LONG_NAME, latin="Maria Demo " * 8, competencies=competencies)
    facts |= {"programme": {"title": LONG_TITLE}, "practice": True}
    assert "Pages:           1" in run("pdfinfo", page_of("most", facts, verify_url))
