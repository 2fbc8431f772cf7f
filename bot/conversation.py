"""What is said in a chat: Telegram's updates in, messages out; every handler is a method here."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial

from telegram import LinkPreviewOptions, Message, Update, User
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, Forbidden, TelegramError
from telegram.ext import ContextTypes

from bot.cards import Cards
from bot.edits import Edits, edit_card
from bot.hearing import is_question, reaction, words_for_bot
from bot.journal import Asked, Journal
from bot.keyboard import keyboard, pressed_text
from bot.languages import language_of
from bot.links import ExpiredError, Links
from bot.memory import Memories, Who
from bot.render import Card
from bot.smalltalk import SmallTalk
from bot.texts import Texts
from bot.turns import Reason
from index.followup import Memory, Reply
from knowledge.articles import Language

Ask = Callable[[str, Language | None, Memory | None], Reply]
Context = ContextTypes.DEFAULT_TYPE

LONGEST_QUESTION = 1000
TYPING_SECONDS = 4  # Telegram shows it for five
ALBUMS = 100  # of so many it is known that they got their answer

logger = logging.getLogger(__name__)


class Conversation:
    """Answers what people write, in their own language."""

    def __init__(
        self,
        ask: Ask,
        texts: Mapping[Language, Texts],
        journal: Journal,
        cards: Cards,
        links: Links,
    ) -> None:
        """Take the function that answers, the words that frame its answers, and their journal."""
        self._ask = ask
        self._journal = journal
        self._texts = texts
        self._cards = cards
        self._links = links
        self._small_talk = SmallTalk(texts)
        self._memories = Memories()
        self._edits = Edits()
        self._albums = deque[str](maxlen=ALBUMS)
        self._turn = asyncio.Lock()

    async def start(self, update: Update, context: Context) -> None:
        """Say hello, or answer the question of the link that led here."""
        message, words = _message(update), self._words(update)
        payload = " ".join(context.args or ())
        try:
            question = await asyncio.to_thread(self._links.question, payload, words)
        except ExpiredError:
            await _send(message, words.gone)
            return
        if question:
            card = await self._answer(message, question, update.effective_user, heading=question)
            await _send_card(message, card)
        else:
            await _send(message, words.start)

    async def help(self, update: Update, _: Context) -> None:
        """Say how to ask."""
        await _send(_message(update), self._words(update).help)

    async def about(self, update: Update, _: Context) -> None:
        """Say who answers, and from what."""
        await _send(_message(update), self._words(update).about)

    async def new(self, update: Update, _: Context) -> None:
        """Forget what was spoken about, once the questions before this have been answered."""
        if who := _who(_message(update), update.effective_user):
            # A task like a question's, for else it would overtake one that came just before.
            await asyncio.create_task(self._forget(who))
        await _send(_message(update), self._words(update).new)

    async def not_text(self, update: Update, context: Context) -> None:
        """React to pictures, voices and whatever else is not text; once to a whole album."""
        message = _message(update)
        if is_question(message.caption or ""):
            await self.question(update, context)
        elif message.media_group_id not in self._albums:
            await _send(message, reaction(message, self._words(update)))
        if message.media_group_id:
            self._albums.append(message.media_group_id)

    async def question(self, update: Update, _: Context) -> None:
        """Answer a text; where it was edited, in the place of what was answered before."""
        message = _message(update)
        answered = self._edits.answer_to(message) if message.edit_date else None
        card = await self._heard(message, update.effective_user)
        if answered:
            bot, chat = message.get_bot(), message.chat_id
            await edit_card(
                partial(bot.edit_message_text, chat_id=chat, message_id=answered), card
            )
        else:
            self._edits.note(message, await _send_card(message, card))

    async def edited(self, update: Update, context: Context) -> None:
        """Answer an edited text anew, if what it said before was answered lately."""
        if self._edits.answer_to(_message(update)):
            await self.question(update, context)

    async def suggestion(self, update: Update, _: Context) -> None:
        """Ask the question that stands on the pressed button."""
        query = update.callback_query
        assert query is not None  # the handler takes nothing else
        question = pressed_text(query)
        gone = None if question else self._words(update).gone
        with suppress(BadRequest):  # a press from before a restart can be too old to confirm
            await query.answer(gone, show_alert=gone is not None)
        if question and isinstance(query.message, Message):
            card = await self._answer(query.message, question, query.from_user)
            await _send_card(query.message, card)

    async def ask_again(self, asked: Asked) -> Reply:
        """The reply to a question of the journal; nobody's conversation goes on from it."""
        async with self._turn:
            return await asyncio.to_thread(self._ask, asked.question, asked.language, None)

    async def refuse(self, update: Update, reason: Reason) -> None:
        """Say that there are too many questions to take this one."""
        words = self._words(update)
        text = words.busy if reason == "busy" else words.too_fast
        with suppress(TelegramError):  # under load, one sentence less is no loss
            if update.callback_query:
                await update.callback_query.answer(text, show_alert=True)
            elif update.effective_message:
                await _send(update.effective_message, text)

    async def on_error(self, update: object, context: Context) -> None:
        """Log what went wrong, then say that something did, and nothing more."""
        logger.error("Something went wrong", exc_info=context.error)
        # Somebody who has blocked the bot cannot be told.
        if isinstance(update, Update) and not isinstance(context.error, Forbidden):
            error = self._words(update).error
            if update.effective_message:  # which says in which topic
                await update.effective_message.reply_html(error, allow_sending_without_reply=True)
            elif update.effective_chat:
                await update.effective_chat.send_message(error, parse_mode=ParseMode.HTML)

    async def _heard(self, message: Message, user: User | None) -> Card:
        """What to say to a text or a caption."""
        language = language_of(user)
        words = self._texts[language or "en"]
        text = words_for_bot(message)
        if not text:
            return Card(words.ask_hint, ())
        is_asked = len(text) <= LONGEST_QUESTION and is_question(text)
        if message.forward_origin and not is_asked:
            return Card(words.forwarded, ())
        if said := self._small_talk.answer(text, language):
            return Card(said, ())
        return await self._answer(message, text, user)

    async def _answer(
        self, message: Message, question: str, user: User | None, heading: str | None = None
    ) -> Card:
        """The card for a question; `heading` stands above it where the user did not write it."""
        language = language_of(user)
        if len(question) > LONGEST_QUESTION:
            words = self._texts[language or "en"].too_long
            return Card(words.format(limit=LONGEST_QUESTION), ())
        work = asyncio.create_task(self._think(question, language, _who(message, user), heading))
        while not work.done():
            await _show_typing(message)
            await asyncio.wait([work], timeout=TYPING_SECONDS)
        reply, asked, number = await work
        return self._cards.first(reply, asked, number, message.get_bot())

    async def _think(
        self, question: str, language: Language | None, who: Who | None, heading: str | None
    ) -> tuple[Reply, Asked, int]:
        """The reply, how to ask for it again, and its number in the journal."""
        # Updates are handled side by side, so that a chat whose messages Telegram holds back keeps
        # no other waiting; the model gains nothing from that and takes one question at a time.
        async with self._turn:
            memory = self._memories.recall(who) if who else None
            reply = await asyncio.to_thread(self._ask, question, language, memory)
            if who:
                self._memories.keep(who, reply.memory)
        answer, understood = reply.answer, heading or reply.understood
        asked = Asked(reply.whole or question, answer.language, understood)
        number = await asyncio.to_thread(self._journal.note, answer, asked if understood else None)
        return reply, asked, number

    async def _forget(self, who: Who) -> None:
        async with self._turn:
            self._memories.forget(who)

    def _words(self, update: Update) -> Texts:
        return self._texts[language_of(update.effective_user) or "en"]


def _message(update: Update) -> Message:
    message = update.effective_message
    assert message is not None  # the filters let only messages through
    return message


def _who(message: Message, user: User | None) -> Who | None:
    """Whose conversation this is; None where it cannot be told from others'."""
    # Everybody who writes in the name of a chat has the same user id.
    return None if user is None or message.sender_chat else (message.chat_id, user.id)


async def _show_typing(message: Message) -> None:
    with suppress(TelegramError):  # it is a courtesy, and must not cost the answer
        await message.reply_chat_action(ChatAction.TYPING)


async def _send(message: Message, html: str) -> None:
    await _send_card(message, Card(html, ()))


async def _send_card(message: Message, card: Card) -> Message:
    return await message.reply_html(
        card.html,
        reply_markup=keyboard(card.buttons),
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        allow_sending_without_reply=True,  # the question may be deleted while it is answered
    )
