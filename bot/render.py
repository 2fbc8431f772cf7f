"""How an answer looks: an `Answer` in, a `Card` in Telegram's HTML out; nothing is sent here."""

import re
from dataclasses import dataclass
from html import escape

from bot.texts import Texts
from index.answer import Answer, Quote
from index.dates import written_date
from index.link import passage_link
from index.spans import Span
from index.surroundings import surroundings

# Telegram takes 4,096 UTF-16 units after parsing. The quote may fill so many, and each other piece
# of the card so many: together, with the frame's own words, they always fit.
QUOTE_UNITS = 2000
PIECE_UNITS = 250


@dataclass(frozen=True, slots=True)
class Button:
    """Does the one thing that is given here; with none, it asks its own text."""

    text: str
    url: str | None = None  # to open
    data: str | None = None  # to send back to the bot
    query: str | None = None  # to ask in another chat, inline
    copy: str | None = None  # to put on the clipboard


Row = tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One message: its HTML and the rows of buttons under it."""

    html: str
    buttons: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class View:
    """Which of an answer's quotes a card shows, and what its buttons lead to."""

    number: int | None = None  # the answer's in the journal; without it no button finds it again
    shown: int = 0  # which quote; after the last comes the first
    in_context: bool = False  # the paragraph around the quote as well
    query: str | None = None  # to share it inline
    link: str | None = None  # to share it by


FIRST = View()


def render(
    answer: Answer,
    texts: Texts,
    understood: str | None = None,
    notes: tuple[str, ...] = (),
    view: View = FIRST,
) -> Card:
    """The card for an answer, in the words of `texts`.

    On top stands how a follow-up was understood, and below the quote the notes: lines of HTML, for
    which there is room for 500 characters.
    """
    context = f"<i>{_piece(understood)}</i>" if understood else ""
    suggestions = tuple((Button(text),) for text in answer.suggestions)
    if not answer.quotes:
        words = [context, texts.none, texts.suggest if suggestions else ""]
        return Card("\n\n".join(filter(None, words)), suggestions)
    quote = shown_quote(answer, view)
    pieces = [
        context,
        *_heading(answer, quote, texts),
        f"{_blockquote(quote, view)}\n{_origin(quote, texts)}",
        "\n".join(notes),
        _disagreement(answer, quote, texts),
    ]
    rows = [_source(quote, texts), _turning(answer, quote, view, texts), _sharing(view, texts)]
    return Card("\n\n".join(filter(None, pieces)), (*filter(None, rows), *suggestions))


def shown_quote(answer: Answer, view: View) -> Quote:
    """The quote that a card shows."""
    return answer.quotes[view.shown % len(answer.quotes)]


def _heading(answer: Answer, quote: Quote, texts: Texts) -> tuple[str, str]:
    """What stands above a quote: how it is meant, and the short answer in it."""
    start, end = _within(quote)
    short = quote.text[start:end]
    if quote is answer.quotes[0]:
        how, short = texts.maybe if answer.verdict == "maybe" else "", answer.text or ""
    elif quote.relation == "older":
        how = texts.older_source
    else:
        how = texts.conflicting_source if quote.relation == "conflicts" else texts.agreeing_source
    return how, f"<b>{_piece(short)}</b>" if short and answer.text else ""


def _disagreement(answer: Answer, quote: Quote, texts: Texts) -> str:
    """Below the answer's first quote, one that says something else."""
    if quote is not answer.quotes[0]:
        return ""
    others = (other for other in answer.quotes[1:] if other.relation in ("older", "conflicts"))
    other = next(others, None)
    return _mention(other, texts) if other else ""


def _source(quote: Quote, texts: Texts) -> Row:
    url = passage_link(quote.article, quote.start, quote.end)
    return (Button(texts.source, url),) if url else ()


