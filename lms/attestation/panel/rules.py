"""Blinded panels: how samples are typed, sealed and scored. Pure."""

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from lms.attestation.measures import kappa
from lms.columns import digest
from lms.errors import N_, RuleBroken

Sort = Literal["number", "class"]
LEAST, MOST = 3, 100  # samples of a panel (ANA203: three blinded samples)
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,15})?([eE][+-]?[0-9]{1,2})?")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,19}")
_LONGEST = 60  # characters of a class


@dataclass(frozen=True)
class Sample:
    """A sample of a panel.

    Attributes:
        reference: its value, or its class.
        tolerance: how far a value may be off, "5 %" of the reference or "0.5"; "" for a class.
    """

    code: str
    reference: str
    tolerance: str = ""


def number(text: str) -> Fraction | None:
    """Return a number as it was typed, exact; None where it is none (a comma is no point)."""
    typed = text.strip().replace("\u2212", "-")
    return Fraction(Decimal(typed)) if _NUMBER.fullmatch(typed) else None


def read_samples(text: str, sort: Sort) -> list[Sample]:
    """Return the samples of a panel, one a line: code; reference; tolerance.

    Raises:
        RuleBroken: a line that cannot be read (named by its number), too few or too many, a code
            twice, a reference of 0 with a tolerance in %.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    if not LEAST <= len(lines) <= MOST:
        raise RuleBroken(N_("A panel has %(least)s to %(most)s samples."), field="samples",
                         least=LEAST, most=MOST)  # fmt: skip
    samples = [_read_line(line, at, sort) for at, line in enumerate(lines, 1)]
    if len({one.code.casefold() for one in samples}) < len(samples):
        raise RuleBroken(N_("Two samples have the same code."), field="samples")
    if sort == "class" and len({one.reference.casefold() for one in samples}) < 2:
        raise RuleBroken(N_("With one class alone there is nothing to tell apart."),
                         field="samples")  # fmt: skip
    return samples


def _read_line(line: str, at: int, sort: Sort) -> Sample:
    parts = [part.strip() for part in re.split(r"[;\t|]", line)]
    if _CODE.fullmatch(parts[0]):
        if sort == "class" and len(parts) == 2 and 0 < len(parts[1]) <= _LONGEST:
            return Sample(parts[0], " ".join(parts[1].split()))
        if sort == "number" and len(parts) == 3 and _is_within_reason(parts[1], parts[2]):
            return Sample(*parts)
    raise RuleBroken(
        N_("Line %(line)s cannot be read: write code; value; tolerance, with a decimal point.")
        if sort == "number"
        else N_("Line %(line)s cannot be read: write code; class."),
        field="samples",
        line=at,
    )


def _is_within_reason(reference: str, tolerance: str) -> bool:
    value, share = number(reference), tolerance.endswith("%")
    off = number(tolerance.removesuffix("%"))
    return value is not None and off is not None and off >= 0 and not (share and value == 0)


def seal(samples: Sequence[Sample], sort: Sort, unit: str) -> dict[str, Any]:
    """Return a panel's content with a random salt: its digest gives nothing away of it."""
    return {
        "salt": secrets.token_hex(32),
        "sort": sort,
        "unit": unit,
        "samples": [asdict(one) for one in samples],
    }


def is_unchanged(sealed: Mapping[str, Any], shown: str) -> bool:
    """Tell whether a panel's content still has the digest that was shown before."""
    return digest(sealed) == shown


def read_values(sealed: Mapping[str, Any], given: Mapping[str, str]) -> dict[str, str]:
    """Return what a candidate typed for each code.

    Raises:
        RuleBroken: a sample without a value, or one that is no number.
    """
    found = {}
    for at, sample in enumerate(sealed["samples"]):
        typed = " ".join(given.get(sample["code"], "").split())[:_LONGEST]
        if not typed:
            raise RuleBroken(N_("Enter a value for every sample."), field=f"value-{at}")
        if sealed["sort"] == "number" and number(typed) is None:
            raise RuleBroken(
                N_("This is no number: write it with a decimal point."), field=f"value-{at}"
            )
        found[sample["code"]] = typed
    return found


@dataclass(frozen=True)
class Scored:
    """A sample beside what the candidate found in it.

    Attributes:
        ratio: the value in % of its reference; None for a class, or where the reference is 0.
    """

    sample: Sample
    given: str
    right: bool
    ratio: Fraction | None = None


def score(sealed: Mapping[str, Any], given: Mapping[str, str]) -> list[Scored]:
    """Return each sample scored: a value within its tolerance (both ends count), a right class."""
    scored = []
    for one in sealed["samples"]:
        sample = Sample(**one)
        typed = given[sample.code]
        if sealed["sort"] == "class":
            right = typed.casefold() == sample.reference.casefold()
            scored.append(Scored(sample, typed, right))
        else:
            scored.append(_scored(sample, typed))
    return scored


def _scored(sample: Sample, typed: str) -> Scored:
    value, reference = number(typed), number(sample.reference)
    off = number(sample.tolerance.removesuffix("%"))
    if value is None or reference is None or off is None:
        raise ValueError(f"{sample.code}: no number")
    share = sample.tolerance.endswith("%")
    most = abs(reference) * off / 100 if share else off
    ratio = 100 * value / reference if reference else None
    return Scored(sample, typed, abs(value - reference) <= most, ratio)


def facts_of(scored: Sequence[Scored], sort: Sort) -> dict[str, Any]:
    """Return what a panel came to as an assessor signs it, exact."""
    right = sum(one.right for one in scored)
    if sort == "number":
        found: dict[str, Any] = {"samples": len(scored), "within": right}
        ratios = [one.ratio for one in scored if one.ratio is not None]
        if len(ratios) == len(scored):
            found |= {"lowest": str(min(ratios)), "highest": str(max(ratios))}
        return found
    found = {"samples": len(scored), "right": right}
    agreed = kappa(
        [one.given.casefold() for one in scored],
        [one.sample.reference.casefold() for one in scored],
    )
    return found | ({} if agreed is None else {"kappa": str(agreed)})
