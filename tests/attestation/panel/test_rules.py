"""Claims about blinded panels: what can be sealed, that it stays as it was, how it is scored."""

from fractions import Fraction

import pytest

from lms.attestation.panel import rules
from lms.attestation.rules import within_limits
from lms.columns import digest
from lms.errors import RuleBroken

NUMBERS = "A1; 4.2; 5 %\nA2; 10; 0.3\nA3\t0.050\t10%"
CLASSES = "S1; genuine\nS2; falsified\nS3; genuine\nS4; falsified"
POTENCY = {
    "kind": "BP", "text": "Potency",
    "passes": [{"measure": "each value against its reference value", "least": "80", "most": "125"}],
}  # fmt: skip


@pytest.mark.parametrize(
    ("given", "right"),
    [
        ({"A1": "4.2", "A2": "10", "A3": "0.05"}, 3),
        ({"A1": "4.41", "A2": "10.3", "A3": "0.055"}, 3),  # both ends count
        ({"A1": "4.411", "A2": "9.69", "A3": "0.0449"}, 0),
        ({"A1": "3.99", "A2": "9.7", "A3": "4.5e-2"}, 3),
        ({"A1": "42", "A2": "10", "A3": "0.05"}, 2),  # tenfold
    ],
)
def test_a_value_is_right_within_the_tolerance_of_its_sample(
    given: dict[str, str], right: int
) -> None:
    sealed = rules.seal(rules.read_samples(NUMBERS, "number"), "number", "mg/L")
    assert sum(one.right for one in rules.score(sealed, given)) == right


@pytest.mark.parametrize(("value", "passes"), [("8", True), ("12.5", True), ("12.51", False),
                                               ("7.99", False)])  # fmt: skip
def test_every_value_has_to_be_within_the_limits_of_a_ratio(value: str, passes: bool) -> None:
    sealed = rules.seal(rules.read_samples("A;10;5\nB;10;5\nC;10;5", "number"), "number", "")
    scored = rules.score(sealed, {"A": "10", "B": value, "C": "11"})
    facts = rules.facts_of(scored, "number") | {"done_on": "2026-03-02"}
    assert within_limits(POTENCY, facts) is passes


def test_classes_are_told_without_regard_to_case_and_beyond_chance() -> None:
    sealed = rules.seal(rules.read_samples(CLASSES, "class"), "class", "")
    scored = rules.score(sealed, {"S1": "Genuine", "S2": "falsified", "S3": "falsified",
                                  "S4": "falsified"})  # fmt: skip
    facts = rules.facts_of(scored, "class")
    assert facts == {"samples": 4, "right": 3, "kappa": "1/2"}
    assert Fraction(facts["kappa"]) == Fraction(1, 2)


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("A1; 4.2; 5 %\nA2; 10; 1", "number"),  # too few
        ("A1; 4,2; 5 %\nA2; 10; 1\nA3; 1; 1", "number"),  # a comma is no point
        ("A1; 4.2\nA2; 10; 1\nA3; 1; 1", "number"),  # no tolerance
        ("A1; 0; 5 %\nA2; 10; 1\nA3; 1; 1", "number"),  # nothing is 5 % of nothing
        ("A1; 4; -1\nA2; 10; 1\nA3; 1; 1", "number"),
        ("A1; 4; 1\na1; 10; 1\nA3; 1; 1", "number"),  # one code twice
        ("A1; x\nA2; x\nA3; x", "class"),  # one class
        ("A1;\nA2; x\nA3; y", "class"),
        ("../1; x\nA2; x\nA3; y", "class"),
        ("A1; 1e999; 1\nA2; 10; 1\nA3; 1; 1", "number"),
        ("\n".join(f"A{n}; 1; 1" for n in range(101)), "number"),
    ],
)
def test_samples_that_cannot_be_scored_are_refused(text: str, sort: rules.Sort) -> None:
    with pytest.raises(RuleBroken) as refused:
        rules.read_samples(text, sort)
    assert refused.value.field == "samples"


def test_what_was_sealed_cannot_be_changed_or_guessed_from_its_digest() -> None:
    samples = rules.read_samples(CLASSES, "class")
    one, other = rules.seal(samples, "class", ""), rules.seal(samples, "class", "")
    assert digest(one) != digest(other)  # the salt differs
    assert rules.is_unchanged(one, digest(one))
    changed = one | {"samples": [*one["samples"][1:], one["samples"][0] | {"reference": "x"}]}
    assert not rules.is_unchanged(changed, digest(one))


@pytest.mark.parametrize("given", [{"A1": "4.2", "A2": "10"},
                                   {"A1": "4.2", "A2": "10", "A3": "0,05"}])  # fmt: skip
def test_a_missing_value_and_one_that_is_no_number_are_refused_at_their_field(
    given: dict[str, str],
) -> None:
    sealed = rules.seal(rules.read_samples(NUMBERS, "number"), "number", "")
    with pytest.raises(RuleBroken) as refused:
        rules.read_values(sealed, given)
    assert refused.value.field == "value-2"
