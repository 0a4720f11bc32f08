"""For plugins: completed programmes with the people, levels and versions they rest on."""

from lms.people.queries import visible
from lms.programme.models import Completion
from lms.programme.queries import Achievement, achievement

__all__ = ["Achievement", "Completion", "achievement", "visible"]
