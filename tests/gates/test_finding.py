"""Pages of the catalogue cost the same queries for few modules and for many."""

import pytest
from flask import Flask

from tests.gates import crowd
from tests.gates.test_queries import MANY, asked
from tests.isolation.visitors import enter
from tests.isolation.world import HERE, World


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/glossary/", 4),
        ("/competencies/", 6),
        ("/competencies/FND-02/", 8),
        ("/path/?role=UPO", 14),
        ("/search/?q=buffer", 11),
        ("/modules/FND103/print/", 8),
    ],
)
def test_a_way_to_find_something_costs_the_same_for_many_modules(
    inside: Flask, world: World, path: str, most: int
) -> None:
    own = world.people[HERE]["learner"]
    visitor = enter(inside, own)
    few = asked(inside, visitor, path)
    crowd.modules(inside, own, MANY)
    many = asked(inside, visitor, path)
    assert len(many) == len(few), "\n".join(many)
    assert len(few) <= most, "\n".join(few)
