"""Inline mode: what somebody types after the bot's name in, cards to choose from out."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from functools import partial
from time import monotonic

from telegram import (
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    Update,
    User,
)

from bot.answering import Desk, Turn
from bot.cards import Cards
from bot.conversation import Context
from bot.journal import Journal
from bot.preferences import Preferences
from bot.results import example_result, name_result, quote_results
from bot.source import Source
from bot.texts import Texts
from bot.transport import unless_too_old
from index.followup import Reply
from index.names import Typed

SHORTEST_QUESTION = 3
MOST_NAMES = 5
PATIENCE = 10.0  # seconds for which Telegram takes an answer
CACHE_SECONDS = 60
START = "inline"  # what /start says of those who come from the button


@dataclass(frozen=True, slots=True)
class _Found:
    reply: Reply
    typed: Typed  # what the text may become; answered is what it was completed to, if anything


class Inline:
    """Answers while people type; nothing is remembered, and only what is sent is written down."""

    def __init__(
        self,
        desk: Desk,
        source: Callable[[], Source],
        preferences: Preferences,
        journal: Journal,
        cards: Cards,
    ) -> None:
        """Take who answers, where names are found, everybody's words, journal and notes."""
        self._desk = desk
        self._source = source
        self._preferences = preferences
        self._journal = journal
        self._cards = cards
        self._waiting: dict[int, asyncio.Task[_Found | None]] = {}  # one for each user

    async def query(self, update: Update, _: Context) -> None:
        """Offer what fits; a newer query of the same user replaces one that still waits."""
        query = update.inline_query
        assert query is not None  # the handler takes nothing else
        self._drop(query.from_user.id)
        text = query.query.strip()
        if len(text) < SHORTEST_QUESTION:
            await self._offer_names(query, text)
        elif found := await self._unless_dropped(query, self._find_in_time(query, text)):
            await self._offer(query, found)

    async def chosen(self, update: Update, _: Context) -> None:
        """Write a question down once its card is sent; Telegram tells so where feedback is on."""
        chosen = update.chosen_inline_result
        assert chosen is not None  # the handler takes nothing else
        if chosen.result_id.startswith("quote-"):
            async with self._desk.turn_after_all() as turn:
                found = await self._find(turn, chosen.query.strip(), chosen.from_user)
            await asyncio.to_thread(self._journal.note, found.reply.answer)

    def _drop(self, user: int) -> None:
        if older := self._waiting.pop(user, None):
            older.cancel()

    async def _unless_dropped(
        self, query: InlineQuery, finding: Coroutine[None, None, _Found | None]
    ) -> _Found | None:
        """What is found, or None where a newer query came before this one's turn."""
        work = asyncio.create_task(finding)
        self._waiting[query.from_user.id] = work
        await asyncio.wait([work])
        return None if work.cancelled() else work.result()

    async def _find_in_time(self, query: InlineQuery, text: str) -> _Found | None:
        came = monotonic()
        async with self._desk.turn_after_all() as turn:
            self._waiting.pop(query.from_user.id, None)  # what has begun is also finished
            if monotonic() - came > PATIENCE:
                return None
            return await self._find(turn, text, query.from_user)

    async def _find(self, turn: Turn, text: str, user: User) -> _Found:
        """The answer to what is typed, its last name made whole."""
        typed = turn.source.complete(text, MOST_NAMES)
        language = self._preferences.language(user)
        reply = await turn.ask(typed.whole or text, language, None, "inline")
        return _Found(reply, typed)

    async def _offer(self, query: InlineQuery, found: _Found) -> None:
        words = self._preferences.words(query.from_user, found.reply.answer.language)
        cards = quote_results(
            found.reply.answer,
            words,
            found.typed.whole,
            partial(self._cards.notes, found.reply, texts=words),
        )
        none = None if cards else words.inline_none
        await _answer(query, [*cards, *_names(query, found.typed, words)], none)

    async def _offer_names(self, query: InlineQuery, text: str) -> None:
        words = self._preferences.words(query.from_user)
        typed = self._source().complete(text, MOST_NAMES)
        names = _names(query, typed, words) if text else [example_result(words)]
        await _answer(query, names, words.inline_how)


def _names(query: InlineQuery, typed: Typed, words: Texts) -> list[InlineQueryResultArticle]:
    link = f"{query.get_bot().link}?start={START}"
    return [name_result(name, words, link) for name in typed.names]


async def _answer(
    query: InlineQuery, results: Sequence[InlineQueryResultArticle], button: str | None
) -> None:
    with unless_too_old():
        await query.answer(
            results,
            cache_time=CACHE_SECONDS,
            is_personal=True,  # the frame is in the user's language
            button=InlineQueryResultsButton(button, start_parameter=START) if button else None,
        )
