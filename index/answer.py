"""What every caller gets back: the verdict, the short answer and the quotes that prove it."""

from dataclasses import dataclass, field
from typing import Literal

from knowledge.articles import Article, Language

Verdict = Literal["answer", "maybe", "none"]
Relation = Literal["proof", "agrees", "older", "conflicts"]


@dataclass(frozen=True, slots=True)
class Quote:
    """`article.body[start:end]`, word for word; offsets count Unicode code points."""

    article: Article = field(repr=False)
    start: int
    end: int
    highlight: tuple[int, int] | None  # the short answer, as offsets in the body
    relation: Relation

    @property
    def text(self) -> str:
        """The quoted words."""
        return self.article.body[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Answer:
    """The reply to one question; `quotes` is empty exactly when the verdict is `none`."""

    question: str
    language: Language
    verdict: Verdict
    text: str | None  # the short answer, or None where only the whole quote answers
    confidence: float
    quotes: tuple[Quote, ...]
    suggestions: tuple[str, ...]  # questions that the user may have meant
    ms: float
