"""Claims about printed calculations: which are read, which come out, which do not."""

import pytest

from lms.curriculum.drafts.source import Folder
from lms.curriculum.reviewing.examples import Recomputed, recompute
from lms.curriculum.reviewing.matter import Lesson, matter_of


def results(text):
    """Return the number of results recomputed, what does not come out, what was not read."""
    matter = matter_of(Folder("hub", "m", {"module.toml": b'id = "TST101"'}))
    matter.lessons = [Lesson("a", "lessons/a.md", text)]
    told = Recomputed()
    wrong = [finding.about for finding in recompute(matter, told)]
    return told.count, wrong, [one[3] for one in told.unread]


@pytest.mark.parametrize(
    "right",
    [
        "So 2 × 3 = 6.",
        "A box of 3 kg ÷ 4 = 0.75 kg each.",
        "Together 160 g + 4158 g + 33 g = 4351 g.",
        "It gives 20 448 ÷ 20 500 = 99.7 %.",
        "It gives 3762 ÷ 3885 × 100 = 96.8 %.",
        "It falls to 20.9 × 0.96 = 20.1 %.",
        "Weigh 5 g ÷ 250 mL = 20 g/L.",
        "That is 1040 µg/mL = 1.04 mg/mL.",
        "Count 187 ÷ 4 × 2 × 10⁴ = 9.35 × 10⁵ cells/mL.",
        "Doses: 6.8 g ÷ 30 × 10⁻⁶ g = 226 667 doses.",
        "Each year 400 000 × 3 = 1.2 million.",
        "It says log(100) + 7.50 = 9.50 and log(120) + 2.20 = 4.28.",
        "It pushes with 120 000 × 0.126 = 15 100 N.",
        "An area of π × 0.40² ÷ 4 = 0.126 m².",
        "In all 0.02 mL × 10⁹ /mL = 2 × 10⁷ virus.",
        "Half: e^(−0.6931) = 0.500.",
        "About 2^3.8 ≈ 14 = 4.20 ÷ 0.30.",
        "In millions 900 × 3.1 = 2790. ÷ 120 = 23.25.",
        "It needs 18 lots (450 ÷ 25 = 18).",
        "From 22:40 on it is 1 h = 60 min.",
        r"$$\mu = \frac{\ln(4.20/0.30)}{72\ \text{h}} = 0.0367\ \text{h}^{-1}$$",
        r"$$c = \frac{0.742 \times 10}{1.40\ \text{mL·mg}^{-1}\text{cm}^{-1}\times 1\ \text{cm}}"
        r" = 5.300\ \text{mg/mL}$$",
        r"$\sqrt[3]{8} = 2$ and $\log_2 8 = 3$ and $e^{0} = 1$",
    ],
)
def test_right_calculation_comes_out(right):
    count, wrong, unread = results(right)
    assert count > 0
    assert (wrong, unread) == ([], [])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("So 2 × 3 = 7.", "2 × 3 = 7"),
        ("It gives 3762 ÷ 3885 = 86.8 %.", "3762 ÷ 3885 = 86.8 %"),
        ("It gives 187 ÷ 200 = 0.935 %.", "187 ÷ 200 = 0.935 %"),
        ("Weigh 5 g ÷ 250 mL = 0.02 g/L.", "5 g ÷ 250 mL = 0.02 g/L"),
        ("That is 1040 µg/mL = 10.4 mg/mL.", "1040 µg/mL = 10.4 mg/mL"),
        ("Together 160 + 33 = 194.", "160 + 33 = 194"),
        ("In millions 900 × 3.1 = 2790. ÷ 120 = 24.", "2790 ÷ 120 = 24"),
        ("It lasts 72 h ÷ 18.9 h = 3.9 doublings.", "72 h ÷ 18.9 h = 3.9 doublings"),
        (r"$\frac{6}{4} = 1.6$", "((6) ÷ (4)) = 1.6"),
    ],
)
def test_wrong_calculation_is_told_as_it_is_printed(text, told):
    assert results(text)[1] == [told]


@pytest.mark.parametrize(
    "text",
    [
        "With pH = 7.4 it is well.",
        "An undiluted sample reads A280 = 2.4.",
        r"$$C_1 V_1 = C_2 V_2$$",
        "There L(116.1) = 0.32 a minute.",
        "Weigh 9.54 mmol = 1.480 g of it.",
        "22:40 + 18 h = 16:40 on the next day.",
    ],
)
def test_what_is_no_sum_is_not_recomputed(text):
    assert results(text) == (0, [], [])


def test_sum_that_cannot_be_read_is_counted_apart():
    count, wrong, unread = results("That is 3 × ρ × 2 = 18.8.")
    assert (count, wrong) == (0, [])
    assert len(unread) == 1


def test_last_digit_may_be_rounded_on_the_way_and_no_more():
    assert results("It is 2.6 × 1.55 = 4.04.")[1] == []  # of 2.604 × 1.55
    assert results("It is 2.6 × 1.55 = 4.05.")[1] != []
    assert results("It is 2.639 × 10 = 26.4.")[1] == []
    assert results("It is 2.639 × 10 = 26.5.")[1] != []


def test_whole_numbers_come_out_to_the_unit():
    assert results("It is 3 × 177 × 30 = 15 930.")[1] == []
    assert results("It is 3 × 177 × 30 = 15 931.")[1] != []


def test_result_after_about_may_be_rounded():
    assert results("It is 3 × 177 × 30 ≈ 16 000.")[1] == []
    assert results("It is 3 × 177 × 30 ≈ 18 000.")[1] != []
