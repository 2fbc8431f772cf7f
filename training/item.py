"""A question for training: what is asked of which article, and where the answer stands."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from index.spans import Span
from knowledge.articles import Article, Language

Split = Literal["train", "tune", "dev"]


@dataclass(frozen=True, slots=True)
class Item:
    """A question about an article; `answer` is None where the article does not hold one.

    `near` is the sentence that proves the answer, or else the one that tempts the most. A question
    that `is_closed` is asked within its article, since another article answers it too.
    """

    question: str
    language: Language
    kind: str
    article: Article = field(repr=False)
    answer: Span | None
    near: Span | None
    is_closed: bool = False


def articles_of(items: Iterable[Item]) -> dict[str, Article]:
    """The articles that are asked about, by their slugs, in their order."""
    return {item.article.slug: item.article for item in items}


def hashed(name: str) -> bytes:
    """Decides by name alone to which split something belongs."""
    return hashlib.sha1(name.encode()).digest()
