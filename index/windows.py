"""What the reader sees at once: some neighbouring sentences of an article, under its title.

A window is read once for all its sentences, which is about three times cheaper than reading
each sentence with its neighbours. `grid` cuts an article into windows that do not overlap.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from index.passages import Passage, split
from index.spans import Span
from knowledge.articles import Article

LIMIT = 400  # characters of a window, unless one sentence alone is longer
PHASES = 3  # places to cut an article at; answering makes sure of what is best at 0 by the others


@dataclass(frozen=True, slots=True)
class Window:
    """Some neighbouring passages; `start` and `end` are offsets in the article's body."""

    article: Article = field(repr=False)
    start: int
    end: int

    @property
    def head(self) -> str:
        """What is read before the text, and never quoted: title, publisher and year."""
        article = self.article
        known = (article.title, article.publisher, (article.published or "")[:4])
        head = " · ".join(filter(None, known))
        return f"{head}: " if head else ""

    @property
    def text(self) -> str:
        """The words of the window."""
        return self.article.body[self.start : self.end]

    def holds(self, span: Span) -> bool:
        """Whether all of a span of the body lies in the window."""
        return self.start <= span[0] and span[1] <= self.end


@lru_cache(maxsize=8192)
def sentences(article: Article) -> tuple[Passage, ...]:
    """The article's passages, split once."""
    return split(article)


@lru_cache(maxsize=32768)
def grid(article: Article, phase: int = 0) -> tuple[Window, ...]:
    """The article as windows of whole sentences; another phase cuts it at other places."""
    found: list[Window] = []
    limit = LIMIT * (PHASES - phase) // PHASES
    start = end = -1
    for passage in sentences(article):
        if start >= 0 and passage.end - start > limit:
            found.append(Window(article, start, end))
            start, limit = -1, LIMIT
        start = passage.start if start < 0 else start
        end = passage.end
    return (*found, Window(article, start, end)) if start >= 0 else ()


def window_at(windows: Sequence[Window], span: Span) -> Window | None:
    """The window that holds all of the span."""
    return next((window for window in windows if window.holds(span)), None)
