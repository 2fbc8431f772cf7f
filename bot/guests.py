"""Guest mode: a message in a chat that the bot is not in, with its name in it; one card back."""

import asyncio
import re

from telegram import Message, Update
from telegram.ext import filters

from bot.answering import Desk
from bot.cards import Cards
from bot.conversation import LONGEST_QUESTION, Context
from bot.journal import Journal
from bot.preferences import Preferences
from bot.render import Card
from bot.results import message_result
from bot.texts import Texts
from bot.transport import unless_too_old
from index.followup import Reply
from knowledge.articles import Language


class GuestMessage(filters.UpdateFilter):
    """Lets guest messages through; PTB has no filter of its own for them."""

    def filter(self, update: Update) -> bool:
        """Whether the update is one."""
        return update.guest_message is not None


class Guests:
    """Answers where the bot is a guest: it sees one message, and may say one thing."""

    def __init__(
        self, desk: Desk, preferences: Preferences, journal: Journal, cards: Cards
    ) -> None:
        """Take who answers, the words for everybody, the answers' journal, and who makes cards."""
        self._desk = desk
        self._preferences = preferences
        self._journal = journal
        self._cards = cards

    async def message(self, update: Update, _: Context) -> None:
        """Answer the question beside the bot's name."""
        words, question = self._words(update), _question(_message(update))
        if not question:
            await _say(update, words.guest_hint.format(bot=_name(_message(update))))
        elif len(question) > LONGEST_QUESTION:
            await _say(update, words.too_long.format(limit=LONGEST_QUESTION))
        else:
            user = update.effective_user
            reply = await self._think(question, self._preferences.language(user))
            await _send(update, self._cards.elsewhere(reply, user))

    async def refuse(self, update: Update, text: str) -> None:
        """Say why this one is not taken."""
        await _say(update, text)

    async def on_error(self, update: object, _: Context) -> None:
        """Say that something went wrong; the conversation's handler has logged what."""
        if isinstance(update, Update) and update.guest_message:
            await _say(update, self._words(update).error)

    async def _think(self, question: str, language: Language | None) -> Reply:
        async with self._desk.turn() as turn:
            reply = await turn.ask(question, language, None, "guest")
        await asyncio.to_thread(self._journal.note, reply.answer)
        return reply

    def _words(self, update: Update) -> Texts:
        return self._preferences.words(update.effective_user)


def _message(update: Update) -> Message:
    message = update.guest_message
    assert message is not None  # the filter lets only these through
    return message


def _name(message: Message) -> str:
    return message.get_bot().username


def _question(message: Message) -> str:
    """What is written beside the bot's name."""
    written = message.text or message.caption or ""
    name = rf"@{re.escape(_name(message))}\b[\s,:]*"
    return re.sub(name, "", written, flags=re.IGNORECASE).strip()


async def _say(update: Update, html: str) -> None:
    await _send(update, Card(html, ()))


async def _send(update: Update, card: Card) -> None:
    with unless_too_old():
        await _message(update).answer_guest_query(message_result(card))