def _turning(answer: Answer, quote: Quote, view: View, texts: Texts) -> Row:
    """The next quote, and the paragraph of this one."""
    if view.number is None:
        return ()
    count = len(answer.quotes)
    at = view.shown % count
    more = Button(
        texts.more.format(at=at + 1, count=count), data=f"more:{view.number}:{(at + 1) % count}"
    )
    back = Button(texts.quote_alone, data=f"more:{view.number}:{at}")
    context = Button(texts.context, data=f"context:{view.number}:{at}")
    has_context = surroundings(quote) != (quote.start, quote.end)
    around = (back if view.in_context else context,) if has_context else ()
    return (*((more,) if count > 1 else ()), *around)


def _sharing(view: View, texts: Texts) -> Row:
    share = Button(texts.share, query=view.query)
    link = Button(texts.copy_link, copy=view.link)
    return (*((share,) if view.query else ()), *((link,) if view.link else ()))


def _blockquote(quote: Quote, view: View) -> str:
    """The quote with its answer in bold, or its paragraph with the quote in bold."""
    start, end = _window(quote.text, _within(quote), QUOTE_UNITS)
    if not view.in_context:
        return f"<blockquote>{_marked(quote.text, _within(quote), (start, end))}</blockquote>"
    left, right = surroundings(quote)
    text, offset = quote.article.body[left:right], quote.start - left
    bold = start + offset, end + offset
    marked = _marked(text, bold, _window(text, bold, QUOTE_UNITS))
    return f"<blockquote expandable>{marked}</blockquote>"


def _marked(text: str, bold: Span, window: Span) -> str:
    """What the window shows of a text; a long one loses words, but none of the bold ones."""
    start, end = window
    before, answer, after = (
        escape(text[a:b], quote=False) for a, b in ((start, bold[0]), bold, (bold[1], end))
    )
    answer = f"<b>{answer}</b>" if answer else ""
    opening, closing = "… " if start else "", " …" if end < len(text) else ""
    return f"{opening}{before}{answer}{after}{closing}"


def _within(quote: Quote) -> Span:
    """The highlight as offsets in the quote's own text; empty at its start when there is none."""
    if quote.highlight is None:
        return 0, 0
    return quote.highlight[0] - quote.start, quote.highlight[1] - quote.start


def _origin(quote: Quote, texts: Texts) -> str:
    article = quote.article
    date = written_date(article.published, texts)
    return f"<i>{_piece(article.title)}</i>\n{_piece(article.publisher)} · {date}"


def _mention(quote: Quote, texts: Texts) -> str:
    """One line on a source that is older or says something else."""
    start, end = _within(quote)
    line = texts.older if quote.relation == "older" else texts.conflicts
    return line.format(
        date=written_date(quote.article.published, texts),
        quote=_piece(quote.text[start:end] or quote.text),
    )


def _piece(text: str) -> str:
    """As much of a text as fits beside the quote."""
    return escape(beginning(text, PIECE_UNITS), quote=False)


def beginning(text: str, room: int) -> str:
    """The text, or the words at its beginning that take at most so many UTF-16 units.

    Words are left whole, but for a first one that has no room.
    """
    _, end = _window(text, (0, 0), room)
    end = end or room // 2
    return text[:end] + (" …" if end < len(text) else "")


def _window(text: str, keep: Span, room: int) -> Span:
    """The most whole words around `keep` that take at most `room`, as many before as after it."""
    if units(text) <= room:
        return 0, len(text)
    words = [match.span() for match in re.finditer(r"\S+", text)]
    starts = [keep[0], *(start for start, _ in reversed(words) if start < keep[0])]
    ends = [keep[1], *(end for _, end in words if end > keep[1])]
    for count in range(max(len(starts), len(ends)), -1, -1):
        start, end = starts[min(count, len(starts) - 1)], ends[min(count, len(ends) - 1)]
        if units(text[start:end]) <= room:
            return start, end
    return keep


def units(text: str) -> int:
    """How long Telegram takes a text to be."""
    return len(text.encode("utf-16-le")) // 2
