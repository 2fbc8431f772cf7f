"""Articles: Markdown files with a YAML header in, checked `Article` objects out.

The only code that knows the file format. Every problem of every file is reported at once.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from yaml.nodes import Node

from knowledge.errors import KlyngesvarError
from knowledge.problems import ContentError, Problem, shown
from knowledge.strict_yaml import (
    Sheet,
    address,
    addresses,
    choice,
    compose,
    fields,
    normalise,
    read_text,
    scalar,
)

__all__ = [
    "LANGUAGES",
    "Article",
    "ContentError",
    "Language",
    "Problem",
    "parse_article",
    "read_articles",
    "scan_articles",
    "slug",
]

Language = Literal["nb", "nn", "en"]
LANGUAGES: tuple[Language, ...] = ("nb", "nn", "en")

_LANGUAGE_NAMES: dict[Language, str] = {"nb": "bokmål", "nn": "nynorsk", "en": "English"}
_REQUIRED = ("title", "publisher", "language")
_OPTIONAL = ("url", "published", "sources", "checked")
_HEADER = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.MULTILINE | re.DOTALL)
_SLUG = re.compile(r"[a-z0-9-]+\.md")
_LONGEST_SLUG = 80
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_DAY_MONTH_OR_YEAR = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@dataclass(frozen=True, slots=True)
class Article:
    """One text of the knowledge base; quotes are slices of `body`."""

    slug: str
    title: str
    publisher: str
    url: str | None
    published: str | None  # YYYY, YYYY-MM or YYYY-MM-DD
    language: Language
    body: str = field(repr=False)
    sources: tuple[str, ...] = ()
    checked: str | None = None  # the day on which somebody last confirmed it


def read_articles(folder: Path) -> tuple[Article, ...]:
    """All articles of a folder, by slug; raises a ContentError with all problems of all files."""
    articles, problems = scan_articles(folder)
    if problems:
        raise ContentError(problems)
    return articles


def scan_articles(folder: Path) -> tuple[tuple[Article, ...], tuple[Problem, ...]]:
    """The articles that can be read, by slug, and every problem of the others."""
    files = _files(folder)
    articles: list[Article] = []
    problems = [*_same_names(files)]
    for file in files:
        try:
            articles.append(_read(file))
        except ContentError as error:
            problems.extend(error.problems)
    problems.extend(_same_bodies(folder, articles))
    return tuple(articles), tuple(problems)


def parse_article(file: Path, text: str) -> Article:
    """The article in a file's text; raises a ContentError with all problems of the file."""
    sheet = Sheet(file, first_line=2)  # line 1 is the opening fence
    header, body = _split(sheet, normalise(text))
    _check_name(sheet)
    known = fields(sheet, compose(sheet, header), 1, _REQUIRED, _OPTIONAL)
    article = Article(
        slug=file.stem,
        title=_line(sheet, header, known.get("title"), "title"),
        publisher=_line(sheet, header, known.get("publisher"), "publisher"),
        url=address(sheet, known.get("url"), "url"),
        published=_date(sheet, known.get("published"), "published", _DAY_MONTH_OR_YEAR),
        language=choice(sheet, known.get("language"), "language", _LANGUAGE_NAMES) or "nb",
        body=body,
        sources=addresses(sheet, known.get("sources"), "sources"),
        checked=_date(sheet, known.get("checked"), "checked", _DAY),
    )
    sheet.finish()
    return article


def _read(file: Path) -> Article:
    if file.suffix.lower() == ".md" and file.is_file():
        return parse_article(file, read_text(file))
    problem = Problem(
        file,
        1,
        "bare artikler kan ligge i denne mappen: flytt den ut, "
        "eller gi filen et navn som slutter på .md",
        "only articles can lie in this folder: move it away, "
        "or give the file a name that ends in .md",
    )
    raise ContentError([problem])


def _split(sheet: Sheet, text: str) -> tuple[str, str]:
    """The header between the two fences, and the body: all that follows, untouched."""
    match = _HEADER.match(text)
    if match is None:
        _note_fence(sheet, text)
        raise ContentError(sheet.problems)
    header, body = match[1], text[match.end() :]
    if not body.strip():
        sheet.note(
            header.count("\n") + 2,
            "brødteksten er tom: skriv artikkelens tekst under linjen ---",
            "the body is empty: write the article's text below the line ---",
        )
    return header, body


def _note_fence(sheet: Sheet, text: str) -> None:
    if text.split("\n", 1)[0].rstrip() == "---":
        sheet.note(
            1,
            "hodet åpnes her og lukkes aldri: skriv en linje med bare --- over brødteksten",
            "the header opens here and never closes: write a line of only --- above the body",
        )
    else:
        sheet.note(
            1,
            "filen begynner ikke med et hode: skriv --- alene på første linje, "
            "så title, publisher og language, så --- igjen",
            "the file does not begin with a header: write --- alone on the first line, "
            "then title, publisher and language, then --- again",
        )


