"""LaTeX equations: which commands we know, what is wrong with one, and its MathML."""

import re
from functools import lru_cache

import latex2mathml.converter

from lms.errors import N_

_GREEK = (
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi "
    "pi rho sigma tau upsilon phi varphi chi psi omega "
    "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
)
_FUNCTIONS = "ln log exp sin cos tan min max lim det gcd sup inf"
_OPERATORS = (
    "cdot times div pm mp ast circ bullet sum prod int oint partial nabla infty sqrt frac dfrac "
    "tfrac binom le ge leq geq ne neq approx sim simeq equiv propto ll gg lt gt in notin subset "
    "cup cap to rightarrow leftarrow leftrightarrow Rightarrow Leftarrow Leftrightarrow "
    "rightleftharpoons longrightarrow mapsto lfloor rfloor lceil rceil langle rangle lvert rvert "
    "mid parallel cdots ldots dots vdots degree ominus oplus angle perp therefore"
)
_LAYOUT = (
    "text mathrm mathbf mathit mathcal mathbb operatorname left right big Big bigl bigr Bigl Bigr "
    "begin end quad qquad overline underline bar hat tilde vec dot ddot overbrace underbrace "
    "overset underset xrightarrow xleftarrow limits displaystyle textstyle"
)
COMMANDS = frozenset(f"{_GREEK} {_FUNCTIONS} {_OPERATORS} {_LAYOUT}".split())
# A backslash and one of these stands for a space or for the character itself.
_SYMBOLS = frozenset(",;:> %$#&_{}\\|")
ENVIRONMENTS = frozenset({"aligned", "align*", "cases", "matrix", "pmatrix", "bmatrix"})
_TOKEN = re.compile(r"\\([A-Za-z]+|.|$)|([{}%])", re.DOTALL)
_ENVIRONMENT = re.compile(r"\\(?:begin|end)\s*\{([^{}]*)\}")

UNKNOWN = N_("unknown LaTeX command \\%(name)s")
UNBALANCED = N_("the braces of “%(latex)s” do not match")
NO_ENVIRONMENT = N_("unknown LaTeX environment %(name)s")
INCOMPLETE = N_("“%(latex)s” is not complete LaTeX")
BARE_PERCENT = N_("a bare %% begins a comment in LaTeX")
MENDS = {
    UNBALANCED: N_("give each { its }"),
    NO_ENVIRONMENT: N_("use aligned, cases, matrix, pmatrix or bmatrix"),
    INCOMPLETE: N_("complete it: a fraction is \\frac{above}{below}"),
    BARE_PERCENT: N_("write \\%%"),
}
Fault = tuple[str, dict[str, str]]


def faults(latex: str) -> list[Fault]:
    """Return what is wrong with an equation, as message templates with their parameters.

    The converter itself prints an unknown command as letters and forgives a missing brace.
    """
    found: list[Fault] = []
    depth = 0
    for token in _TOKEN.finditer(latex):
        command, mark = token.groups()
        if command is not None:
            if not (command in COMMANDS or command in _SYMBOLS):
                found.append((UNKNOWN, {"name": command}))
        elif mark == "%":
            found.append((BARE_PERCENT, {}))
        else:
            depth += 1 if mark == "{" else -1
            if depth < 0:
                break
    if depth:
        found.append((UNBALANCED, {"latex": latex.strip()[:60]}))
    for environment in _ENVIRONMENT.findall(latex):
        if environment not in ENVIRONMENTS:
            found.append((NO_ENVIRONMENT, {"name": environment}))
    if not found and not to_mathml(latex):
        found.append((INCOMPLETE, {"latex": latex.strip()[:60]}))
    return found


@lru_cache(maxsize=2048)
def to_mathml(latex: str, block: bool = False) -> str:
    """Return an equation as MathML, "" where the converter cannot read it."""
    # The converter knows the alignment only under its other name.
    latex = latex.strip().replace("{aligned}", "{align*}")
    try:
        return latex2mathml.converter.convert(latex, display="block" if block else "inline")
    except Exception:  # noqa: BLE001 - the converter raises many kinds; each means it cannot read
        return ""
