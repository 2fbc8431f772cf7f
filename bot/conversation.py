"""What is said in a chat: Telegram's updates in, messages out; every handler is a method here."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from telegram import Message, Update, User
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, Forbidden, TelegramError
from telegram.ext import ContextTypes

from bot.answering import Desk
from bot.cluster_card import departure_note
from bot.journal import Journal
from bot.keyboard import pressed_text
from bot.memory import Memories, Who
from bot.preferences import Preferences
from bot.render import render
from bot.sending import send, send_card
from bot.texts import Texts
from bot.turns import Reason
from bot.votes import votable
from index.followup import Memory, Reply
from knowledge.articles import Language

Context = ContextTypes.DEFAULT_TYPE

LONGEST_QUESTION = 1000
TYPING_SECONDS = 4  # Telegram shows it for five

logger = logging.getLogger(__name__)


class Conversation:
    """Answers what people write, in their own language."""

    def __init__(self, desk: Desk, preferences: Preferences, journal: Journal) -> None:
        """Take who answers, the words for everybody, and the answers' journal."""
        self._desk = desk
        self._journal = journal
        self._preferences = preferences
        self._memories = Memories()

    async def start(self, update: Update, _: Context) -> None:
        """Say hello."""
        await send(_message(update), self._words(update).start)

    async def help(self, update: Update, _: Context) -> None:
        """Say how to ask."""
        await send(_message(update), self._words(update).help)

    async def about(self, update: Update, _: Context) -> None:
        """Say who answers, and from what."""
        await send(_message(update), self._words(update).about)

    async def new(self, update: Update, _: Context) -> None:
        """Forget what was spoken about, once the questions before this have been answered."""
        if who := _who(_message(update), update.effective_user):
            # A task like a question's, for else it would overtake one that came just before.
            await asyncio.create_task(self._forget(partial(self._memories.forget, who)))
        await send(_message(update), self._words(update).new)

    async def forget_person(self, user: User) -> None:
        """Forget what was spoken about with a user anywhere, as `new` does."""
        forget = partial(self._memories.forget_person, user.id)
        await asyncio.create_task(self._forget(forget))

    async def not_text(self, update: Update, _: Context) -> None:
        """React to pictures, voices and whatever else is not text."""
        await send(_message(update), self._words(update).not_text)

    async def question(self, update: Update, _: Context) -> None:
        """Answer a text."""
        await self._answer(_message(update), _message(update).text or "", update.effective_user)

    async def ask_command(self, update: Update, _: Context) -> None:
        """Answer what stands after /ask."""
        _command, *question = (_message(update).text or "").split(maxsplit=1)
        if question:
            await self._answer(_message(update), question[0], update.effective_user)
        else:
            await send(_message(update), self._words(update).ask_hint)

    async def suggestion(self, update: Update, _: Context) -> None:
        """Ask the question that stands on the pressed button."""
        query = update.callback_query
        assert query is not None  # the handler takes nothing else
        question = pressed_text(query)
        gone = None if question else self._words(update).gone
        with suppress(BadRequest):  # a press from before a restart can be too old to confirm
            await query.answer(gone, show_alert=gone is not None)
        if question and isinstance(query.message, Message):
            await self._answer(query.message, question, query.from_user)

    async def refuse(self, update: Update, reason: Reason) -> None:
        """Say that there are too many questions to take this one."""
        words = self._words(update)
        text = words.busy if reason == "busy" else words.too_fast
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
            chat = update.effective_chat
            # A guest message's chat is closed to the bot, and its number may also be another's.
            if chat is not None and not update.guest_message:
                await chat.send_message(self._words(update).error, parse_mode=ParseMode.HTML)

    def recall(self, message: Message) -> Memory | None:
        """What whoever wrote a message has last been speaking about."""
        who = _who(message, message.from_user)
        return self._memories.recall(who) if who else None

    def remember(self, message: Message, user: User | None, cluster: str) -> None:
        """Let what follows be about a cluster that somebody has just been shown."""
        who = _who(message, user)
        known = self._memories.recall(who) if who else None
        # A question about the same one holds more than its name.
        if who and not (known and known.is_latest and known.name == cluster):
            language, span = self._preferences.language(user) or "en", (0, len(cluster))
            self._memories.keep(who, Memory(cluster, language, cluster, span, is_latest=True))

    async def _answer(self, message: Message, question: str, user: User | None) -> None:
        if len(question) > LONGEST_QUESTION:
            words = self._preferences.words(user).too_long
            await send(message, words.format(limit=LONGEST_QUESTION))
            return
        language = self._preferences.language(user)
        work = asyncio.create_task(self._think(question, language, _who(message, user)))
        while not work.done():
            await _show_typing(message)
            await asyncio.wait([work], timeout=TYPING_SECONDS)
        reply, number = await work
        answer = reply.answer
        texts = self._preferences.words(user, answer.language)
        notes = (departure_note(reply.departure, texts),) if reply.departure else ()
        card = render(answer, texts, reply.understood, notes)
        await send_card(message, votable(card, number) if answer.quotes else card)

    async def _think(
        self, question: str, language: Language | None, who: Who | None
    ) -> tuple[Reply, int | None]:
        """The reply, and its number in the journal."""
        # Updates are handled side by side, so that a chat whose messages Telegram holds back keeps
        # no other waiting; the model gains nothing from that and takes one question at a time.
        async with self._desk.turn():
            memory = self._memories.recall(who) if who else None
            reply = await self._desk.ask(question, language, memory, "chat")
            if who:
                self._memories.keep(who, reply.memory)
        return reply, await asyncio.to_thread(self._journal.note, reply.answer)

    async def _forget(self, forget: Callable[[], None]) -> None:
        async with self._desk.turn():
            forget()

    def _words(self, update: Update) -> Texts:
        return self._preferences.words(update.effective_user)


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
