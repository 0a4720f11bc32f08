#!/usr/bin/env python3
"""Which Chromium the browser tests drive, and how. Run as a command, prints its path or fails.

Standard library alone: the set-up asks it before there is an environment.
"""

import os
import shutil
import sys
from pathlib import Path

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
)
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
# The browser must reach nothing but this machine, and a container gives it neither sandbox nor
# a large /dev/shm.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)


def find() -> str | None:
    """Return the path of a Chromium or Chrome: CHROMIUM if set, else one that is installed."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    found = (shutil.which(name) for name in NAMES)
    placed = (place for place in PLACES if Path(place).exists())
    return next(filter(None, found), None) or next(placed, None)


if __name__ == "__main__":
    path = find()
    print(path or "no Chromium or Chrome found: CHROMIUM=/path/to/it names one")
    sys.exit(path is None)
