"""For plugins: the hooks, background work, question kinds, the store of files."""

from lms.curriculum.kind import QuestionKind
from lms.hookspecs import impl
from lms.jobs.actions import dispatch
from lms.jobs.rules import Work
from lms.store import actions as store

__all__ = ["QuestionKind", "Work", "dispatch", "impl", "store"]
