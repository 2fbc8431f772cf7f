"""A quote in, the paragraph around it out."""

import re

from index.answer import Quote
from index.spans import Span

_PARAGRAPH = re.compile(r"\S.*?(?=\s*(?:\n[ \t]*\n|\Z))", re.DOTALL)


def surroundings(quote: Quote) -> Span:
    """Where the quote's paragraph stands, with its neighbours where the quote is all of it."""
    paragraphs = [match.span() for match in _PARAGRAPH.finditer(quote.article.body)]
    held = [at for at, (a, b) in enumerate(paragraphs) if a < quote.end and quote.start < b]
    first, last = held[0], held[-1]
    if quote.start <= paragraphs[first][0] and paragraphs[last][1] <= quote.end:
        first, last = max(first - 1, 0), min(last + 1, len(paragraphs) - 1)
    return min(paragraphs[first][0], quote.start), max(paragraphs[last][1], quote.end)
