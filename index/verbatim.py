"""The last look before an answer leaves: its quotes still stand in their files, word for word."""

import logging
from dataclasses import replace
from pathlib import Path

from index.answer import Answer, Quote
from knowledge.articles import ContentError, parse_article
from knowledge.strict_yaml import read_text

logger = logging.getLogger(__name__)


def verified(answer: Answer, articles: Path) -> Answer:
    """The answer with only the quotes that their files hold; none where the proof is not there."""
    held = tuple(quote for quote in answer.quotes if _is_held(quote, articles))
    if held[:1] == answer.quotes[:1]:
        return replace(answer, quotes=held)
    return replace(answer, verdict="none", text=None, confidence=0.0, quotes=())


def _is_held(quote: Quote, articles: Path) -> bool:
    """Whether the file has the quote's words at its place; where not, the log says so."""
    file = articles / f"{quote.article.slug}.md"
    if slice_of(file, quote.start, quote.end) == quote.text:
        return True
    logger.error(
        "%s no longer has the quote at %d-%d and it is withheld: where the bot says so, "
        "run klyngesvar publish; else start again to read the new text",
        file,
        quote.start,
        quote.end,
    )
    return False


def slice_of(file: Path, start: int, end: int) -> str | None:
    """`body[start:end]` as the file has it now; None where it is gone or cannot be read."""
    try:
        return parse_article(file, read_text(file)).body[start:end]
    except (OSError, ContentError):
        return None
