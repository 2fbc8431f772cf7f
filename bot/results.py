"""Cards for chats that the bot is not in: answers in, results of inline and guest queries out."""

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from html import escape

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
)
from telegram.constants import ParseMode

from bot.render import Card, beginning, render
from bot.sending import NO_PREVIEW
from bot.texts import Texts
from index.answer import Answer, Quote, Relation

NAME_UNITS = 250  # so that a name can be filled in as a query, of at most 256 characters
TITLE_UNITS = 80
DESCRIPTION_UNITS = 200

_BEST_FIRST: tuple[Relation, ...] = ("proof", "agrees", "older", "conflicts")
_OTHERWISE = ("older", "conflicts")

Keys = tuple[InlineKeyboardButton, ...]


def quote_results(
    answer: Answer,
    texts: Texts,
    understood: str | None,
    notes: Callable[[Quote], tuple[str, ...]],
) -> list[InlineQueryResultArticle]:
    """A card for each quote, best first."""
    quotes = sorted(answer.quotes, key=lambda quote: _BEST_FIRST.index(quote.relation))
    return [
        _quote_result(_told_by(quote, answer), texts, understood, notes(quote)) for quote in quotes
    ]


def name_result(name: str, texts: Texts, bot_link: str) -> InlineQueryResultArticle:
    """A cluster's name, and the way on to questions about it."""
    name = beginning(name, NAME_UNITS)
    keys = (
        InlineKeyboardButton(
            texts.inline_ask.format(name=beginning(name, TITLE_UNITS)),
            switch_inline_query_current_chat=f"{name} ",
        ),
        InlineKeyboardButton(texts.inline_chat, url=bot_link),
    )
    html = f"<b>{escape(name, quote=False)}</b>\n{texts.inline_name}"
    return _article("name", name, texts.inline_name, html, keys)


def example_result(texts: Texts) -> InlineQueryResultArticle:
    """How to ask, for who has typed nothing yet."""
    example = texts.inline_example
    key = InlineKeyboardButton(example, switch_inline_query_current_chat=example)
    return _article("example", example, texts.inline_hint, texts.inline_hint, (key,))


def message_result(card: Card) -> InlineQueryResultArticle:
    """A message that nobody picks from a list: its title is never shown, but must be there."""
    return _article("message", "Klyngesvar", "", card.html, _links(card))


def _quote_result(
    answer: Answer, texts: Texts, understood: str | None, notes: tuple[str, ...]
) -> InlineQueryResultArticle:
    quote = answer.quotes[0]
    title = _line(answer.text or quote.text, TITLE_UNITS)
    if answer.verdict == "maybe":
        title = texts.inline_maybe.format(text=title)
    card = render(answer, texts, understood, notes)
    key = f"{quote.article.slug} {quote.start} {quote.end}"
    description = _line(quote.text, DESCRIPTION_UNITS)
    return _article("quote", title, description, card.html, _links(card), key)


def _told_by(quote: Quote, answer: Answer) -> Answer:
    """The answer as one of its quotes gives it; what says otherwise is mentioned either way."""
    proof, *others = answer.quotes
    if quote is proof:
        return replace(answer, suggestions=())
    # Seen from one that is older or says otherwise, it is the proof that says otherwise.
    rest = [replace(proof, relation="conflicts")] if quote.relation in _OTHERWISE else others
    others = [other for other in rest if other is not quote]
    text = quote.article.body[slice(*quote.highlight)] if quote.highlight else None
    return replace(answer, text=text, quotes=(quote, *others), suggestions=())


def _links(card: Card) -> Keys:
    """The card's links; its other buttons need a chat that the bot is in."""
    return tuple(
        InlineKeyboardButton(b.text, url=b.url) for row in card.buttons for b in row if b.url
    )


def _line(text: str, room: int) -> str:
    return beginning(" ".join(text.split()), room)


def _article(
    kind: str, title: str, description: str, html: str, keys: Keys, key: str | None = None
) -> InlineQueryResultArticle:
    """The result; equal things always have the same id, of at most 64 bytes."""
    return InlineQueryResultArticle(
        f"{kind}-{sha256((key or title).encode()).hexdigest()[:32]}",
        title,
        InputTextMessageContent(html, ParseMode.HTML, link_preview_options=NO_PREVIEW),
        reply_markup=InlineKeyboardMarkup([[button] for button in keys]) if keys else None,
        description=description or None,
    )
