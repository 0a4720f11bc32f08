"""The Arabic catalogue is complete: every message of the source is said in it, and said whole."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from lms.web import catalogue

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "lms" / "web" / "translations"
PO = FOLDER / "ar" / "LC_MESSAGES" / "messages.po"
SOURCE = {"lms", "certificates", "modules"}
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
FORMS = 6
# In these forms (none, one, two) Arabic says the number by the noun alone.
NUMBERLESS = range(3)


@cache
def extracted() -> Catalog:
    """Return what `pybabel extract` finds by babel.cfg, as `make messages` does."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    found = Catalog()
    for path, line, message, _comments, context in extract_from_dir(
        ROOT,
        methods,
        options,
        DEFAULT_KEYWORDS | {"N_": None},
        directory_filter=lambda folder: _is_source(Path(folder)),
    ):
        found.add(message, locations=[(path, line)], context=context)
    return found


def _is_source(folder: Path) -> bool:
    return folder == ROOT or folder.relative_to(ROOT).parts[0] in SOURCE


@cache
def said() -> Catalog:
    with PO.open("rb") as file:
        return read_po(file)


def messages(of: Catalog) -> list[Message]:
    return [message for message in of if message.id]


def text(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def ours(message: Message) -> tuple[str, ...]:
    there = said().get(message.id)
    if there is None or not there.string:
        return ()
    return (there.string,) if isinstance(there.string, str) else tuple(there.string)


def test_every_message_of_the_source_is_said_in_arabic():
    """What is missing is put in by `make messages`, to be translated in messages.po."""
    missing = [
        f"{message.locations[0][0]}: {text(message)}"
        for message in messages(extracted())
        if not any(ours(message))
    ]
    assert missing == []


def test_no_message_is_a_guess_or_is_said_no_more():
    assert [text(message) for message in messages(said()) if message.fuzzy] == []
    there = {text(message) for message in messages(extracted())}
    assert [text(message) for message in messages(said()) if text(message) not in there] == []
    assert list(said().obsolete) == []


def test_every_placeholder_stays_what_it_is():
    wrong = []
    for message in messages(extracted()):
        wanted = Counter(_PLACEHOLDER.findall(text(message)))
        for place, form in enumerate(ours(message)):
            given = Counter(_PLACEHOLDER.findall(form))
            plural = not isinstance(message.id, str)
            if plural and (place in NUMBERLESS or "%(num)s" not in wanted):
                wanted = Counter(_PLACEHOLDER.findall(message.id[1])) - Counter(["%(num)s"])
                given -= Counter(["%(num)s"])
            elif plural:
                wanted = Counter(_PLACEHOLDER.findall(message.id[1]))
            if given != wanted or re.sub(_PLACEHOLDER, "", form).count("%(") > 0:
                wrong.append(f"{text(message)}: {form}")
    assert wrong == []


def test_every_plural_has_all_six_forms():
    short = [
        text(message)
        for message in messages(extracted())
        if not isinstance(message.id, str)
        and (len(ours(message)) != FORMS or not all(ours(message)))
    ]
    assert short == []


def test_every_message_with_words_has_arabic_letters():
    """A message of names and placeholders alone ("Enter", "%(name)s: %(text)s") may stay."""
    foreign = [
        text(message)
        for message in messages(extracted())
        if " " in re.sub(_PLACEHOLDER, "", text(message)).strip(" :.,()-·")
        and not all(_ARABIC.search(form) for form in ours(message))
    ]
    assert foreign == []


def test_no_message_is_marked_so_that_its_plural_is_lost():
    """`ngettext(N_("one"), N_("many"), n)` extracts two messages and no pair."""
    loose = [
        str(path.relative_to(ROOT))
        for room in SOURCE
        for path in (ROOT / room).rglob("*.py")
        if re.search(r"ngettext\(\s*N_\(", path.read_text(encoding="utf-8"))
    ]
    assert loose == []


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "يوم واحد"),
        (2, "يومان"),
        (3, "3 أيام"),
        (11, "11 يومًا"),
        (100, "100 يوم"),
        (103, "103 أيام"),
    ],
)
def test_counting_takes_the_right_form(count, words):
    arabic = catalogue.load("ar", (FOLDER,))
    assert arabic.plural("%(num)s day", "%(num)s days", count) % {"num": count} == words
