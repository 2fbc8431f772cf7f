"""What is said in a chat: Telegram's updates in, messages out; every handler is a method here."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from telegram import Message, Update, User
from telegram.constants import ChatAction, ParseMode
from telegram.error import Forbidden, TelegramError
from telegram.ext import ContextTypes

from bot.answering import Desk
from bot.cards import Cards
from bot.cluster_talk import ClusterTalk
from bot.edits import Edits, edit_card
from bot.hearing import is_question, reaction, words_for_bot
from bot.journal import Asked, Journal, asked_again
from bot.keyboard import pressed_text
from bot.links import ExpiredError, Links
from bot.memory import Memories, Who, who_in
from bot.preferences import Preferences
from bot.render import Card, View
from bot.sending import send, send_card
from bot.smalltalk import SmallTalk
from bot.texts import Texts
from bot.updates import confirm, message_of, press_of
from index.followup import Reply
from knowledge.articles import Language

Context = ContextTypes.DEFAULT_TYPE

LONGEST_QUESTION = 1000
TYPING_SECONDS = 4  # Telegram shows it for five
ALBUMS = 100  # of so many it is known that they got their answer

logger = logging.getLogger(__name__)


class Conversation:
    """Answers what people write, in their own language."""

    def __init__(
        self,
        desk: Desk,
        preferences: Preferences,
        journal: Journal,
        memories: Memories,
        cards: Cards,
        clusters: ClusterTalk,
        small_talk: SmallTalk,
    ) -> None:
        """Take who answers, the words for everybody, the answers' journal, and who else speaks."""
        self._desk = desk
        self._preferences = preferences
        self._journal = journal
        self._memories = memories
        self._cards = cards
        self._clusters = clusters
        self._links = Links(journal)
        self._small_talk = small_talk
        self._edits = Edits()
        self._albums = deque[str](maxlen=ALBUMS)

    async def start(self, update: Update, context: Context) -> None:
        """Say hello, or answer the question or show the cluster of the link that led here."""
        message, words = message_of(update), self._words(update)
        payload = " ".join(context.args or ())
        try:
            card = await self._linked(payload, message, update.effective_user)
        except ExpiredError:
            card = Card(words.gone, ())
        await send_card(message, card or Card(words.start, ()))

    async def help(self, update: Update, _: Context) -> None:
        """Say how to ask."""
        await send(message_of(update), self._words(update).help)

    async def about(self, update: Update, _: Context) -> None:
        """Say who answers, and from what."""
        await send(message_of(update), self._words(update).about)

    async def new(self, update: Update, _: Context) -> None:
        """Forget what was spoken about, once the questions before this have been answered."""
        if who := who_in(message_of(update), update.effective_user):
            # A task like a question's, for else it would overtake one that came just before.
            await asyncio.create_task(self._forget(partial(self._memories.forget, who)))
        await send(message_of(update), self._words(update).new)

    async def forget_person(self, user: User) -> None:
        """Forget what was spoken about with a user anywhere, as `new` does."""
        forget = partial(self._memories.forget_person, user.id)
        await asyncio.create_task(self._forget(forget))

    async def not_text(self, update: Update, context: Context) -> None:
        """React to pictures, voices and whatever else is not text; once to a whole album."""
        message = message_of(update)
        if is_question(message.caption or ""):
            await self.question(update, context)
        elif message.media_group_id not in self._albums:
            await send(message, reaction(message, self._words(update)))
        if message.media_group_id:
            self._albums.append(message.media_group_id)

    async def question(self, update: Update, _: Context) -> None:
        """Answer a text; where it was edited, in the place of what was answered before."""
        message = message_of(update)
        answered = self._edits.answer_to(message) if message.edit_date else None
        card = await self._heard(message, update.effective_user)
        if answered:
            bot, chat = message.get_bot(), message.chat_id
            await edit_card(
                partial(bot.edit_message_text, chat_id=chat, message_id=answered), card
            )
        else:
            self._edits.note(message, await send_card(message, card))

    async def edited(self, update: Update, context: Context) -> None:
        """Answer an edited text anew, if what it said before was answered lately."""
        if self._edits.answer_to(message_of(update)):
            await self.question(update, context)

    async def suggestion(self, update: Update, _: Context) -> None:
        """Ask the question that stands on the pressed button."""
        query = press_of(update)
        question = pressed_text(query)
        gone = None if question else self._words(update).gone
        await confirm(query, gone, alert=gone is not None)
        if question and isinstance(query.message, Message):
            card = await self._answer(query.message, question, query.from_user)
            await send_card(query.message, card)

    async def refuse(self, update: Update, text: str) -> None:
        """Say why this one is not taken."""
        with suppress(TelegramError):  # under load, one sentence less is no loss
            if update.callback_query:
                await update.callback_query.answer(text, show_alert=True)
            elif update.effective_message:
                await send(update.effective_message, text)

    async def on_error(self, update: object, context: Context) -> None:
        """Log what went wrong, then say that something did, and nothing more."""
        logger.error("Something went wrong", exc_info=context.error)
        # Somebody who has blocked the bot cannot be told.
        if isinstance(update, Update) and not isinstance(context.error, Forbidden):
            error = self._words(update).error
            # A guest message's chat is closed to the bot, and its number may also be another's.
            if update.guest_message:
                return
            if update.effective_message:  # which says in which topic
                await update.effective_message.reply_html(error, allow_sending_without_reply=True)
            elif update.effective_chat:
                await update.effective_chat.send_message(error, parse_mode=ParseMode.HTML)

    async def _linked(self, payload: str, message: Message, user: User | None) -> Card | None:
        """What the link behind /start leads to."""
        if card := self._clusters.linked(payload, message, user):
            return card
        question = await asyncio.to_thread(self._links.question, payload)
        return await self._answer(message, question, user, heading=question) if question else None

    async def _heard(self, message: Message, user: User | None) -> Card:
        """What to say to a text or a caption."""
        language, words = self._preferences.language(user), self._preferences.words(user)
        text = words_for_bot(message)
        if not text:
            return Card(words.ask_hint, ())
        if card := self._clusters.answer(text, message, user):
            return card
        is_asked = len(text) <= LONGEST_QUESTION and is_question(text)
        if message.forward_origin and not is_asked:
            return Card(words.forwarded, ())
        if said := self._small_talk.answer(text, language, self._preferences.chosen(user)):
            return Card(said, ())
        return await self._answer(message, text, user)

    async def _answer(
        self, message: Message, question: str, user: User | None, heading: str | None = None
    ) -> Card:
        """The card for a question; `heading` stands above it where the user did not write it."""
        if len(question) > LONGEST_QUESTION:
            words = self._preferences.words(user).too_long
            return Card(words.format(limit=LONGEST_QUESTION), ())
        language = self._preferences.language(user)
        work = asyncio.create_task(self._think(question, language, who_in(message, user), heading))
        while not work.done():
            await _show_typing(message)
            await asyncio.wait([work], timeout=TYPING_SECONDS)
        reply, asked, number = await work
        return self._cards.turned(reply, asked, message.get_bot(), user, View(number))

    async def _think(
        self, question: str, language: Language | None, who: Who | None, heading: str | None
    ) -> tuple[Reply, Asked, int | None]:
        """The reply, how to ask for it again, and its number in the journal."""
        # Updates are handled side by side, so that a chat whose messages Telegram holds back keeps
        # no other waiting; the model gains nothing from that and takes one question at a time.
        async with self._desk.turn() as turn:
            memory = self._memories.recall(who) if who else None
            reply = await turn.ask(question, language, memory, "chat")
            if who:
                self._memories.keep(who, reply.memory)
        answer, understood = reply.answer, heading or reply.understood
        asked = asked_again(reply.whole or question, answer.language, understood)
        number = await asyncio.to_thread(self._journal.note, answer, asked if understood else None)
        return reply, asked, number

    async def _forget(self, forget: Callable[[], None]) -> None:
        async with self._desk.turn():
            forget()

    def _words(self, update: Update) -> Texts:
        return self._preferences.words(update.effective_user)


async def _show_typing(message: Message) -> None:
    with suppress(TelegramError):  # it is a courtesy, and must not cost the answer
        await message.reply_chat_action(ChatAction.TYPING)
