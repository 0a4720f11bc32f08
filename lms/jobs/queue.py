"""The queue: huey on a SQLite file or on Redis, by QUEUE_URL. It only dispatches."""

from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from huey import Huey, RedisHuey, SqliteHuey


@lru_cache(maxsize=8)
def open_queue(url: str) -> Huey:
    """Return the queue at `url`; one object per place and process."""
    parts = urlsplit(url)
    if parts.scheme in {"redis", "rediss"}:
        return RedisHuey("seedtrain", url=url, results=False)
    file = Path(parts.path[1:])  # sqlite:///relative, sqlite:////absolute, as SQLAlchemy has it
    file.parent.mkdir(parents=True, exist_ok=True)
    # huey would switch the file to WAL, which SQLite before 3.51.3 may corrupt.
    return SqliteHuey(
        "seedtrain", filename=str(file), results=False, journal_mode="delete", timeout=10
    )


def is_well(url: str) -> bool:
    """Tell whether the queue answers."""
    queue: Any = open_queue(url)
    return int(queue.pending_count()) >= 0
