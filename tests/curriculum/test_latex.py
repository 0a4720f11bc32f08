"""What is not in our list of commands is refused; what is, becomes MathML."""

import pytest

from lms.curriculum.text import latex


@pytest.mark.parametrize(
    "good",
    [
        r"C_1 V_1 = C_2 V_2",
        r"\mu = \frac{\ln(X_2/X_1)}{t_2 - t_1}",
        r"\bar{x} \pm t_{0.975,\,n-1}\,\frac{s}{\sqrt{n}}",
        r"\begin{aligned} a &= b \\ c &= d \end{aligned}",
        r"\mathrm{pH} = \mathrm{p}K_\mathrm{a} + \log\left(\frac{[A^-]}{[HA]}\right)",
        r"85\,\% \text{ of } \{x\}",
    ],
)
def test_good_equation_has_no_fault_and_becomes_mathml(good):
    assert latex.faults(good) == []
    html = latex.to_mathml(good)
    assert html.startswith("<math")
    assert "\\" not in html


@pytest.mark.parametrize(
    "bad",
    [
        r"\fraq{a}{b}",
        r"\frac{a}{b",
        r"a}{b",
        r"\left( x",
        r"x^",
        r"\begin{tikz}x\end{tikz}",
        r"\begin{cases} x",
        r"5 % of x",
        r"\def\x{\x}\x",
        r"\newcommand{\x}{y}",
        "x\\",
    ],
)
def test_bad_equation_is_refused(bad):
    assert latex.faults(bad)


def test_every_known_command_is_converted():
    arguments = dict.fromkeys(("frac", "dfrac", "tfrac", "binom", "overset", "underset"), "{a}{b}")
    skipped = {"left", "right", "begin", "end", "Big", "Bigl", "Bigr", "big", "bigl", "bigr"}
    for name in latex.COMMANDS - skipped:
        html = latex.to_mathml(f"\\{name}" + arguments.get(name, "{x}"))
        assert html, name
        assert "\\" not in html, name
