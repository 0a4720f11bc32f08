"""Cloze: a text with gaps, each scored by its own kind (single, short, numeric) and weighed."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from random import Random
from typing import Any

from lms.assessment.kinds.cloze_table import (
    CLOSE,
    GAP,
    KINDS,
    OPEN,
    ClozeQuestion,
    cloze_problems,
    gap_questions,
)
from lms.assessment.kinds.drawing import drawn_chain
from lms.assessment.kinds.filling import fill
from lms.assessment.kinds.numeric import mistakes_that_are_right, printed_values, too_long
from lms.assessment.kinds.numeric_score import printed_answer
from lms.assessment.kinds.numeric_table import ANSWER
from lms.curriculum.checking.problem import Problem
from lms.curriculum.kind import (
    BEST_LEVEL,
    BLANK,
    LeftToPerson,
    ParsedQuestion,
    Plain,
    QuestionKind,
    Render,
    Said,
    Score,
    Undrawable,
    parsed,
    problem,
    validated,
)
from lms.errors import N_

# Which kind a field of a gap belongs to: what was typed says so itself.
_FIELDS = {"choice": "single", "text": "short", "number": "numeric"}


class Cloze(QuestionKind):
    """Payload: `{"gaps": {gap id: what its kind stores}}`; gaps left empty are left out."""

    name = "cloze"
    template = "assessment/kinds/cloze.html"
    marked_by = "either"

    def parse(self, table: Mapping[str, Any]) -> ParsedQuestion:
        question = validated(ClozeQuestion, table, cloze_problems(table))
        made = list(zip(question.gap, gap_questions(table)[0], strict=True))
        shown: Plain = {
            "text": question.text,
            "gaps": [
                {"id": gap.id, "kind": gap.kind, "weight": gap.weight, "shown": one.shown}
                for gap, one in made
            ],
        }
        if question.parameters or question.derived:
            shown["parameters"] = {
                name: one.model_dump(exclude_none=True) for name, one in question.parameters.items()
            }
            shown["derived"] = [[name, formula] for name, formula in question.derived.items()]
        key = {
            "gaps": {gap.id: one.key | {"why": gap.why} for gap, one in made},
            "scoring": question.scoring,
            "criteria": [
                {**criterion, "id": gap.id}
                for gap, one in made
                for criterion in one.key.get("criteria", ())
            ],
        }
        return parsed(question, shown, key)

    def check(self, shown: Plain, key: Plain, rng: Random, draws: int = 200) -> list[Problem]:
        try:
            variants = [
                self.draw(shown, key, rng) for _ in range(draws if shown.get("parameters") else 1)
            ]
        except Undrawable as error:
            mend = N_("widen the bounds, or draw from a narrower range")
            return [problem("gap", error.message, mend, **error.params)]
        found: list[Problem] = []
        for place, gap in enumerate(shown["gaps"]):
            if gap["kind"] != "numeric":
                continue
            known = [variant[gap["id"]] for variant in variants]
            if not found:
                found += too_long({"prompt": f"{shown['prompt']} {shown['text']}"}, known)
            for one in mistakes_that_are_right(key["gaps"][gap["id"]], known):
                found.append(problem(f"gap[{place}].{one.key}", one.message, one.mend))
        return found

    def draw(self, shown: Plain, key: Plain, rng: Random) -> Plain:
        numbers = [gap["id"] for gap in shown["gaps"] if gap["kind"] == "numeric"]
        chain = drawn_chain(
            {"parameters": shown.get("parameters", {}), "derived": shown.get("derived", [])},
            [(name, key["gaps"][name]) for name in numbers],
            rng,
        )
        answers = chain.pop("answers")
        return {
            gap["id"]: chain | {"answer": answers[gap["id"]]}
            if gap["id"] in answers
            else KINDS[gap["kind"]].draw(gap["shown"], key["gaps"][gap["id"]], rng)
            for gap in shown["gaps"]
        }

    def present(
        self,
        shown: Plain,
        variant: Plain,
        *,
        locale: str = "en",
        block: Render = str,
        inline: Render = str,
    ) -> Plain:
        values = _drawn(shown, variant)
        text = fill(shown["text"], values, locale)
        whole = block(GAP.sub(lambda found: f"{OPEN}{found[1]}{CLOSE}", text))
        before, *pieces = whole.split(OPEN)
        gaps = {gap["id"]: (number, gap) for number, gap in enumerate(shown["gaps"], 1)}
        rows = []
        for piece in pieces:
            name, _, after = piece.partition(CLOSE)
            number, gap = gaps[name]
            own = KINDS[gap["kind"]].present(
                gap["shown"], variant.get(name, {}), locale=locale, inline=inline
            )
            own.pop("prompt")
            rows.append({"id": name, "kind": gap["kind"], "number": number, "after": after} | own)
        prompt = block(fill(shown["prompt"], values, locale))
        return {"prompt": prompt, "before": before, "gaps": rows}

    def read(self, form: Mapping[str, list[str]]) -> Plain | None:
        fields: dict[str, dict[str, list[str]]] = {}
        for name, values in form.items():
            gap, _, field = name.partition("-")
            fields.setdefault(gap, {})[field] = values
        gaps = {}
        for gap, own in sorted(fields.items()):
            kind = next((_FIELDS[field] for field in own if field in _FIELDS), None)
            if kind and (given := KINDS[kind].read(own)):
                gaps[gap] = given
        return {"gaps": gaps} if gaps else None

    def alike(self, payload: Plain | None) -> str:
        # A person marks the texts alone: what else was given is the machine's.
        gaps = (payload or {}).get("gaps", {})
        texts = {gap: given for gap, given in gaps.items() if given.keys() == {"text"}}
        return "\n".join(f"{gap}: {KINDS['short'].alike(texts[gap])}" for gap in sorted(texts))

    def score(
        self, shown: Plain, key: Plain, variant: Plain, payload: Plain | None, locale: str
    ) -> Score:
        if payload is None:
            return BLANK
        scores = list(_scores(shown, key, variant, payload, locale))
        trace: list[Said] = []
        for number, (_gap, _share, score) in enumerate(scores, 1):
            earned = {"number": str(number), "share": str(score.fraction)}
            trace.append((N_("Gap %(number)s earned %(share)s of its points."), earned))
            trace += score.trace
        slips = any(score.critical_error for _gap, _share, score in scores)
        parts = tuple((gap, share * score.fraction) for gap, share, score in scores)
        total = sum((part for _, part in parts), Fraction(0))
        if key["scoring"] == "exact":
            trace.append((N_("All gaps were needed."), {}))
            total = Fraction(total == 1)
            parts = (("all", total),)
        return Score(total, parts, tuple(trace), critical_error=slips)

    def marked(
        self,
        shown: Plain,
        key: Plain,
        variant: Plain,
        payload: Plain | None,
        locale: str,
        levels: Mapping[str, int],
    ) -> Fraction:
        total = Fraction(0)
        for gap, share, score in _scores(shown, key, variant, payload or {}, locale, levels):
            total += share * (score.fraction if gap not in levels else _of_level(levels[gap]))
        return total if key["scoring"] != "exact" else Fraction(total == 1)

    def explain(
        self,
        shown: Plain,
        key: Plain,
        variant: Plain,
        payload: Plain | None,
        *,
        locale: str = "en",
        block: Render = str,
        inline: Render = str,
    ) -> Plain:
        rows, right, values = [], [], _drawn(shown, variant)
        answers: dict[str, str] = {}
        for number, gap in enumerate(shown["gaps"], 1):
            name, kind = gap["id"], KINDS[gap["kind"]]
            own, drawn = key["gaps"][name], variant.get(name, {})
            given = (payload or {}).get("gaps", {}).get(name)
            told = kind.explain(gap["shown"], own, drawn, given, locale=locale, inline=inline)
            options = [one["text"] for one in told.get("options", ()) if one["correct"]]
            answer = told.get("answer") or options[0]
            right.append(f"{number}: {answer}")
            if gap["kind"] == "numeric":
                answers[name] = printed_answer(own, drawn)
            try:
                score = kind.score(gap["shown"], own, drawn, given, locale)
                correct = score.fraction == 1
            except LeftToPerson:
                correct = None
            said = values | ({ANSWER: answers[name]} if name in answers else {})
            why = inline(fill(own["why"], said, locale))
            rows.append({"number": number, "right": answer, "correct": correct, "why": why})
        model = block("\n\n".join(right))
        why = block(fill(key["why"], answers | values, locale))
        return {"why": why, "gaps": rows, "model_answer": model, "answer": ""}


def _drawn(shown: Plain, variant: Plain) -> dict[str, str]:
    """Return what was drawn for the whole question, as its texts show it; every number holds it."""
    if "parameters" not in shown:
        return {}
    numbers = [gap["id"] for gap in shown["gaps"] if gap["kind"] == "numeric"]
    return printed_values(variant[numbers[0]])


def _of_level(points: int) -> Fraction:
    return Fraction(points, BEST_LEVEL)


def _scores(
    shown: Plain,
    key: Plain,
    variant: Plain,
    payload: Plain,
    locale: str,
    levels: Mapping[str, int] | None = None,
) -> Iterator[tuple[str, Fraction, Score]]:
    """Yield each gap with its share of the points and its score; those with a level are blank."""
    whole = sum(gap["weight"] for gap in shown["gaps"])
    for gap in shown["gaps"]:
        name, share = gap["id"], Fraction(gap["weight"], whole)
        given = payload.get("gaps", {}).get(name)
        if name in (levels or {}):
            yield name, share, BLANK
            continue
        kind, own = KINDS[gap["kind"]], key["gaps"][name]
        yield name, share, kind.score(gap["shown"], own, variant.get(name, {}), given, locale)
