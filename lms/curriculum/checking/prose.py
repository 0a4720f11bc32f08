"""What is wrong with a Markdown text: HTML, equations, figures, links, blocks. Renders nothing."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from markdown_it.token import Token

from lms.curriculum.checking.problem import Problem, unknown
from lms.curriculum.text import latex
from lms.curriculum.text.markdown_html import CONTAINERS, is_figure, parser, plain
from lms.errors import N_

_FENCE = re.compile(r"^:::+\s*(\S*)")
# Whatever can be wrong, or points anywhere, has one of these; most options have none.
_MARKED = re.compile(r"[<$\[]|:::")
_DOLLAR = re.compile(r"(?<!\\)\$")


@dataclass
class Prose:
    """A text, where it stands, and what it may point to.

    Attributes:
        key: the key of the text in its file; "" for a whole file, where lines are the keys.
        figures, limits: paths of the module's figures and ids of the register's limits.
        used: figures and limits that the text points to, filled by the check.
    """

    file: str
    text: str
    figures: Collection[str]
    limits: Collection[str]
    key: str = ""
    used: set[str] = field(default_factory=set)

    def problem(self, line: int | None, message: str, mend: str = "", **params: str) -> Problem:
        """Return a problem at a line of the file, or at the key that holds the text."""
        key = self.key or (f"line {line + 1}" if line is not None else "")
        return Problem(self.file, key, message, mend, params)


def check_prose(prose: Prose) -> list[Problem]:
    """Return every problem of one text."""
    if not _MARKED.search(prose.text):
        return []
    return _check_tokens(prose, parser(raw_html=True).parse(prose.text))


def _check_tokens(prose: Prose, tokens: list[Token]) -> list[Problem]:
    return [
        *_check_containers(prose, tokens),
        *(problem for token in tokens for problem in _check_token(prose, token)),
    ]


def check_lesson(prose: Prose) -> list[Problem]:
    """Return every problem of a lesson, its first heading included."""
    tokens = parser(raw_html=True).parse(prose.text)
    problems = _check_tokens(prose, tokens)
    if not (tokens and tokens[0].tag == "h1" and plain(tokens[1]).strip()):
        problems.append(
            prose.problem(0, N_("a lesson begins with its title"), N_("write “# Title” first"))
        )
    for token in tokens[1:]:
        if token.type == "heading_open" and token.tag in ("h1", "h5", "h6"):
            message = N_("only headings of two to four # stand inside a lesson")
            problems.append(prose.problem(_line(token), message, N_("use ##, ### or ####")))
    return problems


def _line(token: Token) -> int:
    return token.map[0] if token.map else 0


def _check_token(prose: Prose, token: Token) -> Iterator[Problem]:
    line = _line(token)
    if token.type == "html_block":
        yield _raw_html(prose, line, token.content)
    elif token.type == "math_block":
        yield from _check_equation(prose, line, token.content)
    elif token.type == "inline":
        yield from _check_inline(prose, line, token)


def _raw_html(prose: Prose, line: int, html: str) -> Problem:
    return prose.problem(
        line,
        N_("raw HTML: “%(html)s”"),
        N_("write it in Markdown, or put a backslash before the <"),
        html=html.strip()[:40],
    )


def _check_equation(prose: Prose, line: int, equation: str) -> Iterator[Problem]:
    for message, params in latex.faults(equation):
        if message == latex.UNKNOWN:
            found = unknown(prose.file, "", message, params["name"], latex.COMMANDS)
            mend = found.mend if found.params["close"] else N_("use a command that the guide lists")
            yield prose.problem(line, message, mend, **found.params)
        else:
            mend = latex.MENDS.get(message, N_("correct the equation"))
            yield prose.problem(line, message, mend, **params)


def _check_inline(prose: Prose, line: int, token: Token) -> Iterator[Problem]:
    dollars = len(_DOLLAR.findall(token.content))
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            line += 1
        elif child.type == "html_inline":
            yield _raw_html(prose, line, child.content)
        elif child.type == "math_inline":
            dollars -= 2
            yield from _check_equation(prose, line, child.content)
        elif child.type == "code_inline":
            dollars -= len(_DOLLAR.findall(child.content))
        elif child.type == "image":
            yield from _check_image(prose, line, child, alone=is_figure(token))
        elif child.type == "link_open":
            yield from _check_link(prose, line, str(child.attrs.get("href", "")))
    if dollars > 0:
        message = N_("a $ without its partner")
        yield prose.problem(line, message, N_("close the equation, or write \\$ for the sign"))


def _check_image(prose: Prose, line: int, image: Token, alone: bool) -> Iterator[Problem]:
    path = str(image.attrs.get("src", ""))
    prose.used.add(path)
    if path not in prose.figures:
        what = N_("no figure “%(name)s” in this folder")
        found = unknown(prose.file, "", what, path, prose.figures)
        yield prose.problem(line, found.message, found.mend, **found.params)
    if not alone:
        message = N_("a figure stands in a paragraph of its own")
        yield prose.problem(line, message, N_("leave an empty line before and after it"))
    if not image.content.strip():
        message = N_("the figure has no description for those who cannot see it")
        yield prose.problem(line, message, N_("write it between the square brackets"))


def _check_link(prose: Prose, line: int, href: str) -> Iterator[Problem]:
    if href.startswith("ref:"):
        limit = href.removeprefix("ref:")
        prose.used.add(href)
        if limit not in prose.limits:
            what = N_("no limit “%(name)s” in the register of references")
            found = unknown(prose.file, "", what, limit, prose.limits)
            yield prose.problem(line, found.message, found.mend, **found.params)
    elif not href.startswith(("https://", "#")):
        message = N_("a link to “%(href)s” leads nowhere from here")
        yield prose.problem(
            line, message, N_("link to https://…, #heading or ref:LIMIT"), href=href[:60]
        )


def _check_containers(prose: Prose, tokens: list[Token]) -> Iterator[Problem]:
    lines = prose.text.splitlines()
    for token in tokens:
        if token.type == "inline":
            for offset, text in enumerate(token.content.splitlines()):
                if fence := _FENCE.match(text):
                    yield _stray_fence(prose, _line(token) + offset, fence[1])
        elif token.type.startswith("container_") and token.nesting == 1 and token.map:
            start, end = token.map
            if end >= len(lines) or not lines[end].lstrip().startswith(":::"):
                message = N_("this ::: block is never closed")
                yield prose.problem(start, message, N_("close it with a line of :::"))
            elif token.type == "container_check_open" and not _has_answer(lines[start + 1 : end]):
                message = N_("a check has no answer")
                mend = N_("write the answer below a line of ---")
                yield prose.problem(start, message, mend)


def _has_answer(lines: list[str]) -> bool:
    texts = "\n".join(line.strip() for line in lines).partition("\n---\n")
    return bool(texts[0].strip() and texts[2].strip())


def _stray_fence(prose: Prose, line: int, name: str) -> Problem:
    if not name:
        return prose.problem(line, N_("this ::: closes nothing"), N_("take it out"))
    what = N_("there is no ::: block “%(name)s”")
    found = unknown(prose.file, "", what, name, CONTAINERS)
    return prose.problem(line, found.message, found.mend, **found.params)
