"""The articles and questions in `training/written`: invented for training, like clusters-qa.

A file holds a few articles that are easily taken for one another. Each has a header, its title,
its body and its questions:

    === nb | 2022-11-25 | Nordmøre Industriblad
    Ankerprisen til kvinnen som selger skrot
    ---
    Klyngeleder Mona Rødahl overrakte det støpte ankeret.
    ---
    who | leder i Havrydd | leiar i Havrydd | head of Havrydd? | Mona Rødahl | Klyngeleder Mona

The last two fields are the answer ("-" where there is none) and words around it that the body has
only once; for a question without an answer, words of the sentence that tempts. "who, here" marks
a question that another article answers too. Those in `harder` are made to mislead more than real
articles do; those in `general` are about anything but clusters, and so are those in `elsewhere`,
which nothing is trained on.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from index.spans import Span
from index.windows import sentences
from knowledge.articles import LANGUAGES, Article, Language
from training.item import Item, Split, hashed

FOLDER = Path(__file__).parent / "written"
HARDER, GENERAL, ELSEWHERE = FOLDER / "harder", FOLDER / "general", FOLDER / "elsewhere"
NO_ANSWER = "-"
_HERE = ", here"
_HEADER = re.compile(r"(nb|nn|en) \| (\d{4}-\d\d-\d\d) \| (.+)\n(.+)\n")


def split_of(file: str) -> Split:
    """By file, so that look-alikes stay together; there is no `dev` among these."""
    return "tune" if hashed(file)[0] % 10 == 0 else "train"


def read_written(*splits: Split, folder: Path = FOLDER) -> list[Item]:
    """The questions of these splits, each in three languages."""
    files = sorted(file for file in folder.glob("*.txt") if split_of(file.stem) in splits)
    return [item for file in files for item in _items(file)]


def _items(file: Path) -> Iterator[Item]:
    blocks = re.split(r"^=== ", file.read_text("utf-8"), flags=re.MULTILINE)[1:]
    for number, block in enumerate(blocks, 1):
        header, body, questions = re.split(r"^---\n", block, flags=re.MULTILINE)
        found = _HEADER.fullmatch(header)
        if found is None:
            raise ValueError(f"{file}: article {number} has no header")
        language, published, publisher, title = found.groups()
        article = Article(
            slug=f"{file.stem}-{number}",
            title=title.strip(),
            publisher=publisher.strip(),
            url=None,
            published=published,
            language=cast(Language, language),
            body=body.strip(),
        )
        for line in questions.strip().splitlines():
            yield from _asked(article, line)


def _asked(article: Article, line: str) -> Iterator[Item]:
    """A line's question in each language."""
    kind, *questions, answer, words = (part.strip() for part in line.split(" | "))
    is_closed = kind.endswith(_HERE)
    if len(questions) != len(LANGUAGES) or article.body.count(words) != 1:
        raise ValueError(f"{article.slug}: {line}")
    at = article.body.index(words)
    span: Span | None = None
    if answer != NO_ANSWER:
        start = at + words.index(answer)
        span = (start, start + len(answer))
    near = _sentence(article, span or (at, at + len(words)))
    for language, question in zip(LANGUAGES, questions, strict=True):
        yield Item(
            question, language, kind.removesuffix(_HERE), article, span, near, is_closed=is_closed
        )


def _sentence(article: Article, words: Span) -> Span:
    """The sentence in which the words begin, or the words where they go beyond it."""
    around = next(s for s in sentences(article) if s.end > words[0])
    return min(around.start, words[0]), max(around.end, words[1])
