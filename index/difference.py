"""Two folders of content in, what an editor changed between them out."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from index.passages import split
from index.snapshot import LISTS
from knowledge.articles import Article, read_articles

_HEADER = ("title", "publisher", "url", "published", "language", "sources", "checked")


@dataclass(frozen=True, slots=True)
class ArticleChange:
    """An article that is new, gone or altered, with the lines that are."""

    slug: str
    sign: Literal["+", "-", "~"]  # new, gone, altered
    removed: tuple[str, ...]  # fields of the header, such as "published: 2017", and sentences
    added: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two folders of content."""

    articles: tuple[ArticleChange, ...]
    lists: tuple[str, ...]  # files such as clusters.yaml
    passages: tuple[int, int]  # how many there were, and are

    def __bool__(self) -> bool:
        """Whether anything does."""
        return bool(self.articles or self.lists)


def compare_content(old: Path, new: Path) -> Difference:
    """What is to be changed in the old folder to get the new one."""
    before, after = read_articles(old / "articles"), read_articles(new / "articles")
    return Difference(
        articles=compare_articles(before, after),
        lists=tuple(name for name in LISTS if _bytes(old / name) != _bytes(new / name)),
        passages=(_passages(before), _passages(after)),
    )


def compare_articles(
    before: Sequence[Article], after: Sequence[Article]
) -> tuple[ArticleChange, ...]:
    """What became of each article that is not the same in both."""
    old, new = ({article.slug: article for article in each} for each in (before, after))
    slugs = sorted({*old, *new})
    return tuple(_change(slug, old, new) for slug in slugs if old.get(slug) != new.get(slug))


def _change(slug: str, old: dict[str, Article], new: dict[str, Article]) -> ArticleChange:
    before, after = _lines(old.get(slug)), _lines(new.get(slug))
    return ArticleChange(
        slug,
        sign="+" if slug not in old else "-" if slug not in new else "~",
        removed=tuple(line for line in before if line not in after),
        added=tuple(line for line in after if line not in before),
    )


def _lines(article: Article | None) -> dict[str, None]:
    """The header's fields and the body's sentences, each once and in their order."""
    if article is None:
        return {}
    header = ((name, getattr(article, name)) for name in _HEADER)
    shown = [f"{name}: {_joined(value)}" for name, value in header if value]
    return dict.fromkeys([*shown, *(passage.text for passage in split(article))])


def _joined(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else ", ".join(value)


def _passages(articles: Sequence[Article]) -> int:
    return sum(len(split(article)) for article in articles)


def _bytes(file: Path) -> bytes:
    return file.read_bytes() if file.exists() else b""
