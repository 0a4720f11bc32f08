"""Who acts, and the proof that it was really them. Plain values: any room may hold them."""

from dataclasses import dataclass, replace
from datetime import datetime


@dataclass(frozen=True)
class Role:
    """A role held at an organisation and everything below it; `path` is that subtree's."""

    name: str
    organisation_id: str
    path: str


@dataclass(frozen=True)
class Actor:
    """The person (or the system) that acts, as frozen at the start of the request."""

    id: str
    name: str
    roles: tuple[Role, ...] = ()
    session: str | None = None

    def has(self, *names: str) -> bool:
        """Tell whether the actor holds one of the roles anywhere."""
        return any(role.name in names for role in self.roles)

    def only(self, *names: str) -> "Actor":
        """Return the same actor holding just these of the roles."""
        return replace(self, roles=tuple(role for role in self.roles if role.name in names))

    def paths(self, *names: str) -> tuple[str, ...]:
        """Return the subtree paths at which the actor holds one of the roles."""
        return tuple(sorted({role.path for role in self.roles if role.name in names}))

    def at_root(self, *names: str) -> bool:
        """Tell whether one of the roles is held at a root of the tree, over the whole hub."""
        return any(path.count("/") == 2 for path in self.paths(*names))  # "/<id>/"

    def covers(self, path: str, *names: str) -> bool:
        """Tell whether one of the roles is held at or above the organisation at `path`."""
        return any(path.startswith(own) for own in self.paths(*names))


@dataclass(frozen=True)
class Proof:
    """The password entered again, checked before the writing transaction opened."""

    person_id: str
    method: str
    at: datetime


SYSTEM = Actor(id="system", name="Seedtrain")
