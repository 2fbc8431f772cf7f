"""How an answer looks: an `Answer` in, a `Card` in Telegram's HTML out; nothing is sent here."""

import re
from dataclasses import dataclass
from html import escape

from bot.texts import Texts
from index.answer import Answer, Quote
from index.dates import written_date
from index.link import passage_link

# Telegram takes 4,096 UTF-16 units after parsing. The quote may fill so many, and each other piece
# of the card so many: together, with the frame's own words, they always fit.
QUOTE_UNITS = 2500
PIECE_UNITS = 250


@dataclass(frozen=True, slots=True)
class Button:
    """Opens `url` or sends `data` back to the bot; with neither, it asks its own text."""

    text: str
    url: str | None = None
    data: str | None = None


Row = tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One message: its HTML and the rows of buttons under it."""

    html: str
    buttons: tuple[Row, ...]


def render(answer: Answer, texts: Texts, understood: str | None = None) -> Card:
    """The card for an answer, in the words of `texts`; on top, how a follow-up was understood."""
    context = f"<i>{escape(_short(understood), quote=False)}</i>" if understood else ""
    suggestions = tuple((Button(text),) for text in answer.suggestions)
    if not answer.quotes:
        words = [context, texts.none, texts.suggest if suggestions else ""]
        return Card("\n\n".join(filter(None, words)), suggestions)
    proof, *others = answer.quotes
    other = next((quote for quote in others if quote.relation in ("older", "conflicts")), None)
    pieces = [
        context,
        texts.maybe if answer.verdict == "maybe" else "",
        f"<b>{escape(_short(answer.text), quote=False)}</b>" if answer.text else "",
        f"{_blockquote(proof)}\n{_origin(proof, texts)}",
        _mention(other, texts) if other else "",
    ]
    return Card("\n\n".join(filter(None, pieces)), (*_source(proof, texts), *suggestions))


def _source(quote: Quote, texts: Texts) -> tuple[Row, ...]:
    url = passage_link(quote.article, quote.start, quote.end)
    return ((Button(texts.source, url),),) if url else ()


def _blockquote(quote: Quote) -> str:
    """The quote with its answer in bold; a long one loses words, but none of the answer."""
    text = quote.text
    bold = _within(quote)
    start, end = _window(text, bold, QUOTE_UNITS)
    before, answer, after = (
        escape(text[a:b], quote=False) for a, b in ((start, bold[0]), bold, (bold[1], end))
    )
    answer = f"<b>{answer}</b>" if answer else ""
    opening, closing = "… " if start else "", " …" if end < len(text) else ""
    return f"<blockquote>{opening}{before}{answer}{after}{closing}</blockquote>"


def _within(quote: Quote) -> tuple[int, int]:
    """The highlight as offsets in the quote's own text; empty at its start when there is none."""
    if quote.highlight is None:
        return 0, 0
    return quote.highlight[0] - quote.start, quote.highlight[1] - quote.start


def _origin(quote: Quote, texts: Texts) -> str:
    article = quote.article
    title, publisher = (
        escape(_short(text), quote=False) for text in (article.title, article.publisher)
    )
    return f"<i>{title}</i>\n{publisher} · {written_date(article.published, texts)}"


def _mention(quote: Quote, texts: Texts) -> str:
    """One line on a source that is older or says something else."""
    start, end = _within(quote)
    line = texts.older if quote.relation == "older" else texts.conflicts
    return line.format(
        date=written_date(quote.article.published, texts),
        quote=escape(_short(quote.text[start:end] or quote.text), quote=False),
    )


def _short(text: str) -> str:
    start, end = _window(text, (0, 0), PIECE_UNITS)
    return text[start:end] + (" …" if end < len(text) else "")


def _window(text: str, keep: tuple[int, int], room: int) -> tuple[int, int]:
    """The most whole words around `keep` that take at most `room`, as many before as after it."""
    if _units(text) <= room:
        return 0, len(text)
    words = [match.span() for match in re.finditer(r"\S+", text)]
    starts = [keep[0], *(start for start, _ in reversed(words) if start < keep[0])]
    ends = [keep[1], *(end for _, end in words if end > keep[1])]
    for count in range(max(len(starts), len(ends)), -1, -1):
        start, end = starts[min(count, len(starts) - 1)], ends[min(count, len(ends) - 1)]
        if _units(text[start:end]) <= room:
            return start, end
    return keep


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
