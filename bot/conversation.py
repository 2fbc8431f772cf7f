"""What is said in a chat: Telegram's updates in, messages out; every handler is a method here."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from contextlib import suppress

from telegram import LinkPreviewOptions, Message, Update, User
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, Forbidden, TelegramError
from telegram.ext import ContextTypes

from bot.journal import Journal
from bot.keyboard import keyboard, pressed_text
from bot.memory import Memories, Who
from bot.render import Card, render
from bot.texts import Texts
from bot.turns import Reason
from index.followup import Memory, Reply
from knowledge.articles import Language

Ask = Callable[[str, Language | None, Memory | None], Reply]
Context = ContextTypes.DEFAULT_TYPE

LONGEST_QUESTION = 1000
TYPING_SECONDS = 4  # Telegram shows it for five

_LANGUAGES: dict[str, Language] = {"nb": "nb", "no": "nb", "nn": "nn", "en": "en"}

logger = logging.getLogger(__name__)


class Conversation:
    """Answers what people write, in their own language."""

    def __init__(self, ask: Ask, texts: Mapping[Language, Texts], journal: Journal) -> None:
        """Take the function that answers, the words that frame its answers, and their journal."""
        self._ask = ask
        self._journal = journal
        self._texts = texts
        self._memories = Memories()
        self._turn = asyncio.Lock()

    async def start(self, update: Update, _: Context) -> None:
        """Say hello."""
        await _send(_message(update), self._words(update).start)

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

    async def not_text(self, update: Update, _: Context) -> None:
        """React to pictures, voices and whatever else is not text."""
        await _send(_message(update), self._words(update).not_text)

    async def question(self, update: Update, _: Context) -> None:
        """Answer a text."""
        await self._answer(_message(update), _message(update).text or "", update.effective_user)

    async def ask_command(self, update: Update, _: Context) -> None:
        """Answer what stands after /ask."""
        _command, *question = (_message(update).text or "").split(maxsplit=1)
        if question:
            await self._answer(_message(update), question[0], update.effective_user)
        else:
            await _send(_message(update), self._words(update).ask_hint)

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
                await _send(update.effective_message, text)

    async def on_error(self, update: object, context: Context) -> None:
        """Log what went wrong, then say that something did, and nothing more."""
        logger.error("Something went wrong", exc_info=context.error)
        # Somebody who has blocked the bot cannot be told.
        if isinstance(update, Update) and not isinstance(context.error, Forbidden):
            chat = update.effective_chat
            if chat is not None:
                await chat.send_message(self._words(update).error, parse_mode=ParseMode.HTML)

    async def _answer(self, message: Message, question: str, user: User | None) -> None:
        language = _language(user)
        if len(question) > LONGEST_QUESTION:
            words = self._texts[language or "en"].too_long
            await _send(message, words.format(limit=LONGEST_QUESTION))
            return
        work = asyncio.create_task(self._think(question, language, _who(message, user)))
        while not work.done():
            await _show_typing(message)
            await asyncio.wait([work], timeout=TYPING_SECONDS)
        reply, _number = await work
        texts = self._texts[reply.answer.language]
        await _send_card(message, render(reply.answer, texts, reply.understood))

    async def _think(
        self, question: str, language: Language | None, who: Who | None
    ) -> tuple[Reply, int]:
        """The reply, and its number in the journal."""
        # Updates are handled side by side, so that a chat whose messages Telegram holds back keeps
        # no other waiting; the model gains nothing from that and takes one question at a time.
        async with self._turn:
            memory = self._memories.recall(who) if who else None
            reply = await asyncio.to_thread(self._ask, question, language, memory)
            if who:
                self._memories.keep(who, reply.memory)
        return reply, await asyncio.to_thread(self._journal.note, reply.answer)

    async def _forget(self, who: Who) -> None:
        async with self._turn:
            self._memories.forget(who)

    def _words(self, update: Update) -> Texts:
        return self._texts[_language(update.effective_user) or "en"]


def _message(update: Update) -> Message:
    message = update.effective_message
    assert message is not None  # the filters let only messages through
    return message


def _language(user: User | None) -> Language | None:
    code = (user.language_code or "") if user else ""
    return _LANGUAGES.get(code.lower().partition("-")[0])


def _who(message: Message, user: User | None) -> Who | None:
    """Whose conversation this is; None where it cannot be told from others'."""
    # Everybody who writes in the name of a chat has the same user id.
    return None if user is None or message.sender_chat else (message.chat_id, user.id)


async def _show_typing(message: Message) -> None:
    with suppress(TelegramError):  # it is a courtesy, and must not cost the answer
        await message.reply_chat_action(ChatAction.TYPING)


async def _send(message: Message, html: str) -> None:
    await _send_card(message, Card(html, ()))


async def _send_card(message: Message, card: Card) -> None:
    await message.reply_html(
        card.html,
        reply_markup=keyboard(card.buttons),
        link_preview_options=LinkPreviewOptions(is_disabled=True),
        allow_sending_without_reply=True,  # the question may be deleted while it is answered
    )
