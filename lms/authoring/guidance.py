"""The guide for authors and its example module, as they lie in `docs`: as a page, and packed."""

import io
import zipfile
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from lms.curriculum.text import markdown
from lms.curriculum.text.markdown import LessonPage

DOCS = Path(__file__).parents[2] / "docs"
_EXAMPLE = DOCS / "authoring/example-module"


@lru_cache(maxsize=1)
def guide() -> LessonPage:
    """Return the guide as HTML, in the language in which it is written: English."""
    text = (DOCS / "authoring.md").read_text(encoding="utf-8")
    page = markdown.lesson(text, lambda path: None)
    # Long lines of a listing scroll in their own box, which the keyboard has to reach.
    return replace(page, html=page.html.replace("<pre>", '<pre tabindex="0">'))


@lru_cache(maxsize=1)
def example() -> bytes:
    """Return the example module as a ZIP of its folder."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(_EXAMPLE.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(_EXAMPLE.parent).as_posix())
    return held.getvalue()
