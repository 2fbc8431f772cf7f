"""The buttons that turn a card: to an answer's next quote, and to the paragraph around it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress

from telegram import Update
from telegram.error import BadRequest
from telegram.ext import ContextTypes

from bot.cards import Cards
from bot.edits import edit_card
from bot.journal import Asked, Journal
from bot.languages import language_of
from bot.texts import Texts
from index.followup import Reply
from knowledge.articles import Language

TURNS = r"(more|context):\d{1,18}:\d{1,3}$"  # number in the journal, and of the quote


class Sources:
    """Shows another side of an answer in the place of the card that was pressed."""

    def __init__(
        self,
        journal: Journal,
        ask_again: Callable[[Asked], Awaitable[Reply]],
        cards: Cards,
        texts: Mapping[Language, Texts],
    ) -> None:
        """Take where questions are kept, who answers them once more, and who makes cards."""
        self._journal = journal
        self._ask_again = ask_again
        self._cards = cards
        self._texts = texts

    async def turn(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Edit the card to what the pressed button stands for."""
        query = update.callback_query
        assert query is not None  # the handler takes nothing else
        assert query.data is not None
        action, number, shown = query.data.split(":")
        asked = await asyncio.to_thread(self._journal.asked, int(number))
        can_edit = query.inline_message_id or (query.message and query.message.is_accessible)
        words = self._texts[language_of(query.from_user) or "en"]
        gone = None if asked and can_edit else words.gone
        with suppress(BadRequest):  # a press from before a restart can be too old to confirm
            await query.answer(gone, show_alert=gone is not None)
        if asked and not gone:
            reply = await self._ask_again(asked)
            card = self._cards.turned(
                reply, asked, int(number), context.bot, int(shown), action == "context"
            )
            await edit_card(query.edit_message_text, card)
