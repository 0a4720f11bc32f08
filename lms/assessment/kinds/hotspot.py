"""Hotspot: places marked in a figure, by pointing, by numbers or from a list: the same answer."""

from collections.abc import Mapping
from fractions import Fraction
from random import Random
from typing import Any

from lms.assessment.kinds.hotspot_marks import mark, overlay
from lms.assessment.kinds.hotspot_table import HotspotQuestion, hotspot_problems, percent
from lms.assessment.kinds.regions import Point, anchor, holds
from lms.assessment.numbers import NumberProblem, read_number
from lms.curriculum.kind import (
    BLANK,
    ParsedQuestion,
    Plain,
    QuestionKind,
    Render,
    Said,
    Score,
    parsed,
    validated,
)
from lms.errors import N_

LEFT, TOP = "left-", "top-"


class Hotspot(QuestionKind):
    """Payload: `{"points": [{"x": …, "y": …}, …]}`: percent from the left and the top, as typed.

    Sorted and none twice: in which order places were marked is no part of the answer.
    """

    name = "hotspot"
    template = "assessment/kinds/hotspot.html"

    def parse(self, table: Mapping[str, Any]) -> ParsedQuestion:
        question = validated(HotspotQuestion, table, hotspot_problems(table))
        regions = [place.region() for place in question.region]
        width, height = question.size
        middles = {region["id"]: anchor(region) or (Fraction(0),) * 2 for region in regions}
        shown = {
            "size": question.size,
            "count": sum(place.correct for place in question.region),
            # By id: the order of the author might say which are right.
            "places": [
                {
                    "id": place.id,
                    "text": place.text,
                    "x": percent(middles[place.id][0], width),
                    "y": percent(middles[place.id][1], height),
                }
                for place in sorted(question.region, key=lambda place: place.id)
            ],
        }
        return parsed(question, shown, {"regions": regions, "scoring": question.scoring})

    def draw(self, shown: Plain, key: Plain, rng: Random) -> Plain:
        order = [place["id"] for place in shown["places"]]
        rng.shuffle(order)
        return {"order": order}

    def present(
        self,
        shown: Plain,
        variant: Plain,
        *,
        locale: str = "en",
        block: Render = str,
        inline: Render = str,
    ) -> Plain:
        places = {place["id"]: place for place in shown["places"]}
        return {
            "prompt": block(shown["prompt"]),
            "count": shown["count"],
            "places": [
                {**places[id], "text": inline(places[id]["text"])} for id in variant["order"]
            ],
        }

    def read(self, form: Mapping[str, list[str]]) -> Plain | None:
        chosen = {tuple(value.split(" ", 1)) for value in form.get("place", []) if " " in value}
        for name, values in form.items():
            if name.startswith(LEFT):
                down = form.get(TOP + name.removeprefix(LEFT), [""])
                chosen.add((values[-1].strip(), down[-1].strip()))
        points = [{"x": x, "y": y} for x, y in sorted(chosen) if x or y]
        return {"points": points} if points else None

    def score(
        self, shown: Plain, key: Plain, variant: Plain, payload: Plain | None, locale: str
    ) -> Score:
        if payload is None:
            return BLANK
        right = [region for region in key["regions"] if region["correct"]]
        hit, stray = _sorted_out(shown, key, payload, locale)
        counted = {"right": str(len(hit)), "of": str(len(right)), "wrong": str(len(stray))}
        trace: list[Said] = [
            (N_("Right places marked: %(right)s of %(of)s; wrong ones: %(wrong)s."), counted)
        ]
        whys = {region["id"]: region["why"] for region in key["regions"]}
        trace += [(N_("%(feedback)s"), {"feedback": whys[id]}) for id in stray if id]
        if key["scoring"] == "exact":
            trace.append((N_("All right places and no wrong one were needed."), {}))
            fraction = Fraction(len(hit) == len(right) and not stray)
            return Score(fraction, (("all", fraction),), tuple(trace))
        trace.append((N_("Each wrong place takes the worth of a right one away, down to 0."), {}))
        share = Fraction(1, len(right))
        parts = [(id, share) for id in sorted(hit)]
        if stray:
            parts.append(("wrong", max(-share * len(stray), -share * len(hit))))
        total = sum((part for _, part in parts), Fraction(0))
        return Score(total, tuple(parts), tuple(trace))

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
        texts = {place["id"]: inline(place["text"]) for place in shown["places"]}
        rights = {region["id"] for region in key["regions"] if region["correct"]}
        marked: set[str] = set()
        marks = []
        for number, given in enumerate(payload["points"] if payload else (), 1):
            point, inside = _inside(given, shown, key, locale)
            # As the score sees it: in a right and a wrong region, a point counts as right.
            place = next((id for id in inside if id in rights), inside[0] if inside else "")
            marked |= {place, *(rights & set(inside))}
            marks.append(mark(number, given, point, texts.get(place, ""), place in rights))
        rows = [
            {
                "text": texts[region["id"]],
                "correct": region["correct"],
                "marked": region["id"] in marked,
                "why": inline(region["why"]),
            }
            for region in key["regions"]
        ]
        figure = overlay(shown, key["regions"], marked, marks, block)
        return {"why": block(key["why"]), "places": rows, "marks": marks, "figure": figure}


def _sorted_out(
    shown: Plain, key: Plain, payload: Plain, locale: str
) -> tuple[set[str], list[str]]:
    """Return the right regions that were marked, and for each other point its region, "" for none.

    Several points in one right region count once; a point that cannot be read is in none.
    """
    rights = {one["id"] for one in key["regions"] if one["correct"]}
    hit: set[str] = set()
    stray: list[str] = []
    for given in payload["points"]:
        _at, inside = _inside(given, shown, key, locale)
        if right := rights & set(inside):
            hit |= right
        else:
            stray.append(inside[0] if inside else "")
    return hit, stray


def _inside(
    given: Mapping[str, str], shown: Plain, key: Plain, locale: str
) -> tuple[Point | None, list[str]]:
    """Return where a point lies in the figure, and the regions that hold it."""
    point = _point(given, shown["size"], locale)
    return point, [one["id"] for one in key["regions"] if point and holds(one, point)]


def _point(given: Mapping[str, str], size: list[int], locale: str) -> Point | None:
    """Return a point in the figure's own units; None where it cannot be read or lies outside."""
    found = []
    for axis, whole in zip("xy", size, strict=True):
        number = read_number(given[axis], locale)
        if isinstance(number, NumberProblem) or not 0 <= number.value <= 100:
            return None
        found.append(Fraction(number.value) * whole / 100)
    return found[0], found[1]
