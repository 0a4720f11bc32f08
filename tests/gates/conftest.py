"""The gates stand on the world of the isolation tests: each role, and a record of each kind."""

from tests.isolation.conftest import inside, new_inside, world, world_template

__all__ = ["inside", "new_inside", "world", "world_template"]
