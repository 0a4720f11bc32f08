"""LaTeX equations as plain arithmetic: `\\frac{a}{b}` becomes `((a)÷(b))`. Works nothing out."""

import re

_RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_GROUP = r"\{([^{}]*)\}"
_STEPS = (
    (re.compile(r"\\(?:text|mathrm|operatorname)\s*" + _GROUP), r"\1"),
    (re.compile(r"\\(?:begin|end)\s*" + _GROUP), " "),
    (re.compile(r"\\(?:left|right|displaystyle|bigl?|bigr|Bigl?|Bigr)(?![A-Za-z])"), ""),
    (re.compile(r"\\(?:qquad|quad|\\|Rightarrow|rightarrow|to)(?![A-Za-z])|&|\\\\"), " ; "),
    (re.compile(r"\\(?:times|cdot|ast)(?![A-Za-z])"), "×"),
    (re.compile(r"\\div(?![A-Za-z])"), "÷"),
    (re.compile(r"\\(?:approx|simeq)(?![A-Za-z])"), "≈"),
    (re.compile(r"\\log\s*_\s*(?:\{10\}|10)"), " log10 "),
    (re.compile(r"\\log\s*_\s*(?:\{2\}|2)"), " log₂ "),
    (re.compile(r"(?<![A-Za-z\\])(?:\\mathrm\s*)?e\s*\^\s*(?=\{)"), " exp "),
    (re.compile(r"\\(ln|log|exp)(?![A-Za-z])"), r" \1 "),
    (re.compile(r"\\(?:degree|circ)(?![A-Za-z])"), "°"),
    (re.compile(r"\\mu(?![A-Za-z])"), "µ"),
    (re.compile(r"\\pi(?![A-Za-z])"), "π"),
    (re.compile(r"\\%"), "%"),
    (re.compile(r"\\[,;:! >]|~"), " "),
)
_FRACTION = re.compile(r"\\[dt]?frac\s*" + _GROUP + r"\s*" + _GROUP)
_ROOT = re.compile(r"\\sqrt\s*" + _GROUP)
_HIGHER_ROOT = re.compile(r"\\sqrt\s*\[(\d)\]\s*" + _GROUP)
_POWER = re.compile(r"\^\s*(?:\{\s*(-?\d+)\s*\}|(\d))")
_BROAD_POWER = re.compile(r"\^\s*" + _GROUP)
_INDEX = re.compile(r"_\s*(?:\{[^{}]*\}|[A-Za-z0-9])")
_DEEPEST = 6


def spoken(latex: str) -> str:
    """Return an equation as arithmetic is printed in prose; separate equations after “;”."""
    for pattern, plain in _STEPS[:2]:
        latex = pattern.sub(plain, latex)
    latex = latex.replace("\\text", "")
    for pattern, plain in _STEPS[2:]:
        latex = pattern.sub(plain, latex)
    latex = _POWER.sub(lambda found: (found[1] or found[2]).translate(_RAISED), latex)
    latex = _INDEX.sub("", latex)
    for _ in range(_DEEPEST):
        before = latex
        latex = _HIGHER_ROOT.sub(r"(\2)^(1 ÷ \1)", latex)
        latex = _ROOT.sub(r"√(\1)", latex)
        latex = _BROAD_POWER.sub(r"^(\1)", latex)
        latex = _FRACTION.sub(r"((\1) ÷ (\2))", latex)
        if latex == before:
            break
    return latex.replace("{", "(").replace("}", ")")