def _check_name(sheet: Sheet) -> None:
    name = sheet.file.name
    if not _SLUG.fullmatch(name):
        sheet.note(
            1,
            f"filnavnet «{name}» kan ikke brukes: kall filen {_slug_for(name)}",
            f'the file name "{name}" cannot be used: call the file {_slug_for(name)}',
        )


def slug(title: str) -> str:
    """A file name for a title, without its ending: whole words of a-z and digits, with hyphens."""
    spelled = title.lower().replace("æ", "ae").replace("ø", "o")
    plain = re.sub(
        r"[\u0300-\u036f]", "", unicodedata.normalize("NFKD", spelled)
    )  # å is a and a ring
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    shorter = name[: _LONGEST_SLUG + 1].rpartition("-")[0] if len(name) > _LONGEST_SLUG else name
    return shorter or name[:_LONGEST_SLUG] or "artikkel"


def _slug_for(name: str) -> str:
    return slug(name.lower().removesuffix(".md")) + ".md"


def _line(sheet: Sheet, header: str, node: Node | None, name: str) -> str:
    value = scalar(sheet, node, name)
    # YAML drops what follows " #" without a word: "Klynge #1 i Norge" would become "Klynge".
    if node is not None and value is not None and _rest_of_line(header, node).startswith("#"):
        sheet.note(
            node,
            f"alt etter # på linjen faller bort: sett anførselstegn rundt hele «{name}»",
            f'all that follows # on the line is lost: put quotes around the whole "{name}"',
        )
    return value or ""


def _rest_of_line(header: str, node: Node) -> str:
    """What stands after a value."""
    return header.split("\n")[node.end_mark.line][node.end_mark.column :].strip()


def _date(sheet: Sheet, node: Node | None, name: str, form: re.Pattern[str]) -> str | None:
    value = scalar(sheet, node, name)
    if node is not None and value is not None and not (form.fullmatch(value) and _exists(value)):
        examples = "2017-10-16" if form is _DAY else "2017-10-16, 2017-10, 2017"
        sheet.note(
            node,
            f"«{name}: {value}» er ingen dato: skriv den slik: {examples}",
            f'"{name}: {value}" is no date: write it like this: {examples}',
        )
    return value


def _exists(day: str) -> bool:
    """Whether the calendar has this day, or the first of this month or year."""
    try:
        date.fromisoformat(day + "0000-01-01"[len(day) :])
    except ValueError:
        return False
    return True


def _files(folder: Path) -> list[Path]:
    """Everything an editor put in the folder; hidden files are the system's own."""
    if not folder.is_dir():
        raise KlyngesvarError(_missing(folder))
    shown_files = (file for file in folder.iterdir() if not file.name.startswith("."))
    files = sorted(shown_files, key=lambda file: (file.stem, file.name))
    if not files:
        raise KlyngesvarError(
            f"{shown(folder)} er tom: legg inn en artikkel, som vist i knowledge/README.md\n"
            f"    {shown(folder)} is empty: add an article, as shown in knowledge/README.md"
        )
    return files


def _missing(folder: Path) -> str:
    if folder.parent.name == folder.name:
        return (
            f"{shown(folder.parent)} er selve artikkelmappen: skriv --knowledge med mappen over\n"
            f"    {shown(folder.parent)} is the article folder itself: "
            f"write --knowledge with the folder above it"
        )
    if any(folder.parent.glob("*.md")):
        return (
            f"{shown(folder.parent)} har .md-filer, men ingen mappe {folder.name}/: "
            f"lag mappen og flytt artiklene dit\n"
            f"    {shown(folder.parent)} holds .md files but no folder {folder.name}/: "
            f"make the folder and move the articles there"
        )
    return (
        f"finner ingen mappe {shown(folder)}: lag den, eller pek på en annen med --knowledge\n"
        f"    no folder {shown(folder)}: make it, or point to another with --knowledge"
    )


def _same_names(files: Iterable[Path]) -> Iterator[Problem]:
    """Names that only case tells apart: one file on a Mac or Windows, two on a server."""
    first: dict[str, Path] = {}
    for file in files:
        other = first.setdefault(file.name.lower(), file)
        if other is not file:
            yield Problem(
                file,
                1,
                f"heter det samme som {other.name} når store bokstaver ikke teller: "
                "slett den ene eller gi den et annet navn",
                f"is called the same as {other.name} but for capital letters: "
                "delete one of them or give it another name",
            )


def _same_bodies(folder: Path, articles: Iterable[Article]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for article in articles:
        other = first.setdefault(" ".join(article.body.split()), article.slug)
        if other != article.slug:
            yield Problem(
                folder / f"{article.slug}.md",
                1,
                f"har samme brødtekst som {other}.md: slett den ene filen",
                f"has the same body as {other}.md: delete one of the files",
            )
