"""The buttons that turn a card: to an answer's next quote, and to the paragraph around it."""

import asyncio

from telegram import Update
from telegram.ext import ContextTypes

from bot.answering import Desk
from bot.cards import Cards
from bot.edits import edit_card
from bot.journal import Journal
from bot.preferences import Preferences
from bot.render import View
from bot.updates import confirm, press_of

TURNS = r"(more|context):\d{1,18}:\d{1,3}$"  # number in the journal, and of the quote


class Sources:
    """Shows another side of an answer in the place of the card that was pressed."""

    def __init__(
        self, journal: Journal, desk: Desk, cards: Cards, preferences: Preferences
    ) -> None:
        """Take where questions are kept, who answers them once more, and who makes cards."""
        self._journal = journal
        self._desk = desk
        self._cards = cards
        self._preferences = preferences

    async def turn(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Edit the card to what the pressed button stands for; no conversation goes on from it."""
        query = press_of(update)
        action, number, shown = str(query.data).split(":")
        asked = await asyncio.to_thread(self._journal.asked, int(number))
        can_edit = query.inline_message_id or (query.message and query.message.is_accessible)
        words = self._preferences.words(query.from_user)
        gone = None if asked and can_edit else words.gone
        await confirm(query, gone, alert=gone is not None)
        if asked and not gone:
            async with self._desk.turn() as turn:  # with whichever version answers by now
                reply = await turn.ask(asked.question, asked.language, None, "chat")
            view = View(int(number), int(shown), action == "context")
            card = self._cards.turned(reply, asked, context.bot, query.from_user, view)
            await edit_card(query.edit_message_text, card)
