"""Plain text and Markdown in, lines out."""

import re
from collections.abc import Iterator
from itertools import pairwise

from knowledge.evidence import is_date_line
from knowledge.material import Line, Material, Stated, clean, is_sentence, same
from knowledge.noise import is_noise
from knowledge.paragraphs import layout_of

_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?\n)---[ \t]*\n", re.DOTALL)
_FIELD = re.compile(r"^(title|date):[ \t]*[\"']?(.+?)[\"']?[ \t]*$", re.MULTILINE)
_KEY = re.compile(r"^(\w+):", re.MULTILINE)
_ARTICLE_KEYS = {"title", "publisher", "language"}
_HEADING = re.compile(r"#{1,6}\s+(.*?)[\s#]*")
_ITEM = re.compile(r"\s*(?:[-*+]\s|\d{1,2}[.)]\s|\||>)")
_LINK = re.compile(r"(!?)\[([^\]]*)\]\([^)]*\)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")


def is_article(text: str) -> bool:
    """Whether a text is a file of this knowledge base: its header has the keys of one."""
    header = _FRONT_MATTER.match(text)
    return header is not None and {*_KEY.findall(header[1])} >= _ARTICLE_KEYS


def read_plain(text: str) -> Material:
    """A plain text; its title is the first line that is neither noise, a date nor a caption."""
    lines = text.split("\n")
    return _material([Line(clean(line)) for line in layout_of(lines).paragraphs(lines)])


def read_markdown(text: str) -> Material:
    """A Markdown text; its title is that of its header, else its first heading, or first line."""
    header = _FRONT_MATTER.match(text)
    fields = dict(_FIELD.findall(header[1])) if header else {}
    lines = list(_blocks(text[header.end() :] if header else text))
    headings = (match[1] for line in lines if (match := _HEADING.fullmatch(line.text)))
    title = fields.get("title") or next(headings, None)
    stated = [Stated(fields["date"], f"date: {fields['date']}")] if "date" in fields else []
    if title is None:
        return _material(lines)
    return Material(
        tuple(line for line in lines if not same(line.text.lstrip("# "), title)),
        title,
        stated=tuple(stated),
    )


def _blocks(text: str) -> Iterator[Line]:
    """Paragraphs on one line each; headings, list items and rows keep their marks."""
    block: list[str] = []
    for line, following in pairwise([*text.split("\n"), ""]):
        if line.strip():
            block.append(_plain(line.strip()))
        if block and _ends(line, following):
            yield Line(clean(" ".join(block)), tight=bool(_ITEM.match(block[0])))
            block = []


def _ends(line: str, following: str) -> bool:
    marked = any(form.match(following) for form in (_HEADING, _ITEM))
    return not following.strip() or marked or bool(_HEADING.match(line))


def _plain(line: str) -> str:
    """The words of a line: links are their text, pictures are nothing, bold is not marked."""
    line = _LINK.sub(lambda link: "" if link[1] else link[2], line)
    return _STRONG.sub(r"\2", line)


def _material(lines: list[Line]) -> Material:
    if not lines:
        return Material((), "")
    place = next(_title_places(lines), 0)
    above = (Line(line.text, kept=False) for line in lines[:place])
    return Material((*above, *lines[place:]), lines[place].text)


def _title_places(lines: list[Line]) -> Iterator[int]:
    """Where a title may stand: a sentence that is repeated at once is a picture's caption."""
    for place, line in enumerate(lines):
        twins = lines[max(0, place - 1) : place] + lines[place + 1 : place + 2]
        doubled = is_sentence(line.text) and any(same(twin.text, line.text) for twin in twins)
        if not (doubled or is_noise(line.text) or is_date_line(line.text)):
            yield place
